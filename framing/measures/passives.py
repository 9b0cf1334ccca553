"""Passive clauses, and those that do not say who did it ("was killed")."""

from __future__ import annotations

from dataclasses import dataclass

from framing.annotation import AnnotatedArticle, Token
from framing.article import Span
from framing.measure import CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._checked import read_by_hand
from framing.measures._once import OncePerArticle
from framing.measures._voices import count, speaker, where

# Below these, one clause more or less moves the share by a tenth, or by a quarter.
MIN_CLAUSES = 10
MIN_PASSIVES = 4

AGENTLESS = "agent not named"

# What tells that a word is a verb of a clause, and who did it.
_TOLD = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "auxpass", "agent"})

_SOURCES = (
    Citation(
        "fowler1979",
        "Fowler, R., Hodge, B., Kress, G., & Trew, T. (1979). Language and control. London: Routledge & "
        "Kegan Paul.",
    ),
    Citation(
        "henley1995",
        "Henley, N. M., Miller, M., & Beazley, J. A. (1995). Syntax, semantics, and sexual violence: "
        "Agency and the passive voice. Journal of Language and Social Psychology, 14(1–2), 60–84.",
    ),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with a subject or a passive auxiliary."""

    verb: Token
    passive: bool
    span: Span  # from the auxiliary to the verb
    agent: str  # "by the police"; empty where none is named


def clauses(annotated: AnnotatedArticle) -> list[Clause]:
    """The clauses of the text in order, by the parser's arcs."""
    return _clauses(annotated, None)


@OncePerArticle
def _clauses(annotated: AnnotatedArticle, key: None) -> list[Clause]:
    tokens = annotated.tokens
    # Of each verb its auxiliaries: none where it has a subject alone.
    verbs: dict[int, list[Token]] = {}
    agents: dict[int, int] = {}
    for i, token in enumerate(tokens):
        if token.dep not in _TOLD or token.head == i:
            continue
        if token.dep == "agent":
            agents.setdefault(token.head, i)
        else:
            auxiliaries = verbs.setdefault(token.head, [])
            if token.dep == "auxpass":
                auxiliaries.append(token)
    out = []
    for head, auxiliaries in sorted(verbs.items()):
        verb = tokens[head]
        start = min([verb.start, *(a.start for a in auxiliaries)])
        end = max([verb.end, *(a.end for a in auxiliaries)])
        agent = _phrase(agents[head], annotated) if head in agents else ""
        out.append(Clause(verb, bool(auxiliaries), Span(start, end), agent))
    return out


def _phrase(head: int, annotated: AnnotatedArticle) -> str:
    """The words under ``head``, as they stand."""
    tokens = annotated.tokens
    first = last = head
    while first > 0 and tokens[first - 1].sentence == tokens[head].sentence:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].sentence == tokens[head].sentence:
        last += 1
    below: dict[int, list[int]] = {}
    for i in range(first, last + 1):
        below.setdefault(tokens[i].head, []).append(i)
    inside, waiting = {head}, [head]
    while waiting:
        new = [i for i in below.get(waiting.pop(), ()) if i not in inside]
        inside.update(new)
        waiting += new
    return " ".join(annotated.article.text[tokens[min(inside)].start : tokens[max(inside)].end].split())


@OncePerArticle
def _in_voice(annotated: AnnotatedArticle, voice: VoiceOrAll) -> list[Clause]:
    count(annotated, voice)
    voice_at = annotated.voice_finder()
    return [clause for clause in clauses(annotated) if voice in ("all", voice_at(clause.span.start).voice)]


def _evidence(annotated: AnnotatedArticle, found: list[Clause]) -> tuple[Evidence, ...]:
    voice_at = annotated.voice_finder()
    out = []
    for clause in found:
        spoken = voice_at(clause.span.start)
        category = "passive with agent" if clause.agent else "agentless passive"
        cue = clause.agent or AGENTLESS
        out.append(Evidence(clause.span, cue, "", category, spoken.voice, speaker(annotated, spoken)))
    return tuple(out)


def _passives(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    found = _in_voice(annotated, voice)
    if len(found) < MIN_CLAUSES:
        raise CannotMeasure(f"{len(found)} clauses{where(voice)}; a share needs at least {MIN_CLAUSES}")
    passive = [clause for clause in found if clause.passive]
    return Result(len(passive) / len(found), len(found), _evidence(annotated, passive))


def _agentless(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    passive = [clause for clause in _in_voice(annotated, voice) if clause.passive]
    if len(passive) < MIN_PASSIVES:
        raise CannotMeasure(
            f"{len(passive)} passive clauses{where(voice)}; a share needs at least {MIN_PASSIVES}"
        )
    without = [clause for clause in passive if not clause.agent]
    return Result(len(without) / len(passive), len(passive), _evidence(annotated, without))


_LIMITS = (
    "By the parser's arcs, which err at times. Passives without an auxiliary (headlines: 'Three killed') "
    "and verbs that share one ('shot and killed': one passive) are not counted apart. "
)

_READ = read_by_hand(46, 50, "passives (all ten agents that were shown among them)", "passives")

PASSIVES = Measure(
    name="passives",
    label="Passive clauses",
    unit="share of the clauses, 0 to 1",
    bounds=(0, 1),
    higher_means="more clauses begin with the one to whom something is done",
    limits=_LIMITS + "Many passives are idle ('is located') or routine.",
    sources=_SOURCES,
    compute=_passives,
    accuracy=(_READ,),
)

AGENTLESS_PASSIVES = Measure(
    name="agentless_passives",
    label="Passives without an agent",
    unit="share of the passive clauses, 0 to 1",
    bounds=(0, 1),
    higher_means="more passives leave out who did it",
    limits=_LIMITS + "The agent may be named in another sentence, be unknown, or go without saying.",
    sources=_SOURCES,
    compute=_agentless,
    accuracy=(_READ,),
)
