"""Setting what narrows the log."""

from __future__ import annotations

from typing import Any

from screens.dialogs.filter import FilterDialog, Known
from supervise.services import event_log
from supervise.services.arguments import FieldError
from supervise.services.event_log import Sought, op_names
from supervise.services.registry import Field
from supervise.services.session import Session
from supervise.services.suggestions import Suggestion, of_units


class LogFilterDialog(FilterDialog[Sought]):
    """Gives what the log is to be narrowed by; what is searched for stays."""

    heading = "筛选操作记录"
    FIELDS = event_log.FIELDS
    SPANS = (("since", "until", ""),)

    @staticmethod
    def known(session: Session) -> Known:
        """Read the units; the operations are always the same."""
        ops = [Suggestion(name, (name,)) for name in op_names()]
        return {"subject": of_units(session), "ops": ops}

    def check(self, field: Field, value: Any) -> None:
        """Refuse an operation there is none of."""
        if field.name == "ops" and (strange := set(value or ()) - set(op_names())):
            raise FieldError(field, f"：没有“{min(strange)}”这种操作。")
