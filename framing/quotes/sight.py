"""Common verbs of saying by sight: what tells a quotation's place before anything is parsed."""

from __future__ import annotations

import re

VERBS = (
    "said|says|say|told|tells|asked|asks|wrote|writes|tweeted|tweets|added|adds|replied|replies|responded|"
    "responds|continued|exclaimed|shouted|yelled|declared|joked|quipped|wondered|recalled|noted|notes|"
    "explained|explains|argued|argues|insisted|"
    "warned|answered|concluded|stated|remarked|observed|complained|demanded|announced|claimed|admitted|read|reads"
)
CUE_VERB = re.compile(rf"\b(?:{VERBS})\b")
VERB_FOLLOWS = re.compile(
    r"(?:(?:the|a|an|his|her|its|one|he|she|it|they|who|another|some|many)\b[^.,;]{0,60}?\s)?(?:\w+ly\s)?"
    rf"(?:{VERBS})\b"
)
# A name and its verb right after the quotation, though it ends its own sentence: "Why?" Smith asked.
CUE_FOLLOWS = re.compile(
    r"(?:[A-Z][\w.’'-]*\s){0,5}[A-Z][\w.’'-]*(?:,[^.!?“”\"\n]{1,90},)?"
    rf"(?:\s(?:then|later|also|once|\w+ly))?\s(?:{VERBS})\b"
)
