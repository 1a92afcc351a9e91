"""Setting what narrows a list of issues."""

from __future__ import annotations

from screens.dialogs.filter import FilterDialog, Known
from supervise.services import narrowing
from supervise.services.narrowing import Narrowing
from supervise.services.session import Session
from supervise.services.suggestions import for_filters


class NarrowDialog(FilterDialog[Narrowing]):
    """Gives what the list is to be narrowed by."""

    heading = "筛选"
    FIELDS = narrowing.FIELDS
    SPANS = (("due_from", "due_to", "限期的"), ("found_from", "found_to", "发现的"))

    @staticmethod
    def known(session: Session) -> Known:
        """Read units, categories, sources and whatever else can be named."""
        return for_filters(session)
