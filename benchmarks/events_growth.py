"""How time and memory of grouping and of the search for reprints grow, on generated articles.

    python benchmarks/events_growth.py [N ...]
    python benchmarks/events_growth.py --one-event 30 100 300

Each size runs in a process of its own. Articles are drawn from the words of the background
table by their frequency; an event brings words of its own, is reported by one to twelve
outlets within days, and every tenth report copies another one. With ``--one-event`` each number is
that of the reports of one more event among 600 articles: how many of them stay together is printed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from framing.events import EventInput, group
from framing.events.background import table
from framing.reprints import ReprintInput, find

WORDS = 250
ARTICLES_A_DAY = 500
OUTLETS = 12
SUBJECTS = 300  # words of a subject recur in many events
AMONG = 600  # articles beside one large event
_COMMON_SHARE = 0.55
_SUBJECT_SHARE = 0.2


def articles(n: int, seed: int = 1) -> Iterator[tuple[EventInput, int]]:
    """``n`` articles, each with the number of its event."""
    rng = np.random.default_rng(seed)
    common, frequency = _language()
    made = event = 0
    while made < n:
        subject = int(rng.integers(SUBJECTS))
        own = [f"{a}{b}" for a, b in rng.choice(common, (60, 2))]
        first = date(2024, 1, 1) + timedelta(days=made // ARTICLES_A_DAY)
        last = ""
        for _ in range(min(int(rng.integers(1, OUTLETS + 1)), n - made)):
            if not last or rng.random() > 0.1:
                last = _report(rng, common, frequency, subject, own)
            day = (first + timedelta(days=int(rng.integers(3)))).isoformat()
            yield EventInput(f"a{made}", last, last[:60].rsplit(" ", 1)[0], (), day), event
            made += 1
        event += 1


def _language() -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    """Common words and how frequent each is, 1 in sum."""
    common = np.array([word for word in table() if word.isalpha()])
    frequency = np.array([table()[word] for word in common])
    return common, frequency / frequency.sum()


def _report(
    rng: np.random.Generator,
    common: NDArray[np.str_],
    frequency: NDArray[np.float64],
    subject: int,
    own: Sequence[str],
) -> str:
    """:data:`WORDS` words, some of the subject and some of the event's ``own``."""
    kinds = rng.random(WORDS)
    words = rng.choice(common, WORDS, p=frequency).astype(object)
    about = kinds < 1 - _COMMON_SHARE
    words[about] = [f"subject{subject}x{w}" for w in rng.integers(0, 80, int(about.sum()))]
    of_event = kinds < 1 - _COMMON_SHARE - _SUBJECT_SHARE
    words[of_event] = rng.choice(own, int(of_event.sum()))
    return " ".join(words)


def one_event(n: int) -> None:
    """Prints in how many groups ``n`` reports of one event come out among :data:`AMONG` other articles."""
    rng = np.random.default_rng(5)
    common, frequency = _language()
    own = [f"{a}{b}" for a, b in rng.choice(common, (60, 2))]
    texts = [_report(rng, common, frequency, 7, own) for _ in range(n)]
    reports = [
        EventInput(f"r{k}", text, text[:60], (), f"2024-01-0{1 + k % 3}") for k, text in enumerate(texts)
    ]
    event_of = group([*(article for article, _ in articles(AMONG, seed=9)), *reports]).event_of()
    sizes = Counter(event_of[report.article_id] for report in reports)
    (largest, size), *_ = sizes.most_common(1)
    foreign = sum(event == largest for event in event_of.values()) - size
    print(f"{n:>5} reports of one event: {size} together, with {foreign} others; {len(sizes)} groups")


def measure(n: int) -> None:
    """Prints one line for ``n`` articles."""
    inputs, truth = zip(*articles(n), strict=True)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    clocks = [(time.process_time(), time.perf_counter())]
    event_of = group(inputs).event_of()
    grouped = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    clocks.append((time.process_time(), time.perf_counter()))
    found = find(
        [
            ReprintInput(a.article_id, f"outlet {k % OUTLETS}", event_of[a.article_id], a.text)
            for k, a in enumerate(inputs)
        ]
    )
    clocks.append((time.process_time(), time.perf_counter()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (cpu, wall), (cpu_copies, wall_copies) = ((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(clocks))
    n_pure = len(set(zip(truth, (event_of[a.article_id] for a in inputs), strict=True)))
    print(
        f"{n:>8,} articles, {before:,.0f} MB: grouping {cpu:.1f} s of CPU ({wall:.1f} s),"
        f" peak {grouped:,.0f} MB;"
        f" reprints {cpu_copies:.1f} s ({wall_copies:.1f} s), peak {peak:,.0f} MB;"
        f" {len(set(truth)):,} events made, {len(set(event_of.values())):,} found,"
        f" {n_pure:,} pieces, {len(found):,} reprints",
        flush=True,
    )


def main() -> None:
    """Measure each size in a fresh process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000], metavar="N")
    parser.add_argument("--one-event", action="store_true", help="N reports of one event among others")
    given = parser.parse_args()
    for n in given.sizes:
        task = one_event if given.one_event else measure
        process = multiprocessing.get_context("spawn").Process(target=task, args=(n,))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
