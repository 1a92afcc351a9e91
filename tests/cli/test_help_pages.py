"""Every command has a help page, in Chinese, that names what the command takes."""

from __future__ import annotations

import re

import pytest

from supervise.cli.building import fields_of, option_name
from supervise.cli.commands import NOUNS, TOP, every, verbs
from supervise.cli.help import command_page, wrap
from supervise.services.registry import OPERATIONS
from supervise.text import cells

LEAVES = {**every(), **OPERATIONS}
# Words of the parser's own help that would mean a page is not ours.
FOREIGN = re.compile(r"Usage|Options|Arguments|Commands|required|default|Show this|\[OPTIONS\]")


@pytest.mark.parametrize("name", sorted(LEAVES))
def test_page_names_every_field(supervise, name):
    ran = supervise(*name.split("."), "-h")
    assert ran.status == 0
    assert ran.err == ""
    assert ran.out.startswith(f"用法：supervise {name.replace('.', ' ')}")
    assert not FOREIGN.search(ran.out)
    for field in fields_of(LEAVES[name]):
        assert (field.label if field.subject else option_name(field)) in ran.out
    for option in ("--json", "--ledger", "--today", "--read-only"):
        assert option in ran.out


@pytest.mark.parametrize("noun", NOUNS)
def test_noun_lists_its_verbs(supervise, noun):
    ran = supervise(noun, "--help")
    assert ran.status == 0
    assert not FOREIGN.search(ran.out)
    for verb, command in verbs(noun).items():
        assert re.search(rf"^  {verb} +{re.escape(command.help[:8])}", ran.out, re.M)


def test_program_lists_its_commands_one_line_each(supervise):
    ran = supervise("-h")
    assert ran.status == 0
    assert not FOREIGN.search(ran.out)
    for name in TOP:
        assert len(re.findall(rf"^  {name} +\S", ran.out, re.M)) == 1


def test_the_commands_are_those_others_may_rely_on():
    said = {
        "issue": "list show add accept assign sign progress urge submit pass return reply feedback "
        "close revisit reopen ask extend pause resume transfer reclassify escalate reject merge "
        "terminate restore correct evidence redact node",
        "unit": "list show add correct rename alias merge import",
        "notice": "list show draft name exempt restore check issue correct withdraw record export",
        "explanation": "list receive accept return",
        "interview": "list show submit approve decline defer schedule hold close void export",
        "referral": "list record continue dismiss",
        "clearance": "list record",
        "dispatch": "list show open pick drop decide answer close void agenda decisions export",
        "instruction": "list add answer close",
        "revisit": "list show plan",
        "task": "list show import add correct milestone target progress measure done reopen end",
        "duty": "list show add end submit waive",
        "calendar": "show import set",
        "pack": "list show check use",
        "sheet": "status accept dismiss send collect",
        "paper": "list export",
        "export": "issues units interviews",
    }
    assert {noun: set(words.split()) for noun, words in said.items()} == {
        noun: set(verbs(noun)) for noun in NOUNS
    }
    alone = (
        "init demo import batch due why warn simulate rates balance burden stats verify backup"
        " restore archive"
    )
    assert set(alone.split()) == set(TOP) - set(NOUNS)


def test_lines_break_by_cells():
    text = "一件事项的编号 JM-2024-0001 和它的全部办理过程，包括每一次延期。"
    lines = wrap(text, 20)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= 20 for line in lines)
    assert any("JM-2024-0001" in line for line in lines)


@pytest.mark.parametrize("name", sorted(LEAVES))
def test_no_line_of_a_page_is_wider_than_the_terminal(name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    page = command_page(f"supervise {name.replace('.', ' ')}", LEAVES[name])
    assert max(map(cells, page.splitlines())) <= 80
    assert not re.search("可写多次.*可写多次", page)


def test_the_help_says_by_whom_a_step_is_done_where_nobody_is_named(supervise):
    for verb in ("sign", "progress", "submit", "ask"):
        assert "由谁办理，默认责任单位" in supervise("issue", verb, "-h").out
    assert "由谁决定或办理，默认登录名" in supervise("issue", "urge", "-h").out
