"""What a step shows to everybody, teacher and students alike: the class, the marks, the names."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from framing.classroom import verbs
from framing.classroom.agreement import among, by_item, explain
from framing.classroom.session import ClassSession
from framing.classroom.texts import Kind
from framing_dashboard import ui
from framing_dashboard.classroom import collect
from framing_dashboard.drawing.reader import reader
from framing_dashboard.safe import Column, md
from framing_dashboard.view import View
from framing_dashboard.views import classroom as views
from framing_dashboard.views.reading import payload
from framing_dashboard.views.rows import plural

STYLE_WARNING = (
    "Names, author lines and links are taken out of the texts. Style can still give an outlet away:"
    " its spelling, its habits, the length of its paragraphs."
)


def step(session: ClassSession, *, others: bool = True) -> None:
    """What the present step shows; without ``others`` not yet what other groups wrote at it."""
    drawn = _STEPS.get(session.step.id)
    if drawn is not None and (others or session.step.id != "rewrite"):
        drawn(session)
    if session.step.id == "facts" and others:
        sentences(session)


def _kind(session: ClassSession) -> Kind:
    """Whose marks are shown: those made by hand where there are any, or the reader's choice."""
    kinds = session.lesson.kinds or ("tool",)
    if len(kinds) == 1:
        st.caption(f"The marks were {views.WHOSE[kinds[0]]}.")
        return kinds[0]
    return st.radio(
        "Marks", kinds, format_func=lambda k: f"Marks {views.WHOSE[k]}", horizontal=True, key="whose marks"
    )


def _n(session: ClassSession, step: str) -> str:
    return f"{session.n_sent(step)} of {plural(session.n_groups, 'group')} sent an answer"


def _options(session: ClassSession, question: str, options: list[str], step: str, caption: str) -> None:
    names = {t.key: t.name for t in session.lesson.shown}
    rows = views.counts(session.pooled(step), question, options, names)
    columns = [Column("option", "Answer"), Column("dots", "Groups"), Column("n", "n", number=True)]
    ui.table(rows, columns, caption=f"{caption} {_n(session, step)}")


def the_class(session: ClassSession) -> None:
    """How the class judged the two texts."""
    settings = session.lesson.settings
    keys = [t.key for t in session.lesson.shown]
    _options(session, "outlet", [collect.SAME, collect.DIFFERENT], "commit", settings.say("outlet"))
    _options(session, "friendly", [*keys, collect.NEITHER], "commit", settings.say("friendly"))
    scale = [str(n) for n in range(settings.scale.low, settings.scale.high + 1)]
    _options(session, "sure", scale, "commit", settings.say("sure"))


def marks(session: ClassSession) -> None:
    """The marks on the texts, and the class beside them."""
    ui.forewarning()
    kind = _kind(session)
    _pane(session, kind)
    ui.section("The class beside the marks")
    ui.table(
        views.layer_rows(session, kind),
        [
            Column("layer", "Kind"),
            Column("n_class", "Phrases of the class", number=True),
            Column("n_tool", "Marks", number=True),
            Column("class_found", "Of the class's, also marked", number=True),
            Column("tool_found", "Of the marks, also found by the class", number=True),
            Column("alpha", "Agreement of the groups (alpha)", number=True),
            Column("alpha_tool", "Agreement of majority and marks (alpha)", number=True),
        ],
        caption="Alpha over the words: 1 = all agree, 0 = as by chance; a dash = cannot be computed",
    )
    ui.table(
        views.region_rows(session, kind),
        [
            Column("words", "Words"),
            Column("name", "Text"),
            Column("layer", "Kind"),
            Column("groups", "Groups"),
            Column("side", "Marked by"),
            Column("reason", "Why marked, or why not"),
        ],
        caption="Where the class and the marks meet, and where one has what the other lacks",
    )


def _pane(session: ClassSession, kind: Kind) -> None:
    """The texts with marks; with names once those are shown."""
    if session.shows("names"):
        found = views.named_readings(session.names(), kind)
    else:
        found = views.readings(session.lesson.shown, kind)
    reader(payload(found, View()), key=f"class reader {kind}", on_picked=_nothing, on_view=_nothing)


def _nothing() -> None:
    """A chosen mark changes nothing else on a page of the classroom."""


def names(session: ClassSession) -> None:
    """Whose texts they are, and the texts in full."""
    ui.table(
        views.name_rows(session),
        [
            Column("name", "In the lesson"),
            Column("outlet", "Outlet"),
            Column("title", "Headline as printed"),
            Column("byline", "Author line"),
            Column("published", "Published"),
        ],
        caption="The names",
    )
    kind = _kind(session)
    if session.lesson.settings.activity == "swap_the_verb":
        _verbs(session, kind)
    _pane(session, kind)


def talk(session: ClassSession) -> None:
    """Questions to talk about, and what not to conclude."""
    settings = session.lesson.settings
    st.markdown(f"**{md(settings.say('talk'))}**")
    if settings.activity == "blind_pair":
        pool = session.pooled("commit")
        own = {
            group: {a.question: float(a.answer == collect.SAME) for a in answers if a.question == "outlet"}
            for group, answers in pool.items()
        }
        st.markdown(f"Same or different outlet? {explain(among(by_item(dict(own))))}")
    st.html(f'<p class="framing-note">{escape(settings.of.guard)}</p>')


def means(session: ClassSession) -> None:
    """What the class predicted, and how far it believed the speaker, verb by verb."""
    settings, gap = session.lesson.settings, session.lesson.gap
    assert gap is not None
    bank = list(verbs.bank(settings.verbs, gap))
    st.html(views.sentence_html(gap.blank))
    if gap.printed:
        st.markdown(f"Printed was: **{md(gap.printed)}**.")
    _options(session, "predict", bank, "predict", settings.say("predict"))
    scale = range(settings.scale.low, settings.scale.high + 1)
    ui.table(
        views.means(session, "rate", bank),
        [
            Column("item", "Verb"),
            *(Column(f"v{n}", str(n)) for n in scale),
            Column("mean", "Mean", number=True),
            Column("interval", "95 % interval", number=True),
            Column("n", "n", number=True),
        ],
        caption=f"{settings.say('rate')} One dot a group. {_n(session, 'rate')}",
    )
    st.caption(
        "Each group rated one verb. With few groups a difference can be chance: compare the intervals."
    )


def pattern(session: ClassSession) -> None:
    """The verbs of the real texts, speaker by speaker."""
    kind = _kind(session)
    st.markdown(md(session.lesson.settings.say("pattern")))
    _verbs(session, kind)


def _verbs(session: ClassSession, kind: Kind) -> None:
    named = session.names() if session.shows("names") else {}
    heads = {t.key: (named[t.key].outlet if t.key in named else "") or t.name for t in session.lesson.shown}
    ui.table(
        views.verb_rows(session, kind, heads),
        [Column("speaker", "Speaker"), *(Column(key, head) for key, head in heads.items())],
        caption="How each text introduces each speaker: verb (stance); a dash = not introduced there",
    )


def rewritten(session: ClassSession) -> None:
    """The headlines that the groups wrote, with the words that the list still holds."""
    rows = [
        {"headline": a.answer, "loaded": ", ".join(views.still_loaded(a.answer)) or "none"}
        for answers in session.pooled("rewrite").values()
        for a in answers
    ]
    if not rows:
        st.markdown("No headline was sent yet.")
        return
    columns = [Column("headline", "Headline"), Column("loaded", "Still on the list of loaded terms")]
    ui.table(rows, columns, caption=_n(session, "rewrite"))


def agreement(session: ClassSession) -> None:
    """The ranks of the class and how far the groups agree."""
    rows, sentence = views.rank_rows(session)
    ui.table(
        rows,
        [
            Column("title", "Headline"),
            Column("name", "Text"),
            *(Column(f"v{n}", f"Place {n}") for n in range(1, len(rows) + 1)),
            Column("mean", "Mean place", number=True),
            Column("interval", "95 % interval", number=True),
        ],
        caption=f"A dot a group; place 1 = {session.lesson.settings.scale.low_label}. {_n(session, 'rank')}",
    )
    st.markdown(f"**How far do the groups agree?** {sentence}")


def headline_words(session: ClassSession) -> None:
    """What the words of each headline do."""
    kind = _kind(session)
    st.markdown(md(session.lesson.settings.say("words")))
    rows, seen = views.headline_rows(session.lesson.shown, kind)
    ui.table(
        rows,
        [
            Column("name", "Text"),
            Column("title", "Headline"),
            *(Column(what, what.capitalize()) for what in seen),
        ],
        caption="What can be counted in the headlines; which of it favours whom, no count can say",
    )


def matrix(session: ClassSession) -> None:
    """Stakeholder by text: the class beside the marks."""
    kind = _kind(session)
    cells = views.matrix_rows(session, kind)
    ui.table(
        views.matrix(cells),
        [Column("who", "Who"), *(Column(t.key, t.name) for t in session.lesson.shown)],
        caption=f"≠ = they differ; “not found” = not found in this text; marks {views.WHOSE[kind]}."
        f" {_n(session, 'tick')}",
    )
    # Where class and marks differ there is something to look at.
    cells.sort(key=lambda cell: not cell["differs"])
    options = {f"{c['who']} – {c['name']}": c for c in cells}
    chosen = st.selectbox("Open the sentences of", list(options), key="cell opened")
    if chosen:
        places = options[chosen]["places"]
        ui.table(
            [{"sentence": s} for s in dict.fromkeys(places)],
            [Column("sentence", "Sentence")],
            caption=f"{chosen}: {plural(len(places), 'place')}"
            if places
            else f"{chosen}: no place was found",
        )


def facts(session: ClassSession) -> None:
    """Which text has which fact."""
    named = session.names()
    heads = {t.key: named[t.key].outlet or t.name for t in session.lesson.shown}
    ui.table(
        views.fact_rows(session, heads),
        [Column("fact", "Fact"), Column("in", "Found"), *(Column(k, head) for k, head in heads.items())],
        caption="The words that carry each fact; “not found” means not found in this text",
    )


def sentences(session: ClassSession) -> None:
    """The missing sentences that the groups wrote."""
    named = session.names()
    heads = {t.key: named[t.key].outlet or t.name for t in session.lesson.shown}
    rows = [
        {"sentence": a.answer, "text": heads.get(a.text, "")}
        for answers in session.pooled("facts").values()
        for a in answers
        if a.question == "sentence"
    ]
    if not rows:
        st.markdown("No sentence was sent yet.")
        return
    ui.table(rows, [Column("sentence", "Sentence"), Column("text", "For")], caption=_n(session, "facts"))


def caveats(session: ClassSession) -> None:
    """Reasons for a gap that have nothing to do with taking sides."""
    ui.table(
        views.caveat_rows(session),
        [
            Column("name", "In the lesson"),
            Column("outlet", "Outlet"),
            Column("n_words", "Words", number=True),
            Column("published", "Published"),
            Column("wire", "Agency"),
            Column("cut", "Whole?"),
        ],
        caption="A short text leaves out more, an early one could not know, agency copy was chosen whole",
    )
    st.markdown(
        "- A text behind a paywall may be here only in part.\n- Somebody who is not quoted may have declined,"
        " or may be quoted in another article of the same outlet.\n- The tool finds names and words, not"
        " everything that stands for them: it misses people, and a class that found one is right."
    )


_STEPS: dict[str, Callable[[ClassSession], None]] = {
    "class": the_class,
    "marks": marks,
    "means": means,
    "pattern": pattern,
    "rewrite": rewritten,
    "agreement": agreement,
    "words": headline_words,
    "matrix": matrix,
    "facts": facts,
    "caveats": caveats,
    "talk": talk,
    "names": names,
}
