"""The handbook: every command and option stands in it, its links and examples hold."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest

from supervise.cli.building import fields_of, option_name
from supervise.cli.commands import NOUNS, TOP, every, verbs
from supervise.services.registry import OPERATIONS

ROOT = Path(__file__).parents[1]
LEAVES = {**every(), **OPERATIONS}
HAN = re.compile(r"[\u4e00-\u9fff]")
GLOBAL = {"--json", "--ledger", "--today", "--version", "-h", "--help"}
GLOBAL |= {"--install-completion", "--show-completion"}


def _script(name):
    spec = importlib.util.spec_from_file_location(f"docs_{name}", ROOT / "docs" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def handbook():
    return (ROOT / "docs" / "手册.md").read_text("utf-8")


@pytest.fixture(scope="module")
def listed(handbook):
    """The line of each command in 命令一览, by its name."""
    found = {}
    for line in handbook.partition(_script("commands").BEGIN)[2].splitlines():
        match = re.match(r"\| `supervise ([a-z]+(?: [a-z]+)?)(?: [^`]*)?` \| (.*) \|$", line)
        if match:
            found[match[1].replace(" ", ".")] = match[2]
    return found


def test_the_list_of_commands_is_up_to_date(handbook):
    assert _script("commands").inserted(handbook) == handbook, (
        "请运行 .venv/bin/python docs/commands.py"
    )


@pytest.mark.parametrize("name", sorted(LEAVES))
def test_every_command_and_option_is_listed_in_chinese(listed, name):
    line = listed[name]
    assert HAN.search(line.partition("。")[0])
    for field in LEAVES[name].fields:
        if not field.subject:
            assert re.search(rf"`{option_name(field)}` ?[^；]*{HAN.pattern}", line), field.name
    assert ("〔通〕" in line) == (name in OPERATIONS)


def test_help_has_chinese_words_for_everything():
    assert all(HAN.search(text) for text in NOUNS.values())
    for command in LEAVES.values():
        assert HAN.search(command.help)
        assert HAN.search(command.title)
        assert all(HAN.search(field.help or field.label) for field in fields_of(command))


def test_the_common_options_are_explained(handbook):
    for option in ("--on", "--by", "--ref", "--note", *GLOBAL):
        assert f"`{option}" in handbook


def test_the_answers_shown_are_those_the_program_gives(handbook, tmp_path):
    script = _script("examples")
    again = script.refreshed(handbook, tmp_path)
    assert again == handbook, "请运行 .venv/bin/python docs/examples.py，再看改动对不对"


def _examples(text):
    """Every command line shown: in code blocks after `$ `, and in the text between backticks."""
    lines = re.findall(r"^\$ (supervise\b.*(?:\\\n.*)*)", text, re.M)
    lines += re.findall(r"`(supervise [^`\n]+)`", text)
    return [line.replace("\\\n", " ") for line in lines]


@pytest.mark.parametrize("place", ["docs/手册.md", "README.md"])
def test_examples_use_commands_and_options_that_exist(place):
    for line in _examples((ROOT / place).read_text("utf-8")):
        words = shlex.split(line.partition(" | ")[0].partition(" > ")[0], comments=True)[1:]
        while words and words[0].startswith("--"):
            words = words[1 if words[0] in {"--json", "--version"} else 2 :]
        if not words or words[0] in {"-h", "命令", "…"}:
            continue
        assert words[0] in TOP, line
        if words[0] in NOUNS:
            if len(words) == 1 or words[1] in {"-h", "命令", "…"}:
                continue
            assert words[1] in verbs(words[0]), line
            name = f"{words[0]}.{words[1]}"
        else:
            name = words[0]
        known = {option_name(field) for field in fields_of(LEAVES[name])} | GLOBAL
        known |= {one.replace("--", "--no-", 1) for one in known}
        used = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert used <= known, line


def test_links_inside_the_handbook_lead_somewhere(handbook):
    def anchor(title):
        return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")

    anchors = {anchor(title) for title in re.findall(r"^#{1,4} (.+)$", handbook, re.M)}
    assert set(re.findall(r"\]\(#([^)]+)\)", handbook)) <= anchors


def test_punctuation_is_chinese(handbook):
    """Between Han characters no half-width comma, semicolon, colon or bracket stands."""
    prose = re.sub(r"^```.*?^```", "", handbook, flags=re.M | re.S)
    prose = re.sub(r"`[^`]*`|<!--.*?-->|\]\([^)]*\)", "", prose, flags=re.S)
    assert not re.findall(rf"{HAN.pattern}[,;:?!()]{HAN.pattern}", prose)


SOURCES = (ROOT / "docs/来源对照.md").read_text("utf-8")
CARRIED, LEFT_OUT = SOURCES.partition("## 没有做")[::2]


def _rows(text):
    """The cells of each line of a table that begins with the bare number of a mechanism."""
    lines = re.findall(r"^\| ([A-E]\d\d) \| (.*) \|$", text, re.M)
    return {number: rest.split(" | ") for number, rest in lines}


def test_each_mechanism_of_the_sources_has_one_line():
    numbers = re.findall(r"^\| ([A-E]\d\d) \|", SOURCES, re.M)
    assert len(numbers) == len(set(numbers)) == len(_rows(SOURCES)) == 89
    assert all(why.startswith("不做") for _, why in _rows(LEFT_OUT).values())


@pytest.mark.parametrize("number", sorted(_rows(CARRIED)))
def test_a_mechanism_names_commands_a_page_and_a_test_that_exist(number):
    from screens.commands import APP

    _, commands, page, test = _rows(CARRIED)[number]
    for words in re.findall(r"`supervise ([^`]+)`", commands):
        assert words.replace(" ", ".") in LEAVES, words
    assert page in {command.title for command in APP}
    path, name = test.strip("`").split("::")
    found = (ROOT / path).read_text("utf-8")
    assert re.search(rf"^(?:async )?def {name}\(", found, re.M), test
