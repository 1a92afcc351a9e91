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


def query(words: str) -> str | None:
    """Write the match expression for what a person typed; None when nothing can be searched."""
    phrases = [" ".join(filter(str.isalnum, _folded(word))) for word in words.split()]
    quoted = [f'"{phrase}"' for phrase in phrases if phrase]
    return " AND ".join(quoted) or None


def index(conn: Connection, issue_id: int, text: str, *, new: bool) -> None:
    """Put an issue's text into the index, in place of what stood there."""
    if not new:
        conn.execute(_DELETE, (issue_id,))
    conn.execute(INSERT, (issue_id, text))
