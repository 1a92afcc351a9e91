"""Full-text search by one-character tokens: a two-character word is the rule in Chinese."""

from __future__ import annotations

import re
import unicodedata

from db.driver import Connection

# A letter, digit or Chinese character; between two texts stands a token of its own.
_LETTER = re.compile(r"[^\W_]|\x1f")
_DELETE = "DELETE FROM issue_search WHERE rowid = ?"
INSERT = "INSERT INTO issue_search (rowid, body) VALUES (?, ?)"


def body(*texts: str | None) -> str:
    """Spread texts into one-character tokens; a word never runs from one text into the next."""
    return " ".join(_letters("\x1f".join(text for text in texts if text)))


def _letters(text: str) -> list[str]:
    return _LETTER.findall(unicodedata.normalize("NFKC", text).casefold())


def query(words: str) -> str | None:
    """Write the match expression for what a person typed; None when nothing can be searched."""
    phrases = [" ".join(_letters(word)) for word in words.split()]
    quoted = [f'"{phrase}"' for phrase in phrases if phrase]
    return " AND ".join(quoted) or None


def index(conn: Connection, issue_id: int, text: str, *, new: bool) -> None:
    """Put an issue's text into the index, in place of what stood there."""
    if not new:
        conn.execute(_DELETE, (issue_id,))
    conn.execute(INSERT, (issue_id, text))


