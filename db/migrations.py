"""The tables of a ledger: numbered, forward-only migrations, and what a replay must reproduce."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import clock_nodes, dispatch_tables, first_tables, month_tables, task_tables
from db.driver import CONTENTLESS_DELETE, Connection
from db.schema import GUARDS

if TYPE_CHECKING:
    from sqlite_utils import Migrations

# Tables a replay of the log must reproduce, and the columns it orders them by.
DERIVED = {
    "meta": "key",
    "unit": "id",
    "unit_name": "key, unit_id",
    "issue": "id",
    "span": "issue_id, no",
    "shift": "issue_id, no",
    "evidence": "id",
    "notice": "id",
    "decision": "notice_id, no",
    "naming": "notice_id, unit_id, polarity",
    "explanation": "notice_id, unit_id",
    "interview": "id",
    "referral": "id",
    "calendar_year": "year",
    "pack": "seq",
    "imported": "key",
    "batch": "seq",
    "profile": "name",
    "month_step": "period, series, step",
    **dispatch_tables.DERIVED,
    "clearance": "id",
    "sheet": "id",
    "sheet_row": "sheet_id, issue_id",
    "sheet_taken": "period, issue_id, digest",
    "sheet_item": "sheet_id, page, code, term",
    "sheet_item_taken": "period, digest",
    "sheet_difference": "sheet_id, page, code, heading",
    **task_tables.DERIVED,
    **clock_nodes.DERIVED,
}


def statements(script: str) -> list[str]:
    """Split a script of plain statements (no triggers) at its semicolons."""
    return [part.strip() for part in script.split(";") if part.strip()]


def _search_table() -> str:
    keep = ", content='', contentless_delete=1" if CONTENTLESS_DELETE else ""
    return f"CREATE VIRTUAL TABLE issue_search USING fts5(body, tokenize='unicode61'{keep})"


def create_tables(conn: Connection, *, guards: bool = True) -> None:
    """Create the newest schema in an empty database; without guards for a replay beside it."""
    _create_first(conn, guards)
    add_month(conn)
    add_dispatch(conn)
    add_tasks(conn)
    add_clearance(conn)
    add_sheets(conn)
    add_clock_nodes(conn)


def _create_first(conn: Connection, guards: bool) -> None:
    """Create the tables of version 1."""
    for statement in statements(first_tables.TABLES):
        conn.execute(statement)
    conn.execute(_search_table())
    if guards:
        for trigger in GUARDS.values():
            conn.execute(trigger)


def add_month(conn: Connection) -> None:
    """Add the dated steps of a month, and the indexes of what moved, who has it, and the log."""
    for statement in statements(month_tables.MONTH):
        conn.execute(statement)


def add_clearance(conn: Connection) -> None:
    """Add the reviews (保密审查) that come before anything is made public."""
    for statement in statements(month_tables.CLEARANCE):
        conn.execute(statement)


def add_sheets(conn: Connection) -> None:
    """Add the sheets sent to units and what came back in them."""
    for statement in statements(month_tables.SHEETS):
        conn.execute(statement)


def add_tasks(conn: Connection) -> None:
    """Add tasks with their targets, and duties that come round."""
    for statement in statements(task_tables.TABLES):
        conn.execute(statement)


def add_clock_nodes(conn: Connection) -> None:
    """Add the dated nodes of clock sets that run beside the loop."""
    for statement in statements(clock_nodes.TABLES):
        conn.execute(statement)


def add_dispatch(conn: Connection) -> None:
    """Add meetings with their agenda and decisions, instructions of leaders, revisits."""
    for statement in statements(dispatch_tables.TABLES):
        conn.execute(statement)


def date_back(conn: Connection, at: str) -> None:
    """Date the tables of a new ledger by the clock of whoever makes it, not by the host's."""
    conn.execute("UPDATE _sqlite_migrations SET applied_at = ?", (at,))


def numbered() -> Migrations:
    """Give the numbered migrations, oldest first."""
    from sqlite_utils import Database, Migrations

    steps = Migrations("supervise")

    @steps()
    def m0001_ledger(db: Database) -> None:
        """Everything of the first version: log, issues, units, notices, interviews."""
        _create_first(db.conn, guards=True)

    @steps()
    def m0002_more(db: Database) -> None:
        """What version 2 added: the dated steps of each month's work, reviews before publishing."""
        add_month(db.conn)
        add_dispatch(db.conn)
        add_tasks(db.conn)
        add_clearance(db.conn)
        add_sheets(db.conn)
        add_clock_nodes(db.conn)

    return steps
