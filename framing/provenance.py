"""What a study and its export were made with: versions, settings, hashes of all that went in."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from typing import Any

from framing.rows import measured_with
from framing.study import Study

# The libraries whose version can change a number.
LIBRARIES = ("spacy", "scikit-learn", "numpy", "scipy", "pandas", "textstat", "pyphen", "vaderSentiment",
             "trafilatura", "htmldate", "py3langid")  # fmt: skip


@lru_cache(maxsize=1)
def version() -> str:
    """The installed version of framing."""
    return metadata.version("framing")


def made_with(study: Study) -> dict[str, Any]:
    """Versions of framing and its libraries and the hashes of lists and models, as the study was measured.

    Python and the libraries are those of now.
    """
    return {
        **(study.measured_with or measured_with()),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
    }


def provenance(study: Study, export_settings: Mapping[str, Any]) -> dict[str, Any]:
    """The content of ``provenance.json``: the same study and settings give the same record."""
    articles = study.table("articles")
    digest = hashlib.sha256()
    for row in articles.sort_values("article_id").itertuples():
        digest.update(f"{row.article_id} {row.source_sha256}\n".encode())
    return {
        **made_with(study),
        "analysed_with": study.manifest["settings"],
        "export": dict(export_settings),
        "inputs": {
            "n_articles": len(articles),
            "n_files": int(study.table("import_report")["source_file"].nunique()),
            "sha256": digest.hexdigest(),
            "sha256_of": "the lines 'article_id source_sha256' of articles, sorted",
        },
        "corrections": study.corrections,
    }
