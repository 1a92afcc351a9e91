"""What every dialog shares: a frame near the top, a sentence, an error line, two buttons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Static

from screens.commands import key_name
from screens.still import StillScreen
from screens.widgets.columns import folded
from screens.wording import on_screen
from supervise.text import printable

Result = TypeVar("Result")
# Cells at the sides of a frame's words; lines: the margin above the frame, its edges, the buttons
# and the blank line above them; the least that is left to what scrolls.
_SIDES, _AROUND, _LEAST = 6, 5, 3


class DialogButton(Button):
    """A button that leaves the focus where it is when it is clicked.

    A field that is left says what is wrong with it, and the button would move from under the mouse.
    """

    FOCUS_ON_CLICK = False


class Dialog(StillScreen[Result], ModalScreen[Result]):
    """A question over the screen; Esc leaves it without an answer."""

    CSS_PATH = "dialogs.tcss"
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "取消", id="dialog.cancel", tooltip="不做，关闭"),
        Binding("ctrl+s,f10", "accept", "确定", id="dialog.accept", tooltip="确定"),
        Binding("ctrl+q", "stay", "退出", show=False),
    ]

    heading = ""
    """The words in the frame."""
    sentence = ""
    """What the dialog is about, in one sentence."""
    accept_label = "确定"
    """The words on the button that says yes; none: only a button to close."""
    frame: ClassVar[int] = 76
    """The cells of the frame at its widest."""
    scrolls: ClassVar[str] = ""
    """What may be higher than the terminal, as a selector."""
    besides: ClassVar[int] = 0
    """The lines of what stands beside it, with their margins."""
    _error = ""

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(printable(self.heading))
            yield Static(self.folded(self.sentence), id="says", markup=False)
            yield Static("", id="error", markup=False)
            yield from self.body()
            with Horizontal(id="buttons"):
                if self.accept_label:
                    yield DialogButton(
                        Content(self._with_key(self.accept_label, "accept")),
                        "primary",
                        id="accept",
                        compact=True,
                    )
                yield DialogButton(
                    Content(self._with_key("取消" if self.accept_label else "关闭", "cancel")),
                    id="cancel",
                    compact=True,
                )

    def body(self) -> Iterator[Widget]:
        """Give what stands between the sentence and the buttons."""
        yield from ()

    def say_error(self, sentence: str) -> None:
        """Show why it can't be done; an empty sentence takes the line away."""
        sentence = on_screen(sentence, getattr(self.app, "keymap", {}))
        if sentence == self._error:
            return
        line = self.query_one("#error", Static)
        line.update(Content(self.folded(sentence)))
        line.set_class(bool(sentence), "-shown")
        self._error = sentence
        self.fit()

    def on_mount(self) -> None:
        """Leave the buttons their place from the beginning."""
        self.fit()

    def on_resize(self, event: events.Resize) -> None:
        """Leave them their place in a terminal of another size."""
        self.query_one("#error", Static).update(Content(self.folded(self._error)))
        self.fit()

    def fit(self) -> None:
        """Give what scrolls the lines that sentence, error and buttons leave of the terminal.

        In lines: in a frame as high as what it holds, the library heeds no other bound.
        """
        if not self.scrolls:
            return
        said = [self.folded(one) for one in (self.sentence, self._error) if one]
        told = sum(one.count("\n") + 1 for one in said)
        styles = self.query_one(self.scrolls).styles
        around = _AROUND + styles.margin.height + self.besides
        styles.max_height = max(self.app.size.height - around - told, _LEAST)

    @property
    def room(self) -> int:
        """The cells of a line in the frame."""
        return max(min(self.frame, self.app.size.width) - _SIDES, 1)

    def folded(self, text: str) -> str:
        """Break a sentence where Chinese may be broken, and not at its blanks."""
        return "\n".join(folded(text, self.room))

    def _with_key(self, words: str, action: str) -> str:
        """Give a button's words with the key that does the same: the user's own, if there is."""
        own: dict[str, str] = getattr(self.app, "keymap", {})
        keys = own.get(f"dialog.{action}") or {"accept": "ctrl+s", "cancel": "escape"}[action]
        return f"{words} {key_name(keys.split(',')[0])}"

    def relabel(self, words: str) -> None:
        """Change what the button that says yes is called."""
        button = self.query_one("#accept", Button)
        button.label = Content(self._with_key(words, "accept"))
        button.refresh(layout=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        event.stop()
        if event.button.id == "accept":
            self.action_accept()
        else:
            self.action_cancel()

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def action_accept(self) -> None:
        """Say yes."""
        self.dismiss(None)

    def action_stay(self) -> None:
        """Say how to leave: what is being written would be lost unasked."""
        self.notify("先按 Esc 关闭这个窗口，再按 Ctrl+Q 退出。", markup=False)


class ReadingDialog(Dialog[None]):
    """Something that is only read: Enter closes it too."""

    accept_label = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "cancel", "关闭", show=False)]
