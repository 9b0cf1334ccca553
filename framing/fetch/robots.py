"""robots.txt (RFC 9309): what a host lets programs fetch, and how often."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.robotparser import RobotFileParser

from framing.fetch.addresses import NoPlace, Refused, Target
from framing.fetch.request import Response, Rules, get

_MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: a crawler must parse at least that much
_MAX_DELAY = 60.0  # a host that asks for more is asked as often as this
NAME = "framing"  # the product token that a robots.txt can name


class Hosts:
    """What is known of each host: its robots.txt, and when it was last asked for anything."""

    def __init__(self, rules: Rules, delay: float, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._rules = Rules(
            rules.user_agent,
            rules.allowed,
            rules.lookup,
            rules.ports,
            max_bytes=_MAX_BYTES,
            max_seconds=rules.max_seconds,
            tls=rules.tls,
        )
        self._delay = delay
        self._sleep = sleep
        self._robots: dict[tuple[str, str, int], RobotFileParser] = {}
        self._asked: dict[str, float] = {}

    def before(self, to: Target) -> None:
        """Wait until ``to`` may be asked for. Raises Refused where its host does not want it."""
        robots = self._of(to)
        if not robots.can_fetch(NAME, to.url):
            raise Refused("robots.txt of the host does not allow it")
        delay = robots.crawl_delay(NAME)
        self._wait(to, min(_MAX_DELAY, max(self._delay, float(delay or 0))))

    def _wait(self, to: Target, delay: float) -> None:
        now = time.monotonic()
        due = self._asked.get(to.host, now - delay) + delay
        if due > now:
            self._sleep(due - now)
        self._asked[to.host] = max(due, now)

    def _of(self, to: Target) -> RobotFileParser:
        key = (to.scheme, to.host, to.port)
        if key not in self._robots:
            place = Target(to.scheme, to.host, to.port, "/robots.txt")
            self._robots[key] = self._fetched(place)
        return self._robots[key]

    def _fetched(self, place: Target) -> RobotFileParser:
        """The rules of a host; without an answer all is forbidden, without a file all is allowed."""
        parser = RobotFileParser()
        try:
            answer: Response | None = get(place.url, self._rules, lambda to: self._wait(to, self._delay))
        except NoPlace:
            raise
        except (Refused, OSError):
            answer = None
        if answer is None or answer.status >= 500 or answer.status == 429:
            parser.parse(["User-agent: *", "Disallow: /"])
        elif answer.status >= 400:
            parser.parse([])
        else:
            parser.parse(answer.body.decode("utf-8", "replace").splitlines())
        return parser
