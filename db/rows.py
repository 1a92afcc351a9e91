"""Writing a row of a derived table: its statement, made once, and values as columns hold them."""

from __future__ import annotations

from functools import cache
from typing import Any

from db.codec import canonical
from db.driver import Connection

Payload = dict[str, Any]


@cache
def update_sql(table: str, columns: tuple[str, ...]) -> str:
    """Give the statement that sets some columns of a row, its `id` last."""
    return f"UPDATE {table} SET {', '.join(f'{c} = ?' for c in columns)} WHERE id = ?"


@cache
def insert_sql(table: str, columns: tuple[str, ...]) -> str:
    """Give the statement that inserts a row with some columns."""
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"


def stored(value: Any) -> Any:
    """Give a value as a column holds it: lists and objects as JSON."""
    return canonical(value) if isinstance(value, (list, dict)) else value


def write_row(conn: Connection, table: str, key: int, values: Payload, *, new: bool) -> None:
    """Insert or update the row `key` of a table with an `id`, lists and objects as JSON."""
    columns = tuple(sorted(values))
    row = [stored(values[column]) for column in columns]
    if new:
        conn.execute(insert_sql(table, ("id", *columns)), (key, *row))
    elif columns:
        conn.execute(update_sql(table, columns), (*row, key))
