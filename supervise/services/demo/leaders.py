"""What leaders wrote on papers (领导批示件) in the year, and what went back up to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from supervise.services.demo import city
from supervise.services.demo.cases import Case
from supervise.services.demo.script import Script, Step
from supervise.services.demo.story import NEVER_ENDING

_MAYOR, _SECRETARY = "市长壬", "市委领导癸"


@dataclass(frozen=True, slots=True)
class Note:
    """One instruction: `case` is the month and unit of a late issue, else a task or a unit."""

    day: date
    leader: str
    number: int
    gist: str
    report_by: date
    case: tuple[int, str] | None = None
    task: str | None = None
    unit: str | None = None
    answered: tuple[date, str] | None = None
    closed: date | None = None


def _on(month: int, day: int) -> date:
    return date(2024, month, day)


_NOTES = (
    Note(_on(4, 25), city.LEADER, 41, "请自规局限期办结并说明超期原因，优化办督办。", _on(5, 24),
         case=(4, "市自然资源和规划局"), closed=_on(6, 3),
         answered=(_on(5, 23), "事项已报请复核；超期系内部流转超时，已压减两个环节。")),
    Note(_on(7, 10), _MAYOR, 73, "企业反映接电慢，请供电公司对园区共享用电排出时间表。", _on(7, 31),
         unit="市供电公司", closed=_on(8, 6),
         answered=(_on(8, 2), "时间表已报市政府，10月底前园区全覆盖。")),
    Note(_on(9, 12), city.LEADER, 96, "涉企检查多头重复，请市场监管局牵头限期接入扫码系统。",
         _on(9, 30), task="T17", unit="市市场监督管理局", closed=_on(10, 24),
         answered=(_on(10, 21), "执法部门10月中旬全部接入，迟于节点，已向市政府说明。")),
    Note(_on(11, 12), city.LEADER, 118, "企业等了一个月没有说法，请农业农村局主要负责人过问。",
         _on(12, 13), case=NEVER_ENDING),
    Note(_on(11, 20), _MAYOR, 121, "北设街道通水再次推迟，请供水集团说明原因、给出新的时间。",
         _on(12, 10), task="T04", unit="市供水集团",
         answered=(_on(12, 9), "管材到货延误，主管已铺设九成，力争1月通水。")),
    Note(_on(12, 5), city.LEADER, 127, "管网堵塞影响港区企业生产，请试湾区住建局限期疏通并报结果。",
         _on(12, 20), case=(11, "试湾区住房和城乡建设局"),
         answered=(_on(12, 17), "管网已疏通，企业恢复生产，事项已销号。")),
    Note(_on(12, 19), _SECRETARY, 133, "园区用水关系企业生产，请盯住不放，一月上旬报结果。",
         date(2025, 1, 10), case=(12, "市供水集团")),
    Note(_on(12, 24), _MAYOR, 135, "冷链补助再不到账，企业无法过冬储货，请财政局即办。",
         date(2025, 1, 3), task="T23", unit="市财政局"),
)  # fmt: skip


def scripts(cases: Mapping[tuple[int, str], Case]) -> Iterator[tuple[date, Script]]:
    """Give each instruction with its reports; `cases` are the late issues by month and unit."""
    for number, one in enumerate(_NOTES, 1):
        yield one.day, _note(one, number, cases)


def _note(one: Note, number: int, cases: Mapping[tuple[int, str], Case]) -> Script:
    values: dict[str, Any] = {"leader": one.leader, "gist": one.gist, "report_by": one.report_by}
    about = {"issue": cases[one.case].code if one.case else None, "task": one.task}
    said = {"unit": one.unit, "ref": f"示优收〔2024〕{one.number}号", "by": city.HANDLERS[1]}
    yield Step(one.day, "instruction.add", {**values, **about, **said})
    if one.answered:
        day, text = one.answered
        step = {"instruction": str(number), "text": text, "by": city.DIRECTOR}
        yield Step(day, "instruction.answer", step)
    if one.closed:
        step = {"instruction": str(number), "by": city.DIRECTOR}
        yield Step(one.closed, "instruction.close", step)
