"""What the import page does in threads: looking at a file, trying it, importing it, listing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from screens.folders import Item, found_again
from screens.progress import Task, Tell
from supervise.services.import_preview import Preview, Reading
from supervise.services.import_run import Outcome, Problem
from supervise.services.importing import Options
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.reports.document import Document


@dataclass
class Tried(Message):
    """What would come of a file."""

    outcome: Outcome


@dataclass
class Executed(Message):
    """What came of a file that was imported."""

    outcome: Outcome


def recent(known: object, _: Session) -> tuple[Item, ...]:
    """Find the files imported lately that are still there."""
    return found_again(known)


def looking(path: Path, reading: Reading, session: Session) -> Preview:
    """Look at a file."""
    from supervise.services import import_preview

    return import_preview.preview(session, path, reading)


def trying(seen: Preview, options: Options, again: bool) -> Task[Outcome]:
    """Give the work that finds what would come of a file."""

    def task(session: Session, tell: Tell) -> Outcome:
        from supervise.services import import_run

        return import_run.try_out(session, seen, options, tell, again=again)

    return task


def carrying_out(seen: Preview, options: Options, again: bool) -> Task[Outcome]:
    """Give the work that imports a file."""

    def task(session: Session, tell: Tell) -> Outcome:
        from supervise.services import import_run

        return import_run.carry_out(session, seen, options, tell, again=again)

    return task


def problems_of(name: str, problems: Sequence[Problem], session: Session) -> Document:
    """Make the list of a file's bad rows."""
    from supervise.reports.import_check import problems_list

    return problems_list(session, name, problems)
