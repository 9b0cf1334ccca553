"""The parts of the pages, drawn: for each page a module of its name, and what several pages share."""
