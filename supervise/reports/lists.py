"""Lists as documents: every one opens with what it is, as of when, and the 台账校验码."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from supervise.reports.document import Cell, Column, Document, Table
from supervise.reports.phrases import DEMO_MARK
from supervise.reports.words import chinese_date


def list_document(
    title: str,
    as_of: date,
    code: str,
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Cell | None]],
    *,
    note: str | None = None,
    demo: bool = False,
) -> Document:
    """Make a document of a list; an empty cell is left empty."""
    heads = tuple(Column(c) if isinstance(c, str) else c for c in columns)
    filled = tuple(tuple("" if cell is None else cell for cell in row) for row in rows)
    return Document(
        title=title,
        blocks=(Table(heads, filled, note=note),),
        marks=(DEMO_MARK,) if demo else (),
        stamp=(
            ("截至", chinese_date(as_of)),
            ("条数", str(len(filled))),
            ("台账校验码", code or "—"),
        ),
        internal=True,
    )
