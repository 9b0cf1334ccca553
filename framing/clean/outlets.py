"""Names of outlets where pages print them: above the title, after it, in log-in boxes and addresses."""

from __future__ import annotations

import re

from framing.clean.lines import line_key

# Words that names of outlets end in (or begin with, after "The").
_NAMING = frozenset({
    "times", "post", "herald", "tribune", "gazette", "journal", "daily", "news", "guardian", "telegraph",
    "independent", "chronicle", "observer", "standard", "star", "sun", "mail", "express", "mirror", "globe",
    "bulletin", "courier", "register", "examiner", "inquirer", "enquirer", "dispatch", "press", "today",
    "review", "sentinel", "ledger", "world", "monitor", "reporter", "record", "citizen", "leader", "argus",
    "echo", "advertiser", "mercury", "nation", "broadcasting", "tv", "radio", "network", "magazine",
    "online", "weekly", "gazeta", "zeitung", "presse", "figaro", "monde", "mundo", "país", "pais",
    "repubblica", "corriere", "newspaper", "mainichi", "shimbun", "asahi", "yomiuri", "ilbo", "sinmun",
    "hankyoreh", "agency", "media", "wire", "digest", "insider", "dawn", "hindu", "statesman", "pioneer",
    "economist", "atlantic", "spectator", "republic", "intelligencer", "free-press", "democrat", "outlook",
    "bureau", "channel", "report", "politics", "business", "now", "live", "tageblatt", "rundschau",
    "nachrichten", "spiegel", "allgemeine", "publico", "público", "clarín", "nación", "nacion",
    "vanguardia", "pravda", "izvestia", "kommersant", "politico", "century",
})  # fmt: skip
_KNOWN = frozenset({
    "bbc", "bbc news", "cnn", "npr", "pbs", "pbs newshour", "reuters", "ap", "ap news", "associated press",
    "afp", "al jazeera", "dw", "abc news", "cbs news", "nbc news", "fox news", "msnbc", "sky news", "itv",
    "itv news", "channel 4 news", "cnbc", "politico", "axios", "vox", "slate", "salon", "bloomberg",
    "france 24", "france24", "rt", "tass", "wion", "ndtv", "dawn", "xinhua", "upi", "voa",
    "voice of america", "rfe/rl", "rferl", "radio free europe", "euronews", "cbc", "cbc news", "ctv news",
    "global news", "rté", "rte", "abc", "sbs", "sbs news", "rappler", "the wire", "scroll.in", "firstpost",
    "newsweek", "time", "forbes", "fortune", "wired", "vice", "buzzfeed news", "huffpost", "breitbart",
    "the intercept", "propublica", "usa today", "yahoo news", "msn", "the hill", "the atlantic",
    "the economist", "the new yorker", "the verge", "haaretz", "ynet", "kbs", "kbs world", "mbc", "ytn",
    "yonhap", "nk news", "38 north", "daily nk", "nhk", "nhk world", "cgtn", "rfi", "swissinfo", "tvn24",
    "onet", "wp", "the conversation", "the diplomat", "foreign policy", "foreign affairs",
    "national review", "mother jones", "the week", "metro", "the i", "i", "irish times", "the daily beast",
    "daily beast", "livemint", "mint", "moneycontrol", "news18", "republic world", "opindia", "the print",
    "theprint", "the quint", "abp live", "zee news", "times now", "ani", "pti", "ians", "geo news",
    "ary news", "arab news", "gulf news", "khaleej times", "the national", "asharq al-awsat",
})  # fmt: skip
_PLATFORMS = frozenset({
    "twitter", "facebook", "x", "google", "instagram", "whatsapp", "telegram", "youtube", "linkedin",
    "apple", "tiktok", "reddit", "kakao", "naver", "email", "e-mail", "us", "your", "the",
})  # fmt: skip
_SECTIONS = frozenset({
    "world news", "world", "news", "politics", "business", "sport", "sports", "opinion", "asia", "europe",
    "africa", "us news", "uk news", "asia pacific", "middle east", "technology", "science", "health",
    "culture", "international", "national", "world cup", "breaking news", "latest news", "top news",
    "local news", "video", "business news", "sports news", "us politics", "world politics",
    "entertainment news", "tech news", "india news", "live news", "live",
})  # fmt: skip
_DOMAIN = re.compile(r"(?:www\.)?[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,20}){1,3}$", re.IGNORECASE)
_ONE_WORD = re.compile(
    r"[A-Z][^\W\d_]{3,}(?:zeitung|blatt|bote|anzeiger|kurier|presse|nachrichten|rundschau|post|times"
    r"|news|tribune|herald)$"
)
_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]+$")
_SEPARATOR = re.compile(r" +(?:[|–—-]|::|«|»|•|·) +| *\| *")
_SEPARATOR_MARK = re.compile(r"[|–—«»•·-]|::")
_JOINING = frozenset(
    {"of", "and", "the", "&", "for", "de", "la", "le", "el", "der", "die", "das", "in", "on", "du"}
)
_NAME_CHARS = r"[A-Z][\w.'’&-]*(?: (?:[A-Z&][\w.'’&-]*|of|and|the|for|de|la)){0,5}"
_IN_FURNITURE = re.compile(
    rf"(?:(?:subscribe|log ?in|sign ?in|sign ?up|register|connect|account|member)\b[^.]{{0,80}}\b(?:to"
    rf"|with|for|of) (?:the )?"
    rf"|(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{{4}}(?:\s*[-–]\s*\d{{4}})?)?,?\s*(?:by )?"
    rf"|follow |download (?:the )?|join )(?-i:(?P<name>(?:The )?{_NAME_CHARS}))",
    re.IGNORECASE,
)
_FURNITURE_CUES = (
    "subscribe", "log", "sign", "register", "connect", "account", "member", "©", "(c)", "copyright",
    "follow ", "download ", "join ",
)  # fmt: skip
_CUT_AFTER = re.compile(
    r"(?:[.,]? (?:All|on|for|App|app|Newsletter|newsletter|Limited|Ltd|LLC|Inc|Co|Corporation|Company"
    r"|Media Group)\b.*|[.,;]+)$"
)
_ADDRESS = re.compile(
    r"(?:@|https?://(?:www\.)?|\bwww\.)((?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,10})\b", re.IGNORECASE
)
_ADDRESS_CUES = ("@", "://", "www.")
_HOST = re.compile(r"https?://(?:www\.)?((?:[\w-]{1,63}\.){1,5}[a-z]{2,20})(?=[/:?#]|$)", re.IGNORECASE)
_FREE_MAIL = frozenset(
    {"gmail", "yahoo", "hotmail", "outlook", "icloud", "protonmail", "proton", "naver", "aol", "mail"}
)


def is_outlet(name: str) -> bool:
    """Whether ``name`` reads like the name of an outlet.

    >>> [is_outlet(n) for n in ("The Manila Times", "harbourgazette.example", "North Korea")]
    [True, True, False]
    """
    words = name.split()
    if not 1 <= len(words) <= 6 or name[-1] in "?!:;,":
        return False
    if name.casefold() in _KNOWN or (len(words) == 1 and _DOMAIN.match(name)):
        return True
    if name.casefold() in _SECTIONS:
        return False
    if len(words) == 1:
        return _ONE_WORD.match(name) is not None
    if not all(w[0].isupper() or not w[0].isalpha() or w in _JOINING for w in words):
        return False
    last = words[-1].casefold().strip(".")
    return last in _NAMING or (words[0] == "The" and any(w.casefold() in _NAMING for w in words[1:]))


def is_section(name: str) -> bool:
    """Whether ``name`` is a section of a site ("World news") and no outlet."""
    return name.casefold().strip() in _SECTIONS


def has_separator(title: str) -> bool:
    """Whether anything could be printed after the headline in ``title``."""
    return _SEPARATOR_MARK.search(title) is not None and _SEPARATOR.search(title[:1000]) is not None


def suffix_start(title: str, outlet: str = "", others: frozenset[str] = frozenset()) -> tuple[int, str]:
    """Where the headline in ``title`` ends, and the outlet named after it.

    ``outlet`` is the outlet's name where it is known, ``others`` the keys of the page's
    other lines: a headline that stands there without the suffix proves the cut.

    >>> suffix_start("Kim vows ‘full support’ | World news | The Guardian")
    (23, 'The Guardian')
    >>> suffix_start("Trump - a portrait")
    (18, '')
    """
    end, found = len(title), ""
    known = line_key(outlet)
    for separator in reversed(list(_SEPARATOR.finditer(title[:1000]))):
        suffix, head = title[separator.end() : end].strip(), title[: separator.start()]
        key = line_key(suffix)
        if not key or len(head.split()) < 2 or len(suffix.split()) > 7:
            break
        same = bool(known) and (key == known or key.replace(" ", "") in known.replace(" ", ""))
        named = same or is_outlet(suffix) or _CAMEL.match(suffix) is not None
        proven = line_key(head) in others
        if not (named or proven or is_section(suffix)):
            break
        if not found and not is_section(suffix) and (named or suffix[0].isupper()):
            found = suffix
        end = separator.start()
    if end < len(title) and len(title[:end].split()) < 2:
        return len(title), ""
    return end, found


def in_furniture(lines: list[str]) -> str:
    """The outlet that log-in boxes, copyright lines and the like name, empty where none does."""
    for text in lines:
        lowered = text.casefold()
        if not any(map(lowered.__contains__, _FURNITURE_CUES)):
            continue
        for match in _IN_FURNITURE.finditer(text[:400]):
            name = _CUT_AFTER.sub("", match.group("name")).strip(" .&")
            words = name.split()
            if not words or words[0].casefold() in _PLATFORMS - {"the"}:
                continue
            if is_outlet(name) or _matches_address(name, lines):
                return name
    return ""


def _matches_address(name: str, lines: list[str]) -> bool:
    squeezed = line_key(name).replace(" ", "").removeprefix("the")
    addresses = " ".join(lines).casefold()
    return len(squeezed) >= 3 and any(squeezed in m.group(1) for m in _ADDRESS.finditer(addresses))


def from_address(lines: list[str]) -> str:
    """The one domain that e-mail and web addresses in furniture agree on, else empty.

    >>> from_address(["Mail jane@northernledger.example", "www.northernledger.example/contact"])
    'northernledger.example'
    """
    may_have = (text[:400] for text in lines if any(map(text.casefold().__contains__, _ADDRESS_CUES)))
    domains = {m.group(1).casefold() for text in may_have for m in _ADDRESS.finditer(text)}
    domains = {d for d in domains if d.split(".")[0] not in _FREE_MAIL | _PLATFORMS}
    return domains.pop() if len(domains) == 1 else ""


def of_url(url: str) -> str:
    """The host of a page's address without "www.", empty where there is none.

    >>> of_url("https://www.northernledger.example/business/salt-tax")
    'northernledger.example'
    """
    match = _HOST.match(url)
    return match.group(1).casefold() if match else ""
