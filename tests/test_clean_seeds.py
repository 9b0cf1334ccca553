"""The bundled pages, field by field: what a reader finds printed on each, and nothing else."""

from __future__ import annotations

import pytest

from framing import seeds
from framing.article import Article
from framing.clean import RawArticle, clean

_FIELDS = ("title", "standfirst", "outlet", "published", "byline", "dateline", "wire_agency", "url")
_PRINTED = (
    (
        "North Korea's Kim Jong Un expresses 'firm support and solidarity' with Putin on Victory Day",
        "Kim's message of solidarity for Putin came as Russia celebrates Victory Day, which marks the 79th"
        " anniversary of the Soviet Union's win against Nazi Germany in WWII. The US and its allies have"
        " accused North Korea of providing weapons to Russia to be used in Ukraine.",
        "",
        "",
        "",
        "Pyongyang",
        "Reuters",
        "",
    ),
    (
        "North's Kim congratulates Putin on 79th WWII anniversary",
        "",
        "Korea JoongAng Daily",
        "",
        "Michael Lee",
        "",
        "",
        "",
    ),
    (
        "Kim Jong-un fully supports Putin in Russia’s invasion of Ukraine",
        "",
        "EntornoInteligente",
        "2023-06-23",
        "",
        "",
        "",
        "",
    ),
    ("Putin thanks North Korea for ‘strong support’ for Russia in Ukraine", "", "", "", "", "", "", ""),
    ("Kim vows ‘full support’ for Russia on Ukraine", "", "The Manila Times", "", "", "SEOUL", "", ""),
)


def _standfirst(article: Article) -> str:
    return " ".join(p.span.of(article.text) for p in article.paragraphs if p.role == "standfirst" and p.span)


@pytest.mark.parametrize("n", range(5))
@pytest.mark.parametrize("with_sidecar", [True, False])
def test_every_field_is_what_is_printed(n: int, with_sidecar: bool) -> None:
    article = seeds.articles()[n]
    if not with_sidecar:
        article = clean(RawArticle(article.source))
    found = {
        name: _standfirst(article) if name == "standfirst" else getattr(article, name) for name in _FIELDS
    }
    assert found == dict(zip(_FIELDS, _PRINTED[n], strict=True))
