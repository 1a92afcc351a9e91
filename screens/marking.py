"""A page whose list can be marked, and one step taken on all that is marked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from screens.loading import Written
from screens.page import READ_ONLY, Page
from screens.widgets.marked_list import MarkedList
from supervise.services.registry import OPERATIONS, Operation

_ACTIONS = frozenset({"mark", "mark_to", "mark_all", "unmark", "many"})
_NONE = "还没有标记：空格标记一行，Shift+↑↓ 标记一段，Ctrl+A 标记清单中的全部。"
_ELSEWHERE = "请先回到清单（Esc）再标记。"


class MarkingPage(Page):
    """What the keys of marking do; the page says which list is meant."""

    @property
    def marking(self) -> MarkedList:
        """The list whose rows are marked."""
        raise NotImplementedError

    def reason_against(self, action: str, parameters: tuple[object, ...]) -> str | None:
        """Say why marking, or a step on what is marked, can't be done now."""
        if action not in _ACTIONS:
            return super().reason_against(action, parameters)
        if action == "many" and self.board.read_only:
            return READ_ONLY
        if action in {"many", "unmark"}:
            return None if self.is_mounted and self.marking.mark_count else _NONE
        return None if self.is_mounted and self.marking.has_focus else _ELSEWHERE

    @on(MarkedList.Marked)
    def marks_changed(self, message: MarkedList.Marked) -> None:
        """Grey what needs marks, or let it be done."""
        message.stop()
        self.refresh_keys()

    def action_mark(self) -> None:
        """Mark the row under the cursor."""
        self.marking.action_mark()

    def action_mark_to(self) -> None:
        """Mark the rows from the one last marked to the cursor."""
        self.marking.action_mark_to()

    def action_mark_all(self) -> None:
        """Mark all that the list shows."""
        self.marking.action_mark_all()

    def action_unmark(self) -> None:
        """Take all marks away."""
        self.marking.action_unmark()

    def action_many(self) -> None:
        """Choose one step for all that is marked."""
        from screens.dialogs.many import ChooseManyDialog

        codes = [str(key) for key in self.marking.marks]

        def chosen(op: Operation | None) -> None:
            if op is not None:
                self._ask_many(op, codes)

        self.app.push_screen(ChooseManyDialog(codes), chosen)

    def _ask_many(self, op: Operation, codes: Sequence[str]) -> None:
        from screens.dialogs.many import ManyDialog

        self.app.push_screen(ManyDialog(op, codes), self._many_done)

    def _many_done(self, written: Written | None) -> None:
        if written is None:
            return
        title = OPERATIONS[written.op].title
        self.board.say(f"已{title} {written.record['count']:,} 件；标记仍在，Ctrl+U 取消。")
        self.reload()
        self.board.check_changes()
