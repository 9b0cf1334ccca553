"""The colours of marks and speakers, one set for light and one for dark pages.

Colour never carries a meaning alone: each layer has its own line and letter, each
speaker a number. The sets were chosen for contrast (text 4.5:1, lines 3:1 on the
page, WCAG 2.2) and for distance under simulated colour-vision deficiency
(Machado, Oliveira & Fernandes 2009); ``tests/test_dashboard_palette.py`` holds both.
"""

from __future__ import annotations

from typing import Literal

Scheme = Literal["light", "dark"]

PAGE: dict[Scheme, str] = {"light": "#ffffff", "dark": "#0e1117"}
INK: dict[Scheme, str] = {"light": "#161616", "dark": "#fafafa"}

# Beyond six speakers the colours would be hard to tell apart; the rest share "other".
SPEAKERS: dict[Scheme, tuple[str, ...]] = {
    "light": ("#3c08fe", "#0a8707", "#cc3189", "#520806", "#8030b8", "#160734"),
    "dark": ("#c7f6f0", "#f3358e", "#e6d02e", "#159a29", "#cc49d9", "#0efd8f"),
}

LAYERS: dict[Scheme, dict[str, str]] = {
    "light": {
        "loaded": "#b3261e",
        "hedge": "#7a5c00",
        "cue": "#6b3fa0",
        "scare": "#595959",
        "other": "#595959",
        "model": "#0f5c4a",
        "name": "#00608a",
        "passage": "#9a4300",
        "copied": "#7a2e5e",
    },
    "dark": {
        "loaded": "#ff8a80",
        "hedge": "#e6c35c",
        "cue": "#d0b3ff",
        "scare": "#b8b8b8",
        "other": "#b8b8b8",
        "model": "#7fdcc0",
        "name": "#7cc7f2",
        "passage": "#ffb27a",
        "copied": "#f2a6d6",
    },
}

# The ground under words that are not the outlet's own. Text on it keeps 4.5:1.
GROUNDS: dict[Scheme, dict[str, str]] = {
    "light": {"quoted": "#dceafa", "attributed": "#eef4fb", "selected": "#fff1b8"},
    "dark": {"quoted": "#1d3450", "attributed": "#172436", "selected": "#544600"},
}


# Of the bar that shows how much of a text is in whose words.
QUOTED_SHARE: dict[Scheme, str] = {"light": "#2f6fb0", "dark": "#7fb4e6"}


def variables(scheme: Scheme) -> str:
    """The colours as CSS custom properties.

    >>> variables("light").split(";")[0]
    '--f-page: #ffffff'
    """
    values = {"page": PAGE[scheme], "ink": INK[scheme]} | LAYERS[scheme] | GROUNDS[scheme]
    values["line-quoted"] = QUOTED_SHARE[scheme]
    values |= {f"speaker-{n}": colour for n, colour in enumerate(SPEAKERS[scheme], start=1)}
    return "; ".join(f"--f-{name}: {colour}" for name, colour in values.items()) + ";"
