"""Lists of issues of any length, a window at a time, and how many each filter would show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db import issues as store
from db.issues import SORTS, Filter
from supervise.domain.records import Stage
from supervise.services.issue_records import listing
from supervise.services.session import Session

__all__ = ["SORTS", "VIEWS", "Filter", "count", "counts", "view", "window"]

SOON = 3
# The lists an office keeps opening: key and name.
VIEWS = {
    "all": "全部",
    "open": "未办结",
    "discover": "发现",
    "rectify": "整改",
    "review": "复核",
    "feedback": "反馈",
    "closed": "销号",
    "ended": "其他办结",
    "overdue": "超期未交",
    "soon": "三个工作日内到期",
    "returned": "退回两次以上",
    "reopened": "反弹重办",
}


def view(session: Session, key: str, search: str | None = None, sort: str = "code") -> Filter:
    """Give the filter of a list by its key, narrowed by what was searched for."""
    rectify = (Stage.RECTIFY,)
    match key:
        case "all":
            chosen = Filter()
        case "open":
            chosen = Filter(open_only=True)
        case "ended":
            chosen = Filter(stages=(Stage.REJECTED, Stage.MERGED, Stage.TERMINATED))
        case "overdue":
            chosen = Filter(stages=rectify, overdue=True)
        case "soon":
            until = session.calendar.add_workdays(session.today, SOON)
            chosen = Filter(due_from=session.today, due_by=until)
        case "returned":
            chosen = Filter(min_returns=2)
        case "reopened":
            chosen = Filter(reopened=True)
        case _:
            chosen = Filter(stages=(Stage(key),))
    return replace(chosen, search=search or None, sort=sort)


def window(session: Session, chosen: Filter, offset: int, limit: int) -> list[dict[str, Any]]:
    """Give the records of one window of a list."""
    return list(listing(session, replace(chosen, offset=offset, limit=limit)))


def count(session: Session, chosen: Filter) -> int:
    """Count what a filter shows."""
    return store.count(session.conn, chosen, session.today)


def counts(session: Session, filters: Mapping[str, Filter]) -> dict[str, int]:
    """Count what each of several filters shows."""
    return {name: count(session, chosen) for name, chosen in filters.items()}
