"""What the month of deadlines shows: the columns of its days and items, and their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from screens.widgets.columns import Cell, Column, Record, field
from screens.words import weekday
from supervise.domain.dates import period_label

if TYPE_CHECKING:
    from supervise.services.schedule import DayLine, Schedule

_PROVISIONAL = "（暂定）"


# The kind that stands for issues still in 整改, beside those of `Item`.
ISSUES = "到期事项"


def month_title(schedule: Schedule, kind: str = "") -> str:
    """Say which month it is, how many issues fall due, and whether its days off are known."""
    mark = "，休息日暂定：当年放假安排尚未公布" if schedule.provisional else ""
    told = f"只看{kind}（F 换）" if kind else f"到期未交 {schedule.due} 件，F 只看一类"
    return f"{period_label(schedule.period)}，{told}{mark}"


def kinds_in(schedule: Schedule) -> list[str]:
    """List the kinds of what falls due in a month, issues first, the others as they come up."""
    found = dict.fromkeys(one.kind for line in schedule.days for one in line.items)
    return [*([ISSUES] if schedule.due else []), *found]


def after(kind: str, kinds: Sequence[str]) -> str:
    """Give the kind after one; after the last all of them again, which is no kind."""
    order = ["", *kinds]
    place = order.index(kind) + 1 if kind in order else 0
    return order[place % len(order)]


def day_rows(schedule: Schedule, today: date, kind: str = "") -> list[Record]:
    """Lay out the days of a month, with all that falls due or with one kind of it."""
    return [_day_row(_only(line, kind), today) for line in schedule.days]


def _only(line: DayLine, kind: str) -> DayLine:
    if not kind:
        return line
    items = tuple(one for one in line.items if one.kind == kind)
    return replace(line, due=line.due if kind == ISSUES else 0, items=items)


def _day_row(line: DayLine, today: date) -> Record:
    return {
        "day": line.day.isoformat(),
        "short": f"{line.day:%m-%d}",
        "weekday": weekday(line.day),
        "today": "今天" if line.day == today else "",
        "words": line.words + (_PROVISIONAL if line.provisional else ""),
        "works": line.works,
        "due": line.due,
        "late": line.day < today,
        "items": line.items,
        "said": _said(line),
        "tone": _tone(line),
    }


def _tone(line: DayLine) -> str:
    """Give what is late its colour, and take it from what waits for nobody."""
    if any(one.late for one in line.items):
        return "bad"
    return "" if any(not one.settled for one in line.items) else "muted"


def _said(line: DayLine) -> str:
    """Say in short what else falls due: one thing as it is, several by their kinds."""
    waiting = [one for one in line.items if not one.settled]
    shown = waiting or line.items
    if len(shown) == 1:
        return f"{shown[0].kind} {shown[0].words}"
    kinds = Counter(one.kind for one in shown)
    return "、".join(f"{kind}{number}" for kind, number in kinds.items())


def item_rows(record: Record) -> list[Record]:
    """Lay out what falls due on a day beside issues."""
    return [
        {
            "key": f"{number}",
            "kind": one.kind,
            "said": one.words,
            "area": one.area,
            "target": one.key,
            "tone": "muted" if one.settled else ("bad" if one.late else ""),
            "state": "已办" if one.settled else ("逾期" if one.late else "待办"),
        }
        for number, one in enumerate(record["items"])
    ]


def _kind(record: Record) -> Cell:
    """Show what kind of day it is; a day worked out of turn and a day off stand out."""
    if record["words"].startswith("调休"):
        return Cell(record["words"], "warn")
    return Cell(record["words"], "" if record["works"] else "muted")


def _due(record: Record) -> Cell:
    if not record["due"]:
        return Cell("")
    return Cell(f"{record['due']:,} 件", "bad" if record["late"] else "warn")


def day_columns(*, provisional: bool = False) -> Sequence[Column]:
    """Give the columns of the days, with room for 暂定 where the days off are not known."""
    return (
        Column("日期", field("short"), 5),
        Column("星期", field("weekday"), 4),
        Column("", field("today", "strong"), 4),
        Column("日子", _kind, 20 if provisional else 13),
        Column("到期", _due, 8, right=True),
        Column("其他期限", lambda r: Cell(r["said"], r["tone"]), 14, grows=True),
    )


ITEM_COLUMNS: Sequence[Column] = (
    Column("类别", field("kind", "strong"), 8),
    Column("情况", lambda r: Cell(r["state"], r["tone"]), 4),
    Column("内容", lambda r: Cell(r["said"], r["tone"]), 16, grows=True),
)
