"""What is wrong with a file that is to be imported, as a list for whoever has to put it right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from db import events
from supervise.reports.document import Document
from supervise.reports.lists import list_document
from supervise.services.import_run import Problem
from supervise.services.ledger import is_demo
from supervise.services.session import Session

_COLUMNS = ("情形", "行", "列", "单元格内容", "原因", "该行内容")


def problems_document(
    name: str, problems: Iterable[Problem], as_of: date, code: str, *, demo: bool = False
) -> Document:
    """Make the list of a file's bad rows; `name` is the file's, `code` the 台账校验码."""
    rows = [(p.kind, p.row, p.column, p.value, p.reason, p.subject) for p in problems]
    return list_document(f"《{name}》导入核对清单", as_of, code, _COLUMNS, rows, demo=demo)


def problems_list(session: Session, name: str, problems: Iterable[Problem]) -> Document:
    """Make the list as of now, with the 台账校验码 of the ledger that the file was tried on."""
    code = events.head_code(session.conn)
    return problems_document(name, problems, session.today, code, demo=is_demo(session))
