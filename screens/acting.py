"""What the pages share of doing: what can be done and why not, asking for it, telling of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from screens.export_page import ExportingScreen
from screens.loading import Written
from screens.told import told
from supervise.services.registry import OPERATIONS, Operation

if TYPE_CHECKING:
    from screens.app import Dashboard
    from screens.widgets.choices import Choices
    from supervise.services.choices import Choice

READ_ONLY = "台账以只读方式打开，不能办理。"


class ActingScreen(ExportingScreen):
    """A page on which operations are done; it says by `ask` what they are about."""

    _shown_then: Mapping[str, Any] | None = None

    @property
    def board(self) -> Dashboard:
        """The app, by its own type."""
        app: Any = self.app
        return app  # type: ignore[no-any-return]

    # What can be done, and why not.

    def why_not(self, action: str) -> str | None:
        """Say why an action of the page can't be taken now; None when it can."""
        return None

    def why_not_do(self, op: str) -> str | None:
        """Say why an operation can't be done now; None when it can."""
        return None

    def reason_against(self, action: str, parameters: tuple[object, ...]) -> str | None:
        """Say why an action is greyed; None when it is not."""
        if action == "operate":
            return READ_ONLY if self.board.read_only else self.why_not_do(str(parameters[0]))
        return self.why_not(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what can't be done now."""
        return None if self.reason_against(action, parameters) is not None else True

    # What stands behind a line.

    def why_of(self) -> tuple[str, str | None] | None:
        """Give what 为什么 is asked about: a subject, and the month where it is a naming."""
        return None

    def action_why(self) -> None:
        """Explain the chosen line."""
        found = self.why_of()
        if found is None:
            self.board.say("没有选中可说明来历的一行。", bad=True)
            return
        from screens.dialogs.why import WhyDialog

        self.app.push_screen(WhyDialog(*found))

    # Doing an operation.

    def action_operate(self, name: str) -> None:
        """Ask for what an operation needs, and do it."""
        self.ask(OPERATIONS[name])

    def ask(self, op: Operation) -> None:
        """Open the dialog of an operation; pages fix its subject."""
        self.ask_for(op, "")

    def ask_shown(self, op: Operation) -> None:
        """Open the dialog of a step picked on the page, about what the page shows."""
        self.ask(op)

    def ask_for(
        self,
        op: Operation,
        sentence: str,
        fixed: Mapping[str, object] | None = None,
        given: Mapping[str, object] | None = None,
        seen: int | None = None,
    ) -> None:
        """Open the dialog of an operation with some values fixed and some given to begin with.

        `seen` is the newest event of the record the page shows, else of all that it shows: newer
        ones of the record are told of first.
        """
        from screens.dialogs.operation import OperationDialog

        seen = self.known_to if seen is None else seen
        self.note_known()
        self.app.push_screen(OperationDialog(op, sentence, fixed, given, seen), self._after)

    @property
    def known_to(self) -> int | None:
        """The newest event of all that is shown; None while that can't be said."""
        return None

    def choose(
        self, sentence: str, choices: tuple[Choice, ...], ask: Callable[[Operation], None]
    ) -> None:
        """Let one of the steps be chosen, then ask for what it needs.

        `ask` is bound to the record the choice is about: the lists behind may move meanwhile.
        """

        def chosen(op: Operation | None) -> None:
            if op is not None:
                ask(op)

        if self.board.read_only:
            self.board.say(READ_ONLY, bad=True)
            return
        from screens.dialogs.choose import ChooseDialog

        self.app.push_screen(ChooseDialog(sentence, choices), chosen)

    def on_choices_picked(self, message: Choices.Picked) -> None:
        """Ask for what a step picked on the page needs."""
        message.stop()
        if self.board.read_only:
            self.board.say(READ_ONLY, bad=True)
        else:
            self.ask_shown(message.choice.op)

    def on_choices_refused(self, message: Choices.Refused) -> None:
        """Say why a step can't be taken."""
        message.stop()
        self.board.say(message.choice.why_not or "", bad=True)

    def _after(self, written: Written | None) -> None:
        if written is None:
            return
        self.fall_behind()
        from supervise.services.reverse import hint

        back = hint(written.op)
        self.board.say(f"{self.told(written).rstrip('。')}。{back}" if back else self.told(written))
        for warning in written.warnings:
            self.board.say(warning, bad=True)
        self.settled(written)
        self.board.check_changes()

    def told(self, written: Written) -> str:
        """Say in a sentence what was done."""
        return told(written, self.known_before(written))

    def known_now(self) -> Mapping[str, Any] | None:
        """Give the record that a step is about as the page shows it now; None: it shows none."""
        return None

    def note_known(self) -> None:
        """Keep the record as it is shown when a step is asked for: soon it is read again."""
        self._shown_then = self.known_now()

    def known_before(self, written: Written) -> Mapping[str, Any] | None:
        """Give the record as the page showed it when the step was asked for; None: it did not."""
        return self._shown_then

    def settled(self, written: Written) -> None:
        """Take over what was written before the lists are read again."""

    def fall_behind(self) -> None:
        """Learn that what is shown knows nothing of our own step until it is read again."""
