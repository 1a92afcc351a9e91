"""The periodic reports (定期报送) of the year: most in time, a few late, excused or never sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from supervise.domain.calendar import Calendar
from supervise.domain.duties import Rhythm, Round, rounds
from supervise.domain.pack import Pack
from supervise.services.demo import city
from supervise.services.demo.script import Script, Step, alone

_GROUPS = ("要素保障专项工作组", "信用环境专项工作组")
_PLACES = tuple(one.name for one in city.UNITS if one.kind in {"县市区", "开发区"})
_SUPPLIERS = tuple(one.name for one in city.UNITS if one.kind == "公用企业")
_PAYERS = ("市财政局", "市住房和城乡建设局", "市交通运输局", "市自然资源和规划局")
_WATER = ("市水利局",)
WEEKLY, MONTHLY = "专项工作组主题调度并报送情况", "重点任务进展月报"
_QUARTERLY, _HALF_YEARLY = "水电气报装时限季报", "主要负责人述职报告"
_DEBTS, _FLOOD = "拖欠账款清偿双周报", "防汛期间涉企服务周报"
# Who owes what the rule pack asks for; and what the office set itself, from when to when.
_BY_PACK = {WEEKLY: _GROUPS, MONTHLY: _PLACES, _QUARTERLY: _SUPPLIERS, _HALF_YEARLY: _PLACES}
_OWN = {
    _DEBTS: (_PAYERS, date(2024, 9, 2), None, {"every": "fortnight", "anchor": date(2024, 9, 6)}),
    _FLOOD: (_WATER, date(2024, 6, 3), date(2024, 9, 30), {"every": "week", "day": 1}),
}
# Reports that never came, by duty, unit and the named day; and those excused, with the reason.
_NEVER = frozenset({
    (WEEKLY, "信用环境专项工作组", date(2024, 12, 27)),
    (MONTHLY, "设湖县", date(2024, 12, 5)),
    (_DEBTS, "市交通运输局", date(2024, 12, 27)),
    (_DEBTS, "市交通运输局", date(2024, 12, 13)),
    (_QUARTERLY, "市供水集团", date(2024, 10, 10)),
})  # fmt: skip
_EXCUSED: dict[tuple[object, ...], str] = {
    (WEEKLY, date(2024, 10, 4)): "国庆假期，当周不调度",
    (MONTHLY, "拟山县", date(2024, 8, 5)): "防汛应急响应期间免报，下期合并报送",
    (_HALF_YEARLY, "试湾区", date(2024, 7, 15)): "主要负责人7月刚到任，免上半年述职",
    (_DEBTS, "市自然资源和规划局", date(2024, 12, 27)): "名下账款11月底已全部清偿",
}
_LATE_OF_HUNDRED = 5


def scripts(pack: Pack, calendar: Calendar, last: date) -> Iterator[tuple[date, Script]]:
    """Give every report that came in or was excused up to a day, and the office's own duties."""
    for one in pack.cadence:
        owing = _BY_PACK.get(one.name, ())
        if one.owed_by and one.since is not None:
            known = rounds(one.rhythm, one.since, last, calendar)
            yield from _reports(one.name, owing, list(known), calendar, last)
    for name, (owing, since, until, rhythm) in _OWN.items():
        yield from _own(name, owing, since, until, rhythm, calendar, last)


def _own(
    name: str,
    owing: tuple[str, ...],
    since: date,
    until: date | None,
    rhythm: dict[str, Any],
    calendar: Calendar,
    last: date,
) -> Iterator[tuple[date, Script]]:
    values = {"duty": name, "owed_by": "、".join(owing), **rhythm, "from_on": since}
    set_on = _workday_before(since, 3, calendar)
    yield set_on, alone(Step(set_on, "duty.add", {**values, "by": city.DIRECTOR}))
    end = until - timedelta(days=1) if until else last
    known = list(rounds(Rhythm(**rhythm), since, end, calendar))
    yield from _reports(name, owing, known, calendar, last)
    if until is not None:
        said = {"duty": name, "reason": "汛期结束", "by": city.DIRECTOR}
        yield until, alone(Step(until, "duty.end", said))


def _reports(
    name: str, owing: tuple[str, ...], known: list[Round], calendar: Calendar, last: date
) -> Iterator[tuple[date, Script]]:
    for one in known:
        for unit in owing:
            step = _report(name, unit, one, calendar)
            if step is not None and step.day <= last:
                yield step.day, alone(step)


def _report(name: str, unit: str, one: Round, calendar: Calendar) -> Step | None:
    said: dict[str, Any] = {"duty": name, "unit": unit, "period": one.key}
    day = one.named_on
    reason = _EXCUSED.get((name, day)) or _EXCUSED.get((name, unit, day))
    if reason:
        before = _workday_before(one.due_on, 2, calendar)
        return Step(before, "duty.waive", {**said, "reason": reason, "by": city.DIRECTOR})
    if (name, unit, day) in _NEVER:
        return None
    rng = Random(f"示川 {name} {unit} {day}")
    if rng.randrange(100) < _LATE_OF_HUNDRED:
        late = calendar.add_workdays(one.due_on, rng.randint(1, 3))
        return Step(late, "duty.submit", {**said, "note": "经催后报来"})
    return Step(_workday_before(one.due_on, rng.randint(0, 1), calendar), "duty.submit", said)


def _workday_before(day: date, count: int, calendar: Calendar) -> date:
    """Give the last working day that lies some working days before a day, or is it."""
    while not calendar.is_workday(day) or count > 0:
        count -= calendar.is_workday(day)
        day -= timedelta(days=1)
    return day
