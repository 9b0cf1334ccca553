"""Dates as news pages print them, to ISO 8601. A date that reads two ways stays unread."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro jänner ene",
            "february feb februar février febrero febbraio fevereiro fév febr",
            "march mar märz mars marzo março mär mrz",
            "april apr avril abril aprile avr abr",
            "may mai mayo maggio maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho juil",
            "august aug août agosto ago",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober octobre octubre ottobre outubro okt",
            "november nov novembre noviembre novembro",
            "december dec dezember décembre diciembre dicembre dezembro dez déc dic",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TIME = (
    r"(?:,? *(?:at|um|à|[-–|·•]|T)? *(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?::\d\d(?:\.\d+)?)?"
    r" *(?P<half>[ap]\.?m\.?)? *(?P<zone>Z|UTC|GMT|(?-i:[A-Z]{2,4})\b|[+-]\d\d:?\d\d\b)?)?"
)
_WEEKDAY = (
    r"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|donners|frei|sams"
    r"|sonn)tag|mittwoch|sonnabend|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|miércoles"
    r"|jueves|viernes|sábado|domingo)\.?,? +)?"
)
DATE = re.compile(
    rf"(?<![\w/.-])(?=\w){_WEEKDAY}(?:"
    rf"(?P<y1>\d{{4}}) ?[-./] ?(?P<m1>\d{{1,2}}) ?[-./] ?(?P<d1>\d{{1,2}})\.?(?!\d)"
    rf"|(?P<mn2>{_MONTH})\.? +(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<y2>\d{{4}})\b"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er"
    rf"|\.)?[ -]+(?:de +)?(?P<mn3>{_MONTH})\.?,?(?: +de)?[ -]+(?P<y3>\d{{4}})\b"
    rf"|(?P<n4>\d{{1,2}})(?P<sep>[/.-])(?P<o4>\d{{1,2}})(?P=sep)(?P<y4>\d{{4}})\b"
    rf"|(?P<y5>\d{{4}})년 ?(?P<m5>\d{{1,2}})월 ?(?P<d5>\d{{1,2}})일"
    rf"|(?P<y6>\d{{4}})年(?P<m6>\d{{1,2}})月(?P<d6>\d{{1,2}})日"
    rf"){_TIME}",
    re.IGNORECASE,
)
_ZONES = {
    "Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00", "KST": "+09:00", "JST": "+09:00", "EST": "-05:00",
    "EDT": "-04:00", "PST": "-08:00", "PDT": "-07:00", "CET": "+01:00", "CEST": "+02:00", "BST": "+01:00",
    "AEST": "+10:00", "AEDT": "+11:00",
}  # fmt: skip


def iso(match: re.Match[str]) -> str:
    """The ISO date (with the time where one is printed) of a match of :data:`DATE`.

    Empty where no such day exists or where day and month could be swapped.

    >>> iso(DATE.search("Published: May 9, 2024 at 3:05 pm GMT"))
    '2024-05-09T15:05+00:00'
    >>> iso(DATE.match("Mittwoch, 6. März 2024")), iso(DATE.match("vendredi 1er mars 2024"))
    ('2024-03-06', '2024-03-01')
    >>> iso(DATE.search("13/04/2024")), iso(DATE.search("03/04/2024"))
    ('2024-04-13', '')
    """
    group = match.group
    if group("n4"):
        first, second, year = int(group("n4")), int(group("o4")), int(group("y4"))
        dotted = group("sep") == "."  # day first wherever dots are used
        if first != second and first <= 12 and second <= 12 and not dotted:
            return ""
        day, month = (second, first) if second > 12 else (first, second)
    elif group("mn2"):
        year, month, day = int(group("y2")), _MONTHS[group("mn2").lower()], int(group("d2"))
    elif group("mn3"):
        year, month, day = int(group("y3")), _MONTHS[group("mn3").lower()], int(group("d3"))
    else:
        n = next(n for n in "156" if group(f"y{n}"))
        year, month, day = int(group(f"y{n}")), int(group(f"m{n}")), int(group(f"d{n}"))
    try:
        printed = date(year, month, day)
    except ValueError:
        return ""
    if not 1600 <= year <= 2200:  # the first newspapers; later years are numbers, not dates
        return ""
    return printed.isoformat() + _iso_time(match)


def _iso_time(match: re.Match[str]) -> str:
    if match.group("hour") is None:
        return ""
    hour, half = int(match.group("hour")), (match.group("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = match.group("zone") or ""
    if zone[:1] in ("+", "-"):
        offset = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    else:
        offset = _ZONES.get(zone.upper(), "")
    return f"T{hour:02d}:{match.group('minute')}{offset}"


def first_iso(text: str) -> str:
    """The first date in ``text`` that can be read one way only, else empty."""
    for match in DATE.finditer(text):
        if found := iso(match):
            return found
    return ""


def is_ambiguous(text: str) -> bool:
    """Whether ``text`` holds a date whose day and month could be swapped.

    >>> is_ambiguous("03/04/2024"), is_ambiguous("3 April 2024")
    (True, False)
    """
    match = DATE.search(text)
    return match is not None and not iso(match) and bool(match.group("n4"))
