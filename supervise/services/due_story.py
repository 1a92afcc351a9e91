"""How an issue came by its due date, step by step and day by day: for the telephone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from supervise.domain import clock
from supervise.domain.calendar import ONE_DAY, Calendar
from supervise.domain.clock import Day, Term
from supervise.services.issue_records import shown
from supervise.services.session import Session

Record = dict[str, Any]
# Steps that move a date within a handling cycle; every other one begins a cycle.
_MOVES = frozenset({"issue.extend", "issue.resume", "issue.reclassify", "issue.correct"})
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Step:
    """One step that set the date: when, which operation, the date it gave, the sum in a sentence.

    `days` are the days the sum counts or passes over, where there are any to show.
    """

    on: str
    op: str
    due_on: str | None
    says: str
    days: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A due date and its reason: the answer in a sentence, the steps of this cycle, the rest.

    `other` is the date under the other reading of 日, `before` the steps of earlier cycles.
    """

    due_on: str | None
    original: str | None
    answer: str
    steps: tuple[Step, ...]
    other: str = ""
    before: tuple[Step, ...] = ()


def of_issue(session: Session, code: str) -> Story:
    """Tell how an issue came by its due date. Raises NotFound."""
    record = shown(session, code)
    clocks = [one for one in record["clocks"] if one["kind"] != "node"]
    steps = [_step(one, record, session.calendar) for one in clocks]
    begins = [n for n, one in enumerate(clocks) if _begins(one)]
    first = begins[-1] if begins else 0
    return Story(
        record["due_on"],
        record["original_due_on"],
        "".join(_answer(record, steps[first:])),
        tuple(steps[first:]),
        _other(clocks[first:], session.calendar),
        tuple(steps[:first]),
    )


def _begins(one: Record) -> bool:
    return one["op"] not in _MOVES and one["kind"] != "calendar"


def _answer(record: Record, steps: list[Step]) -> Iterator[str]:
    due = record["due_on"]
    if due is None:
        yield "没有限期。"
        return
    yield f"限期 {due}。"
    if record["original_due_on"] and record["original_due_on"] != due:
        yield f"原限期 {record['original_due_on']}，改过 {len(steps) - 1} 次。"
    if steps:
        yield steps[0].says
    if record["paused_on"]:
        yield f"现在暂停计时，自 {record['paused_on']} 起；恢复后补回暂停的工作日。"
    if record["overdue"]:
        still = "" if record["stage"] == "rectify" else "曾"
        yield f"{still}超期 {record['overdue_days']} 天。"


def _step(one: Record, record: Record, calendar: Calendar) -> Step:
    says, days = _sum(one, record, calendar)
    return Step(one["on"], one["op"], one["due_on"], says, tuple(days))


def _sum(one: Record, record: Record, calendar: Calendar) -> tuple[str, Iterable[Day]]:
    due = one["due_on"]
    if due is None:
        return "限期取消。", ()
    match one["kind"]:
        case "term" | "rework" if one["term"] and one["start"]:
            return _of_term(one, calendar)
        case "resume" if one["start"] and one["was"]:
            return _of_pause(one, calendar)
        case "clockset":
            return f"按另计的一套时限，自 {one['start']} 起，限期为最后一个节点的 {due}。", ()
        case "calendar":
            return f"工作日历更新，限期由 {one['was']} 改为 {due}。", ()
    return _of_given(one, record, calendar)


def _of_term(one: Record, calendar: Calendar) -> tuple[str, Iterable[Day]]:
    start, term = date.fromisoformat(one["start"]), Term.parse(one["term"])
    found = clock.due(start, term, calendar)
    counted = sum(day.counted for day in found.days)
    passed = _passed_over(found.days[1:])
    how = "首次期限的一半，至少两个工作日：" if one["kind"] == "rework" else ""
    says = (
        f"{how}自 {start} 起{term.label}，当日不计，计入 {counted} 天{passed}，到期 {found.due}。"
    )
    if found.due.isoformat() != one["due_on"]:
        says += f"台账记 {one['due_on']}：其间有暂停补回，或推算之后工作日历有更新。"
    elif found.provisional:
        says += "其中有放假安排未公布的年份，暂定。"
    return says, found.days


def _passed_over(days: Iterable[Day]) -> str:
    """Say how many days were not counted, by what they are."""
    rest = Counter(_rest_name(day.why) for day in days if not day.counted)
    if not rest:
        return ""
    told = "、".join(f"{name} {number} 天" for name, number in rest.most_common())
    return f"，不计 {rest.total()} 天（{told}）"


def _rest_name(why: str) -> str:
    name = why.partition("，")[0].removeprefix("期满日为")
    return "周末" if name in {"周六", "周日"} else name


def _of_pause(one: Record, calendar: Calendar) -> tuple[str, Iterable[Day]]:
    since, until = date.fromisoformat(one["start"]), date.fromisoformat(one["on"])
    was = date.fromisoformat(one["was"])
    if since > was:
        return f"{since} 起暂停时已过限期 {was}，不补回。", ()
    days = [_plain(day, calendar, "暂停") for day in _stretch(since, until - ONE_DAY)]
    back = sum(day.counted for day in days)
    added = [_plain(day, calendar, "补回") for day in _stretch(was + ONE_DAY, _due(one))]
    says = (
        f"{since} 起暂停，{until} 恢复，其间 {back} 个工作日补回：由 {was} 顺延至 {one['due_on']}。"
    )
    return says, [*days, *added]


def _of_given(one: Record, record: Record, calendar: Calendar) -> tuple[str, Iterable[Day]]:
    due, event = one["due_on"], _event(one, record)
    if one["op"] in _MOVES:
        asked = f"{event['asked_on']} 申请，" if event.get("asked_on") else ""
        reason = f"理由：{event['reason']}。" if event.get("reason") else ""
        return f"{asked}{one['on']} 由 {one['was'] or '无'} 改为 {due}。{reason}", ()
    if not one["start"] or one["start"] > due:
        return f"指定日期 {due}。", ()
    start = date.fromisoformat(one["start"])
    days = [_plain(day, calendar, "") for day in _stretch(start + ONE_DAY, _due(one))]
    work = sum(day.counted for day in days)
    return f"指定日期 {due}：自 {start} 起，当日不计，{work} 个工作日、{len(days)} 日。", days


def _due(one: Record) -> date:
    return date.fromisoformat(one["due_on"])


def _event(one: Record, record: Record) -> Record:
    """Find the event behind a step: the last of its kind and day."""
    same = [e for e in record["events"] if (e["op"], e["on"]) == (one["op"], one["on"])]
    return same[-1] if same else {}


def _stretch(first: date, last: date) -> Iterator[date]:
    day, left = first, _LONGEST
    while day <= last and left:
        yield day
        day, left = day + ONE_DAY, left - 1


def _plain(day: date, calendar: Calendar, what: str) -> Day:
    """Tell of a day whether it is worked."""
    work = calendar.is_workday(day)
    name = calendar.name(day)
    return Day(day, work, f"{what}{'工作日' if work else '休息日'}（{name}）")


def _other(clocks: list[Record], calendar: Calendar) -> str:
    """Say what the other reading of 日 would give."""
    timed = [one for one in clocks if one["term"] and one["start"]]
    term = clock.other_reading(Term.parse(timed[-1]["term"])) if timed else None
    if term is None:
        return ""
    due, provisional = clock.due_on(date.fromisoformat(timed[-1]["start"]), term, calendar)
    reading = "自然日" if term.unit == "d" else "工作日"
    return f"“日”若按{reading}算（{term.label}），到期 {due}{'（暂定）' if provisional else ''}。"
