"""Any text a person, a file or another program may hand over, and what no screen may show of it."""

from __future__ import annotations

import re

from hypothesis import strategies as st
from rich.cells import cell_len

# Markup, escape codes, directions, marks without width, characters of every width, breaks.
NASTY = (
    "[/]", "[b]", "[@click=app.quit]x[/]", "[a=b]", "]", "\\[", "{0}%s$x",
    "\x1b[31m", "\x1b]0;t\x07", "\x9b2J", "\x1bPq\x1b\\", "\x07", "\x08", "\x00",
    "\u202e", "\u2066", "\u200f", "\u200d", "\ufeff", "\u00ad",
    "𠮷", "㑇䶮", "👨‍👩‍👧", "🇨🇳", "👍🏽", "㎡", "ｶﾞ", "é", "e\u0301", "\u0301\u0301", "ก็", "﷽", "　",
    "“”…—①", "\n", "\r\n", "\t", "\u2028", "\x85", "\v", "办理", "整改",
)  # fmt: skip
PIECES = st.one_of(st.sampled_from(NASTY), st.text(max_size=6))
TEXTS = st.lists(PIECES, min_size=1, max_size=7).map("".join)

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069]")


def broken(lines: list[str], width: int) -> list[str]:
    """Give the lines of a screen that are not as wide as it, or hold what may move a cursor."""
    return [line for line in lines if cell_len(line) != width or _FORBIDDEN.search(line)]
