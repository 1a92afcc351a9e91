"""One issue in full: where it is, what can be done, what belongs to it, its dates, its history."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.widgets import issue_words as words
from screens.widgets.choices import Choices
from screens.widgets.columns import Record
from screens.widgets.links import Links, links_of
from screens.widgets.stepper import Stepper
from supervise.services.choices import Choice
from supervise.services.session import Session


@dataclass(frozen=True, slots=True)
class Whole:
    """An issue's full record and the steps it can take."""

    record: Record
    choices: tuple[Choice, ...]


def read_whole(session: Session, code: str) -> Whole:
    """Read an issue in full; called in a thread."""
    from supervise.services import choices, issue_page

    return Whole(issue_page.whole(session, code), choices.of_issue(session, code))


class IssueDetail(VerticalScroll, can_focus=True):
    """The detail pane; None shows nothing."""

    _whole: Whole | None = None

    def compose(self) -> ComposeResult:
        """Lay out the parts, one below the other."""
        with Container(id="summary"):
            with Vertical(id="about"):
                yield Static("", id="title")
                yield Stepper("", id="stepper")
                yield Static("", id="facts")
            with Vertical(id="steps"):
                yield Static("", id="steps-title", classes="title")
                yield Choices(id="moves")
        yield Static("", id="links-title", classes="title")
        yield Links(id="links")
        yield Static("", id="more")

    def show(self, whole: Whole | None) -> None:
        """Show an issue."""
        self._whole = whole
        record = None if whole is None else whole.record
        self.set_class(whole is None, "-empty")
        self.query_one(Stepper).show(record)
        self.query_one("#moves", Choices).show(whole.choices if whole else ())
        self.query_one("#steps-title", Static).update(Content("现在可办" if record else ""))
        links = tuple(links_of(record)) if record else ()
        self.query_one(Links).show(links)
        head = self.query_one("#links-title", Static)
        head.display = bool(links)
        head.update(Content.assemble("关联", ("  Enter 打开，Ctrl+E 添加佐证", "$muted")))
        self._write()

    def _write(self) -> None:
        """Break the texts for the width there is: a run of Chinese has no blanks to break at."""
        record = self._whole.record if self._whole else None
        facts = self.query_one("#facts", Static)
        width = max(self.scrollable_content_region.width, 20)
        room = max(facts.size.width, 20)
        self.query_one("#title", Static).update(words.title(record, room))
        facts.update(words.facts(record, room))
        self.query_one("#more", Static).update(words.more(record, width))

    def on_resize(self) -> None:
        """Break the texts again."""
        self._write()
