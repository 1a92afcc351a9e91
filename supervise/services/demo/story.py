"""The twelve months told by hand: who was late, whom each notice named, who was interviewed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from supervise.domain.calendar import Calendar
from supervise.domain.dates import period_end
from supervise.services.demo import city
from supervise.services.demo.cases import Case
from supervise.services.demo.lives import laggard, unkept
from supervise.services.demo.paperwork import after_issue, before_issue
from supervise.services.demo.script import Script, Step, alone

YEAR = 2024
LAST_DAY = date(YEAR, 12, 31)
_HOUSING, _LAND = "拟山县住房和城乡建设局", "拟山县自然资源和规划局"

# By month: the units that let a date pass it, once for each time a name stands here.
LATE: dict[int, tuple[str, ...]] = {
    1: ("市住房和城乡建设局", "市住房和城乡建设局", "市城市管理局", _HOUSING, "市供水集团"),
    2: ("市住房和城乡建设局", "市交通运输局", "设湖县市场监督管理局"),
    3: ("市交通运输局", "市人力资源和社会保障局", "样坪区城市管理局"),
    4: ("市自然资源和规划局", "市自然资源和规划局", "例溪县交通运输局", "市燃气公司"),
    5: ("市自然资源和规划局", _HOUSING),
    6: ("市商务局", _HOUSING, _LAND),
    7: ("市自然资源和规划局", "市城市管理局", "设湖县市场监督管理局", "市教育局"),
    8: ("市生态环境局", "例溪县交通运输局", "市供水集团"),
    9: ("市市场监督管理局", "示川高新技术产业开发区", "市文化和旅游局", "市应急管理局"),
    10: ("市农业农村局", "试湾区住房和城乡建设局", "市经济和信息化局", "市燃气公司"),
    11: (
        "市农业农村局", "试湾区住房和城乡建设局", "市经济和信息化局", "市行政审批局",
        "市卫生健康委员会", _LAND,
    ),
    12: ("市卫生健康委员会", "市交通运输局", "设湖县市场监督管理局", "市供水集团"),
}  # fmt: skip

NEVER_ENDING = (10, "市农业农村局，未办结")
_TERMS = {"平急": 5, "疑难": 15}


def late_scripts(
    calendar: Calendar, known: dict[tuple[int, str], Case]
) -> Iterator[tuple[date, Script]]:
    """Give the issues that miss their dates, those with a story of their own among them.

    `known` is told them by month and unit; the one of October that never ends as `NEVER_ENDING`.
    """
    for month, names in LATE.items():
        for number, unit in enumerate(names):
            case, urgency = _late_case(calendar, month, number, unit)
            known[month, unit] = case
            yield case.day, laggard(case, urgency, _handed_in(calendar, month, number))
    case, urgency = _late_case(calendar, 10, 8, "市农业农村局")
    known[NEVER_ENDING] = case
    yield case.day, laggard(case, urgency, None)
    case, urgency = _late_case(calendar, 8, 8, "市市场监督管理局")
    handed_in, entered = date(YEAR, 8, 30), date(YEAR, 9, 12)
    yield case.day, laggard(case, urgency, handed_in, entered)
    case, urgency = _late_case(calendar, 5, 8, city.OLD_NAME)
    yield case.day, unkept(case, urgency)


def _late_case(calendar: Calendar, month: int, number: int, unit: str) -> tuple[Case, str]:
    """Choose the day an issue is handed out so that it falls due in the middle of a month."""
    rng = Random(f"示川 late {month} {number}")
    urgency = "平急" if month == 1 else rng.choice(("平急", "疑难"))
    due = date(YEAR, month, rng.randint(13, 20))
    start = due
    while calendar.workdays_between(start, due) < _TERMS[urgency]:
        start -= timedelta(days=1)
    return Case(9000 + month * 20 + number, start, unit, calendar), urgency


def _handed_in(calendar: Calendar, month: int, number: int) -> date | None:
    """Say when a late issue is handed in at last: in the month after."""
    after = period_end(f"{YEAR}-{month:02d}")
    return None if month == 12 else calendar.add_workdays(after, 5 + number)


@dataclass(frozen=True, slots=True)
class Notice:
    """What people decided about one month's notice, and what became of it.

    `added`: unit, reason, polarity. `checks` and `explained` differ from the usual by unit;
    `explained` gives the working days until a written explanation came, None: it never did.
    """

    added: tuple[tuple[str, str, str], ...] = ()
    exempted: tuple[str, str] | None = None
    checks: Mapping[str, str] | None = None
    explained: Mapping[str, int | None] | None = None
    returned: str | None = None


NOTICES: dict[int, Notice] = {
    1: Notice(explained={"市城市管理局": 7}),
    2: Notice(added=(("市教育局", "两件事项临近限期未报进展", "noted"),)),
    3: Notice(checks={"样坪区": "有异议"}, returned="市人力资源和社会保障局"),
    4: Notice(added=(("市财政局", "拖欠尾款事项全部提前办结", "praised"),)),
    5: Notice(explained={"市自然资源和规划局": 6}),
    6: Notice(added=(("市行政审批局", "综合窗口整改后当月无超期", "praised"),)),
    7: Notice(checks={"市教育局": "未回复"}),
    8: Notice(checks={"市市场监督管理局": "有异议"}, explained={"市市场监督管理局": None}),
    9: Notice(
        exempted=("市应急管理局", "9月防汛应急响应期间全员值守，整改顺延，仍须说明情况"),
        explained={"市文化和旅游局": None, "市应急管理局": 4},
    ),
    10: Notice(
        added=(
            ("市税务局", "未按《10月调度事项清单》报送办税堵点整改情况", "named"),
            ("示川高新技术产业开发区", "代建厂房两项提前交付", "praised"),
        ),
        explained={"市燃气公司": 9},
    ),
    11: Notice(checks={"拟山县": "未回复"}, explained={"市经济和信息化局": None}),
}


def notices(calendar: Calendar) -> Iterator[tuple[date, Script]]:
    """Give the months' notices, begun on the first working day after the month."""
    for month, told in NOTICES.items():
        period = f"{YEAR}-{month:02d}"
        first = calendar.add_workdays(period_end(period), 1)
        yield first, _notice(told, period, f"示优通〔{YEAR}〕{month + 2}号", first, calendar)


def _notice(told: Notice, period: str, number: str, day: date, calendar: Calendar) -> Script:
    """Draft, decide, check and issue a month's notice; then wait for the explanations."""
    drafter, director = city.HANDLERS[0], city.DIRECTOR
    record = yield Step(day, "notice.draft", {"period": period, "by": drafter})
    for unit, reason, polarity in told.added:
        said = {"unit": unit, "reason": reason, "polarity": polarity, "by": director}
        record = yield Step(day, "notice.name", {"period": period, **said})
    if told.exempted:
        unit, reason = told.exempted
        said = {"unit": unit, "reason": reason, "by": director}
        record = yield Step(day, "notice.exempt", {"period": period, "explain": True, **said})
    day = calendar.add_workdays(day, 1)
    for unit in named(record):
        result = (told.checks or {}).get(unit, "无异议")
        said = {"unit": unit, "result": result, "by": drafter}
        record = yield Step(day, "notice.check", {"period": period, **said})
    yield from before_issue(period, day)
    day = calendar.add_workdays(day, 1)
    record = yield Step(
        day,
        "notice.issue",
        {"period": period, "number": number, "delivered_on": day, "by": director},
    )
    yield from after_issue(period, day)
    yield from _explanations(told, period, named(record), day, calendar)


def named(record: dict[str, Any]) -> list[str]:
    """List the units a notice's record names."""
    return [
        entry["unit"]
        for entry in record["entries"]
        if entry["polarity"] == "named" and entry["status"] == "effective"
    ]


def _explanations(
    told: Notice, period: str, units: list[str], delivered: date, calendar: Calendar
) -> Script:
    waits = {unit: 2 + number % 4 for number, unit in enumerate(units)}
    chosen = {**waits, **(told.explained or {})}
    came = sorted((days, unit) for unit, days in chosen.items() if days is not None)
    for days, unit in came:
        day = calendar.add_workdays(delivered, days)
        said = {"period": period, "unit": unit, "by": unit}
        yield Step(day, "explanation.receive", said)
    if told.returned:
        day = calendar.add_workdays(delivered, 6)
        said = {"period": period, "unit": told.returned}
        reason = "未写明整改时限和责任人，请补充"
        yield Step(day, "explanation.return", {**said, "reason": reason, "by": city.DIRECTOR})
        day = calendar.add_workdays(day, 3)
        yield Step(day, "explanation.receive", {**said, "by": told.returned})


def _on(month: int, day: int, op: str, **values: Any) -> Step:
    values.setdefault("by", city.DIRECTOR)
    return Step(date(YEAR, month, day), op, values)


def events() -> Iterator[tuple[date, Script]]:
    """Give what else happened, each by itself."""
    for one in _events():
        yield one.day, alone(one)


def _events() -> tuple[Step, ...]:
    """List interviews and how they went, a rename, a correction, a referral thought over."""
    housing, roads, land = "市住房和城乡建设局", "市交通运输局", "市自然资源和规划局"
    data, county, industry = city.NEW_NAME, "拟山县", "市经济和信息化局"
    leader = city.LEADER
    return (
        _on(3, 8, "interview.submit", unit=housing, ref="示优请〔2024〕1号"),
        _on(3, 13, "interview.approve", unit=housing, leader=leader, by=leader),
        _on(3, 15, "interview.schedule", unit=housing, planned_on=date(YEAR, 3, 22)),
        _on(3, 22, "interview.hold", unit=housing, due_on=date(YEAR, 4, 30), by=leader),
        _on(4, 9, "interview.submit", unit=roads, ref="示优请〔2024〕2号"),
        _on(4, 16, "interview.decline", unit=roads, by=leader,
            reason="两件事项均已报请复核，责成分管负责人书面说明，暂不约谈"),
        _on(4, 28, "interview.close", unit=housing),
        _on(6, 11, "interview.submit", unit=land, ref="示优请〔2024〕3号"),
        _on(6, 14, "interview.approve", unit=land, leader=leader, by=leader),
        _on(6, 18, "unit.rename", unit=city.OLD_NAME, name=data, ref="示编办〔2024〕0号"),
        _on(6, 27, "interview.hold", unit=land, due_on=date(YEAR, 7, 31), by=leader),
        _on(7, 9, "interview.submit", unit=data, ref="示优请〔2024〕4号"),
        _on(7, 10, "interview.submit", unit=county, ref="示优请〔2024〕5号"),
        _on(7, 12, "interview.approve", unit=data, leader=leader, by=leader),
        _on(7, 16, "interview.defer", unit=county, reason="防汛关键期，汛期过后再议", by=leader),
        _on(7, 30, "interview.hold", unit=data, due_on=date(YEAR, 9, 30), by=leader),
        _on(7, 31, "interview.close", unit=land),
        _on(8, 12, "interview.approve", unit=county, leader=leader, by=leader),
        _on(8, 15, "interview.hold", unit=county, due_on=date(YEAR, 9, 13), by=leader),
        _on(9, 12, "interview.close", unit=county),
        _on(9, 19, "notice.correct", period=f"{YEAR}-08", unit="市市场监督管理局", action="撤销",
            reason="该单位8月30日已报请复核，登记遗漏，9月12日补录"),
        _on(12, 10, "interview.submit", unit=industry, ref="示优请〔2024〕6号"),
        _on(12, 16, "referral.continue", unit=county, criterion="named_again",
            reason="与约谈事项不同，限期内已报请复核，继续督办"),
        _on(12, 17, "interview.approve", unit=industry, leader=leader, by=leader),
        _on(12, 20, "interview.schedule", unit=industry, planned_on=date(YEAR + 1, 1, 9)),
    )  # fmt: skip
