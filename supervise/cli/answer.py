"""What a command answers: its JSON record for a program, tables and sentences for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from supervise.cli import diagnostics, output
from supervise.cli.front import Front

Record = Mapping[str, Any]


def show_list(front: Front, kind: str, records: Sequence[Record], *, empty: str = "") -> None:
    """Write a list: a JSON array, or a table with the columns of its kind."""
    if front.json:
        output.document(records)
    elif records:
        from supervise.cli import views

        views.table(kind, records)
    else:
        diagnostics.say(empty or "没有符合条件的记录。")


def show_record(front: Front, kind: str, record: Record, *sentences: str) -> None:
    """Write one record: a JSON document, or sentences and labelled sections."""
    if front.json:
        output.document(record)
        return
    from supervise.cli import views

    if sentences:
        output.lines(*sentences, "")
    views.sections(kind, record)
