"""Rows of ruled forms (审批表): labels, values, and boxes for opinions and signatures."""

from __future__ import annotations

from supervise.reports.document import Box, Form

# Four columns that together hold a line of 28 characters: label, value, label, value.
GRID = (4, 10, 4, 10)
SIGNED = "签名：　　　　　　　年　月　日"
SEALED = "（盖章）　　　　　　年　月　日"
_BOX = "□"
Row = tuple[Box, ...]


def label(text: str) -> Box:
    """Give a label."""
    return Box(text, label=True)


def pair(left: str, left_value: str, right: str, right_value: str) -> Row:
    """Give a row of two labels with their values."""
    return (label(left), Box(left_value), label(right), Box(right_value))


def wide(text: str, value: str = "", lines: int = 1, foot: str = "") -> Row:
    """Give a row of one label and one value across the rest; `lines` leave room to write."""
    return (label(text), Box(value, span=3, lines=lines, foot=foot))


def choices(*words: str) -> str:
    """Give boxes to be ticked."""
    return "　　".join(f"{_BOX}{word}" for word in words)


def form(*rows: Row, caption: str | None = None) -> Form:
    """Give a form on the common grid."""
    return Form(GRID, rows, caption)
