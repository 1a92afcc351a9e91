"""Matters with a clock of their own beside the loop: contracts to file, letters, projects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from supervise.domain.calendar import Calendar
from supervise.services.demo import city
from supervise.services.demo.cases import Case
from supervise.services.demo.script import Script, Step


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: its clocks, the day they run from, and when each node was reached.

    `due_on` is the loop's own date where the clocks do not give it; `ended`: it was handed in.
    """

    code: str
    clocks: str
    unit: str
    category: str
    source: str
    title: str
    start: date
    found: date
    nodes: tuple[tuple[str, date, str], ...] = ()
    due_on: date | None = None
    handed_in: date | None = None


def _on(month: int, day: int) -> date:
    return date(2024, month, day)


_FILING, _LETTER, _PROJECT = "合同备案", "信访", "项目"
_SIGNED, _POSTED, _LISTED = "招商签约台账", "信访转办", "重点项目台账"
_MATTERS = (
    Matter("HT-2024-003", _FILING, "市商务局", "政府履约", _SIGNED,
           "示川飞鸢公司无人机组装项目投资协议备案", _on(4, 11), _on(4, 12),
           (("入库", _on(4, 18), "合库〔2024〕3号"), ("备案", _on(4, 23), "合备〔2024〕3号")),
           handed_in=_on(4, 24)),
    Matter("HT-2024-011", _FILING, "示川经济开发区", "政府履约", _SIGNED,
           "示川铸辰公司铸造产业园投资协议备案", _on(9, 5), _on(9, 6),
           (("入库", _on(9, 12), "合库〔2024〕11号"), ("备案", _on(9, 29), "合备〔2024〕11号")),
           _on(10, 11), _on(9, 30)),
    Matter("HT-2024-016", _FILING, "样坪区", "政府履约", _SIGNED,
           "示川春笺公司文创街区运营协议备案", _on(12, 11), _on(12, 12),
           (("入库", _on(12, 19), "合库〔2024〕16号"),), date(2025, 1, 14)),
    Matter("HT-2024-017", _FILING, "例溪县", "政府履约", _SIGNED,
           "示川稻香公司粮油加工项目投资协议备案", _on(12, 24), _on(12, 25)),
    Matter("XF-2024-008", _LETTER, "市人力资源和社会保障局", "用工社保", _POSTED,
           "示川大椿公司职工反映社保转移接续未办结", _on(8, 14), _on(8, 14),
           (("程序性回复", _on(8, 19), "信回〔2024〕8号"),
            ("实体性答复", _on(10, 28), "信复〔2024〕8号")), handed_in=_on(10, 30)),
    Matter("XF-2024-013", _LETTER, "市住房和城乡建设局", "政府履约", _POSTED,
           "示川合木公司来信反映厂房维修资金使用审批迟缓", _on(11, 18), _on(11, 18),
           (("程序性回复", _on(11, 28), "信回〔2024〕13号"),)),
    Matter("XF-2024-015", _LETTER, "市市场监督管理局", "涉企执法", _POSTED,
           "示川拾光公司来信反映抽检结果复核久未答复", _on(12, 25), _on(12, 25)),
    Matter("XM-2024-002", _PROJECT, "例溪县", "项目落地", _LISTED,
           "示川石泉公司饮用水项目开工入统", _on(1, 18), _on(1, 22),
           (("开工", _on(6, 28), "施许〔2024〕21号"), ("入统", _on(8, 22), "统入〔2024〕9号")),
           handed_in=_on(8, 23)),
    Matter("XM-2024-005", _PROJECT, "拟山县", "项目落地", _LISTED,
           "示川和畅公司新型建材项目开工入统", _on(5, 20), _on(5, 22)),
    Matter("XM-2024-007", _PROJECT, "示川高新技术产业开发区", "项目落地", _LISTED,
           "示川知微公司传感器项目开工入统", _on(6, 18), _on(6, 20),
           (("开工", _on(12, 9), "施许〔2024〕47号"),)),
)  # fmt: skip


def scripts(calendar: Calendar) -> Iterator[tuple[date, Script]]:
    """Give the matters, each from the day it was put on the list."""
    for number, one in enumerate(_MATTERS):
        case = Case(8000 + number, one.found, one.unit, calendar)
        yield one.found, _matter(one, case)


def _matter(one: Matter, case: Case) -> Script:
    said = {"source": one.source, "category": one.category, "by": case.handler}
    clocks = {"clocks": one.clocks, "clocks_from": one.start}
    case.code = one.code
    yield from case.do("add", title=one.title, handler=case.handler, **said, **clocks)
    case.wait(0, 1)
    yield from case.do("accept", conclusion="列入时限管理", by=case.handler)
    yield from case.do("assign", unit=one.unit, due_on=one.due_on, by=city.DIRECTOR)
    case.wait(1, 1)
    yield from case.do("sign")
    for name, day, ref in one.nodes:
        case.day = max(case.day, day)
        values = {"issue": one.code, "node": name, "done_on": day, "ref": ref, "by": one.unit}
        yield Step(case.day, "issue.node", values)
    if one.handed_in:
        case.day = max(case.day, one.handed_in)
        yield from case.hand_in()
        yield from case.finish()
