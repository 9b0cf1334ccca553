"""A class in real browsers: what the wire carries, who sees what when, and all of it by keyboard.

Pictures of every screen go to ``browser-out/``, to be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, WebSocket

from tests.browser.chromium import Browser, Server
from tests.browser.test_every_page import PICTURES, SPEC
from tests.browser.test_reading_pane import FOCUSED
from tests.classroom_studies import fifty, name_words
from tests.dashboard_studies import make

pytestmark = pytest.mark.browser

DEMONSTRATION = (
    *("Ellery Courier", "Coastline Daily", "Tarn Valley", "Edmund Sorley", "Petra Vance", "Hanne Brook"),
    *("Piet Wallin", "coastlinedaily", "the Courier"),
)
SEEDS = ("Manila Times", "JoongAng", "EntornoInteligente", "Michael Lee")


class Wire:
    """Everything that a page was sent: WebSocket frames, and answers other than the app's own files."""

    def __init__(self, page: Page) -> None:
        self.bytes = bytearray()
        page.on("websocket", self._socket)
        page.on("response", self._response)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._frame)

    def _frame(self, payload: str | bytes) -> None:
        self.bytes += payload.encode() if isinstance(payload, str) else payload

    def _response(self, response: Response) -> None:
        if "/static/" not in response.url and response.status == 200 and response.request.method == "GET":
            self.bytes += response.url.encode() + response.body()

    def names(self, names: Sequence[str]) -> list[str]:
        """Which of the names were sent, in any case."""
        sent = bytes(self.bytes).lower()
        return [name for name in names if name.lower().encode() in sent]


def watched(browser: Browser, address: str, wait: str) -> tuple[Page, Wire]:
    """A new tab whose wire is listened to from its first byte on."""
    page = browser.tab()
    page.set_default_timeout(60_000)
    wire = Wire(page)
    return browser.go(page, address, wait_text=wait), wire


def key(server: Server) -> str:
    found = re.search(r"teacher=(\S+)", server.output())
    assert found, server.output()
    return found[1]


def press(browser: Browser, page: Page, label: str) -> None:
    page.bring_to_front()
    browser.after(page, page.get_by_role("button", name=label, exact=True).first.click)


Taught = tuple[Page, Wire, str]


def begun(browser: Browser, server: Server, activity: str, event: str = "") -> Taught:
    """A lesson: the teacher's page, what was sent to it, the code of the class."""
    page, wire = watched(browser, f"{server.base}/?teacher={key(server)}", "Which exercise fits my lesson?")
    browser.after(page, page.get_by_text(activity, exact=True).last.click)
    if event:
        page.get_by_role("combobox", name="Event").click()
        browser.after(page, page.get_by_role("option", name=event).first.click)
    press(browser, page, "Begin the lesson")
    return page, wire, code_of(page)


def code_of(teacher: Page) -> str:
    """The code that the teacher's page shows."""
    teacher.get_by_text("Students open").wait_for()
    code = re.search(r"and type (\w{5})\.", teacher.inner_text("[data-testid=stMain]"))
    assert code
    return code[1]


@pytest.fixture
def begin(browser: Browser) -> Iterator[Callable[..., Taught]]:
    """:func:`begun`, and at the end of the test the end of every lesson: a server holds a few."""
    teachers: list[Page] = []

    def begin(server: Server, activity: str, event: str = "", at: Browser = browser) -> Taught:
        taught = begun(at, server, activity, event)
        teachers.append(taught[0])
        return taught

    yield begin
    for teacher in teachers:
        teacher.bring_to_front()
        browser.after(teacher, teacher.get_by_text("I have downloaded what I want to keep").click)
        press(browser, teacher, "End the lesson")
        teacher.get_by_text("Which exercise fits my lesson?").wait_for()


def go_on(browser: Browser, teacher: Page) -> str:
    """The teacher's next step; its title."""
    teacher.bring_to_front()
    heading = teacher.get_by_role("heading", level=1)
    before = heading.inner_text()
    teacher.get_by_role("button", name="Next step").click()
    changed = "(before) => document.querySelector('h1') && document.querySelector('h1').innerText !== before"
    teacher.wait_for_function(changed, arg=before)
    browser.settle(teacher)
    return heading.inner_text()


def follow(browser: Browser, page: Page, title: str) -> None:
    """A student's page goes where the teacher is, by itself."""
    page.bring_to_front()  # a browser draws no tab that nobody looks at
    page.get_by_role("heading", level=1, name=title, exact=True).wait_for(timeout=30_000)
    browser.settle(page)


def test_reveal_holds_its_order_for_teacher_and_students(
    chromium: Path, browser: Browser, classroom: Server, begin: Callable[..., Taught]
) -> None:
    teacher, desk, code = begin(classroom, "Blind pair")
    address = f"{classroom.base}/?class={code}"
    with Browser(chromium, beside=browser) as in_class:
        assert "teacher=" not in teacher.url
        one, wire = watched(in_class, address, "Read and mark")
        two, other = watched(in_class, address, "Read and mark")
        one.bring_to_front()
        word = one.locator("article[data-text=t2] .w", has_text="axes")
        in_class.after(one, lambda: (word.click(), word.click()))
        one.get_by_role("button", name="Take away").wait_for()
        assert two.get_by_role("button", name="Take away").count() == 0
        press(in_class, one, "Send our marks")
        follow(in_class, one, go_on(browser, teacher))
        for label in ("different outlets", "neither", "4"):
            one.get_by_role("radiogroup").get_by_text(label, exact=True).last.click()
        in_class.settle(one)
        one.get_by_role("combobox", name="Which of your phrases made you decide?").click()
        one.get_by_role("option").first.click()
        one.keyboard.press("Escape")  # while its list is open, nothing else is there for a screen reader
        press(in_class, one, "Send and lock")
        one.get_by_text("Sent and locked. Wait").wait_for()
        tokens = [re.search(r"group=([\w-]+)", page.url)[1] for page in (one, two)]  # type: ignore[index]
        assert tokens[0].encode() not in other.bytes
        assert "●".encode() not in wire.bytes + other.bytes + desk.bytes
        for title in ("The class", "The marks"):
            assert go_on(browser, teacher) == title
            follow(in_class, one, title)
            follow(in_class, two, title)
            for sent in (wire, other, desk):
                assert sent.names(DEMONSTRATION) == []
        assert "●".encode() in other.bytes
        title = go_on(browser, teacher)
        for page in (one, two):
            follow(in_class, page, title)
        for sent in (wire, other, desk):
            assert {"Ellery Courier", "Coastline Daily", "Petra Vance"} <= set(sent.names(DEMONSTRATION))


def walk_unnamed(browser: Browser, base: str, taught: Taught, names: Sequence[str]) -> None:
    """Go to the last step without names; nothing that two groups and the teacher got holds ``names``."""
    teacher, desk, code = taught
    groups = [watched(browser, f"{base}/?class={code}", "Group") for _ in range(2)]
    wires = [desk, *(wire for _, wire in groups)]
    while True:
        assert [wire.names(names) for wire in wires] == [[], [], []]
        for page in (teacher, *(page for page, _ in groups)):
            shown = page.content() + page.title() + page.url
            assert [name for name in names if name.lower() in shown.lower()] == []
        title = go_on(browser, teacher)
        for page, _ in groups:
            follow(browser, page, title)
        if "names" in title.lower():
            break
    assert desk.names(names)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(make(tmp_path_factory.mktemp("fifty") / "study", fifty()), "--classroom") as server:
        yield server


@pytest.mark.parametrize("activity", ["Blind pair", "Who is missing?"])
def test_fifty_other_articles_do_not_name_themselves(
    browser: Browser, others: Server, begin: Callable[..., Taught], activity: str
) -> None:
    walk_unnamed(browser, others.base, begin(others, activity, "Event e3"), name_words())


def test_seeds_do_not_name_themselves(
    browser: Browser, seeds_study: Path, begin: Callable[..., Taught]
) -> None:
    with Server(seeds_study, "--classroom") as server:
        walk_unnamed(browser, server.base, begun(browser, server, "Who is missing?", "texts)"), SEEDS)
        browser.close()


def test_downloads_before_the_reveal_hold_no_name(classroom: Server, begin: Callable[..., Taught]) -> None:
    page, _, _ = begin(classroom, "Who is missing?")
    held = {}
    for label in ("Handout for students (HTML)", "Settings (TOML)", "Key for the teacher (HTML)"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=label).click()
        held[label] = (waiting.value.suggested_filename, waiting.value.path().read_text("utf-8"))
    for label in ("Handout for students (HTML)", "Settings (TOML)"):
        name, text = held[label]
        assert [n for n in DEMONSTRATION if n.lower() in (name + text).lower()] == []
    name, text = held["Key for the teacher (HTML)"]
    assert "key-for-the-teacher" in name
    assert "Ellery Courier" in text
    assert page.get_by_role("button", name="Results with codebook (ZIP)").count() == 0


def test_a_visitor_of_a_class_reaches_no_other_page(browser: Browser, classroom: Server) -> None:
    page, wire = watched(browser, classroom.base, "Join your class")
    assert page.get_by_role("link", name="Event").count() == 0
    for path in ("/event", "/compare?event=e1", "/export", "/?teacher=guess"):
        page, wire = watched(browser, classroom.base + path, "Join your class")
        assert wire.names(["Side by side", "Headlines"]) == []


def tab_to(page: Page, label: str, limit: int = 60) -> None:
    """Press Tab until something with this text, name or label has the focus."""
    page.bring_to_front()
    for _ in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(NAMED)
        if label in focused:
            return
    raise AssertionError(f"{label!r} was not reached by Tab; last: {focused!r}")


# What has the focus, by its label and its text; nothing for a page or a table that only scrolls.
NAMED = """() => {
  let node = document.activeElement;
  while (node && node.shadowRoot && node.shadowRoot.activeElement) node = node.shadowRoot.activeElement;
  const kinds = 'a, button, input, textarea, summary, [role=button], [role=combobox]';
  if (!node || !node.matches(kinds)) return '';
  const label = node.closest('label') || (node.labels && node.labels[0]);
  const group = node.closest('[role=radiogroup]');
  const asked = group && group.getAttribute('aria-label');
  const found = [node.getAttribute('aria-label'), label && label.textContent, asked, node.textContent];
  return found.filter(Boolean).join(' | ');
}"""


def begin_by_keyboard(browser: Browser, server: Server, activity: str) -> tuple[Page, str]:
    """The teacher's page and the code of the class."""
    address = f"{server.base}/?teacher={key(server)}"
    teacher, _ = watched(browser, address, "Which exercise fits my lesson?")
    at = list(BY_KEYBOARD).index(activity)
    if at:
        tab_to(teacher, "| Activity")
    for _ in range(at):
        browser.after(teacher, lambda: teacher.keyboard.press("ArrowRight"))
    tab_to(teacher, "Begin the lesson")
    browser.after(teacher, lambda: teacher.keyboard.press("Enter"))
    return teacher, code_of(teacher)


def go_on_by_keyboard(browser: Browser, teacher: Page, title: str) -> None:
    tab_to(teacher, "Next step")
    teacher.keyboard.press("Enter")
    follow(browser, teacher, title)


def end_by_keyboard(browser: Browser, teacher: Page, student: Page) -> None:
    """End the lesson; the group is told."""
    tab_to(teacher, "I have downloaded what I want to keep")
    browser.after(teacher, lambda: teacher.keyboard.press("Space"))
    tab_to(teacher, "End the lesson")
    teacher.keyboard.press("Enter")
    student.bring_to_front()
    student.get_by_text("This class has ended").wait_for()


def test_blind_pair_by_keyboard_alone(browser: Browser, classroom: Server) -> None:
    teacher, code = begin_by_keyboard(browser, classroom, "Blind pair")
    page, _ = watched(browser, classroom.base, "Join your class")
    tab_to(page, "Code of the class")
    page.keyboard.type(code)
    browser.after(page, lambda: page.keyboard.press("Enter"))
    follow(browser, page, "Read and mark")
    tab_to(page, "Town")
    for pressed in (
        "ArrowRight",
        "Enter",
        "ArrowRight",
        "Escape",
        "Home",
        "ArrowDown",
        "Enter",
        "ArrowRight",
    ):
        page.keyboard.press(pressed)
    assert "Begins with" in page.locator(".help").inner_text()
    browser.after(page, lambda: page.keyboard.press("Enter"))
    page.get_by_role("button", name="Take away").wait_for()
    assert "night" in page.evaluate(FOCUSED), "focus stays on the word after marking"
    tab_to(page, "Send our marks")
    browser.after(page, lambda: page.keyboard.press("Enter"))
    page.get_by_text("Sent and locked. Wait").wait_for()
    go_on_by_keyboard(browser, teacher, "Commit")
    follow(browser, page, "Commit")
    for label in ("same outlet or from different", "friendlier", "How sure"):
        tab_to(page, label)
        page.keyboard.press("Space")
    tab_to(page, "Which of your phrases")
    for pressed in ("ArrowDown", "Enter", "Escape"):
        page.keyboard.press(pressed)
    tab_to(page, "Send and lock")
    browser.after(page, lambda: page.keyboard.press("Enter"))
    page.get_by_text("Sent and locked. Wait").wait_for()
    for title in ("The class", "The marks", "The names", "Talk"):
        go_on_by_keyboard(browser, teacher, title)
        follow(browser, page, title)
    end_by_keyboard(browser, teacher, page)


SEND = ("Send and lock", "Enter")
STAKEHOLDERS = (
    *("council leader", "night nurse", "ferry workers' union", "islanders", "harbour office"),
    *("lifeboat crew", "engineer", "taxpayers"),
)
# What a group does at each step: where it goes with Tab, and the key or the words that it types there.
BY_KEYBOARD: dict[str, list[tuple[str, list[tuple[str, str]]]]] = {
    "Blind pair": [],  # has a test of its own
    "Swap the verb": [
        ("Predict the verb", [("Which verb", "Space"), SEND]),
        ("Rate the speaker", [("How much do you believe", "Space"), SEND]),
        ("The class", []),
        ("The real texts", []),
        ("The names", []),
        ("Rewrite", [("Write a headline", "A ferry stops at night"), SEND]),
        ("Talk", []),
    ],
    "Rank the headlines": [
        ("Rank", [("Down", "Enter"), SEND]),
        ("The class", []),
        ("The words", []),
        ("Names and texts", []),
        ("Talk", []),
    ],
    "Who is missing?": [
        ("Who should be heard?", [("Who is affected", "fishers"), SEND]),
        ("Tick", [*((who, "Space") for who in STAKEHOLDERS), SEND]),
        ("Class and tool", [("Open the sentences of", "ArrowDown"), ("Open the sentences of", "Escape")]),
        ("The names", []),
        (
            "The missing fact",
            [("The fact", "ArrowDown"), ("", "Enter"), ("missing sentence", "It is so."), SEND],
        ),
        ("Other reasons", []),
        ("Talk", []),
    ],
}


@pytest.mark.parametrize("activity", [name for name, steps in BY_KEYBOARD.items() if steps])
def test_the_other_activities_by_keyboard_alone(browser: Browser, classroom: Server, activity: str) -> None:
    teacher, code = begin_by_keyboard(browser, classroom, activity)
    page, _ = watched(browser, f"{classroom.base}/?class={code}", BY_KEYBOARD[activity][0][0])
    for n, (title, acts) in enumerate(BY_KEYBOARD[activity]):
        if n:
            go_on_by_keyboard(browser, teacher, title)
        follow(browser, page, title)
        for place, pressed in acts:
            if place:
                tab_to(page, place)
            if " " in pressed or pressed.islower():
                page.keyboard.type(pressed)
            else:
                page.keyboard.press(pressed)
            browser.settle(page)
        if SEND in acts:
            page.get_by_text("Sent and locked. Wait").wait_for()
    end_by_keyboard(browser, teacher, page)


ACTIVITIES = {"Blind pair": 6, "Swap the verb": 7, "Rank the headlines": 5, "Who is missing?": 7}


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_every_screen_is_accessible(
    browser: Browser, classroom: Server, begin: Callable[..., Taught], activity: str
) -> None:
    """The teacher's screens on a laptop; the students' on a laptop and, in the dark, on a telephone."""
    found: dict[str, list[str]] = {}
    teacher, _, code = begin(classroom, activity)
    address = f"{classroom.base}/?class={code}"
    screens = {
        "teacher-light-1280": teacher,
        "student-light-1280": browser.open(address, wait_text="Group 1"),
        "student-dark-320": browser.open(address, wait_text="Group 2", scheme="dark", viewport=(320, 900)),
    }
    name = re.sub(r"\W+", "-", activity.lower()).strip("-")
    title = teacher.get_by_role("heading", level=1).inner_text()
    for n in range(1, ACTIVITIES[activity] + 1):
        for who, page in screens.items():
            follow(browser, page, title)
            browser.shot(page, PICTURES / f"class-{name}-{n}-{who}.png")
            problems = browser.axe(page, SPEC["axe_tags"]) + browser.problems(page)
            if problems:
                found[f"{title}, {who}"] = problems
        if n < ACTIVITIES[activity]:
            title = go_on(browser, teacher)
    assert found == {}
