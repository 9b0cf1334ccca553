"""Where the article stands on a page that was saved with all its menus.

Paragraphs of an article stand close together; menus, teasers and offers stand before
and after. The densest run of paragraphs is the article (the idea of Kohlschütter,
Fankhauser & Nejdl 2010, on lines in place of blocks). Used only on pages that hold
more short lines than paragraphs: elsewhere every paragraph counts.
"""

from __future__ import annotations

from framing.clean.lines import Line
from framing.clean.titles import is_heading_like, is_strong

MIN_SHORT_LINES = 25  # a saved article has a dozen lines around it, a saved page hundreds
MAX_GAP = 30  # lines between two paragraphs of one article: boxes of links and offers stand in the text
MAX_HEAD = 8  # lines between the title and the first long paragraph that may be standfirst


def drop_surroundings(lines: list[Line], title: int | None) -> bool:
    """Mark what stands outside the article's run of paragraphs; whether the page was such a one."""
    if len(lines) < MIN_SHORT_LINES:
        return False
    strong = [i for i, line in enumerate(lines) if is_strong(line) and line.role in (None, "body")]
    n_short = sum(1 for line in lines if not is_strong(line) and (line.settled or is_heading_like(line)))
    if len(strong) < 2 or n_short < MIN_SHORT_LINES or n_short < len(strong):
        return False
    first, last = _longest_run(lines, strong)
    if title is not None and title < first and all(i > title for i in strong if i >= first):
        begin = _head_start(lines, title, first)
    else:
        begin = first
    for i, line in enumerate(lines):
        is_outside = (i < begin or i > last) and i != title and not _may_follow(lines, i, last)
        if is_outside and line.role in (None, "body"):
            line.role, line.reason = "furniture", "outside the run of paragraphs that is the article"
            line.before.clear()
    return True


def _longest_run(lines: list[Line], strong: list[int]) -> tuple[int, int]:
    runs: list[list[int]] = [[strong[0]]]
    for i in strong[1:]:
        if i - runs[-1][-1] - 1 <= MAX_GAP:
            runs[-1].append(i)
        else:
            runs.append([i])
    best = max(runs, key=lambda run: sum(lines[i].n_words for i in run))
    return best[0], best[-1]


def _head_start(lines: list[Line], title: int, first: int) -> int:
    """The standfirst stands after the last print of the title, not far above the first paragraph."""
    again = [
        i for i in range(title, first) if lines[i].role == "title" or lines[i].reason == "the title again"
    ]
    start = again[-1] + 1
    return max(start, first - MAX_HEAD)


def _may_follow(lines: list[Line], i: int, last: int) -> bool:
    """Short sentences right below the last long paragraph: "He declined to comment."."""
    return last < i <= last + 3 and all(
        lines[j].role in (None, "body") and not is_heading_like(lines[j]) for j in range(last + 1, i + 1)
    )
