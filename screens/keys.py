"""The user's own keys: what was kept is looked through, and a new key is looked at first."""

from __future__ import annotations

import re
from collections.abc import Mapping

from screens.commands import APP, EVERY, SCOPES, Command, key_name

# The setting that holds the keys: a command's id, and its keys set apart by commas.
KEYS = "keys"
_FUNCTION = re.compile(r"(shift\+|ctrl\+|alt\+)*f([1-9]|1[0-9]|2[0-4])")
_WITH = re.compile(r"(ctrl\+|alt\+)(shift\+)?([a-z0-9]|[a-z_]{2,30})")
_PLAIN = re.compile(r"[a-zA-Z0-9]|insert|delete|[a-z]+_[a-z_]+|slash|comma|minus|plus")
# Lists, lines to type into and dialogs need these.
_KEPT = frozenset(
    ("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "pageup", "pagedown",
     "home", "end", "space", "backspace", "j", "k", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+h",
     "ctrl+q", "f1")
)  # fmt: skip
Keymap = Mapping[str, str]


def every_command() -> dict[str, Command]:
    """Give the commands by their ids, each once."""
    return {one.id: one for commands in SCOPES.values() for one in commands}


def keys_of(command: Command, keymap: Keymap) -> str:
    """Give the keys of a command as they are for this user."""
    return keymap.get(command.id) or command.keys


def key_words(command: Command, keymap: Keymap) -> str:
    """Give the keys of a command in words."""
    return " ".join(key_name(key) for key in keys_of(command, keymap).split(",") if key)


def beside(command: Command) -> list[Command]:
    """List the commands whose keys a command's must differ from: those of its page, and of all."""
    pages = [name for name, commands in SCOPES.items() if name not in {"app", "page"}]
    if command in APP or command in EVERY:
        return list(every_command().values())
    mine = [one for name in pages if command.id in _ids(name) for one in SCOPES[name]]
    return [*mine, *EVERY, *APP]


def _ids(scope: str) -> set[str]:
    return {command.id for command in SCOPES[scope]}


def problem(command: Command, key: str, keymap: Keymap) -> str:
    """Say why a key can't be given to a command; empty when it can."""
    if key in _KEPT:
        return f"{key_name(key)} 留给清单、输入和退出，不能改作别用。"
    if not (_FUNCTION.fullmatch(key) or _WITH.fullmatch(key) or _PLAIN.fullmatch(key)):
        return f"认不出“{key}”这个键。"
    for other in beside(command):
        if other.id != command.id and key in keys_of(other, keymap).split(","):
            return f"{key_name(key)} 已用于“{other.title}”，请先改它的键。"
    return ""


def remark(key: str) -> str:
    """Say what should be known of a key that can be given."""
    plain = len(key) == 1
    return "单个字母在打开中文输入法时收不到，宜用功能键或 Ctrl。" if plain else ""


def usable(stored: object) -> tuple[dict[str, str], list[str]]:
    """Take over what makes sense of the keys that were kept; also say what does not."""
    if stored is None:
        return {}, []
    if not isinstance(stored, Mapping):
        return {}, ["个人设置里的快捷键不是一张对照表，未采用。"]
    known, found, problems = every_command(), {}, []
    for name, keys in stored.items():
        command = known.get(str(name))
        if command is None or not isinstance(keys, str):
            problems.append(f"没有“{name}”这个命令")
            continue
        found[str(name)] = ",".join(key.strip() for key in keys.split(","))
    # A key refused to one command stays with another, which may have been given away meanwhile.
    while refused := _refused(found):
        name, why = refused
        problems.append(f"“{known[name].title}”：{why.rstrip('。')}")
        del found[name]
    said = [f"个人设置里的快捷键有 {len(problems)} 处未采用：{problems[0]}。"] if problems else []
    return found, said


def _refused(keymap: Keymap) -> tuple[str, str] | None:
    """Find the first command whose own keys can't be given to it, and say why."""
    known = every_command()
    for name, keys in keymap.items():
        for key in keys.split(","):
            if why := problem(known[name], key, keymap):
                return name, why
    return None
