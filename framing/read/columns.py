"""Which column of a table is which field: by the user's word, else by the column's name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from framing.article import FramingError
from framing.clean import RawArticle, dates
from framing.read.decode import compose
from framing.read.records import Columns, Found, Rejected, Unreadable

# Field -> names of columns that are taken for it, the likelier first.
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "full_text", "fulltext", "article_text", "maintext", "main_text", "body_text",
        "articlebody", "article_body", "content", "article_content", "content_text", "story", "story_text",
        "plain_text", "article", "content_html", "texto", "cuerpo", "artikel", "volltext", "inhalt",
        "texte", "contenu", "hauptteil",
    ),
    "title": (
        "title", "headline", "heading", "head", "article_title", "hl", "titel", "titre", "titulo",
        "titular", "überschrift", "ueberschrift", "subject",
    ),
    "outlet": (
        "outlet", "outlet_name", "publication", "publication_title", "newspaper", "media_name",
        "media_outlet", "publisher", "source_name", "source", "source_title", "publication_name",
        "news_outlet", "news_source", "site_name", "site", "medium", "journal", "zeitung", "quelle",
        "medio", "source_domain", "domain", "media",
    ),
    "published": (
        "published", "date", "publish_date", "publication_date", "published_at", "publishedat",
        "date_published", "date_publish", "pub_date", "pubdate", "datepublished", "published_date",
        "datetimepub", "article_date", "datum", "date_time", "datetime", "veröffentlicht", "fecha",
        "timestamp", "created_at", "seendate",
    ),
    "url": (
        "url", "link", "web_url", "article_url", "permalink", "uri", "href", "source_url",
    ),
    "byline": (
        "byline", "author", "authors", "author_name", "author_names", "writer", "journalist", "creator",
        "autor", "autoren", "auteur", "by",
    ),
    "dateline": ("dateline",),
    "wire_agency": ("wire_agency", "agency", "wire"),
    "language": ("language", "lang", "sprache"),
}  # fmt: skip
FIELDS = tuple(NAMES)
# GDELT tells when it saw a page, not when the page came out.
_SEEN = frozenset({"seendate"})
_SEEN_HEADER = frozenset({"url", "mobileurl", "date", "title"})
_SYNDICATED = "ap_syndicated"  # Media Cloud's mark of Associated Press copy
_LOCAL_PATHS = frozenset({"file_attachments", "link_attachments"})  # of the user's own disk, in Zotero
MAX_COLUMNS = 2_000  # no collection has more; a reader that goes on does so for nothing

_NOT_A_LETTER = re.compile(r"[\W_]+")
_TAG = re.compile(
    r"</?(?:p|div|br|span|a|b|i|strong|em|h[1-6]|ul|li|script|img)\b[^>]{0,2000}>", re.IGNORECASE
)
_BLOCK = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|tr)\b[^>]{0,2000}>", re.IGNORECASE)
_DROPPED = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?Z| ?[+-]\d\d:?\d\d)?)?$")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)Z?)?$")
_TWO_WAYS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}")
_LANGUAGES = {
    "english": "en", "eng": "en", "german": "de", "deu": "de", "ger": "de", "deutsch": "de",
    "french": "fr", "fra": "fr", "fre": "fr", "spanish": "es", "spa": "es", "italian": "it", "ita": "it",
    "russian": "ru", "rus": "ru", "portuguese": "pt", "por": "pt", "dutch": "nl", "nld": "nl",
    "korean": "ko", "kor": "ko", "japanese": "ja", "jpn": "ja", "chinese": "zh", "zho": "zh",
}  # fmt: skip
_CODE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2}|[-_][0-9]{3}|[-_][a-z]{4})?")
_GONE = frozenset({"[removed]", "[deleted]"})


@dataclass(frozen=True, slots=True)
class Layout:
    """Field -> column, and the columns that are the user's own."""

    columns: Mapping[str, str]
    others: tuple[str, ...]
    day_first: bool | None = None  # how 03/04/2024 reads in this table; None: not told by any row
    date_is_seen: bool = False  # the date is when an index saw the page
    names_filed: bool = False  # authors stand as "Last, First"


def column_key(name: str) -> str:
    """A column's name for comparing: "Publication Date" and "publication_date" are one."""
    return _NOT_A_LETTER.sub("_", name.strip().lstrip("\ufeff")).strip("_").casefold()


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Raise FramingError where ``mapping`` names a field that does not exist."""
    for field in mapping:
        if field not in NAMES:
            raise FramingError(
                f"--map {field}={mapping[field]}: no field {field!r}; fields: {', '.join(FIELDS)}"
            )


def layout(header: Sequence[str], mapping: Mapping[str, str], *, need_text: bool = True) -> Layout:
    """Which column of ``header`` is which field.

    Unreadable where the text's column is not told, except in a list of articles with
    title and address (Media Cloud, GDELT): its articles are headlines.
    """
    if len(header) > MAX_COLUMNS:
        raise Unreadable("too many columns", f"at most {MAX_COLUMNS}", f"{len(header)} columns")
    keys = [column_key(name) for name in header]
    columns: dict[str, str] = {}
    for field, wanted in mapping.items():
        if wanted in header or column_key(wanted) in keys:
            columns[field] = wanted if wanted in header else header[keys.index(column_key(wanted))]
    for field, names in NAMES.items():
        for name in names:
            if field not in columns and name in keys and header[keys.index(name)] not in columns.values():
                if keys.count(name) > 1:
                    raise Unreadable(
                        f"two columns are named {name!r}", "one column per field; or --map", _listed(header)
                    )
                columns[field] = header[keys.index(name)]
    is_list = {"title", "url", "published"} <= columns.keys()
    if need_text and "text" not in columns and not is_list:
        raise Unreadable(
            "no column holds the text", "a column named text, or --map text=COLUMN", _listed(header)
        )
    used = set(columns.values())
    others = (name for name in header if name and name not in used and column_key(name) not in _LOCAL_PATHS)
    return Layout(
        columns,
        tuple(others),
        date_is_seen=column_key(columns.get("published", "")) in _SEEN or set(keys) == _SEEN_HEADER,
        names_filed={"item_type", "publication_title"} <= set(keys),
    )


def told(found: Layout, mapping: Mapping[str, str]) -> Columns:
    """What the user is to be told of a table's columns."""
    guessed = tuple(field for field in found.columns if field not in mapping)
    return Columns(tuple(found.columns.items()), found.others, guessed)


def _listed(header: Sequence[str]) -> str:
    return "columns: " + ", ".join(header[:20]) + (", …" if len(header) > 20 else "")


def knows_text(header: Sequence[str], mapping: Mapping[str, str]) -> bool:
    """Whether ``header`` looks like a table of articles: it has a text or title column and another field."""
    keys = {column_key(name) for name in header}
    fields = {f for f, names in NAMES.items() if keys.intersection(names)}
    fields |= {f for f, name in mapping.items() if column_key(name) in keys}
    return bool({"text", "title"} & fields) and len(fields) >= 2


def settle_dates(found: Layout, rows: Iterable[Mapping[str, str]]) -> Layout:
    """Tell from the whole column whether 03/04/2024 is in March or in April."""
    column = found.columns.get("published", "")
    firsts = seconds = False
    for row in rows:
        if match := _TWO_WAYS.match(row.get(column, "").strip()):
            firsts = firsts or int(match.group(1)) > 12
            seconds = seconds or int(match.group(2)) > 12
    return replace(found, day_first=firsts if firsts != seconds else None)


def iso_date(value: str, day_first: bool | None = None) -> str:
    """``value`` in ISO 8601; empty where it is no date or reads two ways.

    >>> iso_date("20240619"), iso_date("03/04/2024"), iso_date("03/04/2024", day_first=True)
    ('2024-06-19', '', '2024-04-03')
    """
    value = value.strip()
    if match := _COMPACT.match(value):
        value = "-".join(match.group(1, 2, 3)) + (
            f"T{':'.join(match.group(4, 5, 6))}Z" if match.group(4) else ""
        )
    if _ISO.match(value):
        return value.replace(" ", "T", 1).replace(" ", "") if dates.first_iso(value[:10]) else ""
    found = dates.DATE.match(value)
    if found is None:
        return ""
    if (iso := dates.iso(found)) or day_first is None or not found.group("n4"):
        return iso
    first, second, year = found.group("n4", "o4", "y4")
    day, month = (first, second) if day_first else (second, first)
    return f"{year}-{int(month):02d}-{int(day):02d}"


def plain(value: str) -> str:
    """``value`` without HTML tags, block elements as line ends; unchanged where it holds none."""
    if "<" not in value or not _TAG.search(value):
        return html.unescape(value) if "&" in value else value
    value = _DROPPED.sub(" ", value)
    return html.unescape(_TAG.sub("", _BLOCK.sub("\n", value)))


def article(row: Mapping[str, str], found: Layout, index: int) -> Found:
    """The article in ``row``, or why there is none."""
    value = {field: row.get(column, "").strip() for field, column in found.columns.items()}
    text, title = plain(value.get("text", "")), " ".join(plain(value.get("title", "")).split())
    if text.strip().casefold() in _GONE or title.casefold() in _GONE:
        return Rejected("removed by its provider", index=index, found=title)
    warnings = []
    if "text" not in found.columns:
        warnings.append("headline only: the table has no column with the text")
    elif not text.strip():
        return Rejected("no text", "text in " + found.columns["text"], "an empty cell", index)
    if not text.strip() and not title:
        return Rejected("neither text nor title", "a title", "an empty cell", index)
    published = iso_date(value.get("published", ""), found.day_first)
    if value.get("published") and not published:
        warnings.append(
            f"date {value['published'][:40]!r} is no date or reads two ways; published is left empty"
        )
    is_headline = bool(text.strip()) and " ".join(text.split()) == title
    if is_headline:
        warnings.append("headline only: the text is the title again")
    url = value.get("url", "")
    if url and not is_web_address(url):
        warnings.append("url is no http(s) address and was left out")
        url = ""
    extra = tuple((name, row[name]) for name in found.others if row.get(name, "").strip())
    byline = "" if is_web_address(value.get("byline", "")) else value.get("byline", "")
    wire_agency = value.get("wire_agency", "")
    if row.get(_SYNDICATED, "").casefold() in ("true", "1", "t"):
        wire_agency = wire_agency or "Associated Press"
    return RawArticle(
        source=with_title(title, compose(text)).rstrip(),
        truncated=is_headline or "text" not in found.columns,
        outlet=value.get("outlet", "").removeprefix("www."),
        title=title,
        published=published,
        url=url,
        byline=upright(byline) if found.names_filed else byline,
        dateline=value.get("dateline", ""),
        wire_agency=wire_agency,
        inferred=("published",) if published and found.date_is_seen else (),
        language=language(value.get("language", "")),
        index=index,
        warnings=tuple(warnings),
        extra=extra,
    )


def language(value: str) -> str:
    """ISO 639-1 code from a name or a code; empty where it is none.

    >>> language("English"), language("en-GB"), language("eng"), language("?")
    ('en', 'en', 'en', '')
    """
    key = value.strip().casefold()
    if key in _LANGUAGES:
        return _LANGUAGES[key]
    return key[:2] if _CODE.fullmatch(key) else ""


def is_web_address(value: str) -> bool:
    """Whether ``value`` is an http(s) address."""
    return value.lower().startswith(("http://", "https://")) and not any(c.isspace() for c in value)


def upright(names: str) -> str:
    """Names as catalogues file them ("Last, First; Last, First") as they are read.

    >>> upright("Okafor, Ines; van Dyk, Paul"), upright("Staff reporters"), upright("Agence X")
    ('Ines Okafor; Paul van Dyk', 'Staff reporters', 'Agence X')
    """
    return "; ".join(_upright(name) for name in names.split(";") if name.strip())


def _upright(name: str) -> str:
    last, comma, first = (part.strip() for part in name.partition(","))
    return f"{first} {last}" if comma and first and "," not in first else name.strip()


def with_title(title: str, text: str) -> str:
    """``text`` with the title as its first line, unless it stands there already."""
    first = text.lstrip().split("\n", 1)[0].strip()
    return text if not title or first == title else f"{title}\n\n{text}"
