"""Lists of issues of any length, a window at a time, and how many each filter would show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from db import issue_lists as store
from db.issue_lists import SORTS, Filter
from supervise.domain.stage_names import Stage
from supervise.services.session import Session

__all__ = ["SORTS", "VIEWS", "Filter", "count", "counts", "title", "view", "window"]

SOON = 3
# The open issues of one unit: this, then its id.
UNIT = "unit:"
# The issues that the import of some events wrote: this, then the first and the last event.
IMPORTED = "imported:"
# The issues in the hands of one handler: this, then the name.
MINE = "mine:"
# The issues still in 整改 that are due on a day: this, then the day.
DUE = "due:"
_RECTIFY = (Stage.RECTIFY,)
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
    "today": "今天到期",
    "soon": "三个工作日内到期",
    "to-assign": "待交办",
    "to-review": "待复核",
    "to-visit": "待回访",
    "returned": "退回两次以上",
    "proposed": "本月拟点名",
    "reopened": "反弹重办",
    "escalated": "提级协调",
    "instructed": "领导批示",
    "to-revisit": "待回头看",
    "mine": "我经办的",
    "nodes-late": "时限节点超期",
}
_PLAIN = {
    "all": Filter(),
    "open": Filter(open_only=True),
    "ended": Filter(stages=(Stage.REJECTED, Stage.MERGED, Stage.TERMINATED)),
    "overdue": Filter(stages=_RECTIFY, overdue=True),
    "to-assign": Filter(stages=(Stage.DISCOVER,)),
    "to-review": Filter(stages=(Stage.REVIEW,)),
    "to-visit": Filter(unvisited=True),
    "returned": Filter(min_returns=2),
    "reopened": Filter(reopened=True),
    **{stage.value: Filter(stages=(stage,)) for stage in Stage},
}


def title(key: str) -> str:
    """Give the name of a list by its key."""
    if key in VIEWS:
        return VIEWS[key]
    if key.startswith((UNIT, IMPORTED)):
        return "本单位未办结" if key.startswith(UNIT) else "本次导入"
    if key.startswith(DUE):
        return f"{key.removeprefix(DUE)} 到期，仍在整改"
    from supervise.services import behind_today

    return behind_today.title(key)


def view(session: Session, key: str, search: str | None = None, sort: str = "code") -> Filter:
    """Give the filter of a list by its key, narrowed by what was searched for."""
    chosen = _PLAIN.get(key) or _reckoned(session, key)
    return replace(chosen, search=search or None, sort=sort)


def _reckoned(session: Session, key: str) -> Filter:
    match key:
        case "soon":
            until = session.calendar.add_workdays(session.today, SOON)
            return Filter(due_from=session.today, due_by=until)
        case "today":
            return Filter(due_from=session.today, due_by=session.today)
        case "escalated" | "instructed" | "to-revisit":
            return Filter(codes=_above(session, key))
        case "mine":
            return Filter(handler=session.recorder)
        case _ if key.startswith(MINE):
            return Filter(handler=key.removeprefix(MINE))
        case "nodes-late":
            from db import clock_nodes

            return Filter(codes=tuple(clock_nodes.late(session.conn, session.today)))
        case "proposed":
            from supervise.services import behind_notices

            return Filter(codes=behind_notices.codes(session, behind_notices.month(session)))
        case _ if key.startswith(IMPORTED):
            from db import imports

            first, _, last = key.removeprefix(IMPORTED).partition("-")
            return Filter(codes=imports.codes_between(session.conn, int(first), int(last)))
        case _ if key.startswith(DUE):
            day = date.fromisoformat(key.removeprefix(DUE))
            return Filter(due_from=day, due_by=day)
        case _ if key.startswith(UNIT):
            from supervise.services import unit_page

            unit = int(key.removeprefix(UNIT))
            return Filter(open_only=True, unit_ids=unit_page.joined_ids(session, unit))
        case _:
            from supervise.services import behind_today

            found = behind_today.chosen(session, key)
            if found is None:
                raise ValueError(f"no list has the key {key!r}")
            return found


def _above(session: Session, key: str) -> tuple[str, ...]:
    """List the issues put before a higher level, instructed on, or to be looked at again."""
    if key == "escalated":
        from supervise.services import dispatch_agenda

        return dispatch_agenda.escalated(session)
    if key == "instructed":
        from supervise.services import instructions

        return instructions.codes(session)
    from supervise.services import revisits

    return revisits.codes(session)


def window(session: Session, chosen: Filter, offset: int, limit: int) -> list[dict[str, Any]]:
    """Give the records of one window of a list, with what a list may show beside the record."""
    from supervise.services.issue_records import of_lines

    chosen = replace(chosen, offset=offset, limit=limit)
    return list(of_lines(session, store.lines(session.conn, chosen, session.today)))


def codes(session: Session, chosen: Filter, offset: int, limit: int | None) -> list[str]:
    """Give the codes of a stretch of a list; None is all of the rest."""
    return store.codes(session.conn, replace(chosen, offset=offset, limit=limit), session.today)


def page(
    session: Session, chosen: Filter, offset: int, limit: int
) -> tuple[int, list[dict[str, Any]]]:
    """Give the length of a list and the records of one window, searching no more than once."""
    from supervise.services.issue_records import of_lines

    found = store.page(session.conn, replace(chosen, offset=offset, limit=limit), session.today)
    return found.total, list(of_lines(session, found.lines))


def count(session: Session, chosen: Filter) -> int:
    """Count what a filter shows."""
    return store.count(session.conn, chosen, session.today)


def counts(session: Session, filters: Mapping[str, Filter]) -> dict[str, int]:
    """Count what each of several filters shows."""
    return {name: count(session, chosen) for name, chosen in filters.items()}
