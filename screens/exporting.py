"""What can be exported from a page: the papers that fit its record, and the list it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from screens.widgets.columns import Column, Record
from screens.widgets.pages import PAGE, Source
from screens.widgets.record_list import RecordList
from supervise.errors import SuperviseError
from supervise.services.session import Session
from supervise.text import clean_line

if TYPE_CHECKING:
    from supervise.reports.exports import ListColumn

PAPER_ENDINGS = (".docx", ".pdf", ".xlsx", ".html", ".md", ".txt", ".csv", ".json")
LIST_ENDINGS = (".xlsx", ".csv", ".md", ".json")
# Papers that become public, and the one that their 保密审查 is made with.
_REVIEWED = frozenset(("public", "exposure", "clearance"))
Told = Callable[[int, int], None]
Judge = Callable[[Session], SuperviseError | None]
# What a paper can be made for: its kind of subject, to what a person would name, and a unit.
Fitting = Mapping[str, tuple[tuple[str, ...], str | None]]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an export: the files, how many rows or papers, how many gaps to fill."""

    files: tuple[Path, ...]
    count: int
    missing: int


class Make(Protocol):
    """Writes the file; called in a thread."""

    def __call__(self, session: Session, path: Path, ending: str, force: bool, told: Told) -> Done:
        """Write it to a path, or into a folder in the format of an ending."""


@dataclass(frozen=True, slots=True)
class Export:
    """One thing that can be exported: its title, what it is, its file's name, its formats.

    `measure` is what is counted. `many`: it can be written into a folder, a file each. `judge`
    says why it can't be made now; `scope` is what a 保密审查 of it is about, where it asks for one.
    """

    title: str
    about: str
    stem: str
    endings: tuple[str, ...]
    make: Make
    measure: str = "条"
    many: bool = False
    judge: Judge | None = None
    scope: str = ""


def papers(fitting: Fitting, *, reading: bool) -> Iterator[Export]:
    """List the papers that can be made for what a page shows."""
    from supervise.reports.paper_list import PAPERS
    from supervise.reports.papers import file_stem

    for paper in PAPERS.values():
        if paper.subject not in fitting or (reading and paper.withheld):
            continue
        subjects, unit = fitting[paper.subject]
        named = "、".join([*subjects[:3], *([unit] if unit else [])])
        yield Export(
            paper.title,
            f"{named}　{paper.help}" if named else paper.help,
            file_stem(f"{paper.title}_{named}" if named else paper.title),
            PAPER_ENDINGS,
            _paper_maker(paper.key, subjects, unit, reading),
            "份",
            many=True,
            judge=_judge(paper.key, subjects, unit, reading),
            scope=subjects[0] if paper.key in _REVIEWED and subjects else "",
        )


def _judge(key: str, subjects: tuple[str, ...], unit: str | None, reading: bool) -> Judge:
    def judge(session: Session) -> SuperviseError | None:
        from supervise.reports.papers import refusal

        return refusal(session, key, subjects, unit, reading=reading)

    return judge


def _paper_maker(key: str, subjects: tuple[str, ...], unit: str | None, reading: bool) -> Make:
    def make(session: Session, path: Path, ending: str, force: bool, told: Told) -> Done:
        from supervise.reports.saving import save_papers

        saved = save_papers(
            session,
            key,
            subjects,
            unit,
            path,
            ending=ending,
            force=force,
            reading=reading,
            told=told,
        )
        return Done(saved.files, saved.count, saved.missing)

    return make


def shown_list(found: RecordList, title: str) -> Export:
    """Give the list as the screen shows it, all of its rows, as an export."""
    columns, source, rows = found.columns, found.source, tuple(found.rows_at_hand())

    def make(session: Session, path: Path, ending: str, force: bool, told: Told) -> Done:
        from supervise.reports.saving import save_rows

        total = len(rows) if source is None else source.count(session)
        every = rows if source is None else _every(session, source)
        listed = [_list_column(column) for column in columns]
        saved = save_rows(session, title, listed, every, total, path, force=force, told=told)
        return Done(saved.files, saved.count, 0)

    words = clean_line(title)
    return Export(f"清单：{words}", "现在显示的各栏，全部的行", _stem(words), LIST_ENDINGS, make)


def _every(session: Session, source: Source) -> Iterator[Record]:
    offset = 0
    while rows := source.rows(session, offset, PAGE * 10):
        yield from rows
        offset += len(rows)


def _list_column(column: Column) -> ListColumn:
    from supervise.reports.exports import ListColumn

    return ListColumn(column.title or "标记", lambda record: column.cell(record).text or None)


def ledger_list(title: str, measure: str, save: Callable[..., object]) -> Export:
    """Give one of the ledger's own lists as an export; `save` writes it."""

    def make(session: Session, path: Path, ending: str, force: bool, told: Told) -> Done:
        saved = save(session, path, force=force, told=told)
        return Done(saved.files, saved.count, 0)  # type: ignore[attr-defined]

    about = "全部栏目、全部的行，写明截至日期和台账校验码"
    return Export(f"清单：{clean_line(title)}", about, _stem(title), LIST_ENDINGS, make, measure)


def _stem(title: str) -> str:
    from supervise.reports.papers import file_stem

    return file_stem(title)


def issues(title: str, words: str, chosen: Callable[[Session], object]) -> Export:
    """Give a list of issues as an export; `chosen` gives its filter in the thread that writes."""

    def save(session: Session, path: Path, *, force: bool, told: Told) -> object:
        from supervise.reports.saving import save_issues

        found = chosen(session)
        return save_issues(session, found, words, path, force=force, told=told)  # type: ignore[arg-type]

    return ledger_list(f"问题 {title}", "件", save)


def units() -> Export:
    """Give the list of units as an export."""
    return ledger_list("责任单位", "个", partial(_lazily, "save_units"))


def interviews() -> Export:
    """Give the list of interviews as an export."""
    return ledger_list("约谈", "项", partial(_lazily, "save_interviews"))


def _lazily(name: str, session: Session, path: Path, *, force: bool, told: Told) -> object:
    from supervise.reports import saving

    save: Callable[..., object] = getattr(saving, name)
    return save(session, path, force=force, told=told)


def distinct(found: Iterable[Export]) -> list[Export]:
    """Leave out what would be offered twice under one title."""
    return list({one.title: one for one in found}.values())
