"""What the pages share: the line at the top, the footer, doing an operation, keeping up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from screens.commands import APP, EVERY, SCOPES, Command, bindings
from screens.export_page import ExportingScreen
from screens.loading import Written
from screens.told import told
from screens.widgets.columns import flat
from screens.widgets.crumbs import Crumb, Crumbs
from screens.widgets.key_bar import KeyBar
from screens.widgets.record_list import RecordList
from screens.widgets.top_bar import TopBar
from supervise.services.registry import OPERATIONS, Operation

if TYPE_CHECKING:
    from screens.app import Dashboard
    from screens.widgets.choices import Choices
    from supervise.services.choices import Choice

# Marks the keys that a user gave to commands without any.
_OWN = Binding.Group("own")
READ_ONLY = "台账以只读方式打开，不能办理。"


class Page(ExportingScreen):
    """One area of the dashboard. `SCOPE` names its commands, `AREA` the tab it stands under."""

    SCOPE: ClassVar[str] = ""
    AREA: ClassVar[str] = ""
    HEADING: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERY)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (140, "-wide")]

    def __init__(self) -> None:
        super().__init__()
        # Known before the page is laid out, it need not be styled a second time for its width.
        width = self.app.size.width
        wide = [name for least, name in self.HORIZONTAL_BREAKPOINTS if width >= least][-1]
        self.add_class(wide, update=False)
        # A new page is styled as it is made: nothing is left over from before a change of theme.
        self._css_update_count = self.app._css_update_count
        self._seen = -1
        self._behind = False
        self._states: tuple[bool, ...] = ()
        self.take_keys()

    @property
    def board(self) -> Dashboard:
        """The app, by its own type."""
        app: Any = self.app
        return app  # type: ignore[no-any-return]

    def compose(self) -> ComposeResult:
        """Lay out the top line, the panes and the footer."""
        board = self.board
        yield TopBar(self.AREA, board.today, str(board.ledger), board.read_only)
        yield Crumbs()
        with Container(id="panes"):
            yield from self.panes()
        yield KeyBar()

    def panes(self) -> Iterable[Widget]:
        """Give what stands between the top line and the footer."""
        yield from ()

    def open(self, key: str) -> None:
        """Show one of the page's lists, or one record."""

    @property
    def list_title(self) -> str:
        """What a list without a title of its own is called."""
        return self.HEADING

    # Where one is.

    def stand_at(self, place: str, places: Iterable[str]) -> None:
        """Mark one of the page's places as the one shown where there is room for one."""
        self._show_alone({f"-at-{name}": name == place for name in places})

    def turn_to(self, pane: str = "") -> None:
        """Show the detail, the sheet or the filters for the list, where there is room for one."""
        self._show_alone({f"-{name}": name == pane for name in ("detail", "sheet", "filters")})

    def _show_alone(self, classes: dict[str, bool]) -> None:
        before = frozenset(self.classes)
        self.update_classes(classes, update=False)
        # A wider page shows all of them, and need not be styled again.
        if self.has_class("-narrow") and self.classes != before:
            self.update_node_styles()

    def where(self) -> Sequence[Crumb]:
        """Say where on the page one is: the area, the list or the record, the pane."""
        pane = self.focused.heading if isinstance(self.focused, RecordList) else ""
        return (Crumb(self.HEADING), Crumb(pane))

    def tell_where(self) -> None:
        """Say it in the line under the areas."""
        if self.is_mounted:
            self.query_one(Crumbs).show(self.where())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say so when another pane is gone to."""
        self.call_next(self.tell_where)

    @on(Crumbs.Opened)
    async def go_back_to(self, message: Crumbs.Opened) -> None:
        """Go where a part of the way leads."""
        message.stop()
        await self.board.run_action(message.action, self)

    # Keeping up to date.

    def reload(self) -> None:
        """Read everything on the page again, without losing the place."""

    def catch_up(self) -> None:
        """Read again if the ledger changed since this page last did."""
        if self._seen != self.board.newest:
            self._seen, self._behind = self.board.newest, False
            self.reload()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Catch up with what happened while another page was shown."""
        self.take_keys()
        self.catch_up()

    def action_select(self) -> None:
        """Open the row under the cursor of the list that has the focus."""
        if isinstance(self.focused, RecordList):
            self.focused.action_select()

    def action_reload(self) -> None:
        """Read the page again."""
        self.reload()

    # What can be done, and why not.

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands of this page."""
        return SCOPES[self.SCOPE]

    @property
    def all_commands(self) -> tuple[Command, ...]:
        """The commands that can be given here: the page's, those of every page, the program's."""
        return (*self.commands, *EVERY, *APP)

    def take_keys(self) -> None:
        """Bind what has no key of its own to the key the user gave it."""
        for key, bound in list(self._bindings.key_to_bindings.items()):
            if any(one.group is _OWN for one in bound):
                del self._bindings.key_to_bindings[key]
        keymap = self.board.keymap
        for command in self.all_commands:
            if not command.keys and command.id in keymap:
                at = "app." if command in APP else ""
                one = replace(command.binding, action=f"{at}{command.action}", id=None, group=_OWN)
                for key in keymap[command.id].split(","):
                    self._bindings.key_to_bindings[key] = [replace(one, key=key)]

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

    def refresh_keys(self) -> None:
        """Draw the footer again if something became possible or impossible; say where one is."""
        self.tell_where()
        states = tuple(self._state(command) for command in self.commands if command.keys)
        if states != self._states:
            self._states = states
            self.refresh_bindings()

    def reason_for(self, command: Command) -> str | None:
        """Say why a command is greyed; None when it is not."""
        name, _, rest = command.action.partition("(")
        return self.reason_against(name, (rest.strip("')"),) if rest else ())

    def _state(self, command: Command) -> bool:
        return self.reason_for(command) is None

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
        self.app.push_screen(OperationDialog(op, sentence, fixed, given, seen), self._after)

    @property
    def known_to(self) -> int | None:
        """The newest event of all that the page shows; None while it can't say."""
        return self._seen if self._seen > 0 and not self._behind else None

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
        # Until it is read again, what is shown knows nothing of our own step.
        self._behind = True
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

    def known_before(self, written: Written) -> Mapping[str, Any] | None:
        """Give the record as the page showed it before something was written; None: it did not."""
        return None

    def settled(self, written: Written) -> None:
        """Take over what was written before the lists are read again."""

    def retitled(self, widget: Widget, words: str) -> None:
        """Change the words on a pane's edge; they are never markup."""
        widget.border_title = Content(flat(words))
