"""From events to tables: what each event's results change, the same live and in a replay.

An event carries results, never only inputs; nothing here decides or recomputes. Its payload:

- `set`: columns of the subject's own row; `new`: true when the row is inserted
- issue: `spans`, `shifts`, `nodes` (whole lists), `evidence` (rows), `key`, `digest` (of an
  imported row)
- unit: `names` (name, from, until)
- notice: `entries`, `decisions`
- month: `step` (a row of `month_step`; recording it again replaces it)
- dispatch: `set` (of `meeting`), `item` (of `agenda_item`), `resolution`: whole rows, by number
- revisit: `items` (issue, unit, checker, closing)
- sheet: `rows` (of `sheet_row`), `seen` (issue, newest event known), `taken` (digests of what was
  taken over), `differences` (the whole list), `settled` (code, heading, status of one of them)
- task: `task` (its row), `milestones`, `indicators`, `measurements` (rows, replaced by key)
- duty: `duty` (its row); report: `report` (the row of a unit and a period)
- any: `cascade`: the same for other subjects that one decision changes
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from db import clock_nodes
from db.codec import canonical, reasons_record
from db.driver import Connection
from db.names import name_key
from db.projection_sheets import apply_sheet
from db.rows import Payload, insert_sql, stored, write_row
from db.task_tables import apply_duty, apply_report, apply_task

SPAN_SQL = insert_sql(
    "span", ("issue_id", "no", "stage", "unit_id", "entered", "due_on", "left_on", "outcome")
)
SHIFT_SQL = insert_sql(
    "shift", ("issue_id", "no", "span", "effective", "before_on", "after_on", "op")
)
IMPORTED_SQL = (
    "INSERT INTO imported (key, issue_id, digest) VALUES (?, ?, ?)"
    " ON CONFLICT (key) DO UPDATE SET issue_id = excluded.issue_id, digest = excluded.digest"
)


def numbered(key: int, rows: Sequence[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
    """Give the rows of a subject's list, each after the subject's id and its own number."""
    return ((key, number, *row) for number, row in enumerate(rows))


def _issue(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    values = payload.get("set")
    if values:
        write_row(conn, "issue", key, values, new=bool(payload.get("new")))
    if "spans" in payload:
        conn.execute("DELETE FROM span WHERE issue_id = ?", (key,))
        conn.executemany(SPAN_SQL, numbered(key, payload["spans"]))
    if "shifts" in payload:
        conn.execute("DELETE FROM shift WHERE issue_id = ?", (key,))
        conn.executemany(SHIFT_SQL, numbered(key, payload["shifts"]))
    for item in payload.get("evidence", ()):
        values = {**item, "issue_id": key}
        write_row(conn, "evidence", values.pop("id"), values, new=True)
    if "nodes" in payload:
        clock_nodes.write(conn, key, payload["nodes"])
    if "key" in payload:
        conn.execute(IMPORTED_SQL, (payload["key"], key, payload["digest"]))


def _unit(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    write_row(conn, "unit", key, payload.get("set", {}), new=bool(payload.get("new")))
    for name, start, end in payload.get("names", ()):
        conn.execute(
            "INSERT INTO unit_name (unit_id, key, name, from_on, until_on) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (key, unit_id) DO UPDATE SET name = excluded.name,"
            " from_on = excluded.from_on, until_on = excluded.until_on",
            (key, name_key(name), name, start, end),
        )


_ENTRY_COLUMNS = (
    "name",
    "polarity",
    "origin",
    "status",
    "check_result",
    "exempt_reason",
    "exempt_by",
    "explain",
    "corrected_on",
)


def _notice(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    write_row(conn, "notice", key, payload.get("set", {}), new=bool(payload.get("new")))
    for entry in payload.get("entries", ()):
        reasons_record(entry["reasons"])
        values = [entry[column] for column in _ENTRY_COLUMNS]
        columns = ("notice_id", "unit_id", "reasons", *_ENTRY_COLUMNS)
        updates = ", ".join(f"{c} = excluded.{c}" for c in columns[2:])
        conn.execute(
            f"{insert_sql('naming', columns)} ON CONFLICT (notice_id, unit_id, polarity)"
            f" DO UPDATE SET {updates}",
            (key, entry["unit_id"], canonical(entry["reasons"]), *values),
        )
    for item in payload.get("decisions", ()):
        columns = tuple(sorted(item))
        conn.execute(
            insert_sql("decision", ("notice_id", *columns)), (key, *(item[c] for c in columns))
        )


def _explanation(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    row = payload["set"]
    columns = ("received_on", "accepted_on", "returned_on", "reason")
    updates = ", ".join(f"{c} = excluded.{c}" for c in columns)
    conn.execute(
        f"{insert_sql('explanation', ('notice_id', 'unit_id', *columns))}"
        f" ON CONFLICT (notice_id, unit_id) DO UPDATE SET {updates}",
        (key, row["unit_id"], *(row.get(c) for c in columns)),
    )


def _interview(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    write_row(conn, "interview", key, payload["set"], new=bool(payload.get("new")))


def _referral(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    write_row(conn, "referral", key, payload["set"], new=bool(payload.get("new")))


def _clearance(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    write_row(conn, "clearance", key, payload["set"], new=bool(payload.get("new")))


def _calendar(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    for year, days in payload["years"].items():
        conn.execute(
            "INSERT INTO calendar_year (year, days, version) VALUES (?, ?, ?)"
            " ON CONFLICT (year) DO UPDATE SET days = excluded.days, version = excluded.version",
            (int(year), canonical(days), payload["version"]),
        )


def _pack(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    conn.execute(
        "INSERT INTO pack (seq, name, version, text, from_on) VALUES (?, ?, ?, ?, ?)",
        (seq, *(payload[c] for c in ("name", "version", "text", "from_on"))),
    )


def _meta(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    for name, value in payload["set"].items():
        conn.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (name, str(value)))


def _batch(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    conn.execute(
        "INSERT INTO batch (sha256, seq, name, row_count) VALUES (?, ?, ?, ?)",
        (payload["sha256"], seq, payload["name"], payload["rows"]),
    )


def _profile(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    conn.execute(
        "INSERT INTO profile (name, mapping) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping",
        (payload["name"], canonical(payload["mapping"])),
    )


_STEP_COLUMNS = ("period", "series", "step", "on_date", "by_name", "ref", "note")


def _month(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    row = payload["step"]
    updates = ", ".join(f"{column} = excluded.{column}" for column in _STEP_COLUMNS[3:])
    conn.execute(
        f"{insert_sql('month_step', _STEP_COLUMNS)}"
        f" ON CONFLICT (period, series, step) DO UPDATE SET {updates}",
        tuple(row[column] for column in _STEP_COLUMNS),
    )


def _dispatch(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    write_row(conn, "meeting", key, payload.get("set", {}), new=bool(payload.get("new")))
    for field, table in (("item", "agenda_item"), ("resolution", "resolution")):
        row = payload.get(field)
        if row is not None:
            columns = tuple(sorted(row))
            updates = ", ".join(f"{column} = excluded.{column}" for column in columns)
            conn.execute(
                f"{insert_sql(table, ('meeting_id', *columns))}"
                f" ON CONFLICT (meeting_id, no) DO UPDATE SET {updates}",
                (key, *(stored(row[column]) for column in columns)),
            )


def _instruction(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    write_row(conn, "instruction", key, payload["set"], new=bool(payload.get("new")))


_ITEM_COLUMNS = ("plan_id", "no", "issue_id", "unit_id", "checker_id", "closed_on")


def _revisit(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    write_row(conn, "revisit_plan", key, {**payload["set"], "seq": seq}, new=True)
    conn.executemany(insert_sql("revisit_item", _ITEM_COLUMNS), numbered(key, payload["items"]))


_APPLY = {
    "ledger": _meta,
    "issue": _issue,
    "unit": _unit,
    "notice": _notice,
    "explanation": _explanation,
    "interview": _interview,
    "referral": _referral,
    "calendar": _calendar,
    "pack": _pack,
    "batch": _batch,
    "profile": _profile,
    "month": _month,
    "dispatch": _dispatch,
    "instruction": _instruction,
    "revisit": _revisit,
    "task": apply_task,
    "duty": apply_duty,
    "report": apply_report,
    "sheet": apply_sheet,
    "clearance": _clearance,
}


def project(conn: Connection, subject: str, subject_id: int, seq: int, payload: Payload) -> None:
    """Write what one event changes into the derived tables."""
    _APPLY[subject](conn, subject_id, payload, seq)
    for other in payload.get("cascade", ()):
        _APPLY[other["subject"]](conn, other["id"], other, seq)
