"""Fixed clock sets as a rule pack writes them: nodes with a term each, beside the loop's own date.

The three sets here hold where a pack names none. What a source leaves open is read so: entry and
filing of a contract share the ten working days from signing, as two dates; the letters' 7日 are
calendar days, since the same document writes 工作日 where it means them; 入库 of a project is 入统.
"""

from __future__ import annotations

from dataclasses import dataclass

from supervise.domain.clock import Term
from supervise.domain.toml_records import (
    choice,
    many,
    number,
    record,
    setting,
    simple,
    text,
    text_or_blank,
)
from supervise.errors import BadInput

_TEXT, _BLANK = simple(text), simple(text_or_blank)


def _term(value: object) -> Term:
    try:
        return Term.parse(value if isinstance(value, str) else str(value))
    except BadInput as error:
        raise ValueError(error.message.rstrip("。")) from None


@dataclass(frozen=True, slots=True)
class NodeRule:
    """One node: its name, its term, the node it is counted `after` (blank: the set's start).

    `rate` is the name of the rate of nodes reached in time; `target` its percentage, if any.
    """

    name: str = setting(_TEXT)
    term: Term = setting(simple(_term))
    after: str = setting(_BLANK, "")
    rate: str = setting(_BLANK, "")
    target: float | None = setting(number(0, 100), None)
    comparison: str = setting(choice(">=", "<=", "="), ">=")


@dataclass(frozen=True, slots=True)
class ClockSet:
    """A set of clocks that an issue may carry; `start` names the day they run from."""

    name: str = setting(_TEXT)
    start: str = setting(_TEXT)
    nodes: tuple[NodeRule, ...] = setting(many(record(NodeRule)))
    clause: str = setting(_BLANK, "")


CLOCKSETS = (
    ClockSet(
        "合同备案",
        "签约",
        (
            NodeRule("入库", Term(10, "wd"), rate="入库及时率"),
            NodeRule("备案", Term(10, "wd"), rate="备案及时率"),
        ),
        "签约后10个工作日内纳入管理库并备案；两个节点同一期限，分别记日期",
    ),
    ClockSet(
        "信访",
        "收到",
        (
            NodeRule("程序性回复", Term(7, "d"), "", "程序性回复率", 100.0, "="),
            NodeRule("实体性答复", Term(3, "m"), "", "实体性答复率", 90.0),
        ),
        "7日内程序性回复100%，3个月内实体性答复90%以上；7日按自然日",
    ),
    ClockSet(
        "项目",
        "签约",
        (
            NodeRule("开工", Term(6, "m"), rate="按期开工率"),
            NodeRule("入统", Term(2, "m"), "开工", "按期入统率"),
        ),
        "签约6个月内开工，开工2个月内入库（入统）；后一节点自前一节点完成日起算",
    ),
)
