"""单位."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from screens.commands import UNITS, bindings
from screens.page import Page


class UnitsScreen(Page):
    """单位."""

    SCOPE = AREA = "units"
    HEADING = "单位"
    CSS_PATH = "units.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(UNITS)
