"""期限日程."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from screens.commands import DEADLINES, bindings
from screens.page import Page


class DeadlinesScreen(Page):
    """期限日程."""

    SCOPE = AREA = "deadlines"
    HEADING = "期限日程"
    CSS_PATH = "deadlines.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(DEADLINES)
