"""The office's papers: paper list, export."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from supervise.cli import diagnostics, output
from supervise.cli.answer import show_list
from supervise.cli.files import print_document, tell_missing
from supervise.cli.front import Front
from supervise.errors import UsageError

if TYPE_CHECKING:
    from supervise.reports.document import Document

Named = tuple[str, "Document"]
_FORMAT = "docx"


def list_(front: Front) -> None:
    """List the kinds of papers, and what each is about."""
    from supervise.reports import papers

    show_list(front, "paper", list(papers.listing(reading=front.read_only)))


def export(
    front: Front,
    kind: str,
    to: str,
    subjects: Sequence[str] = (),
    unit: str | None = None,
    format: str | None = None,  # noqa: A002
    force: bool = False,
) -> None:
    """Write papers of a kind: all into one file, or each into a folder, or “-” to stdout."""
    from supervise.reports import papers
    from supervise.reports.document import count_missing
    from supervise.reports.export import ending_of

    folder = _is_folder(to)
    ending = ending_of(f".{format or _FORMAT}" if folder else to)
    with front.session() as session:
        found = papers.documents(session, kind, subjects, unit, reading=front.read_only)
        diagnostics.warn(*papers.changed_since(session, kind, subjects))
    if to == "-":
        print_document(front, papers.together([document for _, document in found]))
        return
    files = _into(Path(to).expanduser(), found, ending, force) if folder else _one(to, found, force)
    missing = sum(count_missing(document) for _, document in found)
    if front.json:
        output.document({"files": [str(path) for path in files], "missing": missing})
        return
    output.lines(*(f"已导出 {path}。" for path in files))
    tell_missing(missing)


def _is_folder(to: str) -> bool:
    """Tell whether a target is a folder: one that is there, or a name without an ending.

    Raises UsageError where nothing was written.
    """
    if not to.strip():
        raise UsageError("--to 后面要写文件或文件夹。")
    if to == "-":
        return False
    path = Path(to).expanduser()
    return path.is_dir() or to.endswith((os.sep, "/")) or not path.suffix


def _one(to: str, found: Sequence[Named], force: bool) -> list[Path]:
    from supervise.reports.export import expect_free, export_all, write_file

    path = Path(to).expanduser()
    expect_free(path, force=force)
    write_file(path, export_all([document for _, document in found], to), force=force)
    return [path]


def _into(folder: Path, found: Sequence[Named], ending: str, force: bool) -> list[Path]:
    """Write each paper into a folder; drawn before any is written, refused if one is there."""
    from supervise.reports.export import expect_free, export, make_folder, write_file

    drawn = {folder / f"{stem}{ending}": export(document, ending) for stem, document in found}
    for path in drawn:
        expect_free(path, force=force)
    make_folder(folder)
    with diagnostics.progress("导出") as progress:
        for number, (path, data) in enumerate(drawn.items(), 1):
            write_file(path, data, force=force)
            progress(number, len(drawn))
    return list(drawn)
