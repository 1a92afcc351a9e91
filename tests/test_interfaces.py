"""docs/接口.md: its batch fields are the registry's, its records are those the program gives."""

from __future__ import annotations

import importlib.util
import shlex
import shutil
from pathlib import Path

import pytest

from supervise.cli.commands import every
from supervise.services.registry import OPERATIONS
from tests.cli.running import Program
from tests.services.sheets import fill

ROOT = Path(__file__).parents[1]
UNIT, CODE = "市农业农村局", "SC-2024-0346"

# What is done on the demo ledger, in this order, and the record each answer must be.
ANSWERS = """
issue show SC-2024-0143 = issue
issue show SC-2024-0346 = issue
issue list --limit 20 = issue
issue ask SC-2024-0346 --due-on 2025-01-20 --reason 待批 = issue
unit list = unit
unit show 市农业农村局 = unit
notice list = notice
notice show 2024-11 --checks = notice
notice draft 2024-12 = notice
notice record 2024-12 --step 核稿 = notice
notice show 2024-12 --checks = notice
explanation list = explanation
interview list = interview
interview show 4 = interview
referral list = referral
task import --sample = import
task list = task
task measure 17 --indicator 1 --period 2024-11 --numerator 29 --denominator 1 = task
task done 17 --milestone 完成年度任务 = task
task progress 17 --note 已开展 = task
task show 17 = task
duty add 每月进展 --every 每月 --day 5 --owed-by 县市区 --from-on 2024-10-01 = duty
duty submit 每月进展 --unit 设湖县 --period 2024-11 = report
duty waive 每月进展 --unit 例溪县 --period 2024-11 --reason 新设 = report
duty list = report
duty show 每月进展 = duty
dispatch agenda 分管市领导 = item
dispatch open 分管市领导 --leader 李副市长 = meeting
dispatch pick 38 --topic 共性问题 --reason 点题 = meeting
dispatch decide 38 --text 月底办结 --issue SC-2024-0346 --action 催办 --due-on 2025-01-10 = decision
instruction add 市长 --gist 限期 --issue SC-2024-0346 --report-by 2025-01-05 = instruction
issue show SC-2024-0346 = issue
dispatch answer 38-1 --text 已催 = decision
dispatch close 38 = meeting
dispatch list = meeting
dispatch show 38 = meeting
dispatch decisions = decision
instruction answer 9 --text 已办 = instruction
instruction list = instruction
revisit plan 2024-12 --size 3 --seed 7 = plan
revisit list = check
revisit show = plan
paper list = paper
paper export 交办单 SC-2024-0346 --to {folder}/x.docx = papers
export units --to {folder}/units.csv = export
notice export 2024-11 --to {folder}/n.txt = export
archive 2024-11 --to {folder}/a.zip = archive
archive check {folder}/a.zip = archive-check
calendar show 2024 = calendar
due 2024-12-30 3d = due
pack list = pack
pack show = pack
pack check {packs}/jingmen.toml = pack
clearance record 2024-11 --result 可以公开 --approver 主任己 --by 审查员 = clearance
clearance list = clearance
warn = warning
warn --on 2024-12-31 = warning
why SC-2024-0346 = why-issue
why 市农业农村局 --period 2024-11 = why-naming
why 4 = why-interview
simulate --pack jingmen --from 2024-10 --to 2024-11 = simulation
rates = rates
rates --period 2024-11 = rates
balance = balance
balance --quarter 2024Q4 = balance
burden = burden
stats = stats
import {folder}/rows.csv --dry-run = import
verify = verify
backup {folder}/kept.db = backup
sheet send 2024-12 --to {folder}/out = sending
""".strip().splitlines()


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("docs_interfaces", ROOT / "docs/interfaces.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page():
    return (ROOT / "docs/接口.md").read_text("utf-8")


@pytest.fixture(scope="module")
def city(demo_ledger, tmp_path_factory):
    """The demo ledger, with a file to import beside it."""
    program = Program(tmp_path_factory.mktemp("city"))
    shutil.copy(demo_ledger, program.ledger)
    program.text("rows.csv", "编号,事项,责任单位\nX-1,路灯,市农业农村局\nX-1,路牌,市农业农村局\n")
    return program


def test_the_batch_fields_are_those_of_the_registry(script, page):
    assert script.inserted(page) == page, "请运行 .venv/bin/python docs/interfaces.py"
    for name, one in OPERATIONS.items():
        if one.batch:
            (line,) = [row for row in page.splitlines() if row.startswith(f"| `{name}` |")]
            for field in one.fields:
                if field.name not in {"note", "unit_id"}:
                    mark = "" if field.required else "?"
                    assert f"`{field.name}{mark}`" in line, (name, field.name)


def test_every_answer_is_the_record_that_is_written_down(script, page, city):
    known = script.records(page)
    assert len(known) > 40
    places = {"folder": city.folder, "packs": ROOT / "supervise/packs"}
    every = [*ANSWERS, *(f"task show {number} = task" for number in (2, 9, 23, 45))]
    pairs = [line.format(**places).rpartition(" = ") for line in every]
    lines = [shlex.split(line) for line, _, _ in pairs]
    wrong = []
    for (line, _, name), told in zip(pairs, city.each(*lines), strict=True):
        assert told or not isinstance(told, list), line
        wrong += [f"{line}：{one}" for one in script.unlike(told, name, known)]
    assert not wrong, "\n".join(wrong)


def test_sheets_that_come_back_are_told_as_written_down(script, page, city):
    known = script.records(page)
    folder = city.folder / "back"
    city("sheet", "send", "2024-12", "--to", folder)
    path = folder / f"{UNIT}_2024-12.xlsx"
    city("issue", "progress", CODE, "--note", "当面说")
    fill(path, {CODE: {"进展情况": "已办", "事项": "另一件", "报请复核日期": "二十日"}})
    unit = ("2024-12", "--unit", UNIT, "--issue", CODE, "--column")
    for name, command in (
        ("collection", ("sheet", "collect", path)),
        ("sheets", ("sheet", "status", "2024-12")),
        ("difference", ("sheet", "dismiss", *unit, "事项")),
        ("issue", ("sheet", "accept", *unit, "进展情况")),
    ):
        told = city(*command)
        assert not list(script.unlike(told, name, known)), name
        if name == "collection":
            assert told["stale"] and told["differences"] and told["refused"]


def test_a_record_that_is_otherwise_is_told(script):
    known = {"one": {"code": "文本", "on*": "日期?", "rows": "对象[]", "rows.n": "整数"}}
    good = {"code": "甲", "rows": [{"n": 1}]}
    assert not list(script.unlike(good, "one", known))
    for bad in (
        {"rows": []},
        good | {"code": None},
        good | {"more": 1},
        good | {"on": "昨天"},
        good | {"rows": [{"n": "一"}]},
        good | {"rows": [{}]},
    ):
        assert len(list(script.unlike(bad, "one", known))) == 1, bad


def test_every_noun_and_record_named_is_known(script, page):
    known = script.records(page)
    nouns = {name.partition(".")[0] for name in (*every(), *OPERATIONS)}
    listed = page.partition("## 各命令给出的记录")[2].partition("\n## ")[0]
    for line in listed.splitlines():
        if line.startswith("| `"):
            for word in line.split("|")[1].replace(".", " ").replace("`", " ").split():
                if word.isascii() and word.isalpha() and word in nouns:
                    nouns.discard(word)
    assert nouns <= {"init", "demo", "restore", "calendar", "pack", "batch", "issue"}
    for keys in known.values():
        for kind in keys.values():
            plain = kind.removesuffix("?").removesuffix("[]")
            assert plain in known or plain in {
                "文本", "日期", "月份", "时间", "摘要", "整数", "数", "真假", "对象",
            }, kind  # fmt: skip
