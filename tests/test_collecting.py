"""Where no cycles are looked for, they are looked for again afterwards."""

from __future__ import annotations

import gc

import pytest

from framing.collecting import uncollected


def test_cycles_are_looked_for_again_after_the_outermost_block() -> None:
    assert gc.isenabled()
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_in_the_block_leaves_the_search_for_cycles_on() -> None:
    with pytest.raises(ValueError, match="broke down"), uncollected():
        raise ValueError("broke down")
    assert gc.isenabled()
