"""The reading pane as a Streamlit component; its script lies in ``framing/highlight/frontend``."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any

import streamlit as st

from framing.highlight import STYLE


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    css = files("framing.highlight").joinpath("frontend/reader.css").read_text(encoding="utf-8")
    # The script is served as a file of this host, so that the page's policy needs no exception for it.
    return st.components.v2.component("framing.reader", js="reader.js", css=f"{STYLE}\n{css}")


def reader(
    payload: dict[str, Any], *, key: str, on_picked: Callable[[], None], on_view: Callable[[], None]
) -> None:
    """Draw the articles of ``payload``; the callbacks run when a mark is chosen or a layer switched.

    The state under ``key`` then has ``picked`` (ARTICLE.MARK) or ``view`` (hidden layers, plain).
    """
    _component()(
        key=key,
        data=payload,
        default={"view": {"hidden": payload["hidden"], "plain": payload["plain"]}},
        on_picked_change=on_picked,
        on_view_change=on_view,
    )
