"""导入."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from screens.commands import IMPORTING, bindings
from screens.page import Page


class ImportingScreen(Page):
    """导入."""

    SCOPE = AREA = "importing"
    HEADING = "导入"
    CSS_PATH = "importing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(IMPORTING)
