"""An operation typed at the command line: carried out, and the record that it changed printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from supervise.cli.answer import Record, show_record
from supervise.cli.front import Front
from supervise.services import work
from supervise.services.registry import Operation

# Operations that give another record than their noun's.
_RECORDS = {"dispatch.decide": "decision", "dispatch.answer": "decision"}


def perform(front: Front, op: Operation, values: Mapping[str, Any]) -> None:
    """Carry out one operation in a transaction of its own and print the record."""
    with front.session(write=True) as session:
        record: Record = work.perform(session, op.name, values)
        if op.noun == "task" and not front.json:
            from supervise.cli.tasks import with_told

            record = with_told(session, record)
    show_record(front, _RECORDS.get(op.name, op.noun), record, f"已记录：{op.title}。")
