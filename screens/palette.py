"""The command palette: commands and places, by Chinese name, pinyin, or English id."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from screens.commands import APP, Command
from screens.keys import key_words
from screens.page import Page

if TYPE_CHECKING:
    from screens.app import Dashboard

# The units are waited for this long, in seconds; without them all else is found.
_PATIENCE = 1.0


class Known(NamedTuple):
    """A command on a page: its words, and whether it can't be taken now."""

    command: Command
    page: Page
    about: str
    greyed: bool

    @property
    def shown(self) -> Content:
        """Its name, greyed where it can't be taken now; `about` then says why."""
        style = "$muted" if self.greyed else ""
        return Content.assemble((self.command.title, style))


class Commands(Provider):
    """Finds commands of the page and of the program, lists, units, months, issues."""

    @property
    def _board(self) -> Dashboard:
        app: Any = self.app
        return app  # type: ignore[no-any-return]

    def _known(self) -> Iterator[Known]:
        page = self.screen
        if not isinstance(page, Page):
            return
        for command in page.all_commands:
            reason = page.reason_for(command)
            keys = key_words(command, self._board.keymap)
            about = "　".join(filter(None, (keys, reason or command.help)))
            yield Known(command, page, about, reason is not None)

    def _run(self, one: Known) -> Any:
        where = self.app if one.command in APP else one.page
        return partial(self.app.run_action, one.command.action, where)

    async def discover(self) -> Hits:
        """List every command."""
        for one in self._known():
            run, title = self._run(one), one.command.title
            yield DiscoveryHit(one.shown, run, text=title, help=one.about)

    async def search(self, query: str) -> Hits:
        """List the commands and the places that fit."""
        from screens import jumps, pinyin

        matcher, found = self.matcher(query), False
        for one in self._known():
            title = one.command.title
            named = max(matcher.match(title), matcher.match(one.command.id))
            score = max(named, pinyin.score(query, title))
            if score > 0:
                found = True
                yield Hit(score, one.shown, self._run(one), text=title, help=one.about)
        await self._units()
        for jump in jumps.jumps(self._board, query):
            found = True
            words = Content(jump.words)
            yield Hit(jump.score, words, jump.go, text=jump.words, help=jump.about)
        if not found:
            none = "没有这样的命令、清单、单位或编号"
            yield Hit(0.01, Content(none), _nothing, text=none)

    async def _units(self) -> None:
        """Wait a moment for the units, which are read while the palette opens."""
        try:
            await asyncio.wait_for(self._board.units_read.wait(), _PATIENCE)
        except TimeoutError:
            return


def _nothing() -> None:
    """Do nothing: the line only says that nothing fits."""
