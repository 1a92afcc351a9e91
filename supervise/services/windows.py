"""Lists of issues of any length, a window at a time, and how many each filter would show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db import issues as store
from db.issues import SORTS, Filter
from supervise.services.issue_records import listing
from supervise.services.session import Session

__all__ = ["SORTS", "Filter", "count", "counts", "window"]


def window(session: Session, chosen: Filter, offset: int, limit: int) -> list[dict[str, Any]]:
    """Give the records of one window of a list."""
    return list(listing(session, replace(chosen, offset=offset, limit=limit)))


def count(session: Session, chosen: Filter) -> int:
    """Count what a filter shows."""
    return store.count(session.conn, chosen, session.today)


def counts(session: Session, filters: Mapping[str, Filter]) -> dict[str, int]:
    """Count what each of several filters shows."""
    return {name: count(session, chosen) for name, chosen in filters.items()}
