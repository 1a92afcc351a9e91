"""Who complained: beside the log, which holds only a salted digest, so that it can be erased."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from db.codec import canonical
from db.driver import Connection
from supervise.domain.disclosure import strictest

INSERT = (
    "INSERT INTO party (issue_id, name, contact, disclosure, salt, digest)"
    " VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (issue_id) DO UPDATE SET name = excluded.name, contact = excluded.contact,"
    " disclosure = excluded.disclosure, salt = excluded.salt, digest = excluded.digest"
)


@dataclass(frozen=True, slots=True)
class Party:
    """A complainant: name, contact, and whether units may know; both None after redaction."""

    name: str | None
    contact: str | None
    disclosure: str
    redacted: bool = False


def digest(name: str | None, contact: str | None, salt: str) -> str:
    """Hash a complainant's data with a salt that is erased with it."""
    return hashlib.sha256(f"{salt}{canonical([name, contact])}".encode()).hexdigest()


def row(issue_id: int, party: Party, salt: str) -> tuple[object, ...]:
    """Give the row to store; its last column is the digest that goes into the log."""
    value = digest(party.name, party.contact, salt)
    return (issue_id, party.name, party.contact, party.disclosure, salt, value)


def get(conn: Connection, issue_id: int) -> Party | None:
    """Give the complainant of an issue itself, if one is known."""
    found = conn.execute(
        "SELECT name, contact, disclosure, salt FROM party WHERE issue_id = ?", (issue_id,)
    ).fetchone()
    return Party(found[0], found[1], found[2], found[3] is None) if found else None


_ALL = """
WITH RECURSIVE own (id) AS (
  SELECT :id UNION SELECT i.id FROM issue i JOIN own ON i.merged_into = own.id
)
SELECT p.name, p.contact, p.disclosure, p.salt IS NULL FROM own JOIN party p ON p.issue_id = own.id
ORDER BY p.issue_id <> :id, p.issue_id
"""


def every(conn: Connection, issue_id: int) -> list[Party]:
    """List who complained of an issue: its own first, then of all that was joined to it."""
    rows = conn.execute(_ALL, {"id": issue_id})
    return [Party(name, contact, shown, bool(gone)) for name, contact, shown, gone in rows]


_JOINED = """
WITH RECURSIVE up (id, target) AS (
  SELECT id, merged_into FROM issue WHERE stage = 'merged'
  UNION SELECT up.id, i.merged_into FROM up JOIN issue i ON i.id = up.target
  WHERE i.stage = 'merged'
)
SELECT up.target, p.name, p.contact, p.disclosure, p.salt IS NULL, p.digest
FROM up JOIN party p ON p.issue_id = up.id ORDER BY up.target, up.id
"""


def joined(conn: Connection) -> dict[int, list[tuple[Party, str]]]:
    """Map each issue to who complained of those joined to it, each with their digest."""
    found: dict[int, list[tuple[Party, str]]] = {}
    for target, name, contact, shown, gone, value in conn.execute(_JOINED):
        found.setdefault(target, []).append((Party(name, contact, shown, bool(gone)), value))
    return found


def together(known: Sequence[Party]) -> Party | None:
    """Tell of several complainants as one: all names, and the stricter of what may be told."""
    if len(known) < 2:
        return known[0] if known else None
    named = [one for one in known if not one.redacted]
    return Party(
        "、".join(dict.fromkeys(one.name for one in named if one.name)) or None,
        "、".join(dict.fromkeys(one.contact for one in named if one.contact)) or None,
        strictest(one.disclosure for one in known),
        not named,
    )


def erase(conn: Connection, issue_id: int) -> None:
    """Erase a complainant's data and the salt; the digest stays and can't be undone."""
    conn.execute(
        "UPDATE party SET name = NULL, contact = NULL, salt = NULL WHERE issue_id = ?",
        (issue_id,),
    )
