"""The year's tasks: entered in spring, reported on by quarters, their steps done or missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from supervise.domain.calendar import Calendar
from supervise.errors import RowError
from supervise.services import task_files, task_import
from supervise.services.demo import city
from supervise.services.demo.script import Deed, Script, Step, alone
from supervise.services.file_runs import bad_rows
from supervise.services.task_files import Plan
from supervise.services.work import Record, Work

_FILE = Path(__file__).with_name("tasks.toml")
_ENTERED = date(2024, 3, 4)
# When figures are reported, and of which month.
_REPORTS = (
    ("2024-03", date(2024, 4, 9)),
    ("2024-06", date(2024, 7, 9)),
    ("2024-09", date(2024, 10, 10)),
    ("2024-11", date(2024, 12, 9)),
)
# Steps that were done days after their date, and those that are not done at all: task, number.
_LATE = {("T06", 2): 9, ("T11", 2): 6, ("T17", 2): 12}
_MISSED = frozenset({("T04", 2), ("T08", 3), ("T12", 2), ("T15", 1), ("T23", 2)})
# Targets whose last figure falls short: task, number.
_SHORT = frozenset(
    {("T02", 2), ("T05", 2), ("T08", 1), ("T10", 3), ("T13", 3), ("T22", 2), ("T23", 1)}
)
# A target that nobody has reported on, and one whose denominator was zero.
_SILENT = frozenset({("T26", 1)})
_EMPTY = frozenset({("T27", 1)})
# Tasks that were reported finished as a whole, and when.
_FINISHED = {
    "T09": date(2024, 10, 25), "T14": date(2024, 9, 27), "T16": date(2024, 7, 5),
    "T18": date(2024, 7, 30), "T24": date(2024, 9, 27),
}  # fmt: skip
# A task that was given up.
_ENDED = {"T28": date(2024, 9, 13)}
_SAID = (
    "已制定分月计划，牵头科室每周调度",
    "已会同配合单位现场会商，明确时间表",
    "试点园区先行，面上工作同步铺开",
    "部分县（区）进度偏慢，已发提示函",
)


def scripts(calendar: Calendar) -> Iterator[tuple[date, Script]]:
    """Give what happens to the year's tasks."""
    plans = task_files.of_text(_FILE.read_text("utf-8"), _FILE.name)
    yield _ENTERED, _entered(plans)
    for plan in plans:
        for number, values in enumerate(plan.milestones, 1):
            day = _done_on(plan, number, values, calendar)
            if day is not None:
                yield day, alone(Step(day, "task.done", _of(plan, milestone=values["milestone"])))
        for number, values in enumerate(plan.targets, 1):
            yield from _figures(plan, number, values)
        if plan.code in _FINISHED:
            day = _FINISHED[plan.code]
            yield (
                day,
                alone(Step(day, "task.done", {**_of(plan), "note": "经办公室核实，予以认定"})),
            )
        yield from _progress(plan, calendar)
    yield from _changed()


def _of(plan: Plan, **values: Any) -> dict[str, Any]:
    return {"task": plan.code, **values}


def _entered(plans: list[Plan]) -> Script:
    def enter(work: Work) -> Record:
        errors: list[RowError] = []
        record: Record = task_import.enter(work, plans, errors)
        if errors:
            raise bad_rows(_FILE, errors, "导入")
        return record

    yield Deed(_ENTERED, enter)


def _done_on(plan: Plan, number: int, values: dict[str, Any], calendar: Calendar) -> date | None:
    """Say on which working day a step was done: some days before its date, unless told apart."""
    due: date = values["due_on"]
    if (plan.code, number) in _MISSED or plan.code in _ENDED:
        return None
    late = _LATE.get((plan.code, number))
    if late is not None:
        return calendar.add_workdays(due, late)
    rng = Random(f"示川 step {plan.code} {number}")
    return calendar.next_workday(due - timedelta(days=rng.randint(5, 14)))


def _progress(plan: Plan, calendar: Calendar) -> Iterator[tuple[date, Script]]:
    rng = Random(f"示川 progress {plan.code}")
    for month in sorted(rng.sample(range(4, 12), 2)):
        day = calendar.next_workday(date(2024, month, rng.randint(8, 24)))
        said = _of(plan, note=rng.choice(_SAID))
        if day < _FINISHED.get(plan.code, _ENDED.get(plan.code, date.max)):
            yield day, alone(Step(day, "task.progress", said))


def _figures(plan: Plan, number: int, values: dict[str, Any]) -> Iterator[tuple[date, Script]]:
    """Report a target's figure of each quarter, the year to date, nearer to its aim each time."""
    place = (plan.code, number)
    kind = values.get("kind")
    if kind in {"none", "param"} or place in _SILENT:
        return
    rng = Random(f"示川 figures {plan.code} {number}")
    over = values.get("due_on") or plan.task.get("due_on") or date.max
    known = [one for one in _REPORTS if one[1] <= max(over, _REPORTS[0][1])]
    for at, (period, day) in enumerate(known, 1):
        last = at == len(known)
        said = _figure(values, at / len(known), rng, short=last and place in _SHORT)
        if last and place in _EMPTY:
            said = {"numerator": "0", "denominator": "0"}
        said |= {"indicator": values["indicator"], "period": period}
        yield day, alone(Step(day, "task.measure", _of(plan, **said)))


def _figure(values: dict[str, Any], share: float, rng: Random, *, short: bool) -> dict[str, str]:
    """Make one figure: `share` of the way gone, at its end there unless it falls `short`."""
    aim, sign = values.get("value"), values.get("comparator", ">=")
    if aim is None:
        before = rng.randint(60, 90)
        return {"value": str(before - rng.randint(4, 9)), "reference": str(before)}
    wanted = float(aim)
    if sign in {"<=", "<"}:
        return {"value": _plain(wanted * (1.4 - 0.45 * share + (0.3 if short else 0)), aim)}
    if values.get("measured_in") == "%":
        return _rate(wanted, sign, share, rng, short=short)
    if wanted == 0:
        return {"value": "1" if short or (share < 0.5 and rng.random() < 0.5) else "0"}
    reached = wanted * (share * (1.08 if not short else 0.86))
    if values.get("kind") == "cadence":
        reached = wanted
    return {"value": _plain(reached, aim)}


def _rate(wanted: float, sign: str, share: float, rng: Random, *, short: bool) -> dict[str, str]:
    whole = rng.randint(40, 260)
    most = 100.0 if sign == "=" else min(100.0, wanted + rng.uniform(0.3, 3.0))
    reached = most - (1 - share) * rng.uniform(6, 16) - (rng.uniform(3, 9) if short else 0)
    part = -(-whole * reached // 100) if not short else whole * reached // 100
    return {"numerator": str(int(min(part, whole))), "denominator": str(whole)}


def _plain(value: float, like: object) -> str:
    """Write a figure with as many decimals as its aim has, one more for small ones."""
    decimals = len(str(like).partition(".")[2]) or int(value < 20)
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _changed() -> Iterator[tuple[date, Script]]:
    """Give what was changed in the year: a step put off, another unit to help, a task given up."""
    director = city.DIRECTOR
    moved = {
        "task": "T12", "milestone": "免证办接口覆盖全部窗口", "due_on": date(2025, 3, 31),
        "reason": "与约谈承诺的接口整改一并安排，经分管市领导同意", "by": director,
        "ref": "示优办函〔2024〕18号",
    }  # fmt: skip
    ended = {
        "task": "T28", "reason": "试点并入城市更新项目，不再单列", "by": director,
        "ref": "示优办函〔2024〕12号",
    }  # fmt: skip
    helped = {"task": "T20", "co_units": ("市商务局", "市财政局", "市行政审批局"), "by": director}
    for day, op, values in (
        (date(2024, 5, 8), "task.correct", helped),
        (_ENDED["T28"], "task.end", ended),
        (date(2024, 10, 31), "task.milestone", moved),
    ):
        yield day, alone(Step(day, op, values))
