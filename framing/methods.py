"""The methods paragraph of a study: what was done, with which settings, by whose methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from framing.measures import MEASURES
from framing.provenance import made_with
from framing.study import Study

_READING = (
    "{n_articles} articles of {n_outlets} named outlets ({n_unnamed} articles without a stated outlet) were"
    " read with framing {version}; {n_rejected} were rejected, {n_truncated} hold only the beginning of the"
    " text. Navigation, captions, credits and other furniture were removed by rule; every removed line is"
    " listed in paragraphs.csv with the reason."
)
_GROUPING = (
    "The articles were grouped into {n_events} events by the similarity of their words, names and dates"
    " (TF-IDF, nearest neighbours, average linkage){corrected}. Each article was parsed once with spaCy"
    " ({model}); quotations, their speakers and cues were found by rules over marks and the parse, and every"
    " word was assigned to one of three voices: the outlet's own, quoted, or attributed (reported speech)."
)
_COMPARING = (
    "Outlets were compared within events: the difference of an outlet from the reference in the same event,"
    " averaged over events. Intervals (95 %) come from resampling events, p-values from flipping the signs of"
    " whole events (Phipson & Smyth 2010), effect sizes are Hedges' g of the event differences, q-values"
    " follow Benjamini & Hochberg (1995) over all tests of the table. Every comparison was made with and"
    " without reprints. Where an outlet or a reference has too few events the table has no estimate and says"
    " why. Distinctive words are ranked by weighted log-odds with an informative Dirichlet prior (Monroe,"
    " Colaresi & Quinn 2008)."
)
_MISSING = (
    "A value is empty where the text does not allow it (why_none); zero means that it was looked for and not"
    " found. Every value of measures.csv opens onto the spans in evidence.csv."
)
_COMPARISON_REFERENCES = (
    "Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal"
    " Statistical Society B, 57(1), 289–300.",
    "Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words. Political Analysis, 16(4),"
    " 372–403.",
    "Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications"
    " in Genetics and Molecular Biology, 9(1), 39.",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, then paragraphs, then a list."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def sections(study: Study) -> list[Section]:
    """The methods of ``study``; the same study gives the same text."""
    versions = made_with()
    facts = _facts(study, versions)
    references = {c.text for m in MEASURES for c in m.sources} | set(_COMPARISON_REFERENCES)
    return [
        Section("Methods", tuple(p.format(**facts) for p in (_READING, _GROUPING, _COMPARING, _MISSING))),
        Section("Measures", items=tuple(f"{m.label} ({m.name}): {m.unit}. {m.limits}" for m in MEASURES)),
        Section(
            "Lexicons",
            items=tuple(
                f"{name} version {card['version']}, SHA-256 {card['sha256']}"
                for name, card in versions["lexicons"].items()
            ),
        ),
        Section(
            "Models",
            items=tuple(
                f"{name} version {card['version']}, SHA-256 {card['sha256']}"
                for name, card in versions["models"].items()
            ),
        ),
        Section("References", items=tuple(sorted(references))),
    ]


def methods_text(study: Study) -> str:
    """The methods as Markdown, for ``methods.md``."""
    blocks = []
    for n, section in enumerate(sections(study)):
        blocks.append(f"{'##' if n else '#'} {section.heading}")
        blocks.extend(section.paragraphs)
        if section.items:
            blocks.append("\n".join(f"- {item}" for item in section.items))
    return "\n\n".join(blocks) + "\n"


def _facts(study: Study, versions: dict[str, Any]) -> dict[str, Any]:
    articles = study.table("articles")
    model = study.manifest["settings"]["model"]
    return {
        "n_articles": len(articles),
        "n_outlets": articles["outlet"].nunique(),
        "n_unnamed": int(articles["outlet"].isna().sum()),
        "version": versions["framing"],
        "n_rejected": int((study.table("import_report")["status"] == "rejected").sum()),
        "n_truncated": int(articles["truncated"].fillna(False).sum()),
        "n_events": len(study.table("events")),
        "corrected": ", then corrected by hand (provenance.json)" if study.corrections.get("events") else "",
        "model": model if isinstance(model, str) else ", ".join(f"{k} {v}" for k, v in sorted(model.items())),
    }
