"""One list of commands: keys, footer, palette and help can't disagree."""

from __future__ import annotations

import pytest

from screens.app import Dashboard
from screens.commands import APP, EVERY, SCOPES, Command
from screens.issues import IssuesScreen
from supervise.services.registry import OPERATIONS


@pytest.mark.parametrize("scope", SCOPES)
def test_every_command_says_what_it_does(scope: str) -> None:
    for command in SCOPES[scope]:
        assert command.id and command.title and command.help, command
        assert command.binding.id == command.id and command.binding.tooltip == command.help


@pytest.mark.parametrize("scope", [name for name in SCOPES if name not in {"app", "page"}])
def test_no_key_means_two_things_on_a_page(scope: str) -> None:
    commands: tuple[Command, ...] = (*SCOPES[scope], *EVERY, *APP)
    keys = [key for command in commands for key in command.keys.split(",") if key]
    assert len(keys) == len(set(keys))


def test_an_id_names_one_command_of_a_page() -> None:
    for commands in SCOPES.values():
        ids = [command.id for command in (*commands, *EVERY, *APP)]
        assert commands in (EVERY, APP) or len(ids) == len(set(ids))


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
