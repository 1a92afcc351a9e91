"""Whether the file itself is sound: its pages, references, guards, search index and head."""

from __future__ import annotations

from db import events
from db.connection import missing_guards
from db.driver import Connection
from db.schema import GUARDS

_SHOWN = 5


def structure(conn: Connection) -> list[str]:
    """Say what SQLite itself finds wrong: damaged pages, indexes, constraints, references."""
    found = [row[0] for row in conn.execute(f"PRAGMA integrity_check({_SHOWN})")]
    problems = [f"文件结构有误：{text}。" for text in found if text != "ok"]
    broken = conn.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN)
    problems += [
        f"表 {table} 第 {row} 行引用的 {target} 不存在。" for table, row, target, _ in broken
    ]
    return problems


def guards(conn: Connection) -> list[str]:
    """Say which triggers that keep the log append-only are missing, changed or not ours."""
    problems = [f"防改触发器 {name} 缺失或被改动。" for name in missing_guards(conn)]
    rows = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
    return problems + [
        f"多出触发器 {row[0]}，不是本程序所建。" for row in rows if row[0] not in GUARDS
    ]


def search_index(conn: Connection) -> list[str]:
    """Say how many issues the search index lacks, or holds though they do not exist."""
    (lacking,) = conn.execute(
        "SELECT count(*) FROM issue WHERE NOT EXISTS"
        " (SELECT 1 FROM issue_search_docsize d WHERE d.id = issue.id)"
    ).fetchone()
    (surplus,) = conn.execute(
        "SELECT count(*) FROM issue_search_docsize d WHERE NOT EXISTS"
        " (SELECT 1 FROM issue WHERE issue.id = d.id)"
    ).fetchone()
    problems = [f"检索索引缺 {lacking} 件事项。"] if lacking else []
    return problems + ([f"检索索引多出 {surplus} 件不存在的事项。"] if surplus else [])


def last_event(conn: Connection) -> list[str]:
    """Say whether the newest event's hash fits its content: a quick look at the chain's end."""
    row = conn.execute(f"SELECT {events.COLUMNS} FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    if row is None or events.digest(row[10], row[:10]) == row[11]:
        return []
    return [f"第 {row[0]} 号事件的内容与校验值不符。"]
