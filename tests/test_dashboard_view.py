"""Links: the same view comes back, and no value of an address raises."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from framing.highlight import LAYERS
from framing_dashboard.view import Known, View, parse_view

KNOWN = Known(
    {"e1", "e2"},
    {"a1": "e1", "a2": "e1", "a3": "e2", "a4": ""},
    {"length", "hedges"},
    {"Ada Lovelace", "日本 & <b>"},
    {"The Post", "Outlet not stated (a2)"},
)
IDS = [layer.id for layer in LAYERS]


@st.composite
def views(draw: st.DrawFn) -> View:
    event = draw(st.sampled_from(["", "e1", "e2"]))
    own = [a for a, e in KNOWN.articles.items() if not event or e == event]
    articles = tuple(draw(st.lists(st.sampled_from(own), unique=True, max_size=4)))
    chosen = draw(st.sets(st.sampled_from(IDS)))
    mark = draw(st.sampled_from(["", *(f"{a}.quote-3-9" for a in articles)]))
    return View(
        event,
        articles,
        tuple(layer for layer in IDS if layer in chosen),
        draw(st.booleans()),
        mark,
        draw(st.sampled_from(["", *sorted(KNOWN.measures)])),
        draw(st.sampled_from(["", "all", "quoted"])),
        draw(st.sampled_from(["", *sorted(KNOWN.speakers)])),
        *draw(st.sampled_from([("", "", ""), ("war", "", "brutal"), ("war & <b>", "special operation", "")])),
        draw(st.sampled_from(["", *sorted(KNOWN.outlets)])),
        draw(st.sampled_from(["", "war & <b>"])),
    )


@given(views())
def test_a_view_comes_back_from_its_own_link(view: View) -> None:
    assert parse_view(view.to_params(), KNOWN) == (view, [])


KEYS = ["event", "a", "b", "c", "d", "hide", "show", "plain", "mark", "measure", "voice", "speaker", "other"]
KEYS += ["referent", "name", "trait", "outlet", "find"]


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=80)))
def test_any_address_gives_a_view_that_links_to_itself(params: dict[str, str]) -> None:
    view, _ = parse_view(params, KNOWN)
    assert parse_view(view.to_params(), KNOWN) == (view, [])


def test_what_names_nothing_is_said() -> None:
    view, warnings = parse_view(
        {"event": "gone", "a": "a1", "b": "<b>", "hide": "cue.nope", "mark": "x", "voice": "loud"}, KNOWN
    )
    assert view == View(articles=("a1",), hidden=("cue", "model", "passage", "copied"))
    assert [w.partition("(")[2] for w in warnings] == [
        "event='gone').",
        "b='<b>').",
        "hide='nope').",
        "mark='x').",
        "voice='loud').",
    ]


def test_articles_of_another_event_are_left_out() -> None:
    view, warnings = parse_view({"event": "e1", "a": "a1", "b": "a3"}, KNOWN)
    assert view.articles == ("a1",)
    assert warnings == ["The link names articles of another event; they are left out."]


def test_a_long_value_is_cut_in_the_warning() -> None:
    _, warnings = parse_view({"event": "x" * 5000}, KNOWN)
    assert len(warnings[0]) < 150
