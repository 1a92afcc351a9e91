"""Full-text search by one-character tokens: a two-character word is the rule in Chinese."""

from __future__ import annotations

import unicodedata

from db.driver import Connection

# A letter nobody types, between two texts: no phrase runs from one into the next.
_BETWEEN = "ǁ"
_DELETE = "DELETE FROM issue_search WHERE rowid = ?"
INSERT = "INSERT INTO issue_search (rowid, body) VALUES (?, ?)"


def body(*texts: str | None) -> str:
    """Spread texts into one-character tokens; a word never runs from one text into the next."""
    return " ".join(_folded(_BETWEEN.join(text for text in texts if text)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def phrases(words: str) -> list[str]:
    """Give what a person typed as phrases of one-character tokens, one for each word."""
    found = (" ".join(filter(str.isalnum, _folded(word))) for word in words.split())
    return [phrase for phrase in found if phrase]


def quoted(phrase: str) -> str:
    """Write a phrase as the index's query language wants it."""
    return f'"{phrase}"'


def index(conn: Connection, issue_id: int, text: str, *, new: bool) -> None:
    """Put an issue's text into the index, in place of what stood there."""
    if not new:
        conn.execute(_DELETE, (issue_id,))
    conn.execute(INSERT, (issue_id, text))


def units_meant(conn: Connection, word: str) -> list[int]:
    """List the units a word means by its initials or another name, but not by the present name.

    One letter is no initials. The present name stands in the search text of the unit's issues.
    """
    letters = word if len(word) > 1 and word.isascii() and word.isalpha() else None
    rows = conn.execute(
        "SELECT id FROM unit WHERE instr(initials, :letters) UNION"
        " SELECT n.unit_id FROM unit_name n JOIN unit u ON u.id = n.unit_id"
        " WHERE instr(n.key, :word) AND NOT instr(lower(u.name), :word) ORDER BY 1",
        {"letters": letters, "word": word},
    )
    return [row[0] for row in rows]
