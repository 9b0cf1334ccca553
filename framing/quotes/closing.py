"""A cue that ends its sentence, often taken for a noun by the tagger: "…, a new analysis shows"."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from framing.article import Span
from framing.quotes.claim import Claim, tidy
from framing.quotes.cues import CueForm, base_form, verb_form
from framing.quotes.tree import Tree

_MAX_PHRASE = 9  # tokens of "Federal Election Commission records compiled by the Post show"
_FEWEST_WORDS = 5
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADP"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def claims(text: str, tree: Tree, n: int) -> Iterator[Claim]:
    """The claims of sentences that end in a noun phrase and a cue, set off by a comma."""
    for tokens in tree.sentences():
        last = next((t for t in reversed(tokens) if tree.pos[t] != "PUNCT"), None)
        form = None if last is None else _form(tree.words[last])
        if last is None or form is None:
            continue
        comma = next(
            (t for t in range(last - 1, max(tokens[0], last - _MAX_PHRASE), -1) if tree.words[t] == ","), None
        )
        if comma is None or comma + 1 > last - 1:
            continue
        n_words = sum(tree.pos[t] != "PUNCT" for t in tokens)
        if n_words < _FEWEST_WORDS or any(t in tree.holes for t in tokens):
            continue
        phrase = range(comma + 1, last)
        if any(tree.pos[t] not in _PHRASE for t in phrase) or tree.pos[last - 1] not in ("NOUN", "PROPN"):
            continue
        if any(tree.pos[t] == "DET" and tree.pos[t - 1] == "NOUN" for t in phrase[1:]):
            continue  # "…, a charge the firm denies"
        before = range(tokens[0], comma)
        speaker, content = tree.span(phrase), tree.span(before)
        if speaker is None or content is None or not any(tree.tags[t] in _FINITE for t in before):
            continue
        yield Claim(
            span=tidy(text, content), speaker=speaker, head=(n, last - 1),
            cue=Span(tree.starts[last], tree.ends[last]), cue_text=form.text, stance=form.stance,
            rule="cue at the end", inside=tree.unit.inside, paragraph=tree.unit.paragraph,
            cue_token=(n, last),
        )  # fmt: skip


@functools.lru_cache(maxsize=10_000)
def _form(last: str) -> CueForm | None:
    """The entry of a closing word that is a present verb of saying or showing by its form."""
    form = verb_form(last) or base_form(last)
    return form if form is not None and form.takes("that") else None
