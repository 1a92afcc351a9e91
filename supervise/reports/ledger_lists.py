"""The ledger's own lists as files: which columns the issues, units and interviews have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from supervise.domain.interviews import STATUS_LABELS
from supervise.reports.exports import ListColumn, Listing, Record, Value, day, number, text
from supervise.reports.words import month_text
from supervise.text import printable


def _late(record: Record) -> Value:
    days = record["overdue_days"]
    return f"超期{days}天" if record["overdue"] else None


def _status(record: Record) -> Value:
    return STATUS_LABELS.get(str(record["status"]), str(record["status"]))


def _months(record: Record) -> Value:
    return "、".join(map(month_text, record["periods"]))


def _numbers(record: Record) -> Value:
    found = (one.get("notice") for one in record["basis"])
    return "、".join(printable(str(one)) for one in found if one) or None


def _yes(key: str, title: str) -> ListColumn:
    return ListColumn(title, lambda record: "是" if record.get(key) else None)


ISSUES = (
    text("code", "编号"),
    text("title", "事项"),
    text("stage_name", "阶段"),
    text("unit", "责任单位"),
    text("unit_id", "单位代码"),
    text("co_units", "配合单位"),
    text("category", "类别"),
    text("source", "来源"),
    text("urgency", "紧急程度"),
    day("found_on", "发现日期"),
    day("assigned_on", "交办日期"),
    day("original_due_on", "原限期"),
    day("due_on", "限期"),
    day("submitted_on", "报请复核日期"),
    day("closed_on", "销号日期"),
    ListColumn("超期", _late, flags=True),
    number("overdue_days", "超期天数"),
    number("returns", "退回次数"),
    number("reopens", "反弹次数"),
    text("satisfaction", "满意情况"),
)
UNITS = (
    text("unit", "单位"),
    text("unit_id", "单位代码"),
    text("kind", "类别"),
    text("parent", "所属县市区"),
    text("short", "简称"),
    text("aliases", "别名"),
    text("head", "主要负责人"),
    number("order", "机构序列"),
    _yes("active", "在用"),
    _yes("pending", "待核"),
)
INTERVIEWS = (
    number("id", "约谈编号"),
    text("unit", "单位"),
    text("unit_id", "单位代码"),
    ListColumn("依据月份", _months),
    ListColumn("依据通报", _numbers),
    ListColumn("状态", _status),
    day("submitted_on", "提请日期"),
    text("leader", "约谈领导"),
    day("planned_on", "计划日期"),
    day("held_on", "约谈日期"),
    day("due_on", "承诺日期"),
    day("closed_on", "办结日期"),
    text("warnings", "提示"),
)
_KINDS = {
    "issues": ("问题清单", ISSUES),
    "units": ("责任单位清单", UNITS),
    "interviews": ("约谈清单", INTERVIEWS),
}


def ledger_list(
    kind: str,
    records: Iterable[Record],
    total: int,
    as_of: date,
    code: str,
    *,
    chosen: str = "",
    demo: bool = False,
) -> Listing:
    """Make a list of `issues`, `units` or `interviews` of their JSON records.

    `chosen` is the filter in words, `code` the 台账校验码 of the moment the records were read.
    """
    title, columns = _KINDS[kind]
    return Listing(title, as_of, code, columns, records, total, chosen, demo)
