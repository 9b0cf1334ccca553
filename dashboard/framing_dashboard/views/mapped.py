"""A map and a tree of the outlets as lines to be drawn: ellipses as points, mergers as brackets."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from framing.tables import records

POINTS = 48  # of an ellipse: its corners are not seen
SHOWN = 5  # measures that an axis is explained with


def ellipses(points: pd.DataFrame) -> pd.DataFrame:
    """The outline of each outlet's ellipse: outlet, order, x, y."""
    rows = []
    for row in records(points):
        turn = math.radians(row["ellipse_angle"])
        for order in range(POINTS + 1):
            at = 2 * math.pi * order / POINTS
            along, across = row["ellipse_width"] / 2 * math.cos(at), row["ellipse_height"] / 2 * math.sin(at)
            x = row["x"] + along * math.cos(turn) - across * math.sin(turn)
            y = row["y"] + along * math.sin(turn) + across * math.cos(turn)
            rows.append((row["outlet"], order, x, y))
    return pd.DataFrame(rows, columns=["outlet", "order", "x", "y"])


def explained(loadings: pd.DataFrame, axis: str) -> list[dict[str, Any]]:
    """The measures that an axis ("x" or "y") is made of, the weightiest first."""
    rows = records(loadings)
    rows.sort(key=lambda r: (-abs(r[axis]), str(r["measure"])))
    return [{"measure": r["measure"], "voice": r["voice"], "weight": r[axis]} for r in rows[:SHOWN]]


def leaves(tree: pd.DataFrame) -> list[str]:
    """The outlets from top to bottom, so that no two brackets of the tree cross."""
    rows = records(tree)

    def below(end: str) -> list[str]:
        if not end.startswith("#"):
            return [end]
        row = rows[int(end[1:])]
        return below(str(row["left"])) + below(str(row["right"]))

    return below(f"#{len(rows) - 1}") if rows else []


def brackets(tree: pd.DataFrame) -> pd.DataFrame:
    """Each merger as four corners: step, order, x (height), y (place among the leaves), support."""
    order = leaves(tree)
    place: dict[str, tuple[float, float]] = {name: (0.0, float(n)) for n, name in enumerate(order)}
    found = []
    for row in records(tree):
        (x1, y1), (x2, y2) = place[str(row["left"])], place[str(row["right"])]
        height = float(row["height"])
        for n, (x, y) in enumerate(((x1, y1), (height, y1), (height, y2), (x2, y2))):
            found.append((int(row["step"]), n, x, y, float(row["support"])))
        place[f"#{row['step']}"] = (height, (y1 + y2) / 2)
    return pd.DataFrame(found, columns=["step", "order", "x", "y", "support"])
