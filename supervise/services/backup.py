"""备份与恢复: copies that bear the ledger's head in their names, and a checked way back."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from db import backup as store
from db import connection, events, evidence
from db import verify as verification
from db.driver import Connection
from db.failures import translated
from db.verify import Progress
from supervise.config import evidence_folder
from supervise.errors import LedgerError, NotFound, Refused
from supervise.services import stored_files
from supervise.services.session import Session, now
from supervise.services.work import Record

_HEAD_IN_NAME = re.compile(r"-(\d+)-([0-9a-f]{16})(?=\.[^.]*$|$)")

# What a copy's name says of its own day and head: another try bears others.
_MADE = r"(?:-\d{8})?-\d+-[0-9a-f]{16}"


def backup(session: Session, to: Path) -> Record:
    """Copy the ledger and its evidence files while others may go on working.

    The copy's name bears the head: in place of `{head}`, else before the ending; in a folder
    the name is made. A plain file name is also made a second name of the newest copy. The
    evidence goes into a folder of the copy's name with `.evidence`. Gives the real path. Raises
    Refused when something else stands there, LedgerError when the copy can't be written or is
    not sound; nothing is left behind then.
    """
    folder = to if to.is_dir() else to.parent
    if not folder.is_dir():
        raise Refused(f"文件夹 {folder} 不存在，请先建好再备份。", code="no_folder")
    with translated(session.path):
        conn = session.conn
    with store.saving("备份", folder), store.temporary(folder / "backup") as place:
        store.copy_to(conn, place)
        with closing(connection.open_as_is(place)) as copy:
            _refuse_unsound(copy, conn, session.path)
            head, count = events.head_code(copy), events.count_since(copy, 0)
            target = _named(to, head.replace(":", "-"), session)
            files = _save_evidence(session, copy, target)
        os.replace(place, target)
        if _plain(to):
            _name_newest(to, target)
        store.flush(folder)
    return {
        "path": str(target),
        "head": head,
        "events": count,
        "size": target.stat().st_size,
        "evidence": files,
    }


def _named(to: Path, head: str, session: Session) -> Path:
    """Give the copy's name with the head in it. Raises Refused when it is taken."""
    if to.is_dir():
        target = to / f"{session.path.stem}-{session.today:%Y%m%d}-{head}.db"
    elif "{head}" in to.name:
        target = to.with_name(to.name.replace("{head}", head))
    else:
        target = to.with_name(f"{to.stem}-{head}{to.suffix}")
    for path in (target, evidence_folder(target)):
        if path.exists():
            raise Refused(f"{path} 已存在，不会覆盖。请换一个名称。", code="exists")
    if _plain(to) and to.exists() and _bearing(to) is None:
        raise Refused(f"{to} 已存在，不是本程序的备份，不会覆盖。请换一个名称。", code="exists")
    return target


def _plain(to: Path) -> bool:
    return not to.is_dir() and "{head}" not in to.name


def _bearing(name: Path) -> Path | None:
    """Give the copy with the head in its name that a plain name also stands for."""
    return next((path for path in _copies(name) if path.samefile(name)), None)


def _copies(name: Path) -> list[Path]:
    """List the copies made under a plain name, each with its head."""
    stem, suffix = re.escape(name.stem), re.escape(name.suffix)
    bearing = re.compile(rf"{stem}-\d+-[0-9a-f]{{16}}{suffix}")
    folder = name.parent
    return [p for p in folder.iterdir() if bearing.fullmatch(p.name)] if folder.is_dir() else []


def _name_newest(name: Path, copy: Path) -> None:
    """Let the plain name stand for the newest copy, where the disk allows second names."""
    with store.temporary(name) as link, suppress(OSError):
        os.link(copy, link)
        os.replace(link, name)


def _refuse_unsound(copy: Connection, original: Connection, ledger: Path) -> None:
    problems = store.copy_problems(copy, original)
    if problems:
        raise LedgerError(
            f"台账 {ledger} 有问题，没有备份：{problems[0]}请运行 supervise verify 核验。",
            code="damaged",
        )


def _save_evidence(session: Session, copy: Connection, target: Path) -> int:
    """Copy the evidence files a backup speaks of; a missing or changed one is a warning."""
    folder = evidence_folder(target)
    name = _MADE.join(map(re.escape, re.split(_MADE, folder.name)))
    store.clear_left(folder.parent, name)
    building = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    count = 0
    try:
        for sha256, name in evidence.files(copy):
            wrong = stored_files.problem(session.path, sha256, name)
            if wrong:
                session.warn(f"备份里缺一个佐证文件：{wrong}")
                continue
            building.mkdir(mode=0o700, exist_ok=True)
            stored_files.copy(evidence_folder(session.path) / sha256, building / sha256)
            count += 1
        if count:
            store.flush(building)
            building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return count


def restore(
    ledger: Path, source: Path, at: datetime | None = None, progress: Progress | None = None
) -> Record:
    """Put a backup in the ledger's place, once it has proved whole; the old file is kept.

    The backup is verified like a ledger and its name's head against its content; its evidence
    files are added to the ledger's. `source` may be the name given to `backup`, without the head
    it was given. `at` is when (it goes into the kept file's name). Raises Refused with the
    problems when the backup is not whole, LedgerError when another program has the ledger open.
    """
    source = _found(source)
    if ledger.exists() and ledger.samefile(source):
        raise Refused(f"{source} 就是台账本身，不能用它恢复自己。", code="same_file")
    _make_folder(ledger.parent)
    original = connection.open_as_is(source)
    with closing(original), store.saving("恢复", ledger.parent), store.temporary(ledger) as place:
        with translated(source):
            store.copy_to(original, place)
        with closing(connection.open_ledger(place)) as copy, translated(source):
            head = _refuse_damaged(copy, source, progress)
            warnings = _bring_evidence(copy, source, ledger)
            count = events.count_since(copy, 0)
        store.make_current(place)
        kept = ledger.with_name(f"{ledger.stem}.replaced-{at or now():%Y%m%d-%H%M%S}.db")
        replaced = store.swap(ledger, place, kept)
        store.flush(ledger.parent)
    return {
        "path": str(ledger),
        "head": head,
        "events": count,
        "kept": str(kept) if replaced else None,
        "warnings": warnings,
    }


def _found(source: Path) -> Path:
    """Find the backup a person names, also by the name it had before the head was put in."""
    if source.exists():
        return _bearing(source) or source
    names = _copies(source)
    if not names:
        raise NotFound(f"没有找到备份文件 {source}，请核对路径。")
    if len(names) > 1:
        listed = "、".join(sorted(p.name for p in names))
        raise Refused(f"有多个备份：{listed}。请写明用哪一个。", code="ambiguous_backup")
    return names[0]


def _make_folder(folder: Path) -> None:
    with store.saving("恢复", folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _refuse_damaged(copy: Connection, source: Path, progress: Progress | None) -> str:
    """Give a backup's head. Raises Refused when it is not what its log, or its name, says."""
    head = events.head_code(copy)
    problems = verification.problems(copy, progress)
    named = _HEAD_IN_NAME.search(source.name)
    if named and verification.holds_head(copy, int(named[1]), named[2]):
        problems.insert(0, f"文件名里的校验码 {named[1]}:{named[2]} 与内容（{head}）不符。")
    if problems:
        more = f"（共 {len(problems)} 处）" if len(problems) > 3 else ""
        raise Refused(
            f"备份 {source} 没有通过核验，台账未变：{''.join(problems[:3])}{more}",
            code="backup_damaged",
        )
    return head


def _bring_evidence(copy: Connection, source: Path, ledger: Path) -> list[str]:
    """Add the evidence files the ledger will need; says which ones are nowhere."""
    warnings = []
    folder = evidence_folder(ledger)
    for sha256, name in evidence.files(copy):
        if stored_files.problem(ledger, sha256, name) is None:
            continue
        wrong = stored_files.problem(source, sha256, name)
        if wrong:
            warnings.append(wrong)
            continue
        folder.mkdir(mode=0o700, exist_ok=True)
        with store.temporary(folder / sha256) as place:
            stored_files.copy(evidence_folder(source) / sha256, place)
            os.replace(place, folder / sha256)
    if folder.is_dir():
        store.flush(folder)
    return warnings
