"""Parts of speech, morphology and lemmas by rule, each rule tried once for all tokens that are alike to it.

spaCy's ``attribute_ruler`` tries some 180 patterns on every token, and its ``lemmatizer`` looks at the
morphology of each again: an eighth of the whole pipeline. The patterns of one token see its tag, its
dependency label and whether it is one of some hundred words; so their outcome is remembered by these three.
Texts in which a pattern of several words applies ("let's") go through both components as before. No token
comes out otherwise than with spaCy 3.8.7, whose order of lemmas holds for all versions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

# What a pattern may ask of a token: its tag and label, and these of its word.
_OF_WORDS = frozenset({"ORTH", "TEXT", "LOWER"})
_LISTS = ("IN", "NOT_IN")
_ASKED = _OF_WORDS | {"TAG", "DEP", "IS_SPACE"}

# All that rules set, as spaCy's ids.
_FORMS = ("TAG", "POS", "MORPH", "LEMMA", "DEP")
Forms = tuple[int, ...]
# The word where a pattern names it (else 0), the tag, the label.
Key = tuple[int, int, int]

# Words kept, some 40 MB: names and numbers never end, and what is common is soon learned again.
_MOST = 200_000

_NAME = "framing_word_forms"


def remember_forms(nlp: Language) -> None:
    """Put one component in place of the ruler and the lemmatizer of ``nlp``, where their rules allow it."""
    names = nlp.pipe_names
    ruler: Any = nlp.get_pipe("attribute_ruler")
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    if _by_rule(lemmatizer):
        lemmatizer.lemmatize = partial(first_rule_first, lemmatizer, lemmatizer.lemmatize)
    at = names.index("attribute_ruler")
    in_order = {"tagger", "parser"} <= set(names[:at]) and names[at + 1 : at + 2] == ["lemmatizer"]
    sets = {kind for pattern in ruler.patterns for kind in pattern["attrs"]}
    seen = sets <= set(_FORMS) and all(map(_is_seen, _firsts(ruler)))
    if in_order and seen and _by_rule(lemmatizer):
        type(nlp).factory(_NAME, func=_component)
        nlp.add_pipe(_NAME, before="attribute_ruler")
        nlp.remove_pipe("attribute_ruler")
        nlp.remove_pipe("lemmatizer")


def _by_rule(lemmatizer: Any) -> bool:
    """Whether a lemma follows from word, part of speech and morphology, and none is overwritten."""
    from spacy.lang.en.lemmatizer import EnglishLemmatizer

    return type(lemmatizer) is EnglishLemmatizer and lemmatizer.mode == "rule" and not lemmatizer.overwrite


def first_rule_first(lemmatizer: Any, by_rule: Callable[[Token], list[str]], token: Token) -> list[str]:
    """What ``by_rule`` finds, the form of the earliest rule first.

    So does spaCy 3.8.7. A newer one (3.8.18) turns the forms round and makes "hop" of "hoped", so
    that one text would have other cues under another Python.
    """
    forms = by_rule(token)
    if len(forms) < 2:
        return forms
    kind, word = token.pos_.lower(), token.text.lower()
    if forms[0] in lemmatizer.lookups.get_table("lemma_exc", {}).get(kind, {}).get(word, ()):
        return forms
    rules = lemmatizer.lookups.get_table("lemma_rules", {}).get(kind, ())
    made = [word.removesuffix(old) + new for old, new in rules if word.endswith(old)]
    return sorted(forms, key=lambda form: made.index(form) if form in made else len(made))


def _firsts(ruler: Any) -> Iterator[Mapping[str, Any]]:
    """What the patterns ask of their first token."""
    return (rule[0] for pattern in ruler.patterns for rule in pattern["patterns"])


def _is_seen(first: Mapping[str, Any]) -> bool:
    """Whether what a pattern asks of its first token is seen by :class:`WordForms`."""
    tests = [first[kind] for kind in _OF_WORDS.intersection(first)]
    return set(first) <= _ASKED and all(isinstance(t, str) or set(t) <= {*_LISTS, "REGEX"} for t in tests)


def _component(nlp: Any, name: str) -> WordForms:
    return WordForms(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))


class WordForms:
    """A component of the pipeline: tags corrected, parts of speech, morphology, lemmas."""

    def __init__(self, ruler: Any, lemmatizer: Any) -> None:
        from spacy.matcher import Matcher

        self._ruler, self._lemmatizer = ruler, lemmatizer
        self._named: dict[int, int] = {}  # word -> itself where a pattern may name it, else 0
        self._ruled: dict[Key, Forms] = {}
        self._begins: set[Key] = set()  # a pattern of several tokens may begin with it
        self._lemmas: dict[tuple[int, int, int], int] = {}  # word, part of speech, morphology -> lemma
        asked = [first[kind] for first in _firsts(ruler) for kind in _OF_WORDS.intersection(first)]
        tests: list[dict[str, Any]] = [one if isinstance(one, dict) else {"IN": [one]} for one in asked]
        self._listed = {word for test in tests for kind in _LISTS for word in test.get(kind, ())}
        self._shapes = [re.compile(test["REGEX"]) for test in tests if "REGEX" in test]
        index = lemmatizer.lookups.get_table("lemma_index", {})
        for part_of_speech, bases in index.items():  # lists of thousands, searched for every new word
            index[part_of_speech] = frozenset(bases)
        self._of_one = type(ruler)(ruler.vocab)
        self._of_several = Matcher(ruler.vocab)
        self._first = Matcher(ruler.vocab)
        for pattern in ruler.patterns:
            rules = pattern["patterns"]
            if all(len(rule) == 1 for rule in rules):
                self._of_one.add(**pattern)
            else:
                self._of_several.add("several", rules)
                self._first.add("first", [[rule[0]] for rule in rules])

    def __call__(self, doc: Doc) -> Doc:
        """``doc``, which has tags and dependency labels, with everything that rules say of its tokens."""
        words, keys = self._keys(doc)
        if not self._begins.isdisjoint(keys) and self._of_several(doc):
            self._lemmatizer(self._ruler(doc))
            return doc
        forms: list[Forms] = []
        new: list[int] = []
        lemmas = self._lemmas
        for n, (word, key) in enumerate(zip(words, keys, strict=True)):
            form = self._ruled[key]
            if not form[3]:
                lemma = lemmas.get((word, form[1], form[2]), 0)
                form = (*form[:3], lemma, form[4])
                if not lemma:
                    new.append(n)
            forms.append(form)
        if forms:
            table: Any = np.array(forms, dtype=np.uint64)
            doc.from_array(list(_FORMS), table)
        for n in new:
            token = doc[n]
            token.lemma_ = self._lemmatizer.lemmatize(token)[0]
            lemmas[(words[n], forms[n][1], forms[n][2])] = token.lemma
        return doc

    def _keys(self, doc: Doc) -> tuple[list[int], list[Key]]:
        """The words of ``doc`` and their keys, all of them known afterwards."""
        rows = doc.to_array(["ORTH", "TAG", "DEP"]).tolist() if len(doc) else []
        named = self._named
        words = [row[0] for row in rows]
        unseen = set(words).difference(named)
        if unseen:
            if len(named) + len(unseen) > _MOST:
                named.clear()
                self._lemmas.clear()
                unseen = set(words)
            named.update((word, word if self._is_named(word) else 0) for word in unseen)
        keys = [(named[word], tag, dep) for word, tag, dep in rows]
        for n, key in enumerate(keys):
            if key not in self._ruled:
                self._learn(key, words[n])
        return words, keys

    def _is_named(self, word: int) -> bool:
        """Whether a pattern may see this word in another light than any other."""
        text = self._ruler.vocab.strings[word]
        lower = text.lower()
        return (
            text in self._listed
            or lower in self._listed
            or text.isspace()
            or any(form.search(text) or form.search(lower) for form in self._shapes)
        )

    def _learn(self, key: Key, word: int) -> None:
        """Ask the rules of one token about a token with ``key``."""
        from spacy.tokens import Doc

        doc = Doc(self._ruler.vocab, words=[self._ruler.vocab.strings[word]])
        tagged: Any = np.array([key[1:]], dtype=np.uint64)
        doc.from_array(["TAG", "DEP"], tagged)
        if self._first(doc):
            self._begins.add(key)
        self._ruled[key] = tuple(self._of_one(doc).to_array(list(_FORMS)).tolist()[0])
