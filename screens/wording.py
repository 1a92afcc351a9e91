"""A refusal names the command that helps; on the screen it names the page and the key instead.

What only the command line can do keeps its command, and is said to be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screens.commands import APP, EVERY, SCOPES, Command
from screens.keys import Keymap, key_words
from supervise.services.registry import OPERATIONS

# What is looked up rather than done.
_LOOKING = frozenset(("list", "show", "status"))
# The pages of what is called otherwise than its page.
_PAGES = {"explanation": "notices", "warn": "foresight"}
# Steps that have a command of another name on their page.
_SAME = {"issue.evidence": "issues.evidence"}
# Recorded in the dialog of the papers that need it, whatever page it is opened from.
_CLEARANCE = "clearance.record"
_COMMAND = re.compile(
    r"(?P<before>（|在|运行 |用 )?supervise (?P<noun>[a-z]+)(?: (?P<verb>[a-z]+))?"
    r"(?: --[a-z-]+(?: [^\s（），。；、-][^\s（），。；、]*)?| [A-Za-z0-9:._-]+)* ?"
)
# A command named without the program.
_BARE = re.compile(r"(?<=用 )(?P<noun>[a-z]+) (?P<verb>[a-z]+)")
# The options of an import, as its switches are called; what they would do is said there.
_SWITCHES = {
    "--update": "更新已有",
    "--add-units": "新增单位",
    "--compute-due": "推算限期",
    "--skip-bad": "跳过错行",
    "--again": "再办一次",
}
_SWITCH = re.compile(rf"用 ({'|'.join(_SWITCHES)})(?: 新增| 跳过这些行)?(?: (?=[^\x00-\x7f]))?")
_OPTIONS = {
    "请用 --map code=列名 指定": "请在“对栏目”一步改",
    "或用 --sheet 指定工作表": "或换一张工作表",
    "，或用 --unit 写明单位": "",
    "（clearance record）": "（F6 保密审查）",
}
# What a command takes as an option stands in a dialog under the name that is said before it.
_ASIDE = re.compile(r"（--[a-z-]+）")


def on_screen(sentence: str, keymap: Keymap) -> str:
    """Say a sentence of the command line as it is meant on the screen."""
    sentence = _BARE.sub(_in_full, sentence)
    if "supervise " in sentence:
        sentence = _COMMAND.sub(lambda match: _said(match, keymap), sentence)
        sentence = re.sub(r"(、|或) ?到(?=“)", r"\1", sentence)
    if "--" in sentence or "clearance" in sentence:
        for words, meant in _OPTIONS.items():
            sentence = sentence.replace(words, meant)
        sentence = _SWITCH.sub(lambda match: f"打开“{_SWITCHES[match[1]]}”", sentence)
        sentence = _ASIDE.sub("", sentence)
    return sentence


def _in_full(match: re.Match[str]) -> str:
    known = f"{match['noun']}.{match['verb']}" in OPERATIONS
    return f"supervise {match[0]}" if known else match[0]


def _said(match: re.Match[str], keymap: Keymap) -> str:
    before, noun, verb = match["before"] or "", match["noun"], match["verb"] or ""
    scope = _scope(noun)
    if f"{noun}.{verb}" == _CLEARANCE:
        return f"{before}{_exporting(keymap)}"
    if verb in _LOOKING and scope is not None:
        page, key = _page(scope, keymap)
        return f"{before if before == '（' else ''}到“{page}”{f'（{key}）' if key else ''}"
    way = None if scope is None else _way(f"{noun}.{verb}", scope, keymap)
    if way is None:
        return re.sub(r"^(（|在|运行 |用 )?", _typed, match[0], count=1)
    page, key, title = way
    return (
        f"用“{title}”（{page} → {key}）" if before == "用 " else f"{before}{page} → {key} {title}"
    )


def _typed(match: re.Match[str]) -> str:
    """Say before a command that it is one."""
    before = match[1] or ""
    return f"{before}命令行 " if before in {"", "（"} else f"在命令行{before}"


def _way(name: str, scope: str, keymap: Keymap) -> tuple[str, str, str] | None:
    """Give page, key and name of a step; None where the screens don't have it."""
    found = next((one for one in SCOPES[scope] if one.id in {name, _SAME.get(name)}), None)
    if found is None and name not in OPERATIONS:
        return None
    title = found.label or found.title if found is not None else OPERATIONS[name].title
    page, key = _page(scope, keymap)
    own = "" if found is None else _first_key(found, keymap)
    return f"{key} {page}".strip(), own or f"{_act(scope, keymap)} →", title


def _exporting(keymap: Keymap) -> str:
    found = next(one for one in EVERY if one.action == "export")
    return f"{_first_key(found, keymap)} {found.title} → F6 {OPERATIONS[_CLEARANCE].title}"


def _first_key(command: Command, keymap: Keymap) -> str:
    return key_words(command, keymap).partition(" ")[0]


def _scope(noun: str) -> str | None:
    """Give the page on which things of a noun are looked at and done."""
    if noun in _PAGES or f"{noun}s" in SCOPES:
        return _PAGES.get(noun, f"{noun}s")
    return next((key for key in SCOPES if noun in {key, *_nouns(key)}), None)


def _nouns(scope: str) -> Iterator[str]:
    return (command.id.partition(".")[0] for command in SCOPES[scope])


def _act(scope: str, keymap: Keymap) -> str:
    """Give the key that lists the steps of a page; without one, the palette's."""
    both = (*SCOPES[scope], *APP)
    found = next(one for one in both if one.action in {"act", "command_palette"})
    return f"{_first_key(found, keymap)} {found.title}"


def _page(scope: str, keymap: Keymap) -> tuple[str, str]:
    """Give what a page is called, and its key."""
    if scope == "referrals":
        scope = "interviews"
    found: Command = next(one for one in APP if one.id == f"app.{scope}")
    return found.title, _first_key(found, keymap)
