"""What a refusal says of a command is said on the screen by page and key."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from screens.commands import SCOPES
from screens.wording import on_screen
from supervise.services.registry import OPERATIONS

ROOT = Path(__file__).parents[2]
# What is done on the command line only.
TYPED = re.compile(r"命令行(?:用|运行)? ?supervise (verify|restore|init|pack|calendar|task import)")


def _sentences(path: Path) -> Iterator[str]:
    """Give the Chinese sentences of a module that name a command, its fields filled in."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {
        id(part) for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for part in one.values
    }
    for one in ast.walk(tree):
        text = ""
        if isinstance(one, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "2024-10"
                for part in one.values
            )
        elif isinstance(one, ast.Constant) and id(one) not in inside:
            text = str(one.value)
        if "supervise " in text and "。" in text and "\n" not in text:
            yield text


SENTENCES = [
    sentence
    for folder in ("supervise/services", "supervise/domain", "supervise/reports", "db")
    for path in sorted((ROOT / folder).rglob("*.py"))
    for sentence in _sentences(path)
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_sends_a_user_of_the_screens_to_a_command_that_they_have(sentence: str) -> None:
    said = on_screen(sentence, {})
    assert said != sentence
    left = TYPED.sub("", said)
    assert "supervise" not in left and "--" not in left.replace("--ledger", "")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "2024-10 还没有通报，请先拟稿（supervise notice draft 2024-10）。",
            "2024-10 还没有通报，请先拟稿（F4 通报 → F8 拟稿）。",
        ),
        (
            "没有编号为“甲”的事项，请用 supervise issue list 查编号。",
            "没有编号为“甲”的事项，请到“问题”（F3）查编号。",
        ),
        ("如需改动请用 notice correct。", "如需改动请用“更正通报”（F4 通报 → Ctrl+X）。"),
        ("请先提请（supervise interview submit）。", "请先提请（F5 约谈 → F6 办理 → 提请约谈）。"),
        (
            "先审查（supervise clearance record 2024-10 --result 可以公开 --approver 甲）。",
            "先审查（Ctrl+T 导出 → F6 保密审查）。",
        ),
        ("请在“批准人”（--by）写明另一人。", "请在“批准人”写明另一人。"),
        ("确认要更新请用 --update。", "确认要更新请打开“更新已有”。"),
        ("确是新单位可用 --add-units 新增。", "确是新单位可打开“新增单位”。"),
        ("请运行 supervise verify 核验。", "请在命令行运行 supervise verify 核验。"),
        ("事项 A-1 现在“整改”。", "事项 A-1 现在“整改”。"),
    ],
)
def test_the_command_becomes_page_and_key(sentence: str, said: str) -> None:
    assert on_screen(sentence, {}) == said


def test_a_key_of_ones_own_is_the_one_that_is_named() -> None:
    keymap = {"notice.draft": "ctrl+f11", "app.notices": "ctrl+f12"}
    said = on_screen("请先拟稿（supervise notice draft 2024-10）。", keymap)
    assert said == "请先拟稿（Ctrl+F12 通报 → Ctrl+F11 拟稿）。"


def test_every_operation_of_the_screens_has_a_way_to_it() -> None:
    known = {command.id for commands in SCOPES.values() for command in commands}
    for name in sorted(known & set(OPERATIONS)):
        said = on_screen(f"请先办（supervise {name.replace('.', ' ')}）。", {})
        assert "supervise" not in said and " → " in said
