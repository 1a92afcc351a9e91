"""差异清单: what a collecting left undone, for whoever has to settle it with the units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from db import events
from supervise.reports.document import Document
from supervise.reports.lists import list_document
from supervise.services.ledger import is_demo
from supervise.services.session import Session

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
