"""News agencies, and where their names are a credit: not in photo credits, not where they are quoted."""

from __future__ import annotations

import re

# As an agency signs -> the name used in the tables. Agencies that the press quotes as a
# source (KCNA, for one) count like any other where they sign, never where they are quoted.
_SIGNATURES = {
    "Reuters": "Reuters", "Thomson Reuters": "Reuters",
    "AP": "Associated Press", "The Associated Press": "Associated Press",
    "Associated Press": "Associated Press", "The AP": "Associated Press",
    "AFP": "Agence France-Presse", "Agence France-Presse": "Agence France-Presse",
    "Agence France Presse": "Agence France-Presse", "AFP-JIJI": "Agence France-Presse",
    "dpa": "dpa", "DPA": "dpa", "Deutsche Presse-Agentur": "dpa", "dpa-infocom": "dpa",
    "ANSA": "ANSA", "EFE": "EFE", "Agencia EFE": "EFE", "Europa Press": "Europa Press",
    "PTI": "Press Trust of India", "Press Trust of India": "Press Trust of India",
    "ANI": "Asian News International", "IANS": "Indo-Asian News Service",
    "UNI": "United News of India", "TASS": "TASS", "Tass": "TASS", "Interfax": "Interfax",
    "RIA Novosti": "RIA Novosti", "Xinhua": "Xinhua", "Kyodo": "Kyodo", "Kyodo News": "Kyodo",
    "Jiji": "Jiji Press", "JIJI": "Jiji Press", "Jiji Press": "Jiji Press", "JIJI Press": "Jiji Press",
    "Yonhap": "Yonhap", "YONHAP": "Yonhap", "Yonhap News Agency": "Yonhap", "Newsis": "Newsis",
    "UPI": "United Press International", "Bloomberg": "Bloomberg", "Bloomberg News": "Bloomberg",
    "The Canadian Press": "The Canadian Press", "Canadian Press": "The Canadian Press",
    "CP": "The Canadian Press", "PA": "PA Media", "PA Media": "PA Media",
    "Press Association": "PA Media", "AAP": "Australian Associated Press",
    "Australian Associated Press": "Australian Associated Press",
    "APA": "APA", "Keystone-SDA": "Keystone-SDA", "SDA": "Keystone-SDA", "Belga": "Belga", "ANP": "ANP",
    "NTB": "NTB", "TT": "TT", "Ritzau": "Ritzau", "PAP": "PAP", "CTK": "CTK", "ČTK": "CTK", "MTI": "MTI",
    "Anadolu": "Anadolu Agency", "Anadolu Agency": "Anadolu Agency", "Anadolu Ajansı": "Anadolu Agency",
    "AA": "Anadolu Agency", "ANTARA": "Antara", "Antara": "Antara", "Bernama": "Bernama",
    "BERNAMA": "Bernama",
    "VNA": "Vietnam News Agency", "PNA": "Philippine News Agency", "APP": "Associated Press of Pakistan",
    "KCNA": "KCNA", "CNA": "Central News Agency", "SID": "SID", "epd": "epd", "KNA": "KNA", "Lusa": "Lusa",
    "Ukrinform": "Ukrinform", "Interfax-Ukraine": "Interfax-Ukraine", "BTA": "BTA", "WAM": "WAM",
    "SPA": "Saudi Press Agency", "NAN": "News Agency of Nigeria", "CNS": "CNS", "Reuters News": "Reuters",
}  # fmt: skip

NAME = "|".join(re.escape(name) for name in sorted(_SIGNATURES, key=len, reverse=True))
_FIND = re.compile(rf"(?<![\w-])(?:{NAME})(?![\w-])")


def found_in(text: str) -> str:
    """The agencies that ``text`` (a credit line, a dateline) names, joined with "; ".

    >>> found_in("(with inputs from Reuters and AP)")
    'Reuters; Associated Press'
    """
    names = [_SIGNATURES[m.group()] for m in _FIND.finditer(text)]
    return "; ".join(dict.fromkeys(names))


def is_agency(name: str) -> bool:
    """Whether ``name`` is how an agency signs."""
    return name in _SIGNATURES
