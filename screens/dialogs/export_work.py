"""What the dialog of exporting has done in a thread: looking which papers can be made, writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from screens.exporting import Done, Export
from supervise.errors import NotCleared, Refused
from supervise.services.session import Session


@dataclass
class Progress(Message):
    """So many of so many are written."""

    done: int
    total: int

    def can_replace(self, message: Message) -> bool:
        """Only the newest is worth showing."""
        return isinstance(message, Progress)


@dataclass
class Judged(Message):
    """Whether a paper, by its place, can be made now: why not, and what must be reviewed before.

    A place below zero: all have been looked at.
    """

    place: int
    why_not: str = ""
    scope: str = ""


def judge_all(node: Widget, exports: Sequence[Export], session: Session) -> int:
    """Look at each paper in turn; what was found is told at once. Gives a place below zero."""
    worker = get_current_worker()
    for place, one in enumerate(exports):
        if worker.is_cancelled or not node.is_attached:
            break
        if one.judge is not None:
            error = one.judge(session)
            scope = error.scope if isinstance(error, NotCleared) else ""
            node.post_message(Judged(place, error.message if error else "", scope))
    return -1


def make(
    node: Widget, one: Export, path: Path, ending: str, force: bool, session: Session
) -> tuple[Done | None, str]:
    """Write it; a file that is there already is asked about, not refused."""

    def told(done: int, total: int) -> None:
        node.post_message(Progress(done, total))

    try:
        return one.make(session, path, ending, force, told), ""
    except Refused as error:
        if error.code == "file_exists":
            return None, error.message
        raise
