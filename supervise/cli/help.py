"""Help pages in Chinese, their columns measured in terminal cells."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping

from supervise.cli.building import REPEATED, fields_of, option_name, optional_unit
from supervise.services.registry import Field, Operation
from supervise.text import cells

Row = tuple[str, str]

_GLOBAL: tuple[Row, ...] = (
    ("--json", "输出一个 JSON 文档，供程序读取"),
    ("--ledger 文件", "台账文件（环境变量 SUPERVISE_LEDGER）"),
    ("--today 日期", "以此日为今天（环境变量 SUPERVISE_TODAY），默认北京时间当日"),
    ("--read-only", "只读，不能办理（环境变量 SUPERVISE_READ_ONLY=1）"),
    ("-h, --help", "显示本页"),
)
_PROGRAM: tuple[Row, ...] = (
    ("--version", "显示版本号"),
    ("--install-completion", "为正在使用的终端安装命令补全"),
    ("--show-completion", "显示命令补全的脚本"),
)
_STATUS = (
    "退出状态：0 办妥 · 1 被拒绝，台账未变 · 2 命令行有误 · 3 台账缺失、被占用、损坏或版本不符"
)
_LEFT_MAX = 28
_CLOSING = "，。；：、）"


def command_page(path: str, command: Operation) -> str:
    """Give the help page of one command."""
    fields = fields_of(command)
    subjects = [field for field in fields if field.subject]
    options = [field for field in fields if not field.subject]
    usage = [path, *(_positional(field) for field in subjects)]
    usage += [f"{option_name(f)} {_metavar(f)}" for f in options if _required(f, command)]
    sections = [
        _usage([*usage, "[选项]"]),
        _paragraph(f"{command.help}。"),
        _section("参数", [(f.label, _help(f, command)) for f in subjects]),
        _section("选项", [(_left(f), _help(f, command)) for f in options]),
        _section("通用选项", _GLOBAL),
    ]
    return "\n\n".join(filter(None, sections))


def group_page(path: str, title: str, entries: Mapping[str, str], *, root: bool) -> str:
    """Give the help page of a noun or of the program itself."""
    sections = [
        f"用法：{path} [选项] {'[命令]' if root else '命令'} …",
        f"{title}。",
        "不写命令则打开总览界面。" if root else "",
        _section("命令", entries.items()),
        _section("选项", (*_GLOBAL, *(_PROGRAM if root else ()))),
        _paragraph(_STATUS) if root else f"某个命令的用法：{path} 命令 -h",
    ]
    return "\n\n".join(filter(None, sections))


def _required(field: Field, command: Operation) -> bool:
    return field.required and not optional_unit(field, command)


def _positional(field: Field) -> str:
    return field.label if field.required else f"[{field.label}]"


def _metavar(field: Field) -> str:
    if field.choices:
        return "|".join(field.choices) if len("".join(field.choices)) < 16 else "选择"
    if field.kind == "path" and field.label == "文件夹":
        return field.label
    return {
        "date": "日期",
        "month": "月份",
        "months": "月份",
        "int": "数字",
        "unit": "单位",
        "units": "单位",
        "issue": "编号",
        "path": "文件",
        "target": "文件",
        "stages": "阶段",
        "words": "栏目=表头",
    }.get(field.kind, "文字")


def _left(field: Field) -> str:
    name = option_name(field)
    if field.kind == "flag":
        return name
    if field.kind == "bool":
        return f"{name}, {name.replace('--', '--no-')}"
    return f"{name} {_metavar(field)}"


def _help(field: Field, command: Operation) -> str:
    text = field.help or field.label
    notes = []
    if _required(field, command):
        notes.append("必填")
    elif field.required:
        notes.append("必填，或写 --unit-id")
    if field.choices:
        notes.append(f"可填：{'、'.join(field.choices)}")
    if field.kind in REPEATED and "可写多次" not in text:
        notes.append("可写多次")
    return f"{text}（{'；'.join(notes)}）" if notes else text


def _section(title: str, rows: Iterable[Row]) -> str:
    rows = list(rows)
    if not rows:
        return ""
    left = min(max(cells(row[0]) for row in rows), _LEFT_MAX)
    width = max(_room() - left - 4, 24)
    return "\n".join([f"{title}：", *(line for row in rows for line in _lines(row, left, width))])


def _room() -> int:
    """Give the cells of a line: those of the terminal, but never a line too long to read."""
    return min(shutil.get_terminal_size((100, 24)).columns, 110)


def _usage(words: Iterable[str]) -> str:
    """Give the line of what to write, broken only between its words."""
    lines = ["用法："]
    for word in words:
        if cells(lines[-1]) + 1 + cells(word) > _room():
            lines.append(" ")
        lines[-1] += word if lines[-1] == "用法：" else f" {word}"
    return "\n".join(lines)


def _paragraph(text: str) -> str:
    """Break a sentence to the width of the page, its further lines indented."""
    first, *rest = wrap(text, _room() - 2)
    return "\n".join([first, *(f"  {line}" for line in rest)])


def _lines(row: Row, left: int, width: int) -> Iterable[str]:
    head, text = row
    first, *rest = wrap(text, width) or [""]
    blank = " " * (left + 4)
    if cells(head) > left:
        yield f"  {head}"
        yield f"{blank}{first}"
    else:
        yield f"  {head}{' ' * (left - cells(head))}  {first}".rstrip()
    yield from (f"{blank}{line}" for line in rest)


def wrap(text: str, width: int) -> list[str]:
    """Break Chinese text into lines of at most `width` cells; Latin words stay whole.

    Two cells at the end are for a mark that must not begin a line.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        full = width if piece in _CLOSING else width - 2
        if line and cells(line) + cells(piece) > full:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line else lines


def _pieces(text: str) -> Iterable[str]:
    """Split text where a line may break: at every wide character and every blank."""
    word = ""
    for char in text:
        if char.isascii() and char != " ":
            word += char
            continue
        if word:
            yield word
            word = ""
        yield char
    if word:
        yield word
