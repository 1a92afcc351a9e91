"""From a command's fields to a Typer command: one way for operations and for reading."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import typer
from typer.core import TyperCommand

from supervise.cli.front import Front
from supervise.errors import BadInput, UsageError
from supervise.services.registry import OPERATIONS, Field, Operation

REPEATED = frozenset({"months", "units", "texts", "stages", "words"})
# What the services' own reader of fields does not know: taken as it stands.
_OWN = frozenset({"path", "target", "flag", "stages", "words"})
# What the parser hands over for one parameter.
Said: TypeAlias = "str | bool | list[str] | None"
_NO_MARKUP: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}


def fields_of(command: Operation) -> tuple[Field, ...]:
    """Give all fields of a command, the common ones of a writing operation last."""
    if command.name not in OPERATIONS:
        return command.fields
    return command.entered


def option_name(field: Field) -> str:
    """Give the option as it is typed; `from_` is --from, a word Python keeps for itself."""
    return "--" + field.name.rstrip("_").replace("_", "-")


def optional_unit(field: Field, command: Operation) -> bool:
    """Tell whether a unit's code may stand in for its name."""
    return field.name == "unit" and any(f.name == "unit_id" for f in command.fields)


def globals_of() -> list[inspect.Parameter]:
    """Give the four options that every command and group takes."""
    return [
        flag("json"),
        _parameter("ledger", typer.Option(None, "--ledger"), str | None),
        _parameter("today", typer.Option(None, "--today"), str | None),
        flag("read_only"),
    ]


def flag(name: str) -> inspect.Parameter:
    """Declare an option that takes no value."""
    return _parameter(name, typer.Option(False, f"--{name.replace('_', '-')}"), bool)


def with_signature(
    function: Callable[..., None], *parameters: inspect.Parameter
) -> Callable[..., None]:
    """Give the function the signature that Typer reads, and the four global options."""
    context = _parameter("ctx", inspect.Parameter.empty, typer.Context)
    everything = [context, *parameters, *globals_of()]
    function.__signature__ = inspect.Signature(everything)  # type: ignore[attr-defined]
    function.__annotations__ = {p.name: p.annotation for p in everything}
    return function


def _parameter(name: str, default: object, annotation: object) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=default, annotation=annotation)


def _declared(field: Field) -> inspect.Parameter:
    """Declare one field. Nothing is required here: all that is missing is told at once."""
    if field.subject:
        # A metavar in the usage line; Typer itself never prints it.
        kind = list[str] | None if field.kind in REPEATED else str | None
        return _parameter(field.name, typer.Argument(None, metavar=field.label), kind)
    name = option_name(field)
    if field.kind == "flag":
        return flag(field.name)
    if field.kind == "bool":
        both = f"{name}/{name.replace('--', '--no-')}"
        return _parameter(field.name, typer.Option(None, both), bool | None)
    choose = _completer(field) if field.choices and completing() else None
    option = typer.Option(None, name, metavar=field.label, autocompletion=choose)
    repeated = field.kind in REPEATED
    return _parameter(field.name, option, list[str] | None if repeated else str | None)


def answered(command: Operation, words: list[str]) -> list[str]:
    """Write `--upheld true` and `--upheld=否` as the flags they mean: `--upheld`, `--no-upheld`."""
    names = {option_name(field) for field in fields_of(command) if field.kind == "bool"}
    if not any(word.partition("=")[0] in names for word in words):
        return words
    from supervise.services.arguments import yes_or_no

    found: list[str] = []
    rest = [part for word in words for part in _parts(word, names)]
    while rest:
        word = rest.pop(0)
        meant = yes_or_no(rest[0]) if word in names and rest else None
        if meant is not None:
            rest.pop(0)
        found.append(f"--no-{word[2:]}" if meant is False else word)
    return found


def _parts(word: str, names: Collection[str]) -> list[str]:
    name, equals, value = word.partition("=")
    return [name, value] if equals and name in names else [word]


def completing() -> bool:
    """Tell whether the shell asks what may be typed next."""
    return "_SUPERVISE_COMPLETE" in os.environ


def _completer(field: Field) -> Callable[[str], list[str]]:
    def choose(incomplete: str) -> list[str]:
        return [choice for choice in field.choices if choice.startswith(incomplete)]

    return choose


GLOBALS = ("json", "ledger", "today", "read_only")


def build(command: Operation, cls: type[TyperCommand]) -> TyperCommand:
    """Make the Typer command of an operation or of a reading command."""

    def call(ctx: typer.Context, **said: Said) -> None:
        front: Front = ctx.obj
        front.take(**{name: said.pop(name) for name in GLOBALS})
        _check_complete(command, said, ctx.command_path)
        if command.name in OPERATIONS:
            from supervise.cli.writing import perform

            perform(front, command, _typed(command, said))
        else:
            _function(command)(front, **_understood(command, said))

    parameters = [_declared(field) for field in fields_of(command)]
    app = typer.Typer(add_completion=False, **_NO_MARKUP)
    verb = command.name.rpartition(".")[2]
    app.command(verb, cls=cls, help=command.help)(with_signature(call, *parameters))
    built: TyperCommand = typer.main.get_command(app)  # type: ignore[assignment]
    return built


def _function(command: Operation) -> Callable[..., None]:
    module, _, name = command.run.partition(":")
    function: Callable[..., None] = getattr(import_module(module), name)
    return function


def _check_complete(command: Operation, said: Mapping[str, Said], path: str) -> None:
    missing = [
        field.label if field.subject else f"{option_name(field)}（{field.label}）"
        for field in command.fields
        if field.required
        and said[field.name] in (None, [])
        and not (optional_unit(field, command) and said.get("unit_id"))
    ]
    if missing:
        raise UsageError(f"缺少 {'、'.join(missing)}。用法见 {path} -h。")


def _typed(command: Operation, said: Mapping[str, Said]) -> dict[str, Any]:
    """Convert what was typed; raises BadInput with a sentence that names the field."""
    own = {field.name: field for field in command.fields if field.kind in _OWN}
    values = {name: _own(own[name], said[name]) for name in own if said[name] not in (None, [])}
    rest = {name: said[name] for name in said if name not in own and said[name] is not None}
    if rest:
        from supervise.services.arguments import typed

        others = tuple(field for field in command.fields if field.name not in own)
        values.update(typed(replace(command, fields=others), rest))
    return values


def _understood(command: Operation, said: Mapping[str, Said]) -> dict[str, Any]:
    """Convert what was typed for a reading command: what can't be read is a wrong command line."""
    try:
        return _typed(command, said)
    except BadInput as error:
        raise UsageError(error.message, code=error.code) from None


def _own(field: Field, value: Said) -> object:
    if field.kind == "path":
        return Path(str(value)).expanduser()
    return tuple(value) if isinstance(value, list) else value
