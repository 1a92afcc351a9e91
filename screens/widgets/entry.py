"""Lines and boxes to type into, from which nothing that was pasted can reach the terminal."""

from __future__ import annotations

import dataclasses
import re

from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from supervise.text import printable

_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")


class Entry(Input):
    """A line to type into: control, escape and bidi characters never stay in it."""

    def validate_value(self, value: str) -> str:
        """Keep what a terminal can show on one line."""
        return printable(value.replace("\n", " "))


class LongEntry(TextArea):
    """A box to type into: the same, with line breaks kept."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(kept(text), id=id, compact=True, soft_wrap=True, tab_behavior="focus")

    def edit(self, edit: Edit) -> EditResult:
        """Put in what can be shown of what was typed or pasted."""
        return super().edit(dataclasses.replace(edit, text=kept(edit.text)))

    def load_text(self, text: str) -> None:
        """Show what can be shown of a text."""
        super().load_text(kept(text))


def kept(text: str) -> str:
    """Give what can be shown of a text, line by line."""
    return "\n".join(map(printable, _BREAKS.sub("\n", text).split("\n")))
