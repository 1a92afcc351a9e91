"""Papers and lists written to files where a person says so: into one file, or a folder of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supervise.reports.exports import ListColumn, Listing
from supervise.services.session import Session

if TYPE_CHECKING:
    from db.issue_filter import Filter

# Hears how far the writing is: done, of how many.
Told = Callable[[int, int], None]
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written: the files, how many rows or papers, how many places are to be filled in."""

    files: tuple[Path, ...]
    count: int
    missing: int = 0


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder: one that is there, or a name without an ending."""
    return path.is_dir() or not path.suffix


def save_papers(
    session: Session,
    key: str,
    subjects: Sequence[str],
    unit: str | None,
    path: Path,
    *,
    ending: str = ".docx",
    force: bool = False,
    reading: bool = False,
    told: Told = lambda *_: None,
) -> Saved:
    """Make the papers of a kind and write them, all into one file, or each into a folder.

    Raises Refused with `file_exists` for what is there already unless `force`.
    """
    from supervise.reports import papers
    from supervise.reports.document import count_missing
    from supervise.reports.export import (
        ending_of,
        expect_free,
        export,
        export_all,
        make_folder,
        write_file,
    )

    folder = is_folder(path)
    ending = ending_of(ending if folder else path)
    if not folder:
        expect_free(path, force=force)
    found = papers.documents(session, key, subjects, unit, reading=reading)
    missing = sum(count_missing(document) for _, document in found)
    if not folder:
        data = export_all([document for _, document in found], path)
        write_file(path, data, force=force)
        told(len(found), len(found))
        return Saved((path,), len(found), missing)
    targets = [path / f"{stem}{ending}" for stem, _ in found]
    for target in targets:
        expect_free(target, force=force)
    make_folder(path)
    for number, (target, (_, document)) in enumerate(zip(targets, found, strict=True), 1):
        write_file(target, export(document, ending), force=force)
        told(number, len(found))
    return Saved(tuple(targets), len(found), missing)


def save_issues(
    session: Session, chosen: Filter, words: str, path: Path, *, force: bool, told: Told
) -> Saved:
    """Write the issues a filter shows; `words` say the filter above the list."""
    from db.transactions import snapshot
    from supervise.services import issue_records, windows

    with snapshot(session.conn):
        total, records = windows.count(session, chosen), issue_records.listing(session, chosen)
        return _save(session, "issues", records, total, words, path, force, told)


def save_units(session: Session, path: Path, *, force: bool, told: Told) -> Saved:
    """Write the list of units."""
    from supervise.services import units

    records = units.listing(session.conn)
    return _save(session, "units", records, len(records), "", path, force, told)


def save_interviews(session: Session, path: Path, *, force: bool, told: Told) -> Saved:
    """Write the list of interviews, proposed ones first."""
    from supervise.services import interviews

    records = interviews.listing(session)
    return _save(session, "interviews", records, len(records), "", path, force, told)


def _save(
    session: Session,
    kind: str,
    records: Iterable[Record],
    total: int,
    words: str,
    path: Path,
    force: bool,
    told: Told,
) -> Saved:
    from supervise.reports.ledger_lists import ledger_list

    code, demo = _head(session)
    listing = ledger_list(kind, records, total, session.today, code, chosen=words, demo=demo)
    return _write(listing, path, force, told)


def save_rows(
    session: Session,
    title: str,
    columns: Sequence[ListColumn],
    records: Iterable[Record],
    total: int,
    path: Path,
    *,
    force: bool,
    told: Told,
) -> Saved:
    """Write a list as a screen shows it: its title, its columns, all of its rows."""
    code, demo = _head(session)
    listing = Listing(title, session.today, code, tuple(columns), records, total, demo=demo)
    return _write(listing, path, force, told)


def _head(session: Session) -> tuple[str, bool]:
    from db import events
    from supervise.services.ledger import is_demo

    return events.head_code(session.conn), is_demo(session)


def _write(listing: Listing, path: Path, force: bool, told: Told) -> Saved:
    from supervise.reports import exports
    from supervise.reports.export import expect_free, write_file

    expect_free(path, force=force)
    data = exports.write(listing, path.suffix.lower(), told)
    write_file(path, data, force=force)
    return Saved((path,), listing.total)
