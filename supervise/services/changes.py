"""Whether the ledger changed: the newest event's number, cheap enough to ask every two seconds."""

from __future__ import annotations

from db import events
from supervise.services.session import Session


def newest(session: Session) -> int:
    """Give the number of the newest event; it grows with every change, by whatever process."""
    return events.head(session.conn)[0]
