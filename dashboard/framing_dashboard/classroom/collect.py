"""What a group fills in at each step; on its own device, or on the teacher's from a sheet of paper.

Every function draws one step for one group. What was sent is drawn as it was and cannot be changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from framing.article import FramingError, Span
from framing.classroom import verbs
from framing.classroom.demonstration import place
from framing.classroom.session import Answer, ClassSession
from framing.classroom.stakeholders import CODES
from framing.classroom.texts import Shown
from framing.highlight import LAYERS
from framing_dashboard import ui
from framing_dashboard.classroom import marker
from framing_dashboard.safe import Column, md, visible
from framing_dashboard.views import classroom as views

SAME, DIFFERENT, NEITHER = "the same outlet", "different outlets", "neither"
MAX_PROPOSALS = 5
# Of a label only what Markdown reads is escaped: screen readers read it as it is written.
_READ = re.compile(r"([\\`*_\[\]<>$~|#^]|:(?=\w))")
_LAYER_NAMES = {layer.id: layer.name for layer in LAYERS}
# What a kind of mark is in the words of somebody who knows no list and no rule.
_MEANINGS = {
    "loaded": "a word that judges",
    "hedge": "a word that holds back",
    "cue": "a word that introduces what somebody says",
    "quote": "words inside quotation marks",
    "reported": "somebody's words without quotation marks",
    "scare": "quotation marks that keep a distance",
    "other": "another word that strikes you",
}


def label(text: str) -> str:
    r"""``text`` as the label of a widget.

    >>> label("Who *is* it? A:b")
    'Who \\*is\\* it? A\\:b'
    """
    return _READ.sub(r"\\\1", visible(text))


def step(session: ClassSession, token: str) -> None:
    """The present step of the class for one group."""
    name = session.step.id
    drawn = _STEPS.get(name)
    if drawn is None:
        return
    if name == "read":
        read(session, token)
    elif session.is_sent(token, name):
        _locked(session, token, name)
    elif not session.is_open(name):
        st.info("This step is closed.")
    else:
        drawn(session, token)


def _send(session: ClassSession, token: str, answers: Sequence[Answer]) -> None:
    """Lock the answers; a complaint is shown at the next run."""
    try:
        session.send(token, session.step.id, answers)
    except FramingError as error:
        st.session_state["complaint"] = str(error)
    else:
        st.session_state.pop("complaint", None)
    st.rerun()


def complaint() -> None:
    """What the last attempt to send was refused for."""
    if text := st.session_state.pop("complaint", ""):
        st.error(md(text))


def _locked(session: ClassSession, token: str, name: str) -> None:
    st.success("Sent and locked. Wait for the others.")
    called = {t.key: t.name for t in session.lesson.shown}
    rows = [
        {"item": called.get(a.item, a.item), "answer": called.get(a.answer, a.answer)}
        for a in session.own(token, name)
    ]
    ui.table(rows, [Column("item", "About"), Column("answer", "Your answer")], caption="What you sent")
    if name == "rate" and session.lesson.gap is not None:
        bank = verbs.bank(session.lesson.settings.verbs, session.lesson.gap)
        verb = st.selectbox("Try the other verbs", bank, key=f"{token} try")
        st.html(views.sentence_html(session.lesson.gap.filled(str(verb))))


# Blind pair


def read(session: ClassSession, token: str) -> None:
    """Mark phrases in the texts, by pointer, keyboard, or by typing them."""
    lesson, settings = session.lesson, session.lesson.settings
    sent, open_ = session.is_sent(token, "read"), session.is_open("read")
    if sent or not open_:
        st.success("Sent and locked. Wait for the others.")
    else:
        st.markdown(md(settings.say("read")))
        st.radio(
            "Mark as",
            settings.layers,
            format_func=_LAYER_NAMES.__getitem__,
            horizontal=True,
            key=f"{token} layer",
        )
        st.caption("; ".join(f"{_LAYER_NAMES[i]}: {_MEANINGS[i]}" for i in settings.layers) + ".")
    key = f"{token} marker"

    def chosen() -> None:
        found = st.session_state[key].marked or {}
        text = next((t for t in lesson.shown if t.key == found.get("text")), None)
        span = marker.phrase(text, found.get("first"), found.get("last")) if text else None
        if text is not None and span is not None:
            _add(session, token, text, span)

    marker.marker(
        lesson.shown, session.own(token, "read"), key=key, locked=sent or not open_, on_marked=chosen
    )
    if not sent and open_:
        _typed(session, token)
    _marks(session, token, sent or not open_)
    if not sent and open_ and st.button("Send our marks", type="primary", key=f"{token} send marks"):
        _send(session, token, session.own(token, "read"))


def _typed(session: ClassSession, token: str) -> None:
    names = {t.key: t.name for t in session.lesson.shown}
    with st.form(f"{token} typed", clear_on_submit=True):
        left, right = st.columns([1, 3])
        key = left.selectbox("Text", list(names), format_func=names.__getitem__, key=f"{token} typed text")
        words = right.text_input("Or type the words as they stand", max_chars=200, key=f"{token} typed words")
        if st.form_submit_button("Mark these words") and words.strip():
            text = session.lesson.text(str(key))
            try:
                span = place(text.text, words.strip())
            except FramingError:
                st.session_state["complaint"] = f"“{words.strip()}” does not stand in {text.name}"
            else:
                _add(session, token, text, span)
            st.rerun()


def _add(session: ClassSession, token: str, text: Shown, span: Span) -> None:
    layer = str(st.session_state[f"{token} layer"])
    own = list(session.own(token, "read"))
    # The same words again, as something else, are another opinion about them.
    own = [a for a in own if (a.text, a.start, a.end) != (text.key, span.start, span.end)]
    if sum(a.text == text.key for a in own) >= session.lesson.settings.max_marks:
        most = session.lesson.settings.max_marks
        st.session_state["complaint"] = f"{text.name} has {most} marks already; take one away first"
        return
    own.append(
        Answer("mark", span.of(text.text)[:300], text.key, None, text.key, layer, span.start, span.end)
    )
    _draft(session, token, "read", own)


def _draft(session: ClassSession, token: str, step: str, answers: Sequence[Answer]) -> None:
    try:
        session.draft(token, step, answers)
    except FramingError as error:
        st.session_state["complaint"] = str(error)


def _marks(session: ClassSession, token: str, locked: bool) -> None:
    own = session.own(token, "read")
    called = {t.key: t.name for t in session.lesson.shown}
    if not own:
        st.markdown("No phrase is marked yet." if not locked else "No phrase was marked.")
    for n, mark in enumerate(own):
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(f"{md(called[mark.text])}: **{md(mark.answer)}** – {_LAYER_NAMES[mark.layer]}")
        if not locked and right.button(
            "Take away", key=f"{token} away {n}", help=f"Take the mark on “{md(mark.answer)}” away"
        ):
            _draft(session, token, "read", [a for a in own if a is not mark])
            st.rerun()


def commit(session: ClassSession, token: str) -> None:
    """The judgement, with its evidence."""
    settings, texts = session.lesson.settings, session.lesson.shown
    names = {t.key: t.name for t in texts} | {NEITHER: NEITHER}
    phrases = {str(n): a for n, a in enumerate(session.own(token, "read"))}
    for column, text in zip(st.columns(len(texts)), texts, strict=True):
        with column:
            st.html(views.text_html(text))
    with st.form(f"{token} commit"):
        outlet = st.radio(label(settings.say("outlet")), [SAME, DIFFERENT], index=None, key=f"{token} outlet")
        friendly = st.radio(
            label(settings.say("friendly")),
            list(names),
            format_func=names.__getitem__,
            index=None,
            key=f"{token} friendly",
        )
        sure = _scale(settings.say("sure"), session, f"{token} sure")
        evidence = st.multiselect(
            label(settings.say("evidence")),
            list(phrases),
            format_func=lambda n: f"{names[phrases[n].text]}: {phrases[n].answer}",
            key=f"{token} evidence",
            placeholder="Choose among the phrases that you marked",
        )
        if not st.form_submit_button("Send and lock", type="primary"):
            return
    if outlet is None or friendly is None or sure is None or (phrases and not evidence):
        st.error("Answer every question, and choose at least one phrase as evidence.")
        return
    answers = [
        Answer("outlet", outlet),
        Answer("friendly", friendly),
        Answer("sure", str(sure), number=float(sure)),
        *(replace(phrases[n], question="evidence") for n in evidence),
    ]
    _send(session, token, answers)


def _scale(question: str, session: ClassSession, key: str) -> int | None:
    scale = session.lesson.settings.scale
    ends = f"{scale.low} = {label(scale.low_label)}, {scale.high} = {label(scale.high_label)}"
    return st.radio(
        f"{label(question)} ({ends})", range(scale.low, scale.high + 1), index=None, horizontal=True, key=key
    )


# Swap the verb


def predict(session: ClassSession, token: str) -> None:
    """Which verb was printed?"""
    settings, gap = session.lesson.settings, session.lesson.gap
    assert gap is not None
    st.html(views.sentence_html(gap.blank))
    bank = verbs.bank(settings.verbs, gap)
    with st.form(f"{token} predict"):
        verb = st.radio(label(settings.say("predict")), bank, index=None, key=f"{token} verb")
        if not st.form_submit_button("Send and lock", type="primary"):
            return
    if verb is None:
        st.error("Choose a verb.")
        return
    _send(session, token, [Answer("predict", verb, verb)])


def rate(session: ClassSession, token: str) -> None:
    """How much is the speaker believed with the one verb that this group was dealt?"""
    settings, gap = session.lesson.settings, session.lesson.gap
    assert gap is not None
    verb = verbs.deal(verbs.bank(settings.verbs, gap), session.number(token) or 1, settings.seed)
    st.html(views.sentence_html(gap.filled(verb)))
    with st.form(f"{token} rate"):
        rating = _scale(settings.say("rate"), session, f"{token} rating")
        if not st.form_submit_button("Send and lock", type="primary"):
            return
    if rating is None:
        st.error("Choose a number.")
        return
    _send(session, token, [Answer("rate", str(rating), verb, float(rating))])


def rewrite(session: ClassSession, token: str) -> None:
    """A headline of one's own."""
    with st.form(f"{token} rewrite"):
        headline = st.text_input(
            label(session.lesson.settings.say("rewrite")), max_chars=160, key=f"{token} headline"
        )
        if not st.form_submit_button("Send and lock", type="primary"):
            return
    if not headline.strip():
        st.error("Write a headline.")
        return
    _send(session, token, [Answer("rewrite", headline.strip())])


# Rank the headlines


def rank(session: ClassSession, token: str) -> None:
    """Put the headlines in order with buttons."""
    settings, texts = session.lesson.settings, session.lesson.shown
    st.markdown(md(settings.say("rank")))
    own = [a.item for a in session.own(token, "rank")] or [t.key for t in texts]
    titles = {t.key: (t.name, t.title) for t in texts}
    for n, key in enumerate(own):
        name, title = titles[key]
        left, up, down, _ = st.columns([5, 1, 1, 3], vertical_alignment="center")
        left.markdown(f"**{n + 1}.** {md(title)} ({md(name)})")
        if up.button("Up", key=f"{token} up {key}", disabled=n == 0, help=f"Move {md(name)} up"):
            _move(session, token, own, n, n - 1)
        if down.button(
            "Down", key=f"{token} down {key}", disabled=n == len(own) - 1, help=f"Move {md(name)} down"
        ):
            _move(session, token, own, n, n + 1)
    if st.button("Send and lock", type="primary", key=f"{token} send rank"):
        _send(session, token, _ranked(own))


def _move(session: ClassSession, token: str, own: list[str], a: int, b: int) -> None:
    own[a], own[b] = own[b], own[a]
    _draft(session, token, "rank", _ranked(own))
    st.rerun()


def _ranked(own: Sequence[str]) -> list[Answer]:
    return [Answer("rank", f"place {n}", key, float(n), key) for n, key in enumerate(own, start=1)]


# Who is missing?


def propose(session: ClassSession, token: str) -> None:
    """Whom the group would hear."""
    st.markdown(md(session.lesson.card))
    with st.form(f"{token} list"):
        written = st.text_area(
            f"{label(session.lesson.settings.say('list'))} One a line, up to {MAX_PROPOSALS}.",
            max_chars=300,
            key=f"{token} proposals",
        )
        if not st.form_submit_button("Send and lock", type="primary"):
            return
    lines = list(dict.fromkeys(line.strip()[:60] for line in written.splitlines() if line.strip()))
    if not lines:
        st.error("Write at least one line.")
        return
    _send(session, token, [Answer("list", line, line) for line in lines[:MAX_PROPOSALS]])


def tick(session: ClassSession, token: str) -> None:
    """Who is quoted, mentioned, absent in the group's text, and in which paragraph first."""
    text = session.lesson.for_group(session.number(token) or 1)
    st.markdown(md(session.lesson.settings.say("tick")))
    left, right = st.columns(2)
    with left:
        st.html(views.text_html(text))
    with right, st.form(f"{token} tick"):
        codes, firsts = {}, {}
        for who in session.stakeholders:
            code, first = st.columns([3, 2])
            codes[who] = code.radio(label(who), CODES, index=None, horizontal=True, key=f"{token} code {who}")
            firsts[who] = first.number_input(
                f"First paragraph with {label(who)} (0 = none)",
                0,
                len(text.paragraphs),
                key=f"{token} first {who}",
            )
        if not st.form_submit_button("Send and lock", type="primary"):
            return
    if any(code is None for code in codes.values()):
        st.error("Choose quoted, mentioned or absent for everybody.")
        return
    _send(
        session,
        token,
        [Answer("tick", str(code), who, float(firsts[who]) or None, text.key) for who, code in codes.items()],
    )


def fact(session: ClassSession, token: str) -> None:
    """The fact that the group would add, why, and the sentence."""
    texts = [f.text for f in session.lesson.facts]
    with st.form(f"{token} facts"):
        chosen = st.selectbox("The fact", texts, index=None, key=f"{token} fact")
        why = st.text_input("Why", max_chars=200, key=f"{token} why")
        sentence = st.text_area("The missing sentence", max_chars=300, key=f"{token} sentence")
        if not st.form_submit_button("Send and lock", type="primary"):
            return
    if chosen is None or not sentence.strip():
        st.error("Choose a fact and write the sentence.")
        return
    key = session.lesson.for_group(session.number(token) or 1).key
    answers = [Answer("fact", chosen[:300], text=key), Answer("sentence", sentence.strip(), text=key)]
    _send(session, token, answers + ([Answer("why", why.strip(), text=key)] if why.strip() else []))


_STEPS: dict[str, Callable[[ClassSession, str], None]] = {
    "read": read,
    "commit": commit,
    "predict": predict,
    "rate": rate,
    "rewrite": rewrite,
    "rank": rank,
    "list": propose,
    "tick": tick,
    "facts": fact,
}
