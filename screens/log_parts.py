"""What the page of the log shows: its columns, its source, and one event in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from screens.widgets.columns import Cell, Column, Record, field, one_line
from screens.widgets.issue_words import FACTS
from screens.words import field_words
from supervise.domain.clock import Term
from supervise.domain.interviews import STATUS_LABELS
from supervise.domain.stage_names import STAGE_LABELS
from supervise.services import event_log
from supervise.services.event_log import Entry, LogFilter, Sought
from supervise.services.operations.shape import SPOKEN
from supervise.services.session import Session

_WORDS = {
    "status": "状态",
    "name": "名称",
    "kind": "类别",
    "head": "主要负责人",
    "head_since": "负责人自",
    "active": "在用",
    "pending": "待核",
    "period": "月份",
    "cutoff": "截止日期",
    "number": "文号",
    "issued_on": "签发日期",
    "delivered_on": "送达日期",
    "withdrawn_on": "撤回日期",
    "leader": "约谈领导",
    "periods": "依据月份",
    "planned_on": "计划日期",
    "held_on": "约谈日期",
    "approved_on": "批准日期",
    "declined_on": "不同意日期",
    "deferred_on": "暂缓日期",
    "voided_on": "作废日期",
    "received_on": "收到日期",
    "accepted_on": "受理或收阅日期",
    "returned_on": "退回日期",
    "decided_on": "研判日期",
    "ended_on": "办结日期",
    "urged_on": "催办日期",
    "urges": "催办次数",
    "extensions": "延期次数",
    "returns": "退回次数",
    "reopens": "反弹次数",
    "replied_on": "答复日期",
    "feedback_on": "回访日期",
    "pause_review_on": "暂停复查日期",
    "merged_into": "并入",
    "term": "时限",
    "found_on": "发现日期",
    "sort_order": "机构序列",
    "initials": "拼音首字母",
    "code": "编号",
    "reason": "理由",
    "series": "系列",
    "basis": "台账校验码",
    "pack_version": "规则包版本",
    "short": "简称",
    "office": "本办序号",
    "scope": "公开内容",
    "criterion": "情形",
    "recipient": "接收机关",
    "tier": "层级",
    "theme": "主题",
    "opened_on": "登记日期",
    "summary": "会议小结",
    "gist": "批示内容",
    "report_by": "报结日期",
    "task": "任务",
    "answer": "报告内容",
    "answered_on": "报告日期",
    "interim": "只报阶段情况",
    "since": "销号自",
    "population": "基数",
    "seed": "种子",
    "file": "文件",
    "row_count": "件数",
    "sent_on": "发表日期",
}
# What an event keeps for the program alone: numbers of rows and events, digests, the document
# itself, and what the lines above have told already.
_INNER = frozenset(
    (
        *("seen", "key", "issue_id", "parent_id", "subject_id", "ledger", "demo"),
        *("document", "figures", "layout", "digests", "on_date", "by_name", "ref"),
    )
)
_FACTS = {**FACTS, "upheld": "意见成立"}
_STATES = {**STATUS_LABELS, **{stage.value: word for stage, word in STAGE_LABELS.items()}}
_NOTICE = {"draft": "拟稿", "issued": "已签发", "withdrawn": "已撤回"}


def _when(record: Record) -> Cell:
    """Show when it was recorded; late entries stand out by the day."""
    late = record["recorded_at"][:10] != record["on"]
    return Cell(record["recorded_at"][2:16], "warn" if late else "muted")


COLUMNS = (
    Column("序号", lambda r: str(r["seq"]), 7, right=True, spare=2),
    Column("业务日期", field("on"), 10),
    Column("操作", field("op_name", "strong"), 10),
    Column("对象", field("about"), 22, grows=6),
    Column("办理人", field("by"), 8, grows=1),
    Column("记录人", field("recorded_by", "muted"), 8, spare=3),
    Column("记录时间", _when, 14, spare=1),
    Column("文号", field("ref", "muted"), 14, spare=4),
)


@dataclass(frozen=True, slots=True)
class LogSource:
    """The events that fit what was asked for; `referrals`: those about referral too."""

    sought: Sought
    referrals: bool

    def count(self, session: Session) -> int:
        """Count them."""
        return event_log.count(session, self._chosen(session))

    def rows(self, session: Session, offset: int, limit: int) -> Sequence[Record]:
        """Give a window of them."""
        return event_log.rows(session, self._chosen(session), offset, limit)

    def page(self, session: Session, offset: int, limit: int) -> tuple[int, Sequence[Record]]:
        """Give their number and a window of them."""
        found = self._chosen(session)
        rows = event_log.rows(session, found, offset, limit)
        if len(rows) < limit and (rows or not offset):
            return offset + len(rows), rows
        return event_log.count(session, found), rows

    def _chosen(self, session: Session) -> LogFilter:
        return event_log.chosen(session, self.sought, referrals=self.referrals)


def told(entry: Entry | None) -> Content:
    """Draw an event in words."""
    if entry is None:
        return Content("没有选中记录。")
    parts: list[tuple[str, str]] = []
    for label, text in _lines(entry):
        if text:
            parts += [(f"{label}  ", "$muted"), (f"{one_line(text)}\n", "$foreground")]
        else:
            parts.append((f"{label}\n", "$primary bold"))
    return Content.assemble(*parts)


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    row, event = entry.row, entry.event
    yield f"第{row['seq']}号 {row['op_name']}", ""
    yield "对象", row["about"]
    yield "业务日期", row["on"]
    yield "记录时间", row["recorded_at"]
    yield "办理人", row["by"]
    yield "记录人", row["recorded_by"]
    if row["ref"]:
        yield "文号", row["ref"]
    if event.get("note"):
        yield "说明", event["note"]
    for name, label in _FACTS.items():
        if event.get(name) is not None:
            yield label, _value(name, event[name])
    yield from _changes(event.get("changes") or {})
    if entry.facts:
        yield "所记", ""
        yield from ((label or "内容", text or "—") for label, text in entry.facts)
    yield "链", ""
    yield "前一条校验值", entry.prev or "（首条）"
    yield "本条校验值", entry.hash


def _changes(changes: Record) -> Iterator[tuple[str, str]]:
    shown = {name: pair for name, pair in changes.items() if name not in _INNER}
    if not shown:
        return
    yield "变更", ""
    words = {**field_words(), **_WORDS}
    for name, (old, new) in shown.items():
        before = f"{_value(name, old)} 改为 " if old not in (None, "", []) else ""
        yield words.get(name, name), f"{before}{_value(name, new)}"


def _value(name: str, value: Any) -> str:
    if value is None or value in ("", []):
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    if name == "term":
        return Term.parse(str(value)).label
    if name == "criterion":
        return SPOKEN.get(str(value), str(value))
    if name in {"stage", "status"}:
        return _STATES.get(str(value), _NOTICE.get(str(value), str(value)))
    return str(value)
