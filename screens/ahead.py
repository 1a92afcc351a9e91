"""What other pages need, loaded in a thread while the first one is being looked at.

Opening a page then costs only its own making: no key waits for modules or sheets to be read.
"""

from __future__ import annotations

from importlib import import_module

from screens.styles import Styles, sheets

MODULES = (
    "screens.issues",
    "screens.notices",
    "screens.interviews",
    "screens.referrals",
    "screens.units",
    "screens.deadlines",
    "screens.log",
    "screens.importing",
    "screens.tasks",
    "screens.sheets",
    "screens.foresight",
    "screens.dispatch",
    "screens.instructions",
    "screens.revisits",
    "screens.duties",
    "screens.dialogs.choose",
    "screens.dialogs.help",
    "screens.dialogs.narrow",
    "screens.dialogs.operation",
    "screens.dialogs.pick_file",
    "screens.dialogs.previewed",
)


def load(styles: Styles) -> None:
    """Load the modules of the pages and dialogs, and parse their sheets; called in a thread."""
    for name in MODULES:
        import_module(name)
    styles.prepare(sheets())
