"""Who complained: beside the log, which holds only a salted digest, so that it can be erased."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from db.codec import canonical
from db.driver import Connection

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
    """Give the complainant of an issue, if one is known."""
    found = conn.execute(
        "SELECT name, contact, disclosure, salt FROM party WHERE issue_id = ?", (issue_id,)
    ).fetchone()
    return Party(found[0], found[1], found[2], found[3] is None) if found else None


def erase(conn: Connection, issue_id: int) -> None:
    """Erase a complainant's data and the salt; the digest stays and can't be undone."""
    conn.execute(
        "UPDATE party SET name = NULL, contact = NULL, salt = NULL WHERE issue_id = ?",
        (issue_id,),
    )
