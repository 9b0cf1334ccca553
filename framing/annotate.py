"""One pass over an article: tokens, sentences, entities, quotations, voices."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from framing import language
from framing.annotation import AnnotatedArticle, Entity, Token
from framing.article import Article, Span
from framing.quotes import extract
from framing.quotes.frame import Unit, units
from framing.quotes.marks import Marked, pair
from framing.quotes.tree import Tree, tree
from framing.quotes.voices import voices

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Articles parsed together. Units of one paragraph run fastest in large batches; more
# articles at once would only hold more memory.
_ARTICLES = 16
_BATCH_CHARS = 25_000  # parsed at once: 8 kB of memory a token, and signs are tokens of one character
MAX_PARAGRAPH_CHARS = 6_000  # a longer one (a text without line ends) is parsed in parts
_SENTENCE_BREAK = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\W_a-z])")

Failed = Callable[[Article, Exception], None]


def _raise(article: Article, error: Exception) -> None:
    raise error


def annotate(
    articles: Iterable[Article], *, model: str | None = None, failed: Failed = _raise
) -> Iterator[AnnotatedArticle]:
    """Annotate ``articles`` in order, some at a time, with the spaCy pipeline ``model`` (None: the default).

    ``failed`` is told of an article that the annotation breaks down on, and why; such an
    article is passed over. Left out, the error is raised.

    Raises FramingError where no model is installed or ``model`` cannot be loaded.
    """
    stream = iter(articles)
    while batch := list(islice(stream, _ARTICLES)):
        nlp = language.load(model)
        try:
            found = _annotated(nlp, batch)
        except Exception:
            found = _one_by_one(nlp, batch, failed)
        yield from found


def _annotated(nlp: Language, batch: Sequence[Article]) -> list[AnnotatedArticle]:
    plans = [article_units(article) for article in batch]
    docs = _docs(nlp, [unit.text for plan in plans for unit in plan])
    return [
        assemble(article, [tree(unit, doc) for unit, doc in zip(plan, docs, strict=False)])
        for article, plan in zip(batch, plans, strict=True)
    ]


def _one_by_one(nlp: Language, batch: Sequence[Article], failed: Failed) -> list[AnnotatedArticle]:
    out: list[AnnotatedArticle] = []
    for article in batch:
        try:
            out += _annotated(nlp, [article])
        except Exception as error:  # one article must not end a run over thousands
            failed(article, error)
    return out


def _docs(nlp: Language, texts: Sequence[str]) -> Iterator[Doc]:
    """The parse of each text; what is parsed together is bounded by its length."""
    batch: list[str] = []
    n_chars = 0
    for text in texts:
        if batch and n_chars + len(text) > _BATCH_CHARS:
            yield from _parsed(nlp, batch)
            batch, n_chars = [], 0
        batch.append(text)
        n_chars += len(text)
    if batch:
        yield from _parsed(nlp, batch)


def _parsed(nlp: Language, texts: Sequence[str]) -> Iterator[Doc]:
    """The parse of ``texts``, all at once: the parser takes a quarter of the size that it is told."""
    return nlp.pipe(texts, batch_size=4 * len(texts))


def article_units(article: Article) -> list[Unit]:
    """What is to be parsed of ``article``, paragraph by paragraph."""
    out: list[Unit] = []
    carried = False
    for n, paragraph in enumerate(paragraphs(article)):
        marks: list[Marked] = pair(article.text, paragraph, carried=carried)
        carried = bool(marks) and any(m.unclosed for m in marks)
        out += units(article.text, paragraph, n, marks)
    return out


def paragraphs(article: Article) -> list[Span]:
    """The paragraphs of the cleaned text, overlong ones in parts; its lines where the article lists none."""
    listed = sorted(p.span for p in article.paragraphs if p.span is not None and len(p.span))
    if not listed:
        at = 0
        for line in article.text.split("\n"):
            if line.strip():
                listed.append(Span(at, at + len(line)))
            at += len(line) + 1
    return [part for span in listed for part in _in_parts(article.text, span)]


def _in_parts(text: str, span: Span) -> Iterator[Span]:
    """``span`` cut after sentences (else words) where it is longer than :data:`MAX_PARAGRAPH_CHARS`."""
    start = span.start
    while span.end - start > MAX_PARAGRAPH_CHARS:
        limit = start + MAX_PARAGRAPH_CHARS
        breaks = [m.end() for m in _SENTENCE_BREAK.finditer(text, start, limit)]
        cut = breaks[-1] if breaks else text.rfind(" ", start, limit) + 1 or limit
        yield Span(start, cut)
        start = cut
    if start < span.end:
        yield Span(start, span.end)


def assemble(article: Article, trees: Sequence[Tree]) -> AnnotatedArticle:
    """The record of one article from the trees of its units."""
    tokens, sentences = _tokens(article.text, trees)
    found = extract.quotations(article, trees)
    return AnnotatedArticle(
        article=article,
        tokens=tokens,
        sentences=sentences,
        entities=_entities(trees),
        quotations=found,
        voices=voices(article.text, found),
    )


def _entities(trees: Sequence[Tree]) -> tuple[Entity, ...]:
    out = []
    for t in trees:
        for first, until, label in t.entities:
            if -1 not in t.starts[first:until]:
                out.append(Entity(Span(t.starts[first], t.ends[until - 1]), label))
    return tuple(sorted(out, key=_place))


def _place(entity: Entity) -> tuple[int, int]:
    return entity.span.start, entity.span.end


def _tokens(text: str, trees: Sequence[Tree]) -> tuple[tuple[Token, ...], tuple[Span, ...]]:
    """The article's tokens and sentences: those of all units, and the marks that no unit holds."""
    rows: list[tuple[int, int, int, int]] = []  # start, end, tree, token
    breaks: set[int] = set()
    for n, t in enumerate(trees):
        rows += [
            (start, end, n, i)
            for i, (start, end) in enumerate(zip(t.starts, t.ends, strict=True))
            if start >= 0
        ]
        breaks |= _breaks(t)
    rows.sort()
    rows = _with_marks(text, rows)
    place = [[-1] * len(t) for t in trees]
    for at, (_, _, n, i) in enumerate(rows):
        if n >= 0:
            place[n][i] = at
    sentences = _sentences(text, rows, breaks, trees)
    tokens: list[Token] = []
    following = [*(span.start for span in sentences[1:]), len(text) + 1]
    s = 0
    for at, (start, end, n, i) in enumerate(rows):
        if start >= following[s]:
            s = bisect_right(following, start)
        if n < 0:
            glyph = text[start:end]
            tokens.append(Token(start, end, glyph, glyph, "PUNCT", "''", "punct", _neighbour(rows, at), s))
            continue
        t = trees[n]
        head = t.heads[i]
        while place[n][head] < 0 and t.heads[head] != head:  # climb out of placeholders
            head = t.heads[head]
        above = place[n][head]
        tokens.append(
            Token(
                start,
                end,
                text[start:end],
                t.lemmas[i],
                t.pos[i],
                t.tags[i],
                t.deps[i],
                at if above < 0 else above,
                s,
            )
        )
    return tuple(tokens), tuple(sentences)


def _neighbour(rows: Sequence[tuple[int, int, int, int]], at: int) -> int:
    """The token that a mark hangs on: the next of the text, the one before at the end."""
    return at + 1 if at + 1 < len(rows) else max(0, at - 1)


def _with_marks(text: str, rows: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """``rows`` and a row for each run of characters other than space that none of them covers."""
    out: list[tuple[int, int, int, int]] = []
    at = 0
    for row in [*rows, (len(text), len(text), -1, -1)]:
        space = text[at : row[0]].isspace()
        while at < row[0] and not space:
            end = at
            while end < row[0] and not text[end].isspace():
                end += 1
            if end > at:
                out.append((at, end, -1, -1))
            at = end + 1
        if row[2] >= 0 and row[1] > at - 1:
            out.append(row)
            at = max(at, row[1])
    return out


def _breaks(t: Tree) -> set[int]:
    """Article offsets where a sentence begins; the first of a quotation goes on with its frame."""
    out: set[int] = set()
    seen = -1
    for i, sentence in enumerate(t.sentence):
        if sentence == seen:
            continue
        start = t.starts[i]
        if start < 0 and i in t.holes:
            start = t.unit.marks[t.holes[i]].span.start
        if start < 0:
            continue  # the mark before a placeholder: the next token decides
        seen = sentence
        if t.unit.inside is None or seen > 0:
            out.add(start)
    return out


def _sentences(
    text: str, rows: Sequence[tuple[int, int, int, int]], breaks: set[int], trees: Sequence[Tree]
) -> list[Span]:
    """Sentences from break to break, ending with their last token; a paragraph always breaks."""
    starts = sorted(breaks | {t.unit.region.start for t in trees if t.unit.inside is None})
    out: list[Span] = []
    first, last = -1, -1
    nxt = 0
    for start, end, _, _ in rows:
        broke = False
        while nxt < len(starts) and starts[nxt] <= start:
            nxt += 1
            broke = True
        if broke and first >= 0:
            out.append(Span(first, last))
            first = -1
        if first < 0:
            first = start
        last = end
    if first >= 0:
        out.append(Span(first, last))
    return out
