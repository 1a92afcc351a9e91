"""What an event of a task or a periodic duty tells, as labels and words for the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from supervise.domain.measures import COMPARATOR_WORDS, plain

_REPORTED = (
    ("numerator", "分子"),
    ("denominator", "分母"),
    ("value", "数值"),
    ("reference", "对照值"),
    ("evidence", "佐证"),
)
_REPORT = (("period", "期次"), ("submitted_on", "报来"), ("waived_on", "免报"), ("reason", "理由"))


def told(payload: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give what stands in the rows an event wrote: steps, targets, figures, reports."""
    for one in payload.get("milestones") or ():
        done = f"，{one['done_on']} 完成" if one["done_on"] else ""
        yield "节点", f"{one['title']}，{one['due_on']} 到期{done}"
    for one in payload.get("indicators") or ():
        due = f"，{one['due_on']} 到期" if one["due_on"] else "，滚动"
        yield "指标", f"{one['name']} {one['strength']}{_aim(one)}{due}"
    for one in payload.get("measurements") or ():
        yield "数据", f"第{one['no']}项指标 {one['period']}：{_words(one, _REPORTED)}"
    if "duty" in payload:
        duty = payload["duty"]
        yield duty["name"], f"应报单位 {'、'.join(duty['owed_by'])}，自 {duty['since']}"
    if "report" in payload:
        report = payload["report"]
        yield report["duty"], _words(report, _REPORT)


def _aim(row: Mapping[str, Any]) -> str:
    """Say a target as the lists do: “≥98%”, “3至5项”; one without a figure only compares."""
    sign = COMPARATOR_WORDS.get(row["comparator"] or "", "")
    if row["aim"] is None:
        return f"{sign}对照值" if sign else ""
    low = plain(Fraction(row["aim"]))
    shown = f"{low}至{plain(Fraction(row['high']))}" if row["high"] else f"{sign}{low}"
    return f"{shown}{row['measured_in']}"


def _words(row: Mapping[str, Any], names: tuple[tuple[str, str], ...]) -> str:
    return "，".join(f"{label} {row[name]}" for name, label in names if row.get(name) is not None)
