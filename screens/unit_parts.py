"""What the page of units shows: the columns of the list, its filters, the lines of one unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from screens.views import months, reasons_words
from screens.widgets.columns import Cell, Column, Record, field
from screens.widgets.counts import Choice as View
from supervise.domain.burden import MonthBurden, burden_words
from supervise.domain.explanations import Owed
from supervise.domain.interviews import STATUS_LABELS, promise_words
from supervise.domain.ladder_records import Naming
from supervise.domain.records import UNIT_KINDS
from supervise.domain.unit_names import NameTerm
from supervise.services.behind_today import overdue_of
from supervise.services.unit_page import UnitLine, UnitPage
from supervise.services.windows import UNIT

_FILTERS = {
    "all": "全部",
    "active": "在用",
    "overdue": "有超期",
    "named": "今年被点名",
    "interviewed": "有约谈",
    "pending": "待核",
    "gone": "已撤并",
}
_WIDEST_BAR = 8


def _number(name: str, tone: str = "") -> Any:
    def cell(record: Record) -> Cell:
        number = record[name]
        return Cell(f"{number:,}" if number else "", tone)

    return cell


def _standing(record: Record) -> Cell:
    if not record["active"]:
        return Cell("已撤并", "muted")
    return Cell("待核", "warn") if record["pending"] else Cell("")


UNIT_COLUMNS = (
    Column("单位", field("name"), 22, grows=True),
    Column("类别", field("kind", "muted"), 10, spare=3),
    Column("未办结", _number("open"), 6, right=True),
    Column("超期", _number("overdue", "bad"), 5, right=True),
    Column("今年点名", _number("named", "warn"), 8, right=True),
    Column("约谈", _number("interviews"), 4, right=True, spare=1),
    Column("状态", _standing, 6),
    Column("代码", field("code", "muted"), 10, spare=5),
)
SHEET_COLUMNS = (
    Column("项目", field("part", "strong"), 8),
    Column("时间", field("when", "muted"), 10),
    Column("情况", lambda r: Cell(r["words"], r["tone"]), 20, grows=True),
)


def filters() -> list[View]:
    """Give the filters of the list, and the lines between their groups."""
    named = [View(key, title) for key, title in _FILTERS.items()]
    return [*named, View("", ""), *(View(kind, kind) for kind in UNIT_KINDS)]


def _fits(key: str, one: UnitLine) -> bool:
    match key:
        case "all":
            return True
        case "active" | "gone":
            return one.active == (key == "active")
        case "pending":
            return one.pending and one.active
        case "overdue":
            return one.overdue > 0
        case "named":
            return one.named > 0
        case "interviewed":
            return one.interviews > 0
        case _:
            return one.kind == key and one.active


def numbers(units: Sequence[UnitLine]) -> dict[str, int]:
    """Count what each filter shows."""
    keys = [*_FILTERS, *UNIT_KINDS]
    return {key: sum(_fits(key, one) for one in units) for key in keys}


def filter_title(key: str) -> str:
    """Give the name of a filter."""
    return _FILTERS.get(key, key)


def rows(units: Sequence[UnitLine], key: str, words: str) -> list[dict[str, Any]]:
    """Give the lines of the units that a filter shows and every word typed fits."""
    wanted = words.casefold().split()
    return [
        {"key": one.id, **asdict(one)}
        for one in units
        if _fits(key, one) and all(any(word in text for text in one.keys) for word in wanted)
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a unit's sheet; `target` is the area and the key of the list behind it."""

    part: str
    when: str
    words: str
    tone: str = ""
    target: tuple[str, str] | None = None


def sheet(page: UnitPage) -> list[dict[str, Any]]:
    """Lay out a unit line by line; the name of a part stands on its first line only."""
    found, last = [], ""
    for number, line in enumerate(_lines(page)):
        part = line.part if line.part != last else ""
        last = line.part
        found.append({**asdict(line), "key": f"{number}-{line.part}", "part": part})
    return found


def _lines(page: UnitPage) -> Iterator[Line]:
    yield from _issues(page)
    yield from _namings(page)
    yield from _interviews(page)
    yield from _owed(page.explanations)
    yield from _burden(page.burden)
    yield from _identity(page)


def _issues(page: UnitPage) -> Iterator[Line]:
    key = page.unit.id
    yield Line("事项", "未办结", f"{page.open:,} 件", "", ("issues", f"{UNIT}{key}"))
    late = "bad" if page.overdue else "muted"
    yield Line("事项", "超期未交", f"{page.overdue:,} 件", late, ("issues", overdue_of(key)))
    for one in page.rates:
        yield Line("比率", str(page.as_of), f"{one.name} {one.text}")


def _namings(page: UnitPage) -> Iterator[Line]:
    if page.subject.id != page.unit.id:
        yield Line("被点名", "", f"点名、约谈和书面说明按{page.subject.name}计", "muted")
    if not page.namings:
        yield Line("被点名", "", "没有被点名", "muted")
    for one in sorted(page.namings, key=lambda n: n.periods, reverse=True):
        yield _naming(one)


def _naming(one: Naming) -> Line:
    reasons = [{"criterion": r.criterion, "count": r.count} for r in one.reasons]
    codes = "、".join(code for reason in one.reasons for code in reason.issues)
    said = f"{reasons_words(reasons)}{f'（{codes}）' if codes else ''}"
    words = "  ".join(filter(None, (said, one.number)))
    return Line("被点名", one.period, words, "warn", ("notices", f"naming:{one.period}:{one.name}"))


def _interviews(page: UnitPage) -> Iterator[Line]:
    if not page.interviews:
        yield Line("约谈", "", "没有约谈", "muted")
    for one in reversed(page.interviews):
        words = f"{STATUS_LABELS[one['status']]}，依据 {months(one)}"
        if one["status"] == "held" and one.get("due_on"):
            words += f"，{promise_words(date.fromisoformat(one['due_on']), page.as_of)}"
        day = one.get("held_on") or one.get("submitted_on") or ""
        tone = "bad" if one["status"] == "proposed" else ""
        yield Line("约谈", day, words, tone, ("interviews", f"interview:{interview_key(one)}"))


def interview_key(one: Mapping[str, Any]) -> str:
    """Tell an interview from every other, also one that is only proposed."""
    return str(one["id"]) if one["id"] else f"{one['unit_id'] or one['unit']} {months(one)}"


def _owed(owed: Sequence[Owed]) -> Iterator[Line]:
    if not owed:
        yield Line("书面说明", "", "没有应交的书面说明", "muted")
    for one in sorted(owed, key=lambda o: o.period, reverse=True):
        words, tone = explanation_words(one.status, one.overdue)
        day = f"，{one.received_on} 收到" if one.received_on else ""
        said = f"{words}{day}，限 {one.due_on}"
        key = f"explanation:{one.period}:{one.name}"
        yield Line("书面说明", one.period, said, tone, ("notices", key))


_OWED = {"owed": "未交", "received": "已交", "accepted": "已收阅", "returned": "退回补充"}


def explanation_words(status: str, overdue: bool) -> tuple[str, str]:
    """Say how a written explanation stands, and in which tone."""
    waiting = status in {"owed", "returned"}
    late = "，超期" if overdue and waiting else "，迟交" if overdue else ""
    tone = "bad" if overdue and waiting else "warn" if waiting or overdue else "good"
    return f"{_OWED[status]}{late}", tone


def _burden(burden: Sequence[MonthBurden]) -> Iterator[Line]:
    most = max((one.total for one in burden), default=0)
    for one in burden:
        size = -(-one.total * _WIDEST_BAR // most) if most else 0
        words = f"{one.total} 次 {'█' * size} {burden_words(one)}" if size else burden_words(one)
        tone = "warn" if one.repeats else "" if one.total else "muted"
        yield Line("基层负担", one.period, words, tone)


def _identity(page: UnitPage) -> Iterator[Line]:
    unit = page.unit
    for term in reversed(page.names):
        yield Line("名称", _since(term), _name(term))
    if page.aliases:
        yield Line("别名", "", "、".join(page.aliases))
    yield Line("代码", "", unit.code or "没有登记代码", "" if unit.code else "muted")
    yield Line("类别", "", unit.kind)
    if page.parent:
        yield Line("所属", "", page.parent)
    yield Line("问责主体", "", page.subject.name if page.subject.id != unit.id else "本单位")
    if page.bureaus:
        yield Line("下属单位", "", "、".join(page.bureaus))
    since = str(unit.head_since or "")
    yield Line("负责人", since, unit.head or "没有登记主要负责人", "" if unit.head else "warn")
    yield from _state(page)


def _since(term: NameTerm) -> str:
    return f"{term.since}" if term.since else ""


def _name(term: NameTerm) -> str:
    return f"{term.name}（用到 {term.until} 前）" if term.until else term.name


def _state(page: UnitPage) -> Iterator[Line]:
    if page.forerunners:
        words = f"{'、'.join(page.forerunners)}并入本单位，被点名的月份未承继"
        yield Line("承继", "", words, "warn")
    if page.successor:
        yield Line("状态", "", f"已并入{page.successor}", "muted")
    elif page.unit.pending:
        yield Line("状态", "", "待核：导入时新见的单位，请更正或确认", "warn")
    else:
        yield Line("状态", "", "在用")
