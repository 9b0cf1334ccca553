"""Articles that say in many ways whose they are, for the tests of blindness; all invented."""

from __future__ import annotations

from tests.dashboard_studies import Quote, Sample, Term

OUTLETS = (
    "The Quillmoor Times",
    "Daily Brantholm",
    "Vexley News Network",
    "Ostrava Nightly Herald",
    "Tidewrack",
    "Nimbus",
    "The Pell-Harrow Gazette",
    "L'Écho d'Arvenne",
    "Zentralblatt Oberau",
    "Brightwater 24",
)
BYLINES = ("By Imogen Tarquay", "Tobiah Wrensfield and Lucinda Ashgrove-Poole", "By Caspian O'Dellaire")
_TEMPLATE = (
    "The dam at Kellan was opened on Monday, {plain} reports.\n\n"
    '"We will open it further," said Ada Miller, who told {short} that the water was high.\n\n'
    "She claimed that nobody was in danger. The opposition slammed the plan in an interview with {upper}.\n\n"
    "Write to desk@{together}.example, follow @{together} or see www.{together}.com/kellan.\n\n"
    "Reporting by {reporter}; {other} contributed to this report."
)


def name_words() -> list[str]:
    """Every string that must not be seen before the names are shown."""
    people = [
        *("Imogen Tarquay", "Tobiah Wrensfield", "Lucinda Ashgrove-Poole", "Caspian O'Dellaire"),
    ]
    joined = [o.replace(" ", "").replace("The", "", 1) for o in OUTLETS if " " in o]
    return [*OUTLETS, *people, *joined]


def fifty() -> list[Sample]:
    """Ten events of five articles each, every outlet five times."""
    return [_article(n) for n in range(50)]


def _article(n: int) -> Sample:
    outlet = OUTLETS[n % len(OUTLETS)]
    byline = BYLINES[n % len(BYLINES)]
    together = "".join(c for c in outlet.removeprefix("The ") if c.isalnum())
    body = _TEMPLATE.format(
        plain=outlet,
        short=outlet.removeprefix("The "),
        upper=outlet.upper(),
        together=together.lower(),
        reporter=byline.removeprefix("By "),
        other="Imogen Tarquay",
    )
    return Sample(
        f"g{n:02}",
        outlet,
        f"Dam at Kellan opened {'wide' if n % 2 else 'at last'} – {outlet}",
        body + f"\n\nArticle {n} of {outlet} ends here.",
        f"e{n // 5}",
        "2031-02-03",
        (
            Quote("We will open it further,", "Ada Miller", cue="said", stance="neutral"),
            Quote("that nobody was in danger", "Ada Miller", "indirect", "claimed", "doubting"),
        ),
        (Term("slammed"),),
        byline=byline,
    )
