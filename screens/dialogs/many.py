"""One step on many issues: what it is, what it needs, what becomes of each; then doing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual import on
from textual.message import Message

from screens.dialogs.choose import ChooseDialog
from screens.dialogs.many_outcomes import OutcomesDialog
from screens.dialogs.operation import OperationDialog
from screens.loading import Failed, Written, read
from screens.widgets.choices import Choices
from supervise.services import bulk
from supervise.services.choices import Choice
from supervise.services.registry import Operation


class ChooseManyDialog(ChooseDialog):
    """The steps of many issues; each says how many of them it fits."""

    heading = "批量办理"

    @dataclass
    class Known(Message):
        """The steps arrived."""

        choices: tuple[Choice, ...]

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(f"已选 {len(codes):,} 件，一起办哪一步？", ())
        self._codes = codes

    def on_mount(self) -> None:
        """Find out which steps fit."""
        task = partial(_choices, self._codes)
        read(self, "choices", task, self.Known, "读取各步能办几件")

    @on(Known)
    def show(self, message: Known) -> None:
        """Offer the steps."""
        message.stop()
        self.query_one(Choices).show(message.choices)

    @on(Failed)
    def failed(self, message: Failed) -> None:
        """Say what went wrong."""
        message.stop()
        self.say_error(message.sentence)


def _choices(codes: Sequence[str], session: Any) -> tuple[Choice, ...]:
    return bulk.choices(session, codes)


class ManyDialog(OperationDialog):
    """Asks once for what a step needs; every issue gets the same. It stays until all is done.

    What becomes of each issue is shown over it, so that Esc leads back to what was typed.
    """

    def __init__(self, op: Operation, codes: Sequence[str]) -> None:
        sentence = (
            f"已选 {len(codes):,} 件，各件都按下面填的办理；下一步先看各件的结果，再决定办不办。"
        )
        super().__init__(op, sentence, {"issue": codes[0]})
        self.heading = f"批量{op.title}"
        self.accept_label = "下一步"
        self._codes = codes

    def _ask_or_write(self, values: dict[str, Any]) -> None:
        shared: Mapping[str, Any] = {key: one for key, one in values.items() if key != "issue"}

        def closed(done: int | None) -> None:
            if done:
                self.dismiss(Written(self.op.name, {"count": done}))

        self.app.push_screen(OutcomesDialog(self.op, self._codes, shared), closed)
