"""The issues a unit has in hand as the rows of its sheet, the complainant where it may know."""

from __future__ import annotations

from datetime import date

from db.parties import together
from db.sheets import OpenIssue
from supervise.domain.records import Stage
from supervise.domain.sheets import Row
from supervise.services.discretion import OPEN, blotter


def row_of(found: OpenIssue) -> Row:
    """Make the row of one issue: names of complainants who stay unnamed are blotted out."""
    veil = blotter(found.complainants)
    known = together(found.complainants)
    told = (known.name, known.contact) if known and known.disclosure == OPEN else ()
    named = "，".join(filter(None, told))
    return Row(
        found.id,
        found.code,
        veil(found.title),
        veil(found.detail or ""),
        _day(found.assigned_on),
        _day(found.due_on),
        Stage(found.stage),
        named,
        (found.party_digest or "") if named else "",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
