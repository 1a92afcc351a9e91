"""Ledgers a user opened lately, and whether a file is one; files are looked at in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from screens.folders import size_words
from supervise.services.session import Session

# The name of the setting, and how the files of ledgers end.
LEDGERS = "ledgers"
LEDGER_ENDINGS = (".db",)


@dataclass(frozen=True, slots=True)
class Known:
    """A ledger opened lately that is still there: where, how big, when it last changed."""

    path: Path
    size: str
    changed: str


def usable(path: Path, session: Session) -> Path:
    """Open a ledger to see that it can be; raises LedgerError with the reason it can't.

    `session` is only asked for the day and whether it may upgrade: it may be on another ledger.
    """
    with Session(path, session.today, upgrading=session.upgrading) as other:
        assert other.conn
    return path


def still_there(known: object) -> tuple[Known, ...]:
    """Give those ledgers of a setting whose files can still be found."""
    found = []
    for name in known if isinstance(known, list) else ():
        path = Path(str(name))
        try:
            state = path.stat()
        except (OSError, ValueError):
            continue
        changed = datetime.fromtimestamp(state.st_mtime).strftime("%Y-%m-%d")
        found.append(Known(path, size_words(state.st_size), changed))
    return tuple(found)
