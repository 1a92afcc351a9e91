"""Sixty units and their autumn, told once: what they hold, what they write, what must come of it.

The sums here are made from these tales alone, by counting; nothing of the program is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

Row = dict[str, Any]
SENT, BACK, DECIDED, ANSWERED = "2024-10-25", "2024-10-28", "2024-10-29", "2024-10-30"
CUTOFF = "2024-10-31"
DUES = ("2024-10-30", "2024-10-31", "2024-11-15", "2024-10-21")
# Beside the issues: the second unit reports on its task, a county hands in what it owes.
COUNTIES_FROM = 41
BESIDE: dict[int, tuple[tuple[int, str, object], ...]] = {
    2: ((2, "进展情况", "办法已送审"),),
    52: ((2, "报送日期", datetime.combine(date(2024, 10, 24), time())),),
}
LATER, BUREAU, SILENT, TOUCHED = "2024-11-29", 60, 30, 12


@dataclass
class Matter:
    """One issue: when it was given out, due, handed in, and how it ended, as dates in text."""

    code: str
    unit: int
    assigned: str
    due: str
    says: int
    first_due: str = ""
    handed_in: str | None = None
    first_handed_in: str | None = None
    ended: str | None = None
    closed: bool = False

    def __post_init__(self) -> None:
        self.first_due = self.due

    def hand_in(self, on: str) -> None:
        """Write down that the unit handed it in."""
        self.handed_in = on
        self.first_handed_in = self.first_handed_in or on


def unit_name(n: int) -> str:
    """Forty bureaus, fourteen counties, five zones, and one bureau of the first county."""
    if n == BUREAU:
        return "示例41县住建局"
    return f"示例{n:02d}" + ("局" if n <= 40 else "县" if n <= 54 else "开发区")


def answers_as(n: int) -> int:
    """Say which record a unit is named under: the bureau of a county under the county."""
    return 41 if n == BUREAU else n


def matters() -> list[Matter]:
    """Two to four issues a unit, some given out in September, most in October."""
    found = []
    for n in range(1, 61):
        for k in range(2 + n % 3):
            assigned = "2024-09-10" if k == 0 else f"2024-10-{8 + k:02d}"
            says = 0 if (n, k) == (TOUCHED, 0) else (n + 2 * k) % 5
            found.append(Matter(f"L-{n:02d}-{k}", n, assigned, DUES[(n + k) % 4], says))
    return found


def beginning(every: Iterable[Matter]) -> Iterator[Row]:
    """Give the operations of the months before: units, issues, tasks, a duty."""
    for n in range(1, 61):
        kind = "市直部门" if n <= 40 else "县市区" if n <= 54 else "开发区"
        more = {"kind": "其他", "parent": unit_name(41)} if n == BUREAU else {"kind": kind}
        yield {"op": "unit.add", "unit": unit_name(n), "unit_id": f"U{n:02d}", "order": n,
               "on": "2024-01-02", **more}  # fmt: skip
    for one in every:
        yield {"op": "issue.add", "issue": one.code, "title": f"事项{one.code}",
               "found_on": one.assigned, "on": one.assigned}  # fmt: skip
        yield {"op": "issue.assign", "issue": one.code, "unit": f"U{one.unit:02d}",
               "due_on": one.due, "on": one.assigned}  # fmt: skip
    for number in (1, 2):
        yield {"op": "task.add", "task": str(number), "title": f"任务{number}",
               "unit": f"U{number:02d}", "on": "2024-09-02"}  # fmt: skip
        yield {"op": "task.milestone", "task": str(number), "milestone": "出台办法",
               "due_on": "2024-10-25", "on": "2024-09-02"}  # fmt: skip
    yield {"op": "task.done", "task": "1", "milestone": "出台办法", "on": "2024-10-24"}
    yield {"op": "duty.add", "duty": "每月进展", "every": "每月", "day": 5, "owed_by": "县市区",
           "from_on": "2024-10-01", "on": "2024-09-30"}  # fmt: skip
    for n in range(41, 52):
        yield {"op": "duty.submit", "duty": "每月进展", "unit": f"U{n:02d}",
               "period": "2024-10", "on": "2024-10-08"}  # fmt: skip


def written(one: Matter) -> Row:
    """Say what the unit writes into the row of an issue in October."""
    handed_in = datetime.combine(date(2024, 10, 24), time())
    return (
        {"进展情况": "正在施工"},
        {"整改措施": "已全部整改", "报请复核日期": handed_in},
        {"申请延期至": datetime.combine(date.fromisoformat(LATER), time()), "延期理由": "等待批复"},
        {},
        {"整改措施": "已整改", "报请复核日期": "二十日前后"},
    )[one.says]


def fill_in(path: Path, back: Path, n: int, mine: list[Matter]) -> Path:
    """Fill in a unit's workbook and save it as such units do; gives where it lies."""
    book = load_workbook(path)
    page = book["问题"]
    heads = {cell.value: cell.column for cell in page[1]}
    at = {page.cell(row, 1).value: row for row in range(2, page.max_row + 1)}
    for one in mine:
        for heading, value in written(one).items():
            page.cell(at[one.code], heads[heading], value)
    if n % 10 == 1:
        first = at[mine[0].code]
        page.cell(first, heads["办理期限"], datetime(2025, 6, 30))  # noqa: DTZ001
        page.cell(first, heads["事项"], "与本单位无关")
    if n % 10 == 9:
        theirs = f"L-{n + 1:02d}-0"
        for code in (theirs, f"没有的-{n}"):
            page.append([code, f"事项{code}", *[None] * 4, "代填"])
    if n % 10 == 7:
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
            for column, value in enumerate(row, 1):
                page.cell(number, column).value = value
    for row, column, value in BESIDE.get(n, ()):
        beside = book["任务" if n < COUNTIES_FROM else "报送"]
        heads = {cell.value: cell.column for cell in beside[1]}
        beside.cell(row, heads[column], value)
    target = back / (f"最终版（{n}）.xlsx" if n % 10 == 3 else path.name)
    book.save(target)
    return _pasted(target) if n == 22 else target


def _pasted(path: Path) -> Path:
    """Copy the rows into a workbook of the unit's own, under a title: the key is gone."""
    book = Workbook()
    book.active.append(["报送材料"])
    for row in load_workbook(path)["问题"].iter_rows(values_only=True):
        book.active.append(list(row))
    book.save(path)
    return path


def differences(every: list[Matter]) -> set[tuple[str, str, str]]:
    """Give who must be told to differ about what: unit, issue, column."""
    found = set()
    for one in every:
        if one.unit != SILENT and one.says == 4:
            found.add((unit_name(one.unit), one.code, "报请复核日期"))
    for n in range(1, 61):
        if n % 10 == 1:
            first = f"L-{n:02d}-0"
            found |= {(unit_name(n), first, "办理期限"), (unit_name(n), first, "事项")}
        if n % 10 == 9:
            found |= {(unit_name(n), f"L-{n + 1:02d}-0", "编号"),
                      (unit_name(n), f"没有的-{n}", "编号")}  # fmt: skip
    return found


def office_decides(every: list[Matter]) -> Iterator[Row]:
    """Let the office answer what came in: extend, pass, send back, close, hand on, end."""
    for one in every:
        code, even = {"issue": one.code}, int(one.code[-1]) % 2 == 0
        if one.unit == SILENT:
            continue
        if one.says == 2 and one.due >= BACK and even:
            one.due = one.first_due = LATER
            yield {"op": "issue.extend", **code, "due_on": LATER, "reason": "同意", "on": DECIDED}
        elif one.says == 1 and not even:
            one.handed_in, one.due = None, "2024-10-31"
            yield {"op": "issue.return", **code, "reason": "不实", "due_on": one.due,
                   "on": DECIDED}  # fmt: skip
        elif one.says == 1:
            yield {"op": "issue.pass", **code, "on": DECIDED}
            yield {"op": "issue.feedback", **code, "satisfaction": "无诉求人", "on": ANSWERED}
            if one.unit % 2:
                one.ended, one.closed = CUTOFF, True
                yield {"op": "issue.close", **code, "on": CUTOFF}
        elif one.says == 3 and one.unit % 15 == 0:
            one.ended = DECIDED
            yield {"op": "issue.terminate", **code, "reason": "撤诉", "on": DECIDED}


def missed(every: list[Matter], cutoff: str) -> dict[str, list[str]]:
    """Map each body to be named to its issues: due, not handed in and not ended by a day."""
    found: dict[str, list[str]] = {}
    for one in every:
        handed_in = one.handed_in is not None and one.handed_in <= cutoff
        if one.due <= cutoff and not handed_in and not (one.ended and one.ended <= cutoff):
            found.setdefault(unit_name(answers_as(one.unit)), []).append(one.code)
    return {name: sorted(codes) for name, codes in found.items()}


def account(every: Iterable[Matter], first: str, last: str) -> Row:
    """Close the books of some issues by counting them one after the other."""
    found = dict.fromkeys(("opening", "added", "closed", "ended", "remaining"), 0)
    for one in every:
        found["opening"] += one.assigned < first and not (one.ended and one.ended < first)
        found["added"] += first <= one.assigned <= last
        if one.ended is not None and first <= one.ended <= last:
            found["closed" if one.closed else "ended"] += 1
        found["remaining"] += one.assigned <= last and not (one.ended and one.ended <= last)
    return found


def rates(every: list[Matter], day: str) -> dict[str, tuple[int, int]]:
    """Count 销号率 and 按期办结率 at the end of a day."""
    kept = [one for one in every if not (one.ended and one.ended <= day and not one.closed)]
    due = [one for one in kept if one.first_due <= day]
    in_time = [one for one in due if one.first_handed_in and one.first_handed_in <= one.first_due]
    closed = [one for one in kept if one.closed and one.ended is not None and one.ended <= day]
    return {"销号率": (len(closed), len(kept)), "按期办结率": (len(in_time), len(due))}
