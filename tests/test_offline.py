"""Nothing opens a connection: the parts that might are run with the network cut.

Two cuts. An audit hook, put into the process and all of its Python children before
any other code, refuses every connection, message and look-up of a name and writes it
down, so that an attempt counts even where the program swallows the error. It works
everywhere. Where the system allows it (``unshare``), the same runs happen in a network
namespace without any interface, which also stops what compiled code does past Python.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

GUARD = """
import os, sys

_LOG = os.environ["FRAMING_TEST_NETWORK_LOG"]
# To make a socket or to bind one reaches nobody (urllib3 does both when it is imported).
_ON_A_SOCKET = ("socket.connect", "socket.sendto", "socket.sendmsg")
_ELSEWHERE = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request",
              "http.client.connect", "ftplib.connect", "smtplib.connect")


def _refuse(event, args):
    network = event in _ELSEWHERE or (event in _ON_A_SOCKET and args[0].family != 1)  # 1: AF_UNIX
    if network:
        log = os.open(_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(log, f"{event} {args[1:]!r}\\n".encode())
        os.close(log)
        raise OSError(f"the test has cut the network: {event}")


sys.addaudithook(_refuse)
"""

READABILITY = """
import textstat
text = "The minister opened the national library. Several hundred readers had been waiting since the morning."
assert 0 < textstat.flesch_reading_ease(text) < 100
assert textstat.syllable_count("minister") == 3
assert textstat.smog_index(text) >= 0
"""
SENTIMENT = """
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
assert SentimentIntensityAnalyzer().polarity_scores("This is not a good result.")["compound"] < 0
"""
LANGUAGE = """
from framing import language
assert [t.text for t in language.load()("Ministers met.")] == ["Ministers", "met", "."]
"""
PARTS = {"textstat": READABILITY, "vader": SENTIMENT, "spacy": LANGUAGE}


@dataclass(frozen=True, slots=True)
class Run:
    """How a guarded run ended, and every use of the network that it tried."""

    returncode: int
    output: str
    attempts: tuple[str, ...]


@pytest.fixture
def offline(tmp_path: Path) -> Callable[..., Run]:
    """Run Python arguments under the guard, in an empty home and an empty folder."""
    hook, home, work, log = (tmp_path / name for name in ("hook", "home", "work", "log"))
    for folder in (hook, home, work):
        folder.mkdir()
    (hook / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "NLTK_", "PYTHON"))}
    environment = kept | {
        "PYTHONPATH": str(hook),
        "HOME": str(home),
        "USERPROFILE": str(home),
        "FRAMING_TEST_NETWORK_LOG": str(log),
    }

    def run(*arguments: str, prefix: tuple[str, ...] = ()) -> Run:
        done = subprocess.run(
            [*prefix, sys.executable, *arguments],
            cwd=work,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        attempts = tuple(log.read_text(encoding="utf-8").splitlines()) if log.exists() else ()
        return Run(done.returncode, done.stdout + done.stderr, attempts)

    return run


def unshare() -> tuple[str, ...] | None:
    """The command that cuts the network off in the kernel, None where it is not allowed."""
    program = shutil.which("unshare")
    for prefix in ((program, "--net"), (program, "--net", "--map-root-user")) if program else ():
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
            return prefix
    return None


@pytest.fixture(scope="module")
def namespace() -> tuple[str, ...]:
    prefix = unshare()
    if prefix is None:
        pytest.skip("this system lets no test make a network namespace; the audit hook alone was used")
    return prefix


def assert_quiet(run: Run) -> None:
    assert run.attempts == ()
    assert run.returncode == 0, run.output


@pytest.mark.parametrize("part", PARTS)
def test_part_works_without_a_network(offline: Callable[..., Run], part: str) -> None:
    assert_quiet(offline("-c", PARTS[part]))


def test_demo_works_without_a_network(offline: Callable[..., Run]) -> None:
    assert_quiet(offline("-m", "framing", "demo", "--no-dashboard", "--study", "study"))


@pytest.mark.parametrize("part", PARTS)
def test_part_works_in_a_namespace_without_interfaces(
    offline: Callable[..., Run], namespace: tuple[str, ...], part: str
) -> None:
    assert_quiet(offline("-c", PARTS[part], prefix=namespace))


def test_demo_works_in_a_namespace_without_interfaces(
    offline: Callable[..., Run], namespace: tuple[str, ...]
) -> None:
    run = offline("-m", "framing", "demo", "--no-dashboard", "--study", "study", prefix=namespace)
    assert_quiet(run)


# 192.0.2.1 is reserved for documentation (RFC 5737): no machine has it.
PLANTED = {
    "a download": "import urllib.request; urllib.request.urlopen('http://192.0.2.1/model.zip')",
    "a swallowed error": """
import socket
try:
    socket.create_connection(('192.0.2.1', 80), timeout=1)
except OSError:
    pass
""",
    "a name looked up": """
import socket
try:
    socket.getaddrinfo('example.invalid', 80)
except OSError:
    pass
""",
    "the inner module": """
import _socket
try:
    _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM).connect(('192.0.2.1', 80))
except OSError:
    pass
""",
    "a child process": """
import subprocess, sys
subprocess.run([sys.executable, '-c', 'import socket; socket.socket().connect(("192.0.2.1", 80))'])
""",
}


@pytest.mark.parametrize("case", PLANTED)
def test_guard_sees(offline: Callable[..., Run], case: str) -> None:
    run = offline("-c", PLANTED[case])
    assert run.attempts, run.output
    with pytest.raises(AssertionError):
        assert_quiet(run)


def test_guard_leaves_local_pipes_alone(offline: Callable[..., Run]) -> None:
    assert_quiet(
        offline("-c", "import socket; a, b = socket.socketpair(); a.send(b'x'); assert b.recv(1) == b'x'")
    )


def test_namespace_reaches_not_even_this_machine(namespace: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        connect = f"import socket; socket.create_connection(('127.0.0.1', {port}), timeout=5)"
        inside = subprocess.run([*namespace, sys.executable, "-c", connect], capture_output=True, check=False)
        outside = subprocess.run([sys.executable, "-c", connect], capture_output=True, check=False)
    assert inside.returncode != 0
    assert outside.returncode == 0
