"""Completion in the shell: its script shown or installed, with words of our own."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from supervise.errors import Refused

if TYPE_CHECKING:
    from supervise.cli.building import Said

OPTIONS = ("install_completion", "show_completion")


def parameters() -> list[inspect.Parameter]:
    """Give the two options of the program itself."""
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=typer.Option(False, f"--{name.replace('_', '-')}"),
            annotation=bool,
        )
        for name in OPTIONS
    ]


def prepare() -> None:
    """Teach the parser the shells it can answer."""
    from typer._completion_classes import completion_init

    completion_init()


def answered(wanted: Mapping[str, Said]) -> bool:
    """Show or install the script when asked to; tells whether it was."""
    if wanted["show_completion"]:
        _show()
    elif wanted["install_completion"]:
        _install()
    return any(wanted.values())


def _shell() -> str:
    from typer._completion_shared import _get_shell_name

    shell = _get_shell_name()
    if shell not in {"bash", "zsh", "fish", "powershell", "pwsh"}:
        raise Refused(
            "认不出正在使用的终端程序，可在 bash、zsh、fish 或 PowerShell 里重做。",
            code="unknown_shell",
        )
    return str(shell)


def _show() -> None:
    from typer._completion_shared import get_completion_script

    from supervise.cli import output

    output.lines(
        get_completion_script(
            prog_name="supervise", complete_var="_SUPERVISE_COMPLETE", shell=_shell()
        )
    )


def _install() -> None:
    from typer._completion_shared import install

    from supervise.cli import output

    shell = _shell()
    try:
        _, place = install(
            shell=shell, prog_name="supervise", complete_var="_SUPERVISE_COMPLETE"
        )
    except OSError as error:
        raise Refused(f"没能安装补全：{error.strerror}。", code="cannot_write") from error
    output.lines(f"{shell} 的补全已装到 {place}，重新打开终端后生效。")
