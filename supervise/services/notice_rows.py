"""Entries of a notice as the plain data that events carry."""

from __future__ import annotations

from db.codec import day, reasons_json, reasons_record
from supervise.domain.ladder_records import Entry
from supervise.services.work import Record


def entry_row(entry: Entry) -> Record:
    """Give an entry as the plain data an event carries."""
    return {
        "unit_id": entry.unit_id,
        "name": entry.name,
        "polarity": entry.polarity,
        "origin": entry.origin,
        "status": entry.status,
        "reasons": reasons_json(entry.reasons),
        "check_result": entry.check,
        "exempt_reason": entry.exempt_reason,
        "exempt_by": entry.exempt_by,
        "explain": int(entry.explain),
        "corrected_on": entry.corrected_on.isoformat() if entry.corrected_on else None,
    }


def entry_of(row: Record) -> Entry:
    """Build an entry from such plain data."""
    return Entry(
        row["unit_id"],
        row["name"],
        row["polarity"],
        row["origin"],
        row["status"],
        reasons_record(row["reasons"]),
        row["check_result"],
        row["exempt_reason"],
        row["exempt_by"],
        bool(row["explain"]),
        day(row["corrected_on"]),
    )
