"""The methods paragraph of a study: what was done, with which settings, by whose methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framing import compare, distinctive
from framing.measures import MEASURES, get
from framing.provenance import made_with
from framing.study import Study
from framing.tables import records

_READING = (
    "{n_articles} articles of {n_outlets} named outlets ({n_unnamed} articles without a stated outlet) were"
    " read with framing {version}; {n_rejected} were rejected, {n_truncated} hold only the beginning of the"
    " text. Navigation, captions, credits and other furniture were removed by rule; every removed line is"
    " listed in paragraphs.csv with the reason."
)
_GROUPING = (
    "The articles were grouped into {n_events} events by the similarity of their words, titles, leads,"
    " numbers and dates (TF-IDF, nearest neighbours, average linkage, and a second look for groups within a"
    " group){corrected}. Each article was parsed once with spaCy"
    " ({model}); quotations, their speakers and cues were found by rules over marks and the parse, and every"
    " word was assigned to one of three voices: the outlet's own, quoted, or attributed (reported speech)."
)
_COMPARING = (
    "Outlets were compared within events: {n_compared} outlets ({compared}), each with the others and with"
    " each other one, in {n_shared} events that two of them or more report. A difference is that of an outlet"
    " from the reference in the same event, averaged over events; events weigh the same, in an event the"
    " other outlets do, in an outlet its articles, and copies of one text in an outlet are one. Intervals"
    " (95 %) are the mean plus and minus its standard error over {n_resamples} resamples of whole events (of"
    " articles, where one event is compared) times the critical value of 999 shuffles of the outlets within"
    " events; p-values come from the same shuffles and, where they are 0.1 or less, from up to {n_shuffles}"
    " (Phipson & Smyth 2010; Chung & Romano 2013; Hemerik & Goeman 2018). Effect sizes are Hedges' g of the"
    " event differences; q-values follow Benjamini & Hochberg (1995) over all {n_tests} tests of the table."
    " {reprints} Of {n_rows} comparisons {n_none} have no estimate, since there is too little to compare"
    " (fewer than {min_events} events, or than that many in which the articles differ); each says why."
)
_WORDS = (
    "Distinctive words ({n_words} shown) are ranked by weighted log-odds with an informative Dirichlet prior"
    " worth {prior_words:.0f} words (Monroe, Colaresi & Quinn 2008), by voice, reprints left out, the others'"
    " counts weighted to the same mix of events. Their intervals come from {n_resamples} resamples of whole"
    " events; their q-values are the false-discovery rates that up to {n_word_shuffles} shuffles of whole"
    " articles within events let expect (Storey & Tibshirani 2003)."
)
_SENSITIVITY = (
    "The comparison over all events was made anew in {n_variants} other ways (sensitivity.csv): {variants}."
    " Of the estimates that can be told from zero at 5 % in the main comparison, {n_firm} of {n_main} keep"
    " their sign in every variant that has an estimate."
)
_SEPARABILITY = (
    "A logistic classifier told {n_separated} outlets apart by the measures alone with a balanced accuracy of"
    " {balanced_accuracy:.2f} (guessing {chance:.2f}, p = {p_value:.3f}) in events that it had not seen; the"
    " p-value comes from shuffling outlets within events and fitting anew (Lopez-Paz & Oquab 2017)."
)
_SAMPLE = (
    "{label} in voice {voice} was checked on a blind sample of {n} sentences: precision {precision}, recall"
    " {recall}. The outlets' rates in sample_rates.csv have these errors taken out (Rogan & Gladen 1978)."
)
_MISSING = (
    "A value is empty where the text does not allow it (why_none); zero means that it was looked for and not"
    " found. Every value of measures.csv opens onto the spans in evidence.csv."
)
_COMPARISON_REFERENCES = (
    "Chung, E., & Romano, J. P. (2013). Exact and asymptotically robust permutation tests. Annals of"
    " Statistics, 41(2), 484–507.",
    "Hemerik, J., & Goeman, J. (2018). Exact testing with random permutations. TEST, 27(4), 811–825.",
    "Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.",
    "Lopez-Paz, D., & Oquab, M. (2017). Revisiting classifier two-sample tests. ICLR.",
    "Rogan, W. J., & Gladen, B. (1978). Estimating prevalence from the results of a screening test. American"
    " Journal of Epidemiology, 107(1), 71–76.",
    "Storey, J. D., & Tibshirani, R. (2003). Statistical significance for genomewide studies. PNAS, 100(16),"
    " 9440–9445.",
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
    versions = made_with(study)
    facts = _facts(study, versions)
    references = {c.text for m in MEASURES for c in m.sources} | set(_COMPARISON_REFERENCES)
    texts = (_READING, _GROUPING, _COMPARING, _WORDS, _MISSING)
    return [
        Section("Methods", (*(p.format(**facts) for p in texts), *_extra(study))),
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
        **_compared(study, articles),
        "corrected": ", then corrected by hand (provenance.json)" if study.corrections.get("events") else "",
        "model": model if isinstance(model, str) else ", ".join(f"{k} {v}" for k, v in sorted(model.items())),
    }


def _compared(study: Study, articles: pd.DataFrame) -> dict[str, Any]:
    """What the comparison rests on."""
    rows = study.table("comparisons")
    named = articles[articles["outlet"].notna() & articles["event_id"].notna()]
    shared = named.groupby("event_id")["outlet"].nunique() >= 2
    outlets = sorted(set(rows["outlet"].dropna()))
    n_reprints = int(articles["reprint_of"].notna().sum())
    return {
        "n_compared": len(outlets),
        "compared": ", ".join(outlets) or "none",
        "n_shared": int(shared.sum()),
        "n_resamples": compare.N_RESAMPLES,
        "n_shuffles": compare.N_SHUFFLES,
        "n_tests": int(rows["p_value"].notna().sum()),
        "n_rows": len(rows),
        "n_none": int(rows["estimate"].isna().sum()),
        "min_events": compare.MIN_EVENTS,
        "reprints": f"Every comparison was made with and without the {n_reprints} reprints."
        if n_reprints
        else "No reprints were found.",
        "n_words": len(study.table("distinctive")),
        "prior_words": distinctive.PRIOR_WORDS,
        "n_word_shuffles": distinctive.N_SHUFFLES,
    }


def _extra(study: Study) -> Iterator[str]:
    """Sentences on what the user had made beside the comparison."""
    ways = study.table("sensitivity")
    if len(ways):
        yield _SENSITIVITY.format(**_sensitivity(ways))
    for row in records(study.table("separability")):
        if row["balanced_accuracy"] is not None:
            yield _SEPARABILITY.format(n_separated=len(row["outlets"].split(";")), **row)
    for (name, voice), part in study.table("sample_figures").groupby(["measure", "voice"], sort=True):
        figures = {row["figure"]: row for row in records(part)}
        told = {figure: _with_interval(figures[figure]) for figure in ("precision", "recall")}
        yield _SAMPLE.format(label=get(str(name)).label, voice=voice, n=figures["recall"]["n"], **told)


def _sensitivity(ways: pd.DataFrame) -> dict[str, Any]:
    key = ["measure", "voice", "outlet", "reference"]
    main = ways[(ways["variant"] == "main") & (ways["p_value"] < 0.05)].set_index(key).index
    others = ways[ways["variant"] != "main"]
    turned = others[(~others["same_sign"].fillna(True)).to_numpy(dtype=bool)].set_index(key).index
    variants = list(dict.fromkeys(others["variant"]))
    return {
        "n_variants": len(variants),
        "variants": "; ".join(variants),
        "n_main": len(main),
        "n_firm": len(main.difference(turned)),
    }


def _with_interval(figure: dict[str, Any]) -> str:
    if figure["value"] is None:
        return f"not known ({figure['why_none']})"
    return f"{figure['value']:.2f} (95 % interval {figure['low']:.2f} to {figure['high']:.2f})"
