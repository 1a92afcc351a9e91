"""What the pages share: the line at the top, the footer and its keys, keeping up to date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from screens.acting import READ_ONLY, ActingScreen
from screens.commands import APP, EVERY, SCOPES, Command, bindings
from screens.widgets.columns import flat
from screens.widgets.crumbs import Crumb, Crumbs
from screens.widgets.key_bar import KeyBar
from screens.widgets.record_list import RecordList
from screens.widgets.top_bar import TopBar

if TYPE_CHECKING:
    pass

__all__ = ["READ_ONLY", "Page"]

# Marks the keys that a user gave to commands without any.
_OWN = Binding.Group("own")


class Page(ActingScreen):
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

    @property
    def known_to(self) -> int | None:
        """The newest event of all that the page shows; None while it can't say."""
        return self._seen if self._seen > 0 and not self._behind else None

    def fall_behind(self) -> None:
        """Know nothing of our own step until the page is read again."""
        self._behind = True

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

    def action_saved(self) -> None:
        """Tell whoever is used to saving that nothing is left to be saved."""
        self.board.say("不用另外保存：每办一步随即存入台账。另存为文件用 Ctrl+T 导出。")

    # The keys.

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

    def retitled(self, widget: Widget, words: str) -> None:
        """Change the words on a pane's edge; they are never markup."""
        widget.border_title = Content(flat(words))
