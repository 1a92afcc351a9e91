"""调度的议题和议定事项: the sheet taken into a meeting, and what came of it once it was held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from supervise.domain.facts import OfficeFacts
from supervise.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Heading,
    Paragraph,
    Table,
)
from supervise.reports.layout import one_line
from supervise.reports.phrases import INTERNAL_MARK, office_marks, office_stamp

Record = Mapping[str, Any]
_AGENDA = (
    Column("序号", "center", 4),
    Column("编号", "left", 12),
    Column("议题", "left", 24),
    Column("责任单位", "left", 12),
    Column("列入理由", "left", 24),
)
_DECISIONS = (
    Column("编号", "center", 5),
    Column("议定事项", "left", 26),
    Column("涉及事项", "left", 12),
    Column("责任单位", "left", 12),
    Column("完成期限", "center", 10),
    Column("回告", "left", 18),
)


def meeting_document(meeting: Record, agenda: Sequence[Record], office: OfficeFacts) -> Document:
    """Lay out a meeting: what is on its agenda, what is proposed for it, what it decided.

    `meeting` is its record with `decisions`; one still to be held has only its tier.
    """
    day = meeting.get("held_on")
    return Document(
        title=f"{meeting['tier']}调度议题" + ("和议定事项" if meeting.get("decisions") else ""),
        blocks=tuple(_blocks(meeting, agenda)),
        marks=office_marks(office, INTERNAL_MARK),
        stamp=(*((("会议日期", str(day)),) if day else ()), *office_stamp(office)),
        internal=True,
        style="plain",
        sealed=False,
    )


def _blocks(meeting: Record, agenda: Sequence[Record]) -> Iterator[Block]:
    known = (("主题", "theme"), ("专项组", "unit"), ("主持人", "leader"), ("状态", "status_name"))
    facts = tuple((label, one_line(str(meeting[n]))) for label, n in known if meeting.get(n))
    if facts:
        yield Fields(facts)
    picked = [one for one in agenda if one["status"] == "picked"]
    proposed = [one for one in agenda if one["status"] == "proposed"]
    if picked:
        yield Heading(1, "议题")
        yield Table(_AGENDA, tuple(_item(one, number) for number, one in enumerate(picked, 1)))
    if proposed:
        yield Heading(1, "拟列议题")
        yield Table(_AGENDA, tuple(_item(one, number) for number, one in enumerate(proposed, 1)))
    if not agenda:
        yield Paragraph("没有议题。")
    if meeting.get("decisions"):
        yield Heading(1, "议定事项")
        yield Table(_DECISIONS, tuple(map(_decision, meeting["decisions"])))
    if meeting.get("summary"):
        yield Heading(1, "小结")
        yield Paragraph(str(meeting["summary"]))


def _item(one: Record, number: int) -> tuple[Cell, ...]:
    subject = one["title"] or one["topic"] or f"任务{one['task']}"
    reasons = "；".join(str(why["words"]) for why in one["reasons"])
    words = (one["issue"] or one["task"] or "", subject, one["unit"] or "", reasons)
    return (number, *(one_line(str(word)) for word in words))


def _decision(one: Record) -> tuple[Cell, ...]:
    told = f"{one['answered_on']} {one['answer']}" if one["answered_on"] else one["status_name"]
    about = one["issue"] or one["task"] or ""
    words = (one["id"], one["text"], about, one["unit"] or "", one["due_on"] or "", told)
    return tuple(one_line(str(word)) for word in words)
