"""A wrong command line, told in Chinese: what was typed, what is missing, what might be meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

# Typer 0.28 carries its own Click and gives these no public name.
from typer._click import exceptions as click_errors

from supervise.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


def translated(error: Exception) -> UsageError:
    """Turn an error of the command line's parser into one of ours."""
    ctx = getattr(error, "ctx", None)
    remedy = f"用法见 {ctx.command_path} -h。" if ctx else "用法见该命令的 -h。"
    return UsageError(_sentence(error) + remedy)


def unknown_command(path: str, name: str, known: Iterable[str]) -> UsageError:
    """Say that a command does not exist, and which one may be meant."""
    near = get_close_matches(name, list(known), n=3)
    meant = f"是不是要用 {'、'.join(near)}？" if near else ""
    return UsageError(f"没有命令“{path} {name}”。{meant}用法见 {path} -h。")


def _sentence(error: Exception) -> str:
    match error:
        case click_errors.NoSuchOption():
            near = f"是不是要用 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有选项 {error.option_name}。{near}"
        case click_errors.MissingParameter():
            return f"缺少{_name_of(error)}。"
        case click_errors.BadOptionUsage():
            if "does not take a value" in error.message:
                return f"选项 {error.option_name} 不带值。"
            return f"选项 {error.option_name} 后面要写值。"
        case click_errors.BadParameter():
            return f"{_name_of(error)}的值不认识：{_reason(error.message)}。"
        case click_errors.UsageError():
            return _plain(error.message)
        case _:
            return f"命令行有误（{error}）。"


def _name_of(error: click_errors.BadParameter) -> str:
    param = error.param
    if param is None:
        return "参数"
    if param.param_type_name == "argument":
        return f"参数“{param.metavar or param.name}”"
    return f"选项 {param.opts[0]}"


def _reason(message: str) -> str:
    if "not a valid int" in message:
        return f"{message.split(' is not')[0]} 不是整数"
    return message.rstrip(".")


def _plain(message: str) -> str:
    if message.startswith("Got unexpected extra argument"):
        more = message.partition("(")[2].partition("(")[2].rstrip(")")
        return f"多出了参数：{more}；除对象本身外，各项内容都写在选项后面，如 --note 文字。"
    if message.startswith("Missing command"):
        return "缺少子命令。"
    return f"命令行有误（{message.rstrip('.')}）。"
