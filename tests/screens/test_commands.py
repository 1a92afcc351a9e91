"""One list of commands: keys, footer, palette and help can't disagree."""

from __future__ import annotations

import pytest

from screens.app import Dashboard
from screens.commands import APP, SCOPES, Command
from screens.issues import IssuesScreen
from screens.theme import THEMES
from supervise.services.registry import OPERATIONS


@pytest.mark.parametrize("scope", SCOPES)
def test_every_command_says_what_it_does(scope: str) -> None:
    for command in SCOPES[scope]:
        assert command.id and command.title and command.help, command
        assert command.binding.id == command.id and command.binding.tooltip == command.help


@pytest.mark.parametrize("scope", [name for name in SCOPES if name != "app"])
def test_no_key_means_two_things_on_a_page(scope: str) -> None:
    commands: tuple[Command, ...] = (*SCOPES[scope], *APP)
    keys = [key for command in commands for key in command.keys.split(",") if key]
    assert len(keys) == len(set(keys))


def test_every_step_of_the_loop_and_the_ladder_is_a_command() -> None:
    known = {command.id for commands in SCOPES.values() for command in commands}
    nouns = {"issue", "notice", "explanation", "interview", "referral"}
    assert {name for name, op in OPERATIONS.items() if op.noun in nouns} <= known


def test_function_keys_and_ctrl_come_first() -> None:
    named = {"enter", "escape"}
    for commands in SCOPES.values():
        for command in commands:
            first = command.keys.split(",")[0]
            assert not first or first in named or first.startswith(("f", "ctrl+")), command


def test_every_binding_has_an_id_and_a_tooltip() -> None:
    for node in (Dashboard, IssuesScreen):
        for binding in node.BINDINGS:
            assert binding.id and binding.tooltip, binding  # type: ignore[union-attr]


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_tone_can_be_read_on_every_ground(theme) -> None:  # type: ignore[no-untyped-def]
    words = [
        theme.foreground,
        theme.primary,
        theme.success,
        theme.warning,
        theme.error,
        theme.variables["muted"],
    ]
    grounds = [theme.background, theme.surface, theme.panel, theme.variables["chosen-away"]]
    for ground in grounds:
        for word in words:
            assert _contrast(word, ground) >= 4.5, (word, ground)
    assert _contrast(theme.variables["chosen-text"], theme.variables["chosen"]) >= 7
