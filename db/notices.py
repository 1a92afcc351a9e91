"""Notices, the decisions on a draft, and the entries of issued ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.codec import day, reasons_record
from db.driver import Connection
from supervise.domain.ladder_records import Entry, Notice

_COLUMNS = (
    "id, period, cutoff, series, status, periods, number, issued_on, delivered_on, withdrawn_on,"
    " seen, basis, pack_version"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a unit on a draft; `kind`: name, exempt, restore, check."""

    no: int
    unit_id: int
    kind: str
    reason: str | None
    polarity: str | None
    explain: bool
    result: str | None
    by: str
    on: str


def _notice(conn: Connection, row: Sequence[Any]) -> Notice:
    cutoff = day(row[2])
    assert cutoff is not None
    return Notice(
        row[0],
        row[1],
        cutoff,
        row[3],
        row[4],
        tuple(json.loads(row[5])),
        row[6],
        day(row[7]),
        day(row[8]),
        day(row[9]),
        entries(conn, row[0]),
        row[10],
        row[11],
        row[12],
    )


def every(conn: Connection, series: str | None = None) -> list[Notice]:
    """List notices by month, those of one series or all, withdrawn ones too."""
    where, values = ("WHERE series = ?", (series,)) if series else ("", ())
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM notice {where} ORDER BY period, id", values
    ).fetchall()
    return [_notice(conn, row) for row in rows]


def current(conn: Connection, series: str, period: str) -> Notice | None:
    """Give the notice of a month that stands: not withdrawn, else the last withdrawn one."""
    row = conn.execute(
        f"SELECT {_COLUMNS} FROM notice WHERE series = ? AND period = ?"
        " ORDER BY status = 'withdrawn', id DESC LIMIT 1",
        (series, period),
    ).fetchone()
    return _notice(conn, row) if row else None


def by_id(conn: Connection, notice_id: int) -> Notice:
    """Give the notice with this id."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM notice WHERE id = ?", (notice_id,)).fetchone()
    return _notice(conn, row)


def entries(conn: Connection, notice_id: int) -> tuple[Entry, ...]:
    """List the entries an issued notice was frozen with, as corrected since."""
    rows = conn.execute(
        "SELECT n.unit_id, n.name, n.polarity, n.origin, n.status, n.reasons, n.check_result,"
        " n.exempt_reason, n.exempt_by, n.explain, n.corrected_on"
        " FROM naming n JOIN unit u ON u.id = n.unit_id WHERE n.notice_id = ?"
        " ORDER BY n.polarity <> 'named', u.sort_order IS NULL, u.sort_order, n.name, n.unit_id",
        (notice_id,),
    )
    return tuple(
        Entry(
            unit_id,
            name,
            polarity,
            origin,
            status,
            reasons_record(json.loads(reasons)),
            check,
            exempt_reason,
            exempt_by,
            bool(explain),
            day(corrected),
        )  # fmt: skip
        for (
            unit_id,
            name,
            polarity,
            origin,
            status,
            reasons,
            check,
            exempt_reason,
            exempt_by,
            explain,
            corrected,
        ) in rows  # fmt: skip
    )


def decisions(conn: Connection, notice_id: int) -> list[Decision]:
    """List what people decided about a draft, in the order they decided it."""
    rows = conn.execute(
        "SELECT no, unit_id, kind, reason, polarity, explain, result, by_name, on_date"
        " FROM decision WHERE notice_id = ? ORDER BY no",
        (notice_id,),
    )
    return [
        Decision(no, unit_id, kind, reason, polarity, bool(explain), result, by, on)
        for no, unit_id, kind, reason, polarity, explain, result, by, on in rows
    ]


def frozen(conn: Connection, notice_id: int) -> tuple[Any, Any] | None:
    """Give an issued notice's document tree and figures, as stored at issuing."""
    row = conn.execute("SELECT document, figures FROM notice WHERE id = ?", (notice_id,)).fetchone()
    if row is None or row[0] is None:
        return None
    return json.loads(row[0]), json.loads(row[1])


def printed_in(conn: Connection, code: str) -> list[str]:
    """List the months whose issued notices name the issue."""
    rows = conn.execute(
        "SELECT DISTINCT notice.period FROM naming JOIN notice ON notice.id = naming.notice_id,"
        " json_each(naming.reasons) AS reason,"
        " json_each(json_extract(reason.value, '$.issues')) AS item"
        " WHERE notice.status = 'issued' AND item.value = ? ORDER BY 1",
        (code,),
    )
    return [row[0] for row in rows]
