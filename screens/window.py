"""What the program's windows share: themes, the user's own settings, short sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from textual import on
from textual._context import active_message_pump
from textual.app import App
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import Widget

from screens.commands import key_name
from screens.keys import Keymap
from screens.loading import Failed
from screens.preferences import load, save
from screens.still import StillScreen
from screens.styles import Styles, sheets
from screens.theme import DARK, NAMES, THEMES
from screens.wording import on_screen
from supervise.errors import reason

Result = TypeVar("Result")
# The setting that holds the theme's name.
THEME = "theme"


class Window(App[Result], inherit_bindings=False):
    """A window of the program; `preferences` are the settings of whoever uses it."""

    TITLE = "督导台账"

    @dataclass
    class LoadedAhead(Message):
        """What other pages need is loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.preferences = load()
        self._saving = Lock()
        # The user's own keys, by the ids of the commands.
        self.keymap: Keymap = {}
        self._prepared = 0
        for theme in THEMES:
            self.register_theme(theme)
        # Before anything is styled: nobody need be told, and the styles are read once.
        known = self.preferences.get(THEME)
        self.set_reactive(App.theme, known if known in NAMES else DARK.name)
        self.stylesheet = Styles(self.get_css_variables())

    def stay(self) -> Result | None:
        """Run until it is left, and give what it was left with; raises whatever ended it."""
        result = self.run()
        if self._exception is not None:
            raise self._exception
        return result

    def _handle_exception(self, error: Exception) -> None:
        """Let pass what a part misses that was taken away before it stood.

        A dialog can be answered by keys typed ahead, while its fields are still being made.
        """
        part = active_message_pump.get(None)
        if isinstance(part, Widget) and not part.is_mounted and _leaving(part):
            return
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End; the fault is told by whoever opened the window, not by the library's traceback."""
        self.bell()
        self._close_messages_no_wait()

    def load_ahead(self, task: Callable[[Styles], None]) -> None:
        """Load in a thread what will be needed later; its sheets are then known."""
        styles = self.stylesheet
        assert isinstance(styles, Styles)

        def run() -> None:
            task(styles)
            self.post_message(self.LoadedAhead())

        self.run_worker(
            run, group="ahead", description="预先装入各页", exit_on_error=False, thread=True
        )

    @on(LoadedAhead)
    def take_sheets(self) -> None:
        """Know the sheets of all pages: opening one restyles nothing that is on the screen."""
        self.stylesheet.read_all(sheets())
        self.stylesheet.reparse()
        self.prepare_themes()

    def refresh_css(self, animate: bool = True) -> None:
        """Show what is on the screen in the colours of now, without keeping any key waiting.

        The library styles a whole page in one go.
        """
        self.stylesheet.set_variables(self.get_css_variables())
        self.stylesheet.reparse()
        self.run_worker(
            self._restyle(animate), group="colours", description="换颜色", exclusive=True
        )

    async def _restyle(self, animate: bool) -> None:
        styles, shown = self.stylesheet, self.screen_stack
        assert isinstance(styles, Styles)
        with self.batch_update():
            await styles.update_in_turns((self,), animate=animate)
            for screen in reversed(shown):
                nodes = screen.walk_children(with_self=True)
                await styles.update_in_turns(nodes, animate=animate)
                screen._css_update_count = self._css_update_count
        if isinstance(self.screen, StillScreen) and self.screen.is_mounted:
            self.screen.begin_anew()
        elif self.screen.is_mounted:
            self.screen.refresh(layout=True)

    def prepare_themes(self) -> None:
        """Parse in a thread, under every theme's colours, what came to the styles since."""
        styles = self.stylesheet
        assert isinstance(styles, Styles)
        if self._prepared == len(styles.source):
            return
        self._prepared = len(styles.source)
        colours = [self._colours(theme) for theme in THEMES]

        def run() -> None:
            for one in colours:
                styles.prepare_for(one)

        self.run_worker(
            run, group="themes", description="预先装入各色", exit_on_error=False, thread=True
        )

    def _colours(self, theme: Theme) -> dict[str, str]:
        """Give the names of a theme's colours their values, as the library does for its own."""
        generated = theme.to_color_system().generate()
        return {**self.get_theme_variable_defaults(), **generated, **theme.variables}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our own colour names a value in every theme."""
        return dict(DARK.variables)

    def get_system_commands(self, screen: Screen[Any]) -> Iterator[Any]:
        """Offer none but the commands of our own list."""
        yield from ()

    def remember(self, **values: object) -> None:
        """Keep some of the user's settings for the next visit, written in a thread."""
        self.preferences = {**self.preferences, **values}
        self.run_worker(
            self._save,
            group="preferences",
            description="保存个人设置",
            exit_on_error=False,
            thread=True,
        )

    def _save(self) -> None:
        try:
            # One after the other: none that began earlier ends with older settings.
            with self._saving:
                save(self.preferences)
        except OSError as error:
            self.post_message(Failed(f"个人设置没有保存：{reason(error)}。"))

    # Speaking.

    def say(self, sentence: str, *, bad: bool = False) -> None:
        """Show a sentence for a moment; it is never markup."""
        severity = "warning" if bad else "information"
        sentence = on_screen(sentence, self.keymap)
        self.notify(sentence, severity=severity, markup=False, timeout=8 if bad else 4)  # type: ignore[arg-type]

    @on(Failed)
    def failed(self, message: Failed) -> None:
        """Show what went wrong in a worker."""
        sentence = on_screen(message.sentence, self.keymap)
        self.notify(sentence, title="未能完成", severity="error", markup=False, timeout=12)

    def get_key_display(self, binding: Binding) -> str:
        """Give a key as it is printed on the keyboard."""
        return key_name(binding.key)

    def action_switch_theme(self) -> None:
        """Go on to the next theme."""
        names = list(NAMES)
        here = names.index(self.theme) if self.theme in NAMES else -1
        self.action_use_theme(names[(here + 1) % len(names)])

    def action_use_theme(self, name: str) -> None:
        """Show a theme, and keep it for the next visit."""
        self.theme = name
        self.remember(**{THEME: name})
        self.say(f"颜色：{NAMES[name]}")

    def action_help_quit(self) -> None:
        """Say how to leave: Ctrl+C does not."""
        self.notify("退出请按 Ctrl+Q。", markup=False)


def _leaving(part: Widget) -> bool:
    """Whether a part of the window, or what holds it, is being taken away."""
    return any(one._pruning or one._closing for one in part.ancestors_with_self)
