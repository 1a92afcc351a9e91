"""The issues a unit has in hand as the rows of its sheet, the complainant where it may know."""

from __future__ import annotations

from datetime import date

from db.sheets import OpenIssue
from supervise.domain.records import Stage
from supervise.domain.sheets import Row
from supervise.services.discretion import OPEN, blotter


def row_of(found: OpenIssue) -> Row:
    """Make the row of one issue: names of complainants who stay unnamed are blotted out."""
    veil = blotter(found.party, found.contact, found.disclosure or OPEN)
    named = found.disclosure == OPEN and (found.party or found.contact)
    return Row(
        found.id,
        found.code,
        veil(found.title),
        veil(found.detail or ""),
        _day(found.assigned_on),
        _day(found.due_on),
        Stage(found.stage),
        "，".join(filter(None, (found.party, found.contact))) if named else "",
        (found.party_digest or "") if named else "",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
