"""The tree of commands: each noun and each verb is made only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import typer

# Typer 0.28 carries its own Click and gives these no public name.
from typer._click.core import Command, Context
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from supervise.cli import building
from supervise.cli.building import Said
from supervise.cli.commands import NOUNS, TOP, command, every, verbs
from supervise.cli.diagnostics import guarded
from supervise.cli.front import Front
from supervise.errors import UsageError
from supervise.services.registry import Operation

_INTERRUPTED = 130
_COMPLETION = ("install_completion", "show_completion")


class _Leaf(TyperCommand):
    """A command that does something; its help is made from its fields."""

    operation: Operation

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the command's words; a yes-or-no option may be followed by its value."""
        return super().parse_args(ctx, building.answered(self.operation, args))

    def get_help(self, ctx: Context) -> str:
        """Give the help page in Chinese."""
        from supervise.cli.help import command_page

        return command_page(ctx.command_path, self.operation)


class _Group(TyperGroup):
    """A group whose commands are made when asked for."""

    def entries(self) -> dict[str, str]:
        """Map the names of the commands inside to one line of help each."""
        raise NotImplementedError

    def names(self) -> Iterable[str]:
        """Name the commands inside."""
        return self.entries()

    def make(self, name: str) -> TyperCommand | TyperGroup:
        """Make one of the commands inside."""
        raise NotImplementedError

    def list_commands(self, ctx: Context) -> list[str]:
        """List the names of the commands inside."""
        return list(self.names())

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Give a command inside, made at its first use."""
        if cmd_name not in self.commands and cmd_name in self.names():
            self.commands[cmd_name] = self.make(cmd_name)
        return self.commands.get(cmd_name)

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Find the command that was typed. Raises UsageError when there is none."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            from supervise.cli.usage import unknown_command

            raise unknown_command(ctx.command_path, name, self.entries())
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: Context) -> str:
        """Give the help page in Chinese."""
        from supervise.cli.help import group_page

        return group_page(ctx.command_path, self.help or "", self.entries(), root=not ctx.parent)


class _Noun(_Group):
    """The commands of one noun."""

    def entries(self) -> dict[str, str]:
        """Map the verbs of the noun to their help."""
        return {verb: one.help for verb, one in verbs(self.name or "").items()}

    def make(self, name: str) -> TyperCommand:
        """Make the command of a verb."""
        return _leaf(verbs(self.name or "")[name])


class _Root(_Group):
    """The program itself."""

    def entries(self) -> dict[str, str]:
        """Map the nouns and the commands without a noun to their help."""
        alone = every()
        return {name: NOUNS.get(name) or alone[name].help for name in TOP}

    def names(self) -> Iterable[str]:
        """Name the nouns and the commands without one; no table of them need be read for it."""
        return TOP

    def make(self, name: str) -> TyperCommand | TyperGroup:
        """Make a noun's group or a command."""
        return _noun(name) if name in NOUNS else _leaf(command(name))


def _leaf(operation: Operation) -> TyperCommand:
    made = building.build(operation, _Leaf)
    assert isinstance(made, _Leaf)
    made.operation = operation
    return made


def _noun(name: str) -> TyperGroup:
    def enter(ctx: typer.Context, **said: Said) -> None:
        ctx.obj.take(**said)
        if ctx.invoked_subcommand is None:
            raise UsageError(f"缺少子命令：{' '.join(verbs(name))}。用法见 {ctx.command_path} -h。")

    return _group(_Noun, name, NOUNS[name], building.with_signature(enter))


def _root() -> TyperGroup:
    def enter(ctx: typer.Context, **said: Said) -> None:
        wanted = {name: said.pop(name) for name in _COMPLETION}
        ctx.obj.take(**said)
        if any(wanted.values()):
            from supervise.cli.completion import answer

            answer(install=bool(wanted["install_completion"]))
        elif ctx.invoked_subcommand is None:
            from supervise.cli.dashboard import home

            home(ctx.obj)

    title = "优化营商环境工作督导台账：发现、整改、复核、反馈、销号，按月点名、提请约谈"
    signed = building.with_signature(enter, *map(building.flag, _COMPLETION))
    return _group(_Root, "supervise", title, signed)


def _group(cls: type[_Group], name: str, title: str, enter: Callable[..., None]) -> TyperGroup:
    app = typer.Typer(
        name=name,
        cls=cls,
        callback=enter,
        help=title,
        invoke_without_command=True,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    return typer.main.get_group(app)


def carry_out(arguments: Sequence[str]) -> int:
    """Carry out a command line and give its exit status."""
    front = Front(json=_asks_for_json(arguments))
    return guarded(front, lambda: _invoke(front, arguments))


def _invoke(front: Front, arguments: Sequence[str]) -> int | None:
    if building.completing():
        from supervise.cli.completion import prepare

        prepare()
    try:
        status = _root().main(
            args=list(arguments), prog_name="supervise", standalone_mode=False, obj=front
        )
    except TyperException as error:
        from supervise.cli.usage import translated

        raise translated(error) from None
    except typer.Abort:
        raise KeyboardInterrupt from None
    if status == _INTERRUPTED:
        raise KeyboardInterrupt
    return int(status or 0)


def _asks_for_json(arguments: Sequence[str]) -> bool:
    """Tell whether an error in the command line itself is to be told as JSON."""
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in before
