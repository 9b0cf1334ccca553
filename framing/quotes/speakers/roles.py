"""What a speaker is: government, military, party, business, expert …, from the words said of them.

The list of roles is open: ``lexicons/roles.txt`` names the role of each word, and a
new category there is a new role here.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from framing.lexicon import load

# Of two roles that a description names, the earlier here decides: "police spokesman",
# "Republican senator", "army general turned politician".
PRIORITY = (
    "media", "police_court", "military", "expert", "ngo", "business", "government", "party",
    "religious", "celebrity", "international", "document", "person",
)  # fmt: skip
UNNAMED = "unnamed"


def role_of(description: str, nouns: Iterable[str] = ()) -> str:
    """The role that a phrase, and then the ``nouns`` said elsewhere of the speaker, name; empty where none.

    The last role word of the phrase weighs most: it is the head of an English noun phrase.
    """
    found = _in_phrase(description)
    if found:
        return _decide(found)
    lexicon = load("roles")
    named = [lexicon.entries[n].category for n in nouns if n in lexicon.entries]
    return _decide(named) if named else ""


# One mention is asked about by the rules for contents, for speakers and for their media.
@functools.lru_cache(maxsize=4096)
def _in_phrase(description: str) -> tuple[str, ...]:
    """The roles of the words of a phrase, in their order."""
    found = (m.entry.category for m in load("roles").matches(description))
    return tuple([role for role in found if role])


def _decide(found: Sequence[str]) -> str:
    specific = [f for f in found if f != "any"]
    if not specific:
        return ""
    ranked = {role: n for n, role in enumerate(PRIORITY)}
    return min(specific, key=lambda role: (-specific.count(role), ranked.get(role, len(ranked))))


_MALE = frozenset(
    [
        "businessman",
        "congressman",
        "spokesman",
        "chairman",
        "father",
        "brother",
        "son",
        "husband",
        "man",
        "king",
        "prince",
        "pontiff",
    ]
)
_FEMALE = frozenset(
    [
        "businesswoman",
        "congresswoman",
        "spokeswoman",
        "chairwoman",
        "mother",
        "sister",
        "daughter",
        "wife",
        "woman",
        "queen",
        "princess",
    ]
)


def is_person_noun(noun: str) -> bool:
    """Whether a singular noun (lower case) names a person and no body: "senator", not "senate"."""
    entry = load("roles").entries.get(noun)
    return entry is not None and "person" in entry.columns[0].split()


def gender_of(noun: str) -> str:
    """ "m" or "f" where the noun says so, else empty."""
    return "m" if noun in _MALE else "f" if noun in _FEMALE else ""
