"""差异清单: what a collecting left undone, for whoever has to settle it with the units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from db import events
from supervise.domain.dates import period_label
from supervise.reports.document import Document
from supervise.reports.lists import list_document
from supervise.services.ledger import is_demo
from supervise.services.session import Session
from supervise.services.sheets.status import STATES, status

_COLUMNS = ("情形", "单位", "编号", "栏目", "台账", "单位所填", "发出时", "说明", "文件", "行")
Row = tuple[Any, ...]


def differences_list(session: Session, record: Mapping[str, Any]) -> Document:
    """Make the list of a collecting's differences, stale rows, refusals and units not heard of."""
    rows = [tuple("" if cell is None else str(cell) for cell in row) for row in _rows(record)]
    code = events.head_code(session.conn)
    title = "收表差异清单"
    return list_document(title, session.today, code, _COLUMNS, rows, demo=is_demo(session))


def _rows(record: Mapping[str, Any]) -> Iterator[Row]:
    for one in record["differences"]:
        ways = (one["ours"], one["theirs"], one["last"])
        yield ("差异", one["unit"], one["issue"], one["column"], *ways, "", "", "")
    for one in record["stale"]:
        columns = "、".join(one["columns"])
        where = (one["why"], one["file"], one["row"])
        yield ("发表后台账有变", one["unit"], one["issue"], columns, "", "", "", *where)
    for one in record["refused"]:
        where = (one["message"], one["file"], one["row"])
        yield ("不能采用", "", "", one["column"], "", "", "", *where)
    for unit in record["missing"]:
        yield ("未报", unit, "", "", "", "", "", "没有收到填好的表。", "", "")


_MONTH = ("状态", "情形", "单位", "编号", "栏目", "台账", "单位所填", "发出时", "说明")


def month_list(session: Session, period: str) -> Document:
    """Make the list of a month's differences as they are kept, and of the units not heard of."""
    found = status(session, period)
    keys = ("kind", "unit", "issue", "column", "ours", "theirs", "last", "why")
    rows = [
        (STATES[one["status"]], *("" if one[key] is None else str(one[key]) for key in keys))
        for one in found["differences"]
    ]
    blank = ("",) * 5
    rows += [("未报", "未报", unit, *blank, "没有收到填好的表。") for unit in found["missing"]]
    code = events.head_code(session.conn)
    title = f"{period_label(period)}收表差异清单"
    return list_document(title, session.today, code, _MONTH, rows, demo=is_demo(session))
