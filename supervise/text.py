"""Text from outside: cleaned on the way in, measured and cut by terminal cells on the way out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
# Whole escape sequences: CSI, OSC to its end, and two-character ones.
_ESCAPES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"
    "|(?:\x1b\\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)"
    "|\x1b[ -/]*[0-~]"
)
_BREAKS = re.compile("\r\n?|\u2028|\u2029|\x85")
_FORMULA = re.compile("^[ \u3000]*[=+\\-@\t\r\n＝＋－＠]")


def clean(value: str) -> str:
    """Normalise outside text (NFC) and drop control, escape, bidi and zero-width characters.

    Newlines and tabs stay; every line break becomes a newline; outer blanks are cut.
    """
    # Nothing to drop is printable: most cells need no more than this.
    if value.isprintable() and "_x000D_" not in value:
        return unicodedata.normalize("NFC", value).strip()
    text = _BREAKS.sub("\n", _ESCAPES.sub("", value).replace("_x000D_", "\n"))
    text = unicodedata.normalize("NFC", _FORBIDDEN.sub("", text))
    return text.replace("\xa0", " ").strip(" \t\n\u3000")


def clean_line(value: str) -> str:
    """Clean outside text and put it on one line."""
    return re.sub(r"\s+", " ", clean(value))


def printable(value: str) -> str:
    """Make stored text safe for a terminal: nothing in it can move the cursor or change colours."""
    return _FORBIDDEN.sub("", value.replace("\t", " "))


def formula_safe(value: str) -> str:
    """Guard a CSV cell a spreadsheet would run as a formula with a leading apostrophe."""
    return "'" + value if _FORMULA.match(value) else value


def _char_cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(value: str) -> int:
    """Measure text in terminal cells: a Chinese character takes two."""
    return len(value) if value.isascii() else sum(map(_char_cells, value))


def cut(value: str, width: int) -> str:
    """Cut text to at most `width` cells, ending in … where something was cut."""
    if cells(value) <= width:
        return value
    kept, used = [], 0
    for char in value:
        used += _char_cells(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept) + "…" if width > 0 else ""


def pad(value: str, width: int, *, right: bool = False) -> str:
    """Cut and pad text to exactly `width` cells, on the left side when `right` is set."""
    text = cut(value, width)
    blanks = " " * (width - cells(text))
    return blanks + text if right else text + blanks


def first_of(names: Sequence[str], most: int) -> str:
    """Name the first few, and say 等 where there are more."""
    return "、".join(names[:most]) + ("等" if len(names) > most else "")
