"""Completion in the shell: its script shown or installed, with words of our own."""

from __future__ import annotations

from supervise.errors import Refused, reason


def prepare() -> None:
    """Teach the parser the shells it can answer."""
    from typer._completion_classes import completion_init

    completion_init()


def answer(*, install: bool) -> None:
    """Install the script for the shell in use, or show it."""
    if install:
        _install()
    else:
        _show()


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
        _, place = install(shell=shell, prog_name="supervise", complete_var="_SUPERVISE_COMPLETE")
    except OSError as error:
        raise Refused(f"没能安装补全：{reason(error)}。", code="cannot_write") from error
    output.lines(f"{shell} 的补全已装到 {place}，重新打开终端后生效。")
