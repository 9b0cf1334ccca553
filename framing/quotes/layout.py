"""Speech that print marks by its place: transcripts (SMITH: …), headlines (X: …), lines signed by a dash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from framing.article import Span
from framing.lexicon import load
from framing.quotes.claim import Claim, tidy
from framing.quotes.cues import verb_form
from framing.quotes.shape import not_speech
from framing.quotes.tree import Tree

_NAME = r"[A-Z][\w.’'\-]*(?:\s(?:[A-Z][\w.’'\-]*|of|the|and|de|van|von|bin|al)){0,5}"
_TURN = re.compile(rf"[“\"]?(?P<label>[A-Z][A-Z.’'\- ]{{0,40}}|{_NAME})(?:\s\([^)\n]{{1,40}}\))?:\s+(?=\S)")
_FLAG = re.compile(
    r"(?:EXCLUSIVE|WATCH|VIDEO|BREAKING|OPINION|ANALYSIS|UPDATE|LIVE|Exclusive|Watch|Video|Opinion|Report)"
    r"\s*[–—:-]\s+(?=[A-Z])"
)
_SAYER = re.compile(
    rf"(?P<label>(?:\w+’s\s|\w+'s\s)?{_NAME}?(?:\s[a-z]+){{0,2}}?)(?P<about>\s(?:[Oo]n|[Tt]o|[Aa]bout|[Aa]fter|[Oo]ver)\s[^:]{{3,80}})?:\s+(?=\S)"
)
_SAID_LAST = re.compile(rf"[^:\n]{{12,}}:\s+(?P<label>{_NAME})\s*\.?$")
_LABELLED = re.compile(rf"(?:^|[.!?…][”\"]?\s+)(?P<label>{_NAME})(?:,\s?[^:“”\"\n]{{2,60}})?:\s*$")
_SIGNED = re.compile(rf"[”\"’']\s*(?P<dash>[—―–]+)\s*(?P<label>{_NAME})[^.\n]{{0,60}}\.?\s*$")
_SIGNATURE = re.compile(rf"(?P<dash>[—―–-]+)\s*(?P<label>{_NAME})(?:,[^.!?\n]{{2,80}})?[.\s]*$")
_POST = re.compile(r"\s(?P<dash>[—―–-]+)\s(?P<label>[^()\n—]{2,50})\s\(@\w+\)\s[A-Z][a-z]+ \d{1,2}, \d{4}")
_MARKUP = re.compile(r"^\s*<[^>]*>")
# An interview's labels: one asks, one answers.
_ASKS_ANSWERS = frozenset({"Q", "A"})


def with_layout(text: str, trees: Sequence[Tree], found: Sequence[Claim], title: Span | None) -> list[Claim]:
    """``found`` and the claims that the layout makes; what only guessed inside such a claim is dropped."""
    frames = [(n, t) for n, t in enumerate(trees) if t.unit.inside is None]
    new = _turns(text, frames)
    if title is not None:
        headline = _headline(text, frames, title, trees)
        spoken = any(c.span.overlaps(title) and c.speaker is not None for c in found)
        new += [c for c in headline if not (spoken and c.rule == "verb of a headline")]
    new += _signed(text, frames)
    new += _signed_below(text, frames)
    new += _posts(text, frames)
    new += _labelled(text, frames, new)
    if not new:
        return list(found)
    keep: list[Claim] = []
    at: dict[int, int] = {}
    for i, claim in enumerate(found):
        guess = claim.cue is None or claim.first is not None or "carried on" in claim.rule
        clash = any(
            c.span.overlaps(claim.span) and (guess or not c.span.contains(claim.span) or c.rule == "signed")
            for c in new
        )
        if clash and not any(c.span.contains(claim.span) and not guess and c.rule != "signed" for c in new):
            continue
        at[i] = len(keep)
        keep.append(claim if claim.first is None else replace(claim, first=at.get(claim.first)))
    return keep + [c if c.first is None else replace(c, first=c.first + len(keep)) for c in new]


def _claim(
    tree_n: int, tree: Tree, label: Span, content: Span, rule: str, *, verbatim: bool, cue: Span | None = None
) -> Claim:
    token = next((t for t in reversed(range(len(tree))) if label.start <= tree.starts[t] < label.end), 0)
    return Claim(
        span=content, speaker=label, head=(tree_n, token), cue=cue or Span(label.end, label.end + 1),
        cue_text="—" if cue else ":", stance="neutral", rule=rule,
        paragraph=tree.unit.paragraph, verbatim=verbatim,
    )  # fmt: skip


def _turns(text: str, frames: Sequence[tuple[int, Tree]]) -> list[Claim]:
    """The turns of a transcript: at least two labels that come back, or questions and answers."""
    turns = []
    for n, tree in frames:
        found = _TURN.match(text, tree.unit.region.start, tree.unit.region.end)
        if found and len(found["label"]) > 0:
            turns.append((n, tree, found))
    labels = Counter(found["label"] for _, _, found in turns)
    repeated = {label for label, count in labels.items() if count > 1}
    if not (repeated >= _ASKS_ANSWERS or (len(labels) > 1 and repeated and sum(labels.values()) > 2)):
        return []
    spoken = {tree.unit.paragraph for _, tree, found in turns if found["label"] in repeated}
    out = []
    for n, tree, found in turns:
        capitals = found["label"].isupper() and len(found["label"]) > 1
        beside = {tree.unit.paragraph - 1, tree.unit.paragraph + 1} <= spoken
        if found["label"] in repeated or capitals or beside:
            end = tree.unit.region.end
            content = Span(found.end(), end - (text[end - 1] in '”"'))
            out.append(
                _claim(
                    n,
                    tree,
                    Span(*found.span("label")),
                    tidy(text, content),
                    "turn of a transcript",
                    verbatim=True,
                )
            )
    return out + _going_on(text, frames, out)


_MOST_BETWEEN = 4  # paragraphs of one turn; more between two labels are the article's own


def _going_on(text: str, frames: Sequence[tuple[int, Tree]], turns: Sequence[Claim]) -> list[Claim]:
    """The paragraphs between two turns of a transcript: the speaker of the turn before goes on."""
    out = []
    for n, (turn, following) in enumerate(pairwise(turns)):
        between = [t for _, t in frames if turn.paragraph < t.unit.paragraph < following.paragraph]
        for tree in between if len(between) <= _MOST_BETWEEN else []:
            region = tree.unit.region
            content = tidy(text, Span(region.start + (text[region.start] in '“"'), region.end))
            direction = content.of(text).startswith("(")  # (CROSSTALK)
            if any(c.isalnum() for c in content.of(text)) and not direction:
                out.append(replace(turn, span=content, paragraph=tree.unit.paragraph, first=n))
    return out


def _headline(
    text: str, frames: Sequence[tuple[int, Tree]], title: Span, trees: Sequence[Tree]
) -> list[Claim]:
    n_tree = next(
        ((n, t) for n, t in frames if title.contains(t.unit.region) and t.unit.region.end == title.end), None
    )
    if n_tree is None:
        return []
    n, tree = n_tree
    flag = _FLAG.match(text, title.start, title.end)
    start = flag.end() if flag and not flag.group().startswith("Report") else title.start
    found = _SAYER.match(text, start, title.end)
    if found and _can_speak(found["label"], tree, trees):
        content = tidy(text, Span(found.end(), title.end))
        return (
            [_claim(n, tree, Span(*found.span("label")), content, "headline", verbatim=False)]
            if len(content)
            else []
        )
    quoted = _headline_quote(text, n, tree)
    if quoted is not None:
        return [quoted]
    found = _SAID_LAST.match(text, start, title.end)
    if found and _can_speak(found["label"], tree, trees):
        content = tidy(text, Span(start, found.start("label") - 1))
        return [_claim(n, tree, Span(*found.span("label")), tidy(text, content), "headline", verbatim=False)]
    return []


def _headline_quote(text: str, n: int, tree: Tree) -> Claim | None:
    """X thanks Y for 'strong support': a verb that the tagger took for a noun, as headlines make it do."""
    marks = [m for m in tree.unit.marks if not not_speech(text, m, tree.unit.region)]
    if not marks or any(t in tree.holes for t in range(len(tree))):
        return None
    for t in range(1, len(tree)):
        if not 0 <= tree.starts[t] < marks[0].span.start or t > 6:
            break
        if tree.pos[t - 1] in ("PROPN", "NOUN") and verb_form(tree.words[t]) is not None:
            form = verb_form(tree.words[t])
            assert form is not None
            end = tree.ends[-1] if tree.pos[len(tree) - 1] != "PUNCT" else marks[-1].span.end
            content = (
                Span(tree.starts[t + 1], max(end, marks[-1].inner.end))
                if t + 1 < len(tree)
                else marks[0].inner
            )
            speaker, cue = Span(tree.starts[0], tree.ends[t - 1]), Span(tree.starts[t], tree.ends[t])
            return Claim(
                span=tidy(text, content), speaker=speaker, head=(n, t - 1), cue=cue, cue_text=form.text,
                stance=form.stance, rule="verb of a headline", paragraph=tree.unit.paragraph,
                cue_token=(n, t),
            )  # fmt: skip
    return None


def _can_speak(label: str, title: Tree, trees: Sequence[Tree]) -> bool:
    roles = load("roles").entries
    words = label.lower().split()
    if (words[-1] in roles and roles[words[-1]].category != "any") or label.lower() in roles:
        return True
    return _is_person(label, trees) or any(
        lab in ("PERSON", "ORG") and " ".join(title.words[a:b]) == label for a, b, lab in title.entities
    )


def _is_person(label: str, trees: Sequence[Tree]) -> bool:
    """Whether the body of the article names a person or body by the last word of ``label``."""
    last = label.split()[-1].removesuffix("s").rstrip(".")
    return any(
        lab == "PERSON" and any(w.removesuffix("s").rstrip(".") == last for w in tree.words[a:b])
        for tree in trees[1:]
        for a, b, lab in tree.entities
    )


def _posts(text: str, frames: Sequence[tuple[int, Tree]]) -> list[Claim]:
    """A post that an article embeds: its words, a dash, a name, the account in brackets, the day."""
    out = []
    for n, tree in frames:
        match = _POST.search(text, tree.unit.region.start, tree.unit.region.end)
        if match is not None:
            words = _MARKUP.sub("", text[tree.unit.region.start : match.start()])
            start = match.start() - len(words)
            content = tidy(text, Span(start, match.start()))
            if len(content):
                label, cue = Span(*match.span("label")), Span(*match.span("dash"))
                out.append(_claim(n, tree, label, content, "post", verbatim=True, cue=cue))
    return out


def _signed_below(text: str, frames: Sequence[tuple[int, Tree]]) -> list[Claim]:
    """A quotation of its own paragraph whose name stands on the next line after a dash."""
    out = []
    for (_, quote), (n, line) in pairwise(frames):
        match = _SIGNATURE.match(text, line.unit.region.start, line.unit.region.end)
        marks = [m for m in quote.unit.marks if m.span.start <= quote.unit.region.start + 1]
        if match is None or not marks:
            continue
        if any(c.isalnum() for c in text[marks[0].span.end : quote.unit.region.end]):
            continue
        label = Span(*match.span("label"))
        if any(line.pos[t] == "PROPN" for t in range(len(line)) if label.start <= line.starts[t] < label.end):
            cue = Span(*match.span("dash"))
            content = tidy(text, marks[0].inner)
            claim = _claim(n, line, label, content, "signed", verbatim=True, cue=cue)
            out.append(replace(claim, paragraph=quote.unit.paragraph))
    return out


def _signed(text: str, frames: Sequence[tuple[int, Tree]]) -> list[Claim]:
    """A quotation of its own paragraph with a name after a dash: "…" — Jane Smith."""
    out = []
    for n, tree in frames:
        marks = [m for m in tree.unit.marks if m.span.start <= tree.unit.region.start + 1]
        match = _SIGNED.search(text, marks[0].inner.end, tree.unit.region.end) if marks else None
        if match and match.start() <= marks[0].span.end:
            out.append(
                _claim(
                    n,
                    tree,
                    Span(*match.span("label")),
                    tidy(text, marks[0].inner),
                    "signed",
                    verbatim=True,
                    cue=Span(*match.span("dash")),
                )
            )
    return out


def _labelled(text: str, frames: Sequence[tuple[int, Tree]], others: Sequence[Claim]) -> list[Claim]:
    """A name, perhaps an affiliation, a colon and a quotation: Jane Smith, CNN: "…" Joe Hill: "…"."""
    done = {c.paragraph for c in others}
    out = []
    for n, tree in frames:
        if tree.unit.paragraph in done:
            continue
        for marked in tree.unit.marks:
            before = Span(tree.unit.region.start, marked.span.start).of(text)
            match = _LABELLED.search(before)
            if match is None:
                continue
            label = Span(
                tree.unit.region.start + match.start("label"), tree.unit.region.start + match.end("label")
            )
            tags = [tree.pos[t] for t in range(len(tree)) if label.start <= tree.starts[t] < label.end]
            if tags and tags[-1] == "PROPN":
                out.append(_claim(n, tree, label, tidy(text, marked.inner), "labelled", verbatim=False))
    return out
