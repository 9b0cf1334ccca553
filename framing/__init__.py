"""framing: how news outlets frame the same event, with the evidence for every number."""
