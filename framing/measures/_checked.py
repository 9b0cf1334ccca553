"""What stands for an accuracy where no public corpus marks what a measure counts, and says so."""

from __future__ import annotations

from framing.measure import Accuracy

NO_GOLD = "no public gold data used"


def read_by_hand(
    right: int, n: int, what: str, measure: str, *, seed: int = 1, corrected: bool = False
) -> Accuracy:
    """``right`` of ``n`` hits drawn at random held for one reader; recall is not known.

    ``corrected``: the list was corrected after other draws from the same articles were read.
    """
    after = "; read after the list was corrected by two other draws from them" if corrected else ""
    return Accuracy(
        f"{NO_GOLD}; {right} of {n} {what} drawn at random were right for one reader",
        f"MoralEvents, 120 articles of United States news{after}; how many were missed is not known",
        f"python benchmarks/hits_to_read.py {measure} --corpora DIR --n {n} --seed {seed}",
    )


def by_count(what: str, tests: str) -> Accuracy:
    """A measure that counts or computes: its tests compare it with values worked out by hand."""
    return Accuracy(f"{NO_GOLD}: {what}", "texts counted by hand", f"pytest {tests}")
