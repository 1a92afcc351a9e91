"""The steps of a month's notice and of its units: offered, and asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on

from screens.loading import Written, write
from screens.page import READ_ONLY, Page
from screens.widgets.columns import Record, one_line
from supervise.services.choices import Choice, of_entry, of_explanation
from supervise.services.registry import OPERATIONS, Operation
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.services.notice_preview import Preview

# Steps whose consequences are shown before they are taken, and the task that looks ahead.
_LOOKS = {
    "notice.issue": ("of_issue", ("on", "number", "delivered_on")),
    "notice.correct": ("of_correction", ("unit", "unit_id", "action", "on")),
    "notice.withdraw": ("of_withdrawal", ("on",)),
}
# What takes back what was issued stands after what goes on from it.
_BACK = frozenset({"notice.correct", "notice.withdraw"})
_ABOUT_UNIT = frozenset({"notice.exempt", "notice.restore", "notice.check"})


def look(name: str, values: Mapping[str, Any]) -> Callable[[Session], Preview]:
    """Give the task that looks ahead of a step with the values typed so far."""
    function, fields = _LOOKS[name]
    given = {key: values[key] for key in (*fields, "period", "series") if key in values}

    def task(session: Session) -> Preview:
        from supervise.services import notice_preview

        found: Preview = getattr(notice_preview, function)(session, **given)
        return found

    return task


class NoticeSteps(Page):
    """What can be done on the page of notices, and what each step asks for."""

    @property
    def line(self) -> Record | None:
        """The month the cursor is on."""
        raise NotImplementedError

    @property
    def row(self) -> Record | None:
        """The line chosen in the open view."""
        raise NotImplementedError

    def rows_of(self, view: str) -> list[Record]:
        """Give the lines of a view."""
        raise NotImplementedError

    def _choices(self) -> tuple[Choice, ...]:
        line, row = self.line, self.row
        notice = None if line is None or line["status"] == "none" else line
        steps = [of_entry(notice, row), of_explanation(self._explanation(row))]
        if row is not None and self._explanation(row) is row:
            steps.reverse()
        every = (one for some in steps for one in some)
        return tuple(sorted(every, key=lambda one: (one.why_not is not None, one.op.name in _BACK)))

    @staticmethod
    def _explanation(row: Record | None) -> Record | None:
        """Give the written explanation of the chosen line: its own, or the one it is."""
        if row is None:
            return None
        return row if "due_on" in row and "received_on" in row else row.get("explanation")

    def why_not_do(self, op: str) -> str | None:
        """Say why a step can't be taken now."""
        return next((one.why_not for one in self._choices() if one.op.name == op), None)

    def why_not(self, action: str) -> str | None:
        """Say why an action of the page can't be taken now."""
        if action == "silent":
            if self.board.read_only:
                return READ_ONLY
            return None if self._silent() else "没有待登记答复的点名单位。"
        return None

    def action_act(self) -> None:
        """Choose the next step."""
        line, row = self.line, self.row
        if line is not None:
            unit = f"，{row['unit']}" if row and row.get("unit") else ""
            words = f"{line['period']} {line['series']}{unit}"
            self.choose(words, self._choices(), partial(self._ask_about, line, row))

    def ask(self, op: Operation) -> None:
        """Ask for what a step of the month's notice, or of one of its units, needs."""
        if self.line is not None:
            self._ask_about(self.line, self.row, op)

    def _ask_about(self, line: Record, row: Record | None, op: Operation) -> None:
        month = {"period": line["period"], "series": line["series"]}
        asked = {field.name for field in op.fields}
        fixed: dict[str, object] = {name: month[name] for name in month if name in asked}
        about = f"{line['period']} {line['series']}"
        unit = {"unit": row["unit"], "unit_id": row["unit_id"]} if row and "unit_id" in row else {}
        if op.name == "notice.draft":
            words = "名单按截止日的台账推算，签发前可以重新拟稿。"
            self.ask_for(
                op, words, None, month if not line["main"] else {"period": month["period"]}
            )
        elif op.name in _LOOKS:
            given = {"unit": row["unit"]} if row and op.name == "notice.correct" and unit else {}
            if op.name == "notice.issue":
                fixed["ref"] = None  # the notice's own number is its 文号
            self._look_first(op, f"{about}。", fixed, given)
        elif op.name in _ABOUT_UNIT or op.noun == "explanation":
            self.ask_for(op, f"{about}，{unit.get('unit')}", {**fixed, **unit})
        else:
            held = {"unit": row["unit"]} if row and "why" in row else {}
            self.ask_for(op, f"{about}。", fixed, held)

    def _look_first(
        self, op: Operation, words: str, fixed: Mapping[str, Any], given: Mapping[str, Any]
    ) -> None:
        from screens.dialogs.previewed import PreviewedDialog

        dialog = PreviewedDialog(op, words, fixed, given, partial(look, op.name), self.known_to)
        self.app.push_screen(dialog, self._after)

    # Many at once.

    def _silent(self) -> list[Record]:
        """Give the units named on a draft whose answer was not recorded."""
        line = self.line
        if line is None or line["status"] != "draft":
            return []
        return [
            one
            for one in self.rows_of("entries")
            if one["polarity"] == "named" and one["status"] == "effective" and not one["check"]
        ]

    def action_silent(self) -> None:
        """Record for every unit without an answer that it gave none, after asking."""
        found, line = self._silent(), self.line
        if line is None or not found:
            return
        from screens.dialogs.confirm import Confirm

        month = {"period": line["period"], "series": line["series"], "result": "未回复"}
        steps = [{**month, "unit": one["unit"], "unit_id": one["unit_id"]} for one in found]

        def answered(yes: bool | None) -> None:
            if yes:
                write(self, "notice.check", *steps)

        names = "、".join(one["unit"] for one in found)
        sentence = f"把 {len(found)} 家记为“未回复”：{names}。"
        self.app.push_screen(Confirm("记未回复", sentence), answered)

    @on(Written)
    def done(self, message: Written) -> None:
        """Say what was done without a dialog."""
        message.stop()
        self._after(message)

    def told(self, written: Written) -> str:
        """Say in a sentence what was done, to which month and which unit."""
        record, op = written.record, OPERATIONS[written.op]
        where = f"{record.get('period', '')} {record.get('series') or record.get('unit') or ''}"
        named = [
            one
            for one in record.get("entries") or ()
            if one["status"] == "effective" and one["polarity"] == "named"
        ]
        count = f"，现点名 {len(named)} 家" if "entries" in record else ""
        if written.op == "notice.withdraw":
            count = f"，原点名 {len(named)} 家，自始无效"
        return f"已{op.title}：{where.strip()}{_whose(written)}{count}"


def _whose(written: Written) -> str:
    """Say which unit of the notice a step was about, and what it answered."""
    steps = [one for one in written.steps if one.get("unit")]
    if written.op.startswith("explanation") or not steps:
        return ""
    whose = one_line(str(steps[0]["unit"])) if len(steps) == 1 else f"{len(steps)} 家"
    answer, action = steps[0].get("result") or "", steps[0].get("action") or ""
    return f"，{action}{whose}{answer}"
