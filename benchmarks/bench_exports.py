"""A long list written to a workbook, beside the bare loop that writes the same cells."""

from __future__ import annotations

import io
from functools import partial

from benchmarks import Ratio, compare, ledgers
from db.issue_lists import Filter
from supervise.reports import exports, ledger_lists, sheet
from supervise.reports.exports import Listing
from supervise.services.issue_records import listing
from supervise.services.session import Session

MANY = 100_000
Row = tuple[exports.Value, ...]


def run() -> list[Ratio]:
    """Measure on 100,000 issues, reading them included."""
    with ledgers.opened(ledgers.ledger(MANY)) as session:
        columns = _listing(session).columns
        rows = [
            tuple(column.value(record) for column in columns)
            for record in _listing(session).records
        ]
        return [
            compare(
                f"a list of {MANY:,} issues to .xlsx, beside the bare loop",
                lambda: exports.write(_listing(session), ".xlsx"),
                partial(_bare, rows, [column.kind for column in columns]),
                aim=1.3,
                rounds=3,
            )
        ]


def _listing(session: Session) -> Listing:
    return ledger_lists.ledger_list(
        "issues", listing(session, Filter()), MANY, ledgers.TODAY, "1:0000000000000000"
    )


def _bare(rows: list[Row], kinds: list[str]) -> bytes:
    """Write the same cells, each by the method of its kind."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, sheet.OPTIONS) as book:
        page = book.add_worksheet()
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                if kinds[column] == "date":
                    page.write_datetime(at, column, value, dated)
                elif kinds[column] == "int":
                    page.write_number(at, column, value)
                else:
                    page.write_string(at, column, value)
    return out.getvalue()
