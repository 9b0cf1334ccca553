"""Whose words every character is: outlet, quoted, attributed."""

from __future__ import annotations

from collections.abc import Sequence

from framing.annotation import Quotation, Voice, VoiceSpan
from framing.article import Span


def voices(text: str, quotations: Sequence[Quotation]) -> tuple[VoiceSpan, ...]:
    """A partition of ``text``. Reported speech inside reported speech is the inner speaker's.

    What stands inside a direct quotation stays the words of who is quoted, also where
    he tells what others said.
    """
    edges = {0, len(text)}
    for q in quotations:
        if q.kind != "scare":
            edges |= {q.span.start, q.span.end, *(p.start for p in q.quoted), *(p.end for p in q.quoted)}
    cuts = sorted(edges)
    at = {offset: n for n, offset in enumerate(cuts)}
    voice: list[tuple[Voice, int | None]] = [("outlet", None)] * (
        len(cuts) - 1
    )  # of the stretch after each cut
    words_of_another = {q.id for q in quotations if q.kind == "direct"}
    for i, q in enumerate(quotations):  # outer ones come first
        if q.kind == "scare" or q.nested_in in words_of_another:
            words_of_another.add(q.id)
            continue
        for n in range(at[q.span.start], at[q.span.end]):
            voice[n] = ("attributed", i)
        for part in q.quoted:
            for n in range(at[part.start], at[part.end]):
                voice[n] = ("quoted", i)
    out: list[VoiceSpan] = []
    for n, (kind, owner) in enumerate(voice):
        if out and (out[-1].voice, out[-1].quotation) == (kind, owner):
            out[-1] = VoiceSpan(Span(out[-1].span.start, cuts[n + 1]), kind, owner)
        else:
            out.append(VoiceSpan(Span(cuts[n], cuts[n + 1]), kind, owner))
    return tuple(out)
