"""操作记录."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from screens.commands import LOG, bindings
from screens.page import Page


class LogScreen(Page):
    """操作记录."""

    SCOPE = AREA = "log"
    HEADING = "操作记录"
    CSS_PATH = "log.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(LOG)
