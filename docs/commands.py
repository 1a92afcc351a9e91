"""Writes the handbook's list of commands from the program itself, so that the two never differ.

`python docs/commands.py` rewrites the part of docs/手册.md between the two markers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from supervise.cli.building import REPEATED, option_name, optional_unit
from supervise.cli.commands import NOUNS, TOP, verbs
from supervise.cli.commands import command as command_named
from supervise.services.registry import OPERATIONS, Field, Operation

HANDBOOK = Path(__file__).with_name("手册.md")
BEGIN = "<!-- 命令一览：开始（由 docs/commands.py 写出，不要手改） -->"
END = "<!-- 命令一览：结束 -->"


def listing() -> str:
    """Give the whole list: one table a noun, then the commands that stand alone."""
    alone = [command_named(name) for name in TOP if name not in NOUNS]
    sections = [_section("不分类的命令", alone)]
    sections += [_section(f"{noun}：{_title(noun)}", verbs(noun).values()) for noun in NOUNS]
    return "\n\n".join(sections)


def _title(noun: str) -> str:
    return NOUNS[noun].removeprefix("事项：") if noun == "issue" else NOUNS[noun]


def _section(title: str, commands: Iterable[Operation]) -> str:
    rows = (line for command in commands for line in _row(command))
    return "\n".join([f"### {title}", "", "| 命令 | 用途和选项 |", "| --- | --- |", *rows])


def _row(command: Operation) -> Iterator[str]:
    own = command.fields
    subjects = " ".join(_subject(field) for field in own if field.subject)
    words = command.name.replace(".", " ")
    call = f"`supervise {words}{' ' + subjects if subjects else ''}`"
    about = f"{command.help}。" + "；".join(_option(f, command) for f in own if not f.subject)
    stem = "〔通〕" if command.name in OPERATIONS else ""
    yield f"| {call} | {about.rstrip('；')}{'。' if not about.endswith('。') else ''}{stem} |"


def _subject(field: Field) -> str:
    return field.label if field.required else f"[{field.label}]"


def _option(field: Field, command: Operation) -> str:
    marks = []
    if field.required:
        marks.append("必填，或写 `--unit-id`" if optional_unit(field, command) else "必填")
    if field.choices:
        marks.append("、".join(field.choices))
    if field.kind in REPEATED and "可写多次" not in field.help:
        marks.append("可写多次")
    name = f"`{option_name(field)}`"
    if field.kind == "bool":
        name += f"、`{option_name(field).replace('--', '--no-')}`"
    text = (field.help or field.label).replace("|", "\\|")
    return f"{name} {text}" + (f"（{'；'.join(marks)}）" if marks else "")


def inserted(text: str) -> str:
    """Give the handbook's text with the list between the markers."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin and end, "手册里没有命令一览的起止标记"
    return f"{before}{BEGIN}\n\n{listing()}\n\n{END}{after}"


if __name__ == "__main__":
    HANDBOOK.write_text(inserted(HANDBOOK.read_text("utf-8")), "utf-8")
