"""The name behind a mention: "he", "the president", "the ministry's spokesman", through one article.

No coreference model: recency, grammatical role, gender and what the article says of
each person decide, and the result carries a confidence. What is not found stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from framing.article import Span
from framing.lexicon import load
from framing.quotes import grammar, subjects
from framing.quotes.claim import Claim
from framing.quotes.medium import is_medium
from framing.quotes.speakers import anonymity, roles
from framing.quotes.speakers.names import Mention, People, Person, mentions
from framing.quotes.tree import SUBJECTS, Tree

_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_THEY = frozenset({"they", "them", "their", "both", "all"})
_IT = frozenset({"it", "its"})
_I = frozenset({"i", "we", "me", "us", "my", "our"})
_WHO = frozenset({"who", "which", "that", "whom"})
_DETERMINERS = re.compile(r"^(?:both|the|a|an|this|that|these|those|his|her|its|their|our|my)\s+", re.I)

# Confidence of each way to a name. Named mentions are nearly always right; the others
# are the shares found right on hand-resolved news articles, rounded down.
NAMED, BODY, DESCRIBED, GUESSED, OPEN = 0.97, 0.9, 0.8, 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks. ``person`` tells people from bodies and documents; an empty name is unresolved."""

    name: str = ""
    confidence: float = 0.0
    role: str = ""
    anonymous: bool = False
    reason: str = ""
    person: Person | None = None
    plural: bool = False


class _Seen(NamedTuple):
    """A person at a place of the article: a printed name or a resolved speaker."""

    offset: int
    person: Person
    paragraph: int
    sentence: int
    subject: bool
    quoted: bool
    speaks: bool = False


class Resolver:
    """Resolves the speakers of one article's claims in text order."""

    def __init__(self, text: str, trees: Sequence[Tree], names: Sequence[Mention] | None = None) -> None:
        """``names``: the person names of ``trees``, where they were looked for before."""
        self.text = text
        self.trees = trees
        self.people = People(trees, mentions(trees) if names is None else names)
        self._seen: list[_Seen] = []
        self._last: Speaker | None = None
        self._last_body: Speaker | None = None
        self._last_group: Speaker | None = None
        for person in self.people.persons:
            for mention in person.mentions:
                self._note_name(person, mention)
        self._seen.sort(key=lambda s: s.offset)

    def _note_name(self, person: Person, mention: Mention) -> None:
        tree = self.trees[mention.tree]
        head = mention.until - 1
        while tree.heads[head] != head and mention.first <= tree.heads[head] < mention.until:
            head = tree.heads[head]
        while tree.deps[head] in ("appos", "conj") and tree.heads[head] != head:
            head = tree.heads[head]
        subject, quoted = tree.deps[head] in SUBJECTS, tree.unit.inside is not None
        sentence = tree.sentence[mention.first]
        self._seen.append(_Seen(mention.start, person, tree.unit.paragraph, sentence, subject, quoted))

    def resolve(self, claim: Claim, outer: Speaker | None = None) -> Speaker:
        """The speaker of ``claim``; ``outer`` speaks the quotation around it."""
        if claim.speaker is None or claim.head is None:
            return Speaker()
        found = self._resolve(claim.speaker, claim.head, outer)
        self._remember(claim.speaker, claim.head, found)
        return found

    def _remember(self, mention: Span, head: tuple[int, int], found: Speaker) -> None:
        tree = self.trees[head[0]]
        if tree.unit.inside is not None or not found.name:
            return
        self._last = found
        if found.person is not None:
            self._seen.append(
                _Seen(
                    mention.start,
                    found.person,
                    tree.unit.paragraph,
                    tree.sentence[head[1]],
                    True,
                    False,
                    True,
                )
            )
        elif found.plural:
            self._last_group = found
        else:
            self._last_body = found

    def _resolve(self, mention: Span, head: tuple[int, int], outer: Speaker | None) -> Speaker:
        n, token = head
        tree = self.trees[n]
        label = mention.of(self.text)
        if label in ("Q", "A"):  # an interview prints who asks and who answers, not their names
            return Speaker()
        if label.isupper() and (labelled := self._capitals(label)) is not None:
            return self._of_person(labelled, NAMED, mention)
        word = tree.words[token].lower()
        if word in _WHO:
            noun = grammar.antecedent(tree, token)
            if noun is None:
                return Speaker()
            span = tree.span(subjects.noun_phrase(tree, noun)) or mention
            return self._resolve(span, (n, noun), outer)
        pronoun = tree.pos[token] == "PRON"
        if word in _I and pronoun:
            return outer if outer is not None else Speaker()
        if word in _HE:
            return self._pronoun(mention.start, _HE[word], tree, token)
        if word in _THEY and pronoun:
            return self._again(self._last_group)
        if word in _IT and pronoun:
            return self._again(self._last_body)
        several = self._several(n, tree, token)
        if several:
            return several
        person = self._person_of(n, tree, token)
        if person is not None:
            return self._of_person(person, NAMED, mention)
        return self._described(mention, n, tree, token)

    def _capitals(self, label: str) -> Person | None:
        """The person that a transcript's label in capitals names: WALLACE."""
        fits = [p for p in self.people.persons if p.words[-1].upper() == label.split()[-1].strip(".")]
        return fits[0] if len(fits) == 1 else None

    def _again(self, before: Speaker | None) -> Speaker:
        if before is None:
            return Speaker()
        return Speaker(
            before.name, GUESSED, before.role, before.anonymous, before.reason, None, before.plural
        )

    def _several(self, n: int, tree: Tree, token: int) -> Speaker | None:
        """Several named people who speak together: Trump and Ryan."""
        people = [self.people.at(n, token)]
        at = token
        while (conj := tree.child(at, "conj")) is not None:
            people.append(self._person_of(n, tree, conj))
            at = conj
        named = list(dict.fromkeys(p.name for p in people if p is not None))
        if len(named) < 2 or None in people:
            return None
        role = next((r for p in people if p and (r := roles.role_of(" ".join(p.descriptors)))), "")
        return Speaker(", ".join(named[:-1]) + " and " + named[-1], NAMED, role, plural=True)

    def _person_of(self, n: int, tree: Tree, token: int) -> Person | None:
        found = self.people.at(n, token)
        if found is not None:
            return found
        for c in tree.childs(token, "appos"):
            found = self.people.at(n, c)
            if found is not None:
                return found
        for prep in tree.childs(token, "prep"):  # "the mayor of Lund, Eva Sand"
            for c in (k for p in tree.childs(prep, "pobj") for k in tree.childs(p, "appos")):
                found = self.people.at(n, c)
                if found is not None and roles.is_person_noun(tree.lemmas[token].lower()):
                    return found
        return self.people.at(n, tree.heads[token]) if tree.deps[token] == "appos" else None

    def _of_person(self, person: Person, confidence: float, mention: Span) -> Speaker:
        phrase = mention.of(self.text)
        role = roles.role_of(phrase, person.descriptors) or roles.role_of(" ".join(person.descriptors))
        return Speaker(person.name, confidence, role, person=person)

    def _pronoun(self, offset: int, gender: str, tree: Tree, token: int) -> Speaker:
        paragraph, sentence = tree.unit.paragraph, tree.sentence[token]
        scores: dict[int, float] = {}
        by_id: dict[int, Person] = {}
        for seen in self._seen:
            if seen.offset >= offset or paragraph - seen.paragraph > 4:
                continue
            if seen.person.gender and seen.person.gender != gender:
                continue
            score = -1.0 * (paragraph - seen.paragraph)
            if seen.paragraph == paragraph:
                distance = max(0, sentence - seen.sentence)
                score += 0.5 if distance == 1 and seen.subject else -0.3 * distance
            score += 1.0 if seen.subject else 0.0
            score -= 1.5 if seen.quoted else 0.0
            score += 0.6 if seen.speaks else 0.0
            score += 1.0 if seen.person.gender == gender else 0.5
            score += 0.1 * min(5, len(seen.person.mentions)) + 1e-6 * seen.offset
            key = id(seen.person)
            by_id[key] = seen.person
            scores[key] = max(scores.get(key, -99.0), score)
        if not scores:
            return self._named_after(offset, paragraph, gender)
        ranked = sorted(scores.items(), key=lambda kv: -kv[1])
        margin = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 2.0
        person = by_id[ranked[0][0]]
        confidence = round(min(0.9, GUESSED + 0.2 * margin), 2)
        return self._of_person(person, confidence, Span(offset, offset))

    def _named_after(self, offset: int, paragraph: int, gender: str) -> Speaker:
        """Whom a pronoun before any name means: who is named next, in this paragraph or the next."""
        for seen in self._seen:
            near = seen.offset > offset and 0 <= seen.paragraph - paragraph <= 1
            if near and not seen.quoted and len(seen.person.words) > 1 and seen.person.gender == gender:
                return self._of_person(seen.person, OPEN, Span(offset, offset))
        return Speaker()

    def _described(self, mention: Span, n: int, tree: Tree, token: int) -> Speaker:
        owner = tree.child(token, "poss")
        if owner is not None and is_medium(
            tree.lemmas[token].lower(), "written", "spoken", "online"
        ):  # "Kim's message said", "its statement said"
            span = tree.span(subjects.noun_phrase(tree, owner)) or mention
            return self._resolve(span, (n, owner), None)
        if tree.tags[token] == "JJ" and tree.deps[token] == "amod":  # "Western accusations that …"
            return self._of_origin(mention)
        phrase = mention.of(self.text)
        indefinite = anonymity.is_indefinite(phrase)
        plural = tree.tags[token] in ("NNS", "NNPS")
        role = roles.role_of(phrase)
        definite = bool(re.match(r"(?:the|this|that|his|her|their|its)\b", phrase, re.I))
        if definite and not plural and tree.pos[token] == "NOUN":
            meant = self._by_description(mention, tree, token)
            if meant is not None:
                meant[0].descriptors[tree.lemmas[token].lower()] += 1
                return self._of_person(*meant, mention)
        label = next((lab for a, b, lab in tree.entities if a <= token < b), "")
        name = _DETERMINERS.sub("", phrase) if label or definite or not indefinite else phrase
        common = tree.pos[token] in ("NOUN", "PRON", "ADJ", "NUM", "DET")
        human = roles.is_person_noun(tree.lemmas[token].lower()) or role == roles.UNNAMED
        human = human or (not label and tree.pos[token] in ("PRON", "NUM", "DET", "ADJ"))
        anonymous = common and human and (indefinite or plural)
        why = self._reason(mention)
        if why:
            anonymous = True
        if anonymous and not role:
            role = roles.UNNAMED
        confidence = OPEN if common and human and not plural and not indefinite else BODY
        return Speaker(name, confidence, role, anonymous, why if anonymous else "", None, plural)

    def _of_origin(self, mention: Span) -> Speaker:
        """The country that an adjective names; open where it names none."""
        entry = load("countries").entries.get(mention.of(self.text).lower())
        return Speaker() if entry is None else Speaker(entry.columns[0], DESCRIBED, "government")

    def _by_description(self, mention: Span, tree: Tree, token: int) -> tuple[Person, float] | None:
        """The person whom a definite description means: said of them, else the one talked of."""
        lemma = tree.lemmas[token].lower()
        modifiers = {
            tree.lemmas[t].lower() for t in tree.subtree(token) if tree.pos[t] in ("ADJ", "PROPN", "NOUN")
        }
        best: tuple[float, Person] | None = None
        for person in self.people.persons:
            before = [m.start for m in person.mentions if m.start < mention.start]
            if not before or lemma not in person.descriptors:
                continue
            agree = sum(m in person.descriptors or m in person.name.lower().split() for m in modifiers)
            score = agree + 1e-6 * before[-1]
            if best is None or score > best[0]:
                best = (score, person)
        if best is not None:
            return best[1], DESCRIBED
        if not roles.is_person_noun(lemma):
            return None
        inside = [
            self.people.at(n, t) for n, x in enumerate(self.trees) if x is tree for t in tree.subtree(token)
        ]
        recent = [
            s
            for s in self._seen
            if s.offset < mention.start and tree.unit.paragraph - s.paragraph <= 1
            if s.subject and not s.quoted and s.person not in inside
            if not s.person.gender or roles.gender_of(lemma) in ("", s.person.gender)
        ]
        if not recent:
            return None
        talked_of = max(recent, key=lambda s: (min(len(s.person.mentions), 10), s.offset))
        return talked_of.person, GUESSED

    def _reason(self, mention: Span) -> str:
        start = max(self.text.rfind("\n", 0, mention.start), self.text.rfind(". ", 0, mention.start)) + 1
        end = min(
            (i for i in (self.text.find("\n", mention.end), self.text.find(". ", mention.end)) if i >= 0),
            default=len(self.text),
        )
        return anonymity.reason(self.text[start:end])
