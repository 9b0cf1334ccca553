"""Every exported table as data: columns, types, units, descriptions.

The one source of the CSV headers, the Parquet types, `codebook.csv` and
`datapackage.json`. Columns that follow the contract's come after them. (Over 400 lines
because it is one list: a column is looked up here and nowhere else.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from framing.annotation import STANCES
from framing.article import FramingError
from framing.wording import policy_frames

ColumnType = Literal["string", "integer", "number", "boolean", "date"]

_DTYPES: dict[ColumnType, Any] = {
    "string": "string",
    "date": "string",  # ISO 8601 text: an archive's date may lack the day or carry a time
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``text`` marks article text that ``--no-text`` leaves out."""

    name: str
    type: ColumnType
    description: str
    unit: str = ""
    source: str = "framing"
    text: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Some rows of a table, column by column: made and typed in a third of the time of a mapping a row."""

    cells: Mapping[str, Sequence[Any]]  # of equal length


# Rows one by one, or some together and some together, all with the same columns.
Rows = Iterable[Mapping[str, Any]] | Iterable[Columns]


@dataclass(frozen=True, slots=True)
class Table:
    """One exported table. ``key`` orders its rows, so that two runs give the same bytes."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The column names in order."""
        return [c.name for c in self.columns]

    @property
    def dtypes(self) -> dict[str, Any]:
        """What pandas calls the type of each column."""
        return {c.name: _DTYPES[c.type] for c in self.columns}

    def frame(self, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """Rows as a typed frame with exactly this table's columns; empty strings become missing.

        Raises FramingError on a row with a column that the table does not have.
        """
        data = list(rows)
        self._check(data)
        return pd.DataFrame(
            {
                c.name: pd.Series([_missing(row.get(c.name)) for row in data], dtype=_DTYPES[c.type])
                for c in self.columns
            }
        )

    def arrow(self, rows: Rows | pd.DataFrame) -> pa.Table:
        """The same as :meth:`frame` for the disk, sorted; of a frame the columns that the table has."""
        if isinstance(rows, pd.DataFrame):
            table = self._from_columns({name: rows[name].tolist() for name in self.names})
        else:
            table = self._from_rows(rows if isinstance(rows, list) else list(rows))
        if len(table) < 2:
            return table
        first = [_nulls_first(table[name]) for name in self.key]
        order = pc.sort_indices(
            pa.Table.from_arrays(first, names=list(self.key)), [(name, "ascending") for name in self.key]
        )
        return table.take(order)

    def _from_rows(self, rows: Sequence[Any]) -> pa.Table:
        """Mappings, or :class:`Columns`, for the disk."""
        if not rows:
            return _empty(self)
        if isinstance(rows[0], Columns):
            names = rows[0].cells
            self._check([names])
            return self._from_columns({n: [*chain.from_iterable([r.cells[n] for r in rows])] for n in names})
        self._check(rows)
        schema = _schema(self)
        try:  # all columns at once, which takes a third of the time
            columns = pa.array(rows, pa.struct(list(schema)), from_pandas=True).flatten()
        except (pa.ArrowInvalid, pa.ArrowTypeError):  # a cell of another type may stand for a missing one
            return self._from_columns({name: [row.get(name) for row in rows] for name in self.names})
        return pa.Table.from_arrays([_filled(column) for column in columns], schema=schema)

    def _from_columns(self, cells: Mapping[str, Sequence[Any]]) -> pa.Table:
        """Cells by column for the disk; a column that is not given is missing."""
        schema = _schema(self)
        n = len(next(iter(cells.values())))
        return pa.Table.from_arrays(
            [
                _array(cells[field.name], field.type) if field.name in cells else pa.nulls(n, field.type)
                for field in schema
            ],
            schema=schema,
        )

    def _check(self, rows: Sequence[Mapping[str, Any]]) -> None:
        extra = set[str]().union(*rows) - set(self.names)
        if extra:
            raise FramingError(
                f"{self.name} has no column {', '.join(sorted(extra))}; add it to framing/tables.py"
            )

    def sort(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows in the table's order."""
        return frame.sort_values(list(self.key), kind="stable", na_position="first").reset_index(drop=True)


def _missing(value: Any) -> Any:
    return None if value is None or value is pd.NA or value == "" or value != value else value


@cache
def _schema(table: Table) -> pa.Schema:
    """The columns as Arrow has them, with what pandas needs to read them back as they were."""
    return pa.Schema.from_pandas(table.frame([]), preserve_index=False)


@cache
def _empty(table: Table) -> pa.Table:
    return _schema(table).empty_table()


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    try:
        return _filled(pa.array(values, kind, from_pandas=True))
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # an empty string for a number that is missing
        return pa.array([_missing(value) for value in values], kind, from_pandas=True)


def _filled(column: pa.Array) -> pa.Array:
    """A column with empty strings as missing."""
    if pa.types.is_large_string(column.type):
        return pc.if_else(pc.equal(column, ""), pa.scalar(None, column.type), column)
    return column


def _nulls_first(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column that sorts as the given one does with what is missing at its start."""
    if pa.types.is_large_string(column.type):
        return pc.fill_null(column, "")  # which no cell is
    return pc.fill_null(column.cast(pa.float64() if column.type == pa.float64() else pa.int64()), -(2**62))


def _c(name: str, type_: ColumnType, description: str, unit: str = "", **more: Any) -> Column:
    return Column(name, type_, description, unit, **more)


_ARTICLE = _c("article_id", "string", "The article; the same text of the same outlet keeps its id")
_OUTLET = _c("outlet", "string", "Who published the article, in the user's naming; empty = not known")
_EVENT = _c("event_id", "string", "The event that the article reports; empty = unassigned")
_UNIT = "Unicode code points"
_START = _c("start", "integer", "First character in the cleaned text, counted from 0", _UNIT)
_END = _c("end", "integer", "One past the last character in the cleaned text", "Unicode code points")
_TEXT = _c("text", "string", "The characters start to end of the cleaned text", text=True)
_VOICE = _c(
    "voice", "string", "Whose words: outlet, quoted (inside quotation marks), attributed (reported speech)"
)
_VOICE_OR_ALL = _c("voice", "string", "outlet, quoted, attributed, or all (the article whatever the voice)")
_SPEAKER = _c("speaker", "string", "Who speaks there, one name for one speaker; empty in the outlet's voice")
_WHY_NONE = _c("why_none", "string", "Why there is no value; empty where there is one")

TABLES: tuple[Table, ...] = (
    Table(
        "articles",
        "One row an article",
        ("article_id",),
        (
            _ARTICLE,
            _OUTLET,
            _c("title", "string", "Headline as printed", text=True),
            _c("published", "date", "Date of publication where it is printed or given"),
            _c("url", "string", "Address of the article where it is given"),
            _c("byline", "string", "Author line without addresses", text=True),
            _c("dateline", "string", "Place that opens the report"),
            _c("wire_agency", "string", "Agency credited for the text, not for a photo"),
            _c("language", "string", "Language of the body, found by py3langid", source="py3langid"),
            _c("n_words", "integer", "Words of the cleaned text", "words"),
            _EVENT,
            _c("reprint_of", "string", "article_id of the text that this one repeats; empty = none found"),
            _c("truncated", "boolean", "The source holds only the beginning of the article"),
            _c("source_file", "string", "File that held it, relative to the input that was named"),
            _c("source_format", "string", "Format as recognised from the content"),
            _c("inferred", "string", "Columns of this row that were inferred, not given; separated by ;"),
            _c("warnings", "string", "What was odd while it was read; separated by ;"),
            _c("reprint_share", "number", "Share of its 4-word sequences found in reprint_of", "0 to 1"),
            _c("reuse_of", "string", "article_id of the text that it uses in part (less than half)"),
            _c("reuse_share", "number", "Share of its 4-word sequences found in reuse_of", "0.3 to 0.5"),
            _c("unassigned_why", "string", "Why the article is in no event; empty where it is in one"),
            _c("extra", "string", "The user's own metadata columns, as JSON"),
            _c("source_sha256", "string", "SHA-256 of the article's text as it was read, in UTF-8"),
        ),
    ),
    Table(
        "paragraphs",
        "One row a line of the source (or a part of it with a role of its own)",
        ("article_id", "n"),
        (
            _ARTICLE,
            _c("n", "integer", "Position in the source, counted from 0"),
            _c(
                "role",
                "string",
                "title, standfirst, subhead, body, caption, byline, dateline, credit or furniture",
            ),
            _c("start", "integer", "First character in the cleaned text; empty = no part of it", _UNIT),
            _c("end", "integer", "One past the last character; empty = not part of it", _UNIT),
            _c("text", "string", "The line as it was read", text=True),
            _c("reason", "string", "Why the line was taken for this"),
        ),
    ),
    Table(
        "events",
        "One row an event",
        ("event_id",),
        (
            _c("event_id", "string", "The event; stays when articles are added"),
            _c("label", "string", "A name for people, from the most typical headline", text=True),
            _c("keywords", "string", "Terms that hold the group together; separated by ;"),
            _c("first_published", "date", "Earliest known date among its articles"),
            _c("last_published", "date", "Latest known date among its articles"),
            _c("n_articles", "integer", "Articles in the event", "articles"),
            _c("n_outlets", "integer", "Named outlets in the event", "outlets"),
            _c("locked", "boolean", "The user has fixed the group; re-runs leave it alone"),
            _c("confidence", "number", "How well the group holds together; empty for one article", "0 to 1"),
            _c(
                "pairs_not_compared",
                "integer",
                "Pairs of sentences that may say the same but were too many to compare, the least similar; "
                "0 = all were compared. Where it is more, a passage may not have been looked for everywhere",
                "pairs",
            ),
        ),
    ),
    Table(
        "quotes",
        "One row a contiguous span of quoted or attributed content",
        ("article_id", "start", "end", "quote_id"),
        (
            _c("quote_id", "string", "The span of content"),
            _ARTICLE,
            _OUTLET,
            _EVENT,
            _START,
            _END,
            _TEXT,
            _c("kind", "string", "direct, mixed, indirect, or scare (a candidate: marks with no speaker)"),
            _SPEAKER,
            _c("speaker_mention", "string", "The words that name the speaker there", text=True),
            _c("speaker_role", "string", "government, military, party, business, expert, …"),
            _c("anonymous", "boolean", "The article hides the speaker's name"),
            _c(
                "cue",
                "string",
                "The word that introduces the speech, in its lexicon form",
                source="lexicons/cues",
            ),
            _c(
                "cue_stance",
                "string",
                "neutral, doubting, endorsing, conceding, asserting, arguing, emotive",
                source="lexicons/cues",
            ),
            _c("medium", "string", "Through which the speaker spoke: a letter, an agency, a post"),
            _c("n_words", "integer", "Words of the span", "words"),
            _c(
                "position", "number", "Where it starts in the article: 0 = first character, 1 = end", "0 to 1"
            ),
            _c("in_headline", "boolean", "It stands in the headline"),
            _c("n_words_quoted", "integer", "Words of the span inside quotation marks", "words"),
            _c("speaker_confidence", "number", "How sure the name behind the mention is", "0 to 1"),
            _c("speaker_start", "integer", "First character of speaker_mention; empty = none", _UNIT),
            _c("speaker_end", "integer", "One past its last character", _UNIT),
            _c("cue_start", "integer", "First character of the cue; empty = none", _UNIT),
            _c("cue_end", "integer", "One past its last character", _UNIT),
            _c("anonymity_reason", "string", "Why the article says that it hides the name", text=True),
            _c("continues", "string", "quote_id of the span that this one continues"),
            _c("nested_in", "string", "quote_id of the span that this one stands inside"),
            _c("rule", "string", "The rule that decided"),
        ),
    ),
    Table(
        "speakers",
        "One row a name that the articles of an event give a speaker",
        ("event_id", "speaker_in_article"),
        (
            _EVENT,
            _c("speaker_in_article", "string", "The name as one article alone gives it"),
            _c("speaker", "string", "The one name of that speaker in the tables of the event"),
            _c("speaker_role", "string", "The role that most of the speaker's quotations there give"),
        ),
    ),
    Table(
        "voices",
        "One row an event, outlet and speaker: the share of voice",
        ("event_id", "outlet", "speaker", "anonymous", "reprints"),
        (
            _EVENT,
            _OUTLET,
            _c("speaker", "string", "Who speaks, one name in the event; empty = withheld or not found"),
            _c("anonymous", "boolean", "The articles hide the name; false with no speaker = not found"),
            _c("reprints", "string", "included or excluded"),
            _c("speaker_role", "string", "The role that most of the quotations give"),
            _c("n_articles", "integer", "Articles of the outlet in which the speaker is heard", "articles"),
            _c("n_quotations", "integer", "Quotations; one that its cue breaks in two is one", "quotations"),
            _c("n_words", "integer", "Words quoted from or reported of the speaker", "words"),
            _c("share_quotations", "number", "Of the outlet's quotations in the event", "0 to 1"),
            _c("share_words", "number", "Of the words of all speakers of the outlet in the event", "0 to 1"),
            _c("first_position", "number", "Earliest place in an article: 0 = first character", "0 to 1"),
            _c("n_direct", "integer", "Direct quotations", "quotations"),
            _c("n_mixed", "integer", "Quoted words inside reported speech", "quotations"),
            _c("n_indirect", "integer", "Reported speech without marks", "quotations"),
            *(
                _c(f"n_cues_{stance}", "integer", f"Cues of {stance} stance, each once", "cues")
                for stance in STANCES
            ),
        ),
    ),
    Table(
        "terms",
        "One row a lexicon hit",
        ("article_id", "start", "end", "lexicon"),
        (
            _ARTICLE,
            _OUTLET,
            _EVENT,
            _START,
            _END,
            _TEXT,
            _c("lexicon", "string", "List that holds the entry"),
            _c("category", "string", "Category of the entry in its list"),
            _VOICE,
            _SPEAKER,
            _c("sentence", "string", "The sentence around it", text=True),
            _c("entry", "string", "The entry that fired"),
        ),
    ),
    Table(
        "labels",
        "One row a mention of a referent",
        ("event_id", "referent", "article_id", "start", "end"),
        (
            _EVENT,
            _c("referent", "string", "What is named", text=True),
            _ARTICLE,
            _OUTLET,
            _START,
            _END,
            _TEXT,
            _VOICE,
            _SPEAKER,
            _c(
                "referent_kind",
                "string",
                "person, organisation, place, country, group, thing (event, object, issue), action",
            ),
            _c("kind", "string", "How it is named: name, description, pronoun, metonym, abstract, action"),
            _c("label", "string", "The words without determiner and possessor", text=True),
            _c("head", "string", "The head word, in its lexicon form", text=True),
            _c("modifiers", "string", "Adjectives and nouns before the head; separated by ;", text=True),
            _c(
                "contested",
                "string",
                "The set of words for one thing, where the event uses at least two of it for this referent",
                source="lexicons/contested",
            ),
            _c(
                "only_outlet",
                "boolean",
                "Of the outlets that name the referent, only this one uses the label",
            ),
            _c(
                "phrase_start",
                "integer",
                "First character of the label with the phrases that belong to it",
                _UNIT,
            ),
            _c("phrase_end", "integer", "One past its last character", _UNIT),
            _c("sentence", "string", "The sentence around it", text=True),
        ),
    ),
    Table(
        "portrayals",
        "One row a description of a referent",
        ("event_id", "referent", "article_id", "start", "end", "property"),
        (
            _EVENT,
            _c("referent", "string", "Who or what is described", text=True),
            _ARTICLE,
            _OUTLET,
            _START,
            _END,
            _TEXT,
            _c("property", "string", "How: the describing word, or its grammatical relation"),
            _c("polarity", "string", "positive, negative or empty = not judged", source="lexicons/polarity"),
            _VOICE,
            _SPEAKER,
            _c(
                "relation",
                "string",
                "adjective, apposition, label, predicate, agent, patient, patient of a passive, target,"
                " owner",
            ),
            _c("referent_kind", "string", "person, organisation, place, country, group, thing, action"),
            _c(
                "mention_start", "integer", "First character of the words that name the referent there", _UNIT
            ),
            _c("mention_end", "integer", "One past their last character", _UNIT),
            _c("sentence", "string", "The sentence around it", text=True),
        ),
    ),
    Table(
        "passages",
        "One row a passage and article of its event",
        ("event_id", "passage_id", "article_id"),
        (
            _EVENT,
            _c("passage_id", "string", "The passage: the same fact in one article or more"),
            _c("text", "string", "The passage, as its most typical article words it", text=True),
            _ARTICLE,
            _OUTLET,
            _c(
                "covered",
                "boolean",
                "Found in this article; false = not found in this text (pairs_not_compared of events says "
                "whether all its sentences were looked at)",
            ),
            _c("similarity", "number", "Similarity of the article's nearest sentence", "0 to 1"),
            _c("start", "integer", "First character of the sentence that carries it; empty = none", _UNIT),
            _c("end", "integer", "One past its last character", _UNIT),
        ),
    ),
    Table(
        "presence",
        "One row a passage, speaker or named entity of an event and outlet: found in its texts or not",
        ("event_id", "reprints", "kind", "passage_id", "speaker", "referent", "outlet", "unnamed"),
        (
            _EVENT,
            _c("kind", "string", "passage, speaker or entity (who or what the event calls by a name)"),
            _c("passage_id", "string", "The passage (passages.csv); empty for the other kinds"),
            _c("speaker", "string", "The speaker (quotes.csv); empty for the other kinds"),
            _c("referent", "string", "The entity (labels.csv); empty for the other kinds", text=True),
            _c("outlet", "string", "The outlet; empty for an article without one, which stands for itself"),
            _c("unnamed", "string", "article_id of the article without an outlet; empty = outlet says who"),
            _c("reprints", "string", "included or excluded"),
            _c("present", "boolean", "Found in an article of the outlet; false = not found in these texts"),
            _c("count", "integer", "Sentences, quotations or mentions of it in the outlet's articles"),
            _c("n_articles", "integer", "The outlet's articles in the event", "articles"),
            _c("n_articles_with", "integer", "Of these, articles in which it is found", "articles"),
            _c("n_outlets", "integer", "Outlets in the event", "outlets"),
            _c("n_outlets_with", "integer", "Of these, outlets in whose articles it is found", "outlets"),
            _c("only_outlet", "boolean", "Found in this outlet's articles alone"),
            _c("only_without", "boolean", "Found in those of every other outlet, not found in this one's"),
            _c("truncated", "boolean", "An article of the outlet is cut off: not found says less there"),
            _c("position", "number", "Where it stands nearest to the top of an article; 1 = end", "0 to 1"),
            _c("article_id", "string", "The article in which it stands there; empty = not found"),
            _c("start", "integer", "First character of it there; empty = not found", _UNIT),
            _c("end", "integer", "One past its last character", _UNIT),
            _WHY_NONE,
        ),
    ),
    Table(
        "measures",
        "One row an article, measure and voice",
        ("article_id", "measure", "voice"),
        (
            _ARTICLE,
            _OUTLET,
            _EVENT,
            _c("measure", "string", "Name of the measure; `framing measures NAME` explains it"),
            _VOICE_OR_ALL,
            _c("value", "number", "The value; empty = not measured, why_none says why"),
            _c("unit", "string", "Unit of the value"),
            _c("n", "integer", "What the value was counted over"),
            _WHY_NONE,
        ),
    ),
    Table(
        "evidence",
        "One row a span that a value of measures rests on",
        ("article_id", "measure", "voice", "start", "end", "cue"),
        (
            _ARTICLE,
            _c("measure", "string", "Name of the measure"),
            _VOICE_OR_ALL,
            _START,
            _END,
            _c("cue", "string", "Entry, rule or score that fired there", text=True),
            _c("lexicon", "string", "List that holds the entry; empty = a rule"),
            _c("category", "string", "Category of the entry"),
        ),
    ),
    Table(
        "frames",
        "One row a paragraph of the body with a sentence of four words or more",
        ("article_id", "start"),
        (
            _ARTICLE,
            _OUTLET,
            _EVENT,
            _START,
            _END,
            _c("n_sentences", "integer", "Sentences that were judged", "sentences"),
            *(
                _c(f"frame_{name}", "number", f"Share of the policy frame {shown}, whoever speaks", "0 to 1")
                for name, shown in policy_frames.CATEGORY.items()
            ),
            *(
                _c(
                    f"moral_{name}",
                    "number",
                    f"Share of the moral foundation {name}, whoever speaks",
                    "0 to 1",
                )
                for name in ("care", "fairness", "loyalty", "authority", "sanctity")
            ),
        ),
    ),
    Table(
        "comparisons",
        "One row a measure, voice, outlet and reference",
        ("event_id", "measure", "voice", "reprints", "outlet", "reference"),
        (
            _c("event_id", "string", "The event; empty = all events"),
            _c("measure", "string", "Name of the measure"),
            _VOICE_OR_ALL,
            _c("reprints", "string", "included or excluded"),
            _OUTLET,
            _c("reference", "string", "others, or the outlet that it is compared with"),
            _c("n_articles", "integer", "Measured texts of both; copies in one outlet are one", "articles"),
            _c("n_events", "integer", "Events in which both are measured", "events"),
            _c("estimate", "number", "Outlet minus reference within events", "the measure's unit"),
            _c("low", "number", "Lower end of the 95 % interval (events resampled)", "the measure's unit"),
            _c("high", "number", "Upper end of the 95 % interval", "the measure's unit"),
            _c("effect_size", "number", "Hedges' g of the event differences"),
            _c("p_value", "number", "Outlets shuffled within events (Phipson & Smyth 2010)", "0 to 1"),
            _c("q_value", "number", "Benjamini-Hochberg over all tests of the table", "0 to 1"),
            _WHY_NONE,
        ),
    ),
    Table(
        "distinctive",
        "One row a word that sets an outlet apart",
        ("event_id", "outlet", "voice", "term"),
        (
            _c("event_id", "string", "The event; empty = all events"),
            _OUTLET,
            _VOICE_OR_ALL,
            _c("term", "string", "The word"),
            _c("count", "integer", "Uses by the outlet", "uses"),
            _c("count_others", "integer", "Uses by the reference in the same events", "uses"),
            _c("log_odds", "number", "Weighted log-odds ratio (Monroe et al. 2008)", "natural log"),
            _c("z", "number", "log_odds over its standard error; for ranking, not calibrated"),
            _c(
                "q_value",
                "number",
                "Of the words that stand out as much, the share that shuffles of whole articles let expect",
                "0 to 1",
            ),
            _c("reference", "string", "others, or the outlet that it is compared with"),
            _c("low", "number", "Lower end of the 95 % interval (events resampled)", "natural log"),
            _c("high", "number", "Upper end of the 95 % interval", "natural log"),
            _c("p_value", "number", "Shuffles of whole articles within events", "0 to 1"),
            _c("p_family", "number", "The same for the largest of all words (max-T)", "0 to 1"),
            _c("n_articles", "integer", "Articles of both sides in the events that they share", "articles"),
        ),
    ),
    Table(
        "outlet_map",
        "One row an outlet on the map of all measures",
        ("outlet",),
        (
            _OUTLET,
            _c("x", "number", "Place along the direction in which outlets differ most", "SD within events"),
            _c("y", "number", "Place along the second direction", "SD within events"),
            _c("ellipse_width", "number", "Long axis of the 95 % ellipse", "SD within events"),
            _c("ellipse_height", "number", "Short axis", "SD within events"),
            _c("ellipse_angle", "number", "Of the long axis against x", "degrees"),
            _c("n_articles", "integer", "Articles that the place rests on", "articles"),
            _c("n_events", "integer", "Events that the place rests on", "events"),
        ),
    ),
    Table(
        "outlet_axes",
        "One row a measure and voice: what the axes of outlet_map mean",
        ("measure", "voice"),
        (
            _c("measure", "string", "Name of the measure"),
            _VOICE_OR_ALL,
            _c("x", "number", "Its part in x; the sign says which way", "-1 to 1"),
            _c("y", "number", "Its part in y", "-1 to 1"),
        ),
    ),
    Table(
        "outlet_tree",
        "One row a merger of the tree of outlets (average linkage over all measures)",
        ("step",),
        (
            _c("step", "integer", "Position from the closest on, counted from 0"),
            _c("left", "string", "An outlet, or # and the step of an earlier merger"),
            _c("right", "string", "The other side"),
            _c("height", "number", "How far apart the two are", "SD within events"),
            _c("outlets", "string", "All that it brings together; separated by ;"),
            _c("support", "number", "Share of resampled events in which the same come together", "0 to 1"),
        ),
    ),
    Table(
        "separability",
        "One row: can a classifier tell the outlets apart by the measures alone (`framing separate`)",
        ("outlets",),
        (
            _c("outlets", "string", "Those that take part; separated by ;"),
            _c("n_articles", "integer", "Articles that take part", "articles"),
            _c("n_events", "integer", "Events, each left out in turn", "events"),
            _c("balanced_accuracy", "number", "Mean share of each outlet's articles recognised", "0 to 1"),
            _c("chance", "number", "What guessing gives", "0 to 1"),
            _c("p_value", "number", "Outlets shuffled within events, classifier fitted anew", "0 to 1"),
            _WHY_NONE,
        ),
    ),
    Table(
        "coefficients",
        "One row an outlet, measure and voice: what the classifier of separability goes by",
        ("outlet", "measure", "voice"),
        (
            _OUTLET,
            _c("measure", "string", "Name of the measure"),
            _VOICE_OR_ALL,
            _c("coefficient", "number", "Change of the log-odds for one standard deviation", "natural log"),
            _c("low", "number", "Lower end of the 95 % interval (events resampled)", "natural log"),
            _c("high", "number", "Upper end of the 95 % interval", "natural log"),
        ),
    ),
    Table(
        "sensitivity",
        "One row a comparison over all events and a way of making it (`framing sensitivity`)",
        ("measure", "voice", "outlet", "reference", "variant"),
        (
            _c("variant", "string", "main (reprints left out), or what was done otherwise"),
            _c("measure", "string", "Name of the measure"),
            _VOICE_OR_ALL,
            _OUTLET,
            _c("reference", "string", "others, or the outlet that it is compared with"),
            _c("n_articles", "integer", "As in comparisons", "articles"),
            _c("n_events", "integer", "As in comparisons", "events"),
            _c("estimate", "number", "Outlet minus reference within events", "the measure's unit"),
            _c("low", "number", "Lower end of the 95 % interval", "the measure's unit"),
            _c("high", "number", "Upper end of the 95 % interval", "the measure's unit"),
            _c("p_value", "number", "Outlets shuffled within events", "0 to 1"),
            _c("main_estimate", "number", "The estimate of the variant main", "the measure's unit"),
            _c("same_sign", "boolean", "Whether estimate and main_estimate point the same way"),
            _WHY_NONE,
        ),
    ),
    Table(
        "sample_figures",
        "One row a figure of a labelled sample (`framing agreement`)",
        ("measure", "voice", "figure"),
        (
            _c("measure", "string", "Name of the measure"),
            _VOICE_OR_ALL,
            _c("figure", "string", "precision, recall, specificity, alpha with its level of measurement"),
            _c("value", "number", "The estimate for all sentences of the study"),
            _c("low", "number", "Lower end of the 95 % interval"),
            _c("high", "number", "Upper end of the 95 % interval"),
            _c("n", "integer", "Labelled sentences that it rests on", "sentences"),
            _WHY_NONE,
        ),
    ),
    Table(
        "sample_rates",
        "One row an outlet: rates with the measure's errors taken out (`framing agreement`)",
        ("measure", "voice", "outlet"),
        (
            _c("measure", "string", "Name of the measure"),
            _VOICE_OR_ALL,
            _OUTLET,
            _c("n_sentences", "integer", "Sentences of the outlet", "sentences"),
            _c("n_articles", "integer", "Articles of the outlet", "articles"),
            _c("rate_found", "number", "Share of sentences in which the measure finds something", "0 to 1"),
            _c("rate_corrected", "number", "The same corrected (Rogan & Gladen 1978)", "0 to 1"),
            _c("low", "number", "Lower end of the 95 % interval of rate_corrected", "0 to 1"),
            _c("high", "number", "Upper end of the 95 % interval", "0 to 1"),
            _WHY_NONE,
        ),
    ),
    Table(
        "disputes",
        "One row a mark that a reader disputes",
        ("article_id", "start", "end", "layer"),
        (
            _ARTICLE,
            _START,
            _END,
            _c("layer", "string", "Kind of mark: quote, reported, cue, loaded, hedge, scare, other, name, …"),
            _c("reason", "string", "What is wrong with it: speaker, place, kind, list or other"),
            _c("note", "string", "What the reader wrote about it"),
        ),
    ),
    Table(
        "import_report",
        "One row an article that was met in the input",
        ("source_file", "article_index", "status"),
        (
            _c("source_file", "string", "File, relative to the input that was named"),
            _c("source_format", "string", "Format as recognised from the content"),
            _c("article_index", "integer", "Position in the file, counted from 0; empty = the file itself"),
            _c("status", "string", "parsed, rejected, duplicate or truncated"),
            _c("reason", "string", "Why it is not parsed"),
            _c("expected", "string", "What was expected"),
            _c("found", "string", "What was found"),
            _c("article_id", "string", "The article that came of it; empty = none"),
        ),
    ),
)


# What `framing evidence` prints. No table of a study: it is a way through three of them.
COMPARISON_EVIDENCE = Table(
    "comparison_evidence",
    "One row a span (or an article without one) that a row of comparisons rests on",
    ("event_id", "outlet", "article_id", "start"),
    (
        _ARTICLE,
        _OUTLET,
        _EVENT,
        _c("value", "number", "The article's value, as in measures", "the measure's unit"),
        _c("weight", "number", "Over the articles, the sum of weight times value is the row's estimate"),
        _c("start", "integer", "First character of the span; empty = none", _UNIT),
        _c("end", "integer", "One past its last character", _UNIT),
        _TEXT,
        _c("cue", "string", "Entry, rule or score that fired there", text=True),
        _c("lexicon", "string", "List that holds the entry; empty = a rule"),
        _c("category", "string", "Category of the entry"),
    ),
)

# What a teacher keeps of a lesson. No table of a study: it is made in the classroom and nowhere stored.
CLASS_RESULTS = Table(
    "class_results",
    "One row an answer of a group of students in a lesson",
    ("step", "group", "question", "item", "paper", "start", "end", "answer"),
    (
        _c("settings_sha256", "string", "SHA-256 of the lesson's settings, which lie beside the table"),
        _c("activity", "string", "blind_pair, swap_the_verb, rank_headlines or who_is_missing"),
        _c("event_id", "string", "The event, or demonstration: and the name of an invented one"),
        _c("step", "string", "The step at which the group sent it"),
        _c("group", "integer", "The number of the group, in order of joining; no names are asked for"),
        _c("question", "string", "What was asked: mark, outlet, friendly, sure, evidence, predict, rate, …"),
        _c("item", "string", "What it is about: a text by its blind name, a stakeholder, a verb"),
        _c("paper", "string", "The text that was read for it, by its blind name; empty = no one text"),
        _c("answer", "string", "The answer as chosen or written; of a mark the words", text=True),
        _c("value", "number", "The answer as a number: a rating, a rank (1 = first), a paragraph"),
        _c("layer", "string", "Of a mark, what the group took it for"),
        _c("start", "integer", "Of a mark, the first character in the text without names", _UNIT),
        _c("end", "integer", "One past its last character", _UNIT),
        _c("article_id", "string", "The article of the study; empty = the answer is about no one text"),
        _c("outlet", "string", "Who published it; empty where the class had not seen the names yet"),
    ),
)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as plain dictionaries, None for what is missing."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def get(name: str) -> Table:
    """The table of that name; LookupError names the known ones."""
    for table in TABLES:
        if table.name == name:
            return table
    raise LookupError(f"no table named {name!r}; known: {', '.join(t.name for t in TABLES)}")
