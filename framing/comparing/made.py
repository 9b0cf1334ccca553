"""The tables that compare a study's outlets, each a task of an engine."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from framing import compare
from framing.compare import Measured
from framing.comparing import measured
from framing.comparing.words import words
from framing.study import Study

# The tables of one kind of comparison together; what takes longest comes first.
KINDS = ("words", "differences", "places")


class Made:
    """Writes the tables of some of :data:`KINDS` into a study."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def write(self, kinds: tuple[str, ...]) -> int:
        """Make and write the tables; returns how many kinds."""
        for kind in kinds:
            made = getattr(self, f"_{kind}")()
            self._study.check_run()
            for name, frame in made.items():
                self._study.write_table(name, frame)
        return len(kinds)

    def _words(self) -> dict[str, pd.DataFrame]:
        return {"distinctive": words(self._study).rows}

    def _differences(self) -> dict[str, pd.DataFrame]:
        return {"comparisons": compare.compare(self._found)}

    def _places(self) -> dict[str, pd.DataFrame]:
        placed = compare.outlet_map(self._found)
        return {"outlet_map": placed.points, "outlet_axes": placed.loadings, "outlet_tree": placed.tree}

    @cached_property
    def _found(self) -> Measured:
        return measured(self._study)
