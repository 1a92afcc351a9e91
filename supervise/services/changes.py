"""Whether anything changed: the head of the log, cheap to ask every second."""

from __future__ import annotations

from db import events
from supervise.services.session import Session


def head(session: Session) -> int:
    """Give the newest event's number."""
    return events.head(session.conn)[0]
