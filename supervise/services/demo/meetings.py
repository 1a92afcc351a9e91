"""The meetings (调度) of the second half of the year: what they picked, decided and were told."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from supervise.domain.calendar import Calendar
from supervise.services.demo import city
from supervise.services.demo.script import Act, Script, Step, alone
from supervise.services.work import Record

FACTORS, CREDIT = "要素保障专项工作组", "信用环境专项工作组"
_OFFICE, _CHARGE, _MAIN, _GROUP = "优化办", "分管市领导", "主要领导", "专项组"
_MAYOR = "市长壬"
# The working days until a decision is to be answered, by tier.
_TERMS = {_GROUP: 5, _OFFICE: 5, _CHARGE: 15, _MAIN: 20}


class Point(NamedTuple):
    """What a meeting says of a task: by when, by whom, where it is not as usual."""

    task: str
    text: str
    due_on: date | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting: what it was about, how many late issues it takes over, what it says of tasks."""

    day: date
    tier: str
    theme: str
    group: str | None = None
    takes: int = 1
    decides: tuple[Point, ...] = ()


def _on(month: int, day: int) -> date:
    return date(2024, month, day)


_FACTORS = (
    (_on(11, 8), "用水用电报装外线审批"),
    (_on(11, 15), "北设街道管网改造进度"),
    (_on(11, 22), "工业用地带方案出让"),
    (_on(11, 29), "技改项目要素缺口清单"),
    (_on(12, 6), "标准厂房首次登记遗留问题"),
    (_on(12, 13), "联合验收统一时限"),
    (_on(12, 20), "冬季用能保障"),
    (_on(12, 27), "年度任务扫尾"),
)
_CREDIT = (
    (_on(11, 8), "政府合同备案"),
    (_on(11, 15), "拖欠账款台账逐笔核销"),
    (_on(11, 22), "信用修复一次办"),
    (_on(11, 29), "惠企资金拨付到账"),
    (_on(12, 6), "招商承诺兑现回头看"),
    (_on(12, 13), "新增拖欠零发生"),
    (_on(12, 20), "年末账款清偿"),
)
_WEEKS = (
    (_on(10, 11), "三季度未办结事项清单"),
    (_on(10, 18), "超期事项逐件过"),
    (_on(10, 25), "10月下旬到期事项"),
    (_on(11, 1), "10月通报事项整改"),
    (_on(11, 8), "长期未交事项"),
    (_on(11, 15), "11月中旬到期事项"),
    (_on(11, 22), "退回两次以上事项"),
    (_on(11, 29), "月末临期事项"),
    (_on(12, 6), "11月通报事项整改"),
    (_on(12, 13), "试湾区管网疏通"),
    (_on(12, 20), "12月中旬到期事项"),
    (_on(12, 27), "年末超期事项"),
)
_SITTINGS = (
    Sitting(_on(6, 21), _MAIN, "上半年优化营商环境综合调度", takes=0, decides=(
        Point("T08", "财政局牵头，三季度末前无分歧账款清偿过七成，按月报进度", _on(9, 30)),
    )),
    Sitting(_on(9, 20), _MAIN, "三季度综合调度", takes=1, decides=(
        Point("T12", "免证办接口四季度覆盖全部窗口，办公室按周通报", _on(11, 29)),
        Point("T04", "老旧管网改造11月中旬通水，供水集团倒排工期", _on(11, 15)),
    )),
    Sitting(_on(7, 26), _CHARGE, "工程建设审批", decides=(
        Point("T14", "分阶段办理项目占比9月底前达标，住建局逐个项目对接", _on(9, 27)),
    )),
    Sitting(_on(8, 23), _CHARGE, "惠企政策兑现", decides=(
        Point("T07", "第二批免申即享清单9月底前公布", _on(9, 30)),
    )),
    Sitting(_on(9, 27), _CHARGE, "涉企检查", takes=1),
    Sitting(_on(10, 25), _CHARGE, "要素保障", takes=1, decides=(
        Point("T23", "冷链补助11月底前拨付完毕，农业农村局、财政局会商资金来源", _on(11, 29)),
    )),
    Sitting(_on(11, 22), _CHARGE, "被通报事项", takes=2),
    Sitting(_on(12, 20), _CHARGE, "年度任务收尾", takes=2, decides=(
        Point("T23", "冷链补助拨付逾期，市财政局年底前拨付到位并报结果", _on(12, 30), "市财政局"),
        Point("T08", "剩余账款制定清偿计划，明确分月数额"),
    )),
    *(Sitting(day, _OFFICE, theme) for day, theme in _WEEKS),
    *(Sitting(day, _GROUP, theme, FACTORS, takes=0, decides=(
        Point("T06", f"{theme}：逐项列出缺口，下周调度时报办理结果"),
    )) for day, theme in _FACTORS),
    *(Sitting(day, _GROUP, theme, CREDIT, takes=0, decides=(
        Point("T20", f"{theme}：牵头单位列清单，逐项销号"),
    )) for day, theme in _CREDIT),
)  # fmt: skip
# Decisions nobody has answered, by the meeting's day and tier.
_OPEN = frozenset({
    (_on(12, 13), _OFFICE), (_on(12, 20), _CHARGE), (_on(12, 20), _GROUP),
    (_on(12, 27), _OFFICE), (_on(12, 27), _GROUP),
})  # fmt: skip
_ORDERS = (
    "责任单位主要负责人约见企业，拿出办理时限表",
    "牵头单位现场办公，能办的当场办，不能办的说明理由",
    "倒排工期，明确到人，每周五报进度",
)
_ANSWERS = (
    "已与企业会商，时限表已报送，正按表推进",
    "已现场办公，剩余一项正在会签",
    "已落实到人，进度见本周报送",
)


def scripts(calendar: Calendar, last: date) -> Iterator[tuple[date, Script]]:
    """Give the meetings up to a day, the one under way on it and the one set down for January."""
    looked_at: dict[str, set[str]] = {tier: set() for tier in _TERMS}
    for number, one in enumerate(_SITTINGS):
        yield one.day, _sitting(one, number, looked_at[one.tier], calendar)
    yield last, _under_way(last)
    leader = {"tier": _CHARGE, "theme": "一季度开门红要素保障", "leader": city.LEADER}
    ahead = {**leader, "held_on": date(2025, 1, 10), "by": city.DIRECTOR}
    yield last, alone(Step(last, "dispatch.open", ahead))


def _chair(tier: str) -> str:
    return {_CHARGE: city.LEADER, _MAIN: _MAYOR}.get(tier, city.DIRECTOR)


def _opening(one: Sitting) -> Step:
    values: dict[str, Any] = {"tier": one.tier, "theme": one.theme, "by": city.HANDLERS[0]}
    if one.group:
        values["unit"] = one.group
    return Step(one.day, "dispatch.open", {**values, "leader": _chair(one.tier)})


def _sitting(one: Sitting, number: int, looked_at: set[str], calendar: Calendar) -> Script:
    """Hold a meeting: take over the weightiest of what is proposed, decide, be answered.

    `looked_at` are the issues the tier's meetings decided on before: the others come first.
    """
    record = yield _opening(one)
    meeting, by = str(record["id"]), {"by": _chair(one.tier)}
    due = calendar.add_workdays(one.day, _TERMS[one.tier])
    proposed = [item for item in record["agenda"] if item["stage_name"] == "整改"]
    proposed.sort(key=lambda item: item["issue"] in looked_at)
    taken = proposed[: one.takes]
    looked_at.update(item["issue"] for item in taken)
    made: list[Record] = []
    for item in taken:
        text = _ORDERS[number % len(_ORDERS)]
        about = {"meeting": meeting, "issue": item["issue"]}
        said = {"text": text, "due_on": due, **_sets_off(one, item), **by}
        made.append((yield from _decided(one.day, about, said)))
    for point in one.decides:
        about = {"meeting": meeting, "task": point.task}
        said = {"text": point.text, "due_on": point.due_on or due, "unit": point.unit, **by}
        made.append((yield from _decided(one.day, about, said)))
    said = {"meeting": meeting, "summary": _summary(made), **by}
    yield Step(one.day, "dispatch.close", said, told=False)
    yield from _answers(one, made, number, calendar)


def _decided(
    day: date, about: dict[str, str], said: dict[str, Any]
) -> Generator[Act, Record, Record]:
    """Put an item on the agenda and decide on it; gives the decision."""
    yield Step(day, "dispatch.pick", {**about, "by": city.HANDLERS[0]}, told=False)
    return (yield Step(day, "dispatch.decide", {**about, **said}))


def _sets_off(one: Sitting, item: Record) -> dict[str, str]:
    """Say which step a decision about an issue takes: one long late climbs, others are urged."""
    if item["stage_name"] != "整改":
        return {}
    late = any(reason["kind"] == "overdue" for reason in item["reasons"])
    climbed = any(reason["kind"] == "escalated" for reason in item["reasons"])
    if one.tier in {_OFFICE, _CHARGE} and late and not climbed and one.day.day > 20:
        return {"action": "提级"}
    return {"action": "催办"}


def _summary(made: Sequence[Record]) -> str:
    return f"议定{len(made)}项，办公室列入督办。" if made else "听取情况，无新议定事项。"


def _answers(one: Sitting, made: Sequence[Record], number: int, calendar: Calendar) -> Script:
    """Answer what was decided near its date, some after it; the open ones wait."""
    if (one.day, one.tier) in _OPEN:
        return
    for at, decision in enumerate(made):
        by = date.fromisoformat(decision["due_on"])
        late = (number + at) % 5 == 0
        day = calendar.add_workdays(by, 2) if late else by
        said = {"decision": decision["id"], "text": _ANSWERS[(number + at) % len(_ANSWERS)]}
        yield Step(day, "dispatch.answer", {**said, "by": decision["unit"] or city.DIRECTOR})


def _under_way(last: date) -> Script:
    """Open the office's meeting of the last day: the agenda made up, nothing decided yet."""
    record = yield _opening(Sitting(last, _OFFICE, "12月关账前超期事项逐件过"))
    meeting = {"meeting": str(record["id"]), "by": city.HANDLERS[0]}
    late = [item["issue"] for item in record["agenda"] if item["issue"]]
    for code in late[:2]:
        yield Step(last, "dispatch.pick", {**meeting, "issue": code, "reason": "主任点题"})
    yield Step(last, "dispatch.pick", {**meeting, "topic": "2025年度任务分工初稿"})
