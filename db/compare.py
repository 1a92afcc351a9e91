"""Two databases compared table by table, row by row, without holding more than a row of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from db import clock_nodes, task_tables
from db.driver import Connection
from db.migrations import DERIVED
from supervise.text import clean_line, cut

SHOWN = 5

TITLES = {
    "meta": "台账设置",
    "unit": "单位",
    "unit_name": "单位名称",
    "issue": "事项",
    "span": "环节",
    "shift": "限期变动",
    "evidence": "佐证",
    "notice": "通报",
    "decision": "通报决定",
    "naming": "通报名单",
    "explanation": "书面说明",
    "interview": "约谈",
    "referral": "移送研判",
    "calendar_year": "工作日历",
    "pack": "规则包",
    "imported": "导入记录",
    "batch": "批量记录",
    "profile": "导入方案",
    "month_step": "办文环节",
    "meeting": "调度",
    "agenda_item": "调度议题",
    "resolution": "议定事项",
    "instruction": "批示件",
    "revisit_plan": "回头看计划",
    "revisit_item": "回头看事项",
    "sheet": "问题表",
    "sheet_row": "问题表各行",
    "sheet_taken": "已采用的填报",
    "sheet_item": "问题表所列任务和报送",
    "sheet_item_taken": "已采用的任务和报送填报",
    "sheet_difference": "对账差异",
    "clearance": "保密审查",
    **task_tables.TITLES,
    **clock_nodes.TITLES,
}
_COLUMN_TITLES = {
    "stage": "环节",
    "title": "标题",
    "code": "编号",
    "name": "名称",
    "detail": "详情",
    "unit_id": "单位",
    "due_on": "限期",
    "original_due_on": "原限期",
    "found_on": "发现日期",
    "assigned_on": "交办日期",
    "signed_on": "签收日期",
    "submitted_on": "报请复核日期",
    "closed_on": "销号日期",
    "entered": "进入日期",
    "left_on": "离开日期",
    "outcome": "去向",
    "before_on": "原限期",
    "after_on": "新限期",
    "returns": "退回次数",
    "reopens": "重办次数",
    "satisfaction": "满意情况",
    "status": "状态",
    "reasons": "理由",
    "reason": "理由",
    "number": "文号",
    "issued_on": "签发日期",
    "document": "文稿",
    "held_on": "约谈日期",
    "kind": "类别",
    "head": "负责人",
    "value": "值",
    "on_date": "日期",
    "by_name": "办理人",
    "ref": "文号",
    "note": "备注",
}
# What a person knows a referenced row by.
_REFERENCES = {
    "issue_id": ("事项", "SELECT code FROM issue WHERE id = ?"),
    "unit_id": ("单位", "SELECT name FROM unit WHERE id = ?"),
    "notice_id": ("通报", "SELECT period FROM notice WHERE id = ?"),
}
_OWN_NAMES = {"issue": "code", "unit": "name", "notice": "period"}

Row = tuple[Any, ...]
Rows = Iterator[Row]
_Rank = tuple[tuple[bool, bool, Any], ...]


def _rank(key: Row) -> _Rank:
    """Order keys as SQLite does: NULL, numbers, text."""
    return tuple(
        (part is not None, isinstance(part, str), 0 if part is None else part) for part in key
    )


def differing(
    ours: Rows, replayed: Rows, positions: tuple[int, ...]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Pair the rows of two ordered streams by their keys, giving only the pairs that differ.

    A side that lacks the row gives None.
    """

    def rank(row: Row) -> _Rank:
        return _rank(tuple(row[at] for at in positions))

    left, right = next(ours, None), next(replayed, None)
    while left is not None or right is not None:
        if left == right:
            left, right = next(ours, None), next(replayed, None)
        elif right is None or (left is not None and rank(left) < rank(right)):
            yield left, None
            left = next(ours, None)
        elif left is None or rank(right) < rank(left):
            yield None, right
            right = next(replayed, None)
        else:
            yield left, right
            left, right = next(ours, None), next(replayed, None)


def columns_of(conn: Connection, table: str) -> tuple[str, ...]:
    """Name a table's columns in their order; none when there is no such table."""
    rows = conn.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
    return tuple(row[0] for row in rows)


def table(conn: Connection, replay: Connection, name: str) -> list[str]:
    """Compare one derived table with its replay; names the first few rows that differ."""
    columns = columns_of(replay, name)
    if columns_of(conn, name) != columns:
        return [f"“{TITLES[name]}”表（{name}）的栏目与程序所建的不同。"]
    keys = tuple(part.strip() for part in DERIVED[name].split(","))
    query = f"SELECT {', '.join(columns)} FROM {name} ORDER BY {DERIVED[name]}"
    pairs = differing(
        iter(conn.execute(query)), iter(replay.execute(query)), tuple(map(columns.index, keys))
    )
    problems: list[str] = []
    more = 0
    for stored, expected in pairs:
        if len(problems) == SHOWN:
            more += 1
            continue
        row = dict(zip(columns, stored or expected or (), strict=True))
        label = _label(conn if stored else replay, name, keys, row)
        problems.append(_sentence(label, columns, stored, expected))
    if more:
        problems.append(f"“{TITLES[name]}”表另有 {more} 行与日志不符。")
    return problems


def _sentence(
    label: str, columns: tuple[str, ...], stored: Row | None, expected: Row | None
) -> str:
    if stored is None:
        return f"{label}：日志里有，台账里没有。"
    if expected is None:
        return f"{label}：台账里有，日志里没有。"
    changed = [
        f"“{_COLUMN_TITLES.get(column, column)}”台账为{_shown(is_)}，按日志应为{_shown(should)}"
        for column, is_, should in zip(columns, stored, expected, strict=True)
        if is_ != should
    ]
    return f"{label}与日志不符：{'；'.join(changed[:3])}{'等' if len(changed) > 3 else ''}。"


def _shown(value: object) -> str:
    return "空" if value is None else cut(clean_line(str(value)), 40)


def _label(conn: Connection, name: str, keys: tuple[str, ...], row: Mapping[str, Any]) -> str:
    """Say which row it is, as a person knows it."""
    own = _OWN_NAMES.get(name)
    if own:
        return f"{TITLES[name]} {_shown(row[own])}"
    parts = [_part(conn, key, row[key]) for key in keys]
    return f"{TITLES[name]}（{'、'.join(parts)}）"


def _part(conn: Connection, key: str, value: object) -> str:
    if key in _REFERENCES:
        word, query = _REFERENCES[key]
        found = conn.execute(query, (value,)).fetchone()
        return f"{word} {_shown(found[0] if found else value)}"
    if key == "no" and isinstance(value, int):
        return f"第 {value + 1} 条"
    return _shown(value)
