"""The command palette: every command of the page and of the program, by its Chinese name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from screens.commands import APP, Command, key_names
from screens.page import Page


class Commands(Provider):
    """Finds commands by their Chinese name, or the English name they have on the command line."""

    def _known(self) -> Iterator[tuple[Command, Page, str]]:
        page = self.screen
        if not isinstance(page, Page):
            return
        for command in (*page.commands, *APP):
            yield command, page, self._about(command, page)

    @staticmethod
    def _about(command: Command, page: Page) -> str:
        name, _, rest = command.action.partition("(")
        parameters = (rest.strip("')"),) if rest else ()
        reason = page.reason_against(name, parameters)
        keys = key_names(command)
        about = f"{keys} {command.help}" if keys else command.help
        return reason or about

    async def discover(self) -> Hits:
        """List every command."""
        for command, page, about in self._known():
            yield DiscoveryHit(
                Content(command.title),
                partial(self.app.run_action, command.action, page),
                text=command.title,
                help=about,
            )

    async def search(self, query: str) -> Hits:
        """List the commands that fit."""
        matcher, found = self.matcher(query), False
        for command, page, about in self._known():
            score = max(matcher.match(command.title), matcher.match(command.id))
            if score > 0:
                found = True
                yield Hit(
                    score,
                    matcher.highlight(command.title),
                    partial(self.app.run_action, command.action, page),
                    text=command.title,
                    help=about,
                )
        if not found:
            yield Hit(0.01, Content("没有这样的命令"), _nothing, text="没有这样的命令")


def _nothing() -> None:
    """Do nothing: the line only says that there is no such command."""
