"""A line of views to choose from, each with its count; one is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static


class ViewTab(Static):
    """One view; a click opens it."""

    @dataclass
    class Clicked(Message):
        """The view was asked for."""

        view: str

    def __init__(self, view: str, title: str) -> None:
        super().__init__(Content(title), id=f"view-{view}")
        self.view, self._title = view, title

    def count(self, words: str) -> None:
        """Write how many there are behind the title."""
        told = f" {words}" if words else ""
        content = Content.assemble(self._title, (told, "bold"))
        if self.content != content:
            self.update(content)

    def on_click(self) -> None:
        """Ask for the view."""
        self.post_message(self.Clicked(self.view))


class ViewTabs(Horizontal):
    """The views of a page by name; `view` is the open one."""

    DEFAULT_CSS = """
    ViewTabs {
        height: 1; width: 1fr; overflow-x: hidden;
        ViewTab {
            width: auto; padding: 0 1; color: $muted;
            &.-open { background: $panel; color: $primary; text-style: bold; }
            &:hover { text-style: underline; }
        }
        #hint { width: 1fr; text-align: right; padding: 0 1; color: $muted; text-wrap: nowrap; }
    }
    """

    view: reactive[str] = reactive("")
    """The name of the open view."""

    @dataclass
    class Opened(Message):
        """Another view was opened."""

        view: str

    def __init__(
        self,
        views: Sequence[tuple[str, str]],
        hint: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._views, self._hint = tuple(views), hint
        self.set_reactive(ViewTabs.view, views[0][0])

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        for name, title in self._views:
            tab = ViewTab(name, title)
            tab.tooltip = self._hint
            yield tab
        yield Static(Content(self._hint), id="hint")

    def on_mount(self) -> None:
        """Mark the open view."""
        self.watch_view()

    def watch_view(self) -> None:
        """Mark the open view, and say that it changed."""
        for tab in self.query(ViewTab):
            tab.set_class(tab.view == self.view, "-open")
        self.post_message(self.Opened(self.view))

    def on_view_tab_clicked(self, message: ViewTab.Clicked) -> None:
        """Open the view that was clicked."""
        message.stop()
        self.view = message.view

    def step(self, by: int) -> None:
        """Open the next view, or the one before."""
        names = [name for name, _ in self._views]
        self.view = names[(names.index(self.view) + by) % len(names)]

    def count(self, counts: Mapping[str, str]) -> None:
        """Write the counts behind the titles."""
        for tab in self.query(ViewTab):
            tab.count(counts.get(tab.view, ""))
