"""What a command line does, says and returns, from the outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_writing_prints_the_record_it_changed(office):
    ran = office("issue", "submit", "JM-2024-0001", "--measures", "已修", "--on", "2024-06-18",
                 "--json")  # fmt: skip
    assert ran.status == 0
    assert (ran.json["code"], ran.json["stage"]) == ("JM-2024-0001", "review")
    assert ran.json["submitted_on"] == "2024-06-18"
    assert ran.err == ""


def test_by_of_a_units_step_is_the_unit(office):
    office("issue", "sign", "JM-2024-0001", "--on", "2024-06-04")
    events = office("issue", "show", "JM-2024-0001", "--json").json["events"]
    assert [event["by"] for event in events][-1] == "市住建局"
    assert {event["recorded_by"] for event in events} == {"测试员"}


@pytest.mark.parametrize(
    "line",
    [
        "--json issue list --limit 1",
        "issue --json list --limit 1",
        "issue list --json --limit 1",
        "issue list --limit 1 --json",
    ],
)
def test_global_options_stand_anywhere(office, line):
    assert [record["code"] for record in office(*line.split()).json] == ["JM-2024-0001"]


def test_ledger_and_today_before_and_after(office, ledger_path, tmp_path, monkeypatch):
    monkeypatch.setenv("SUPERVISE_LEDGER", str(tmp_path / "none.db"))
    monkeypatch.setenv("SUPERVISE_TODAY", "2024-06-10")
    assert office("issue", "list").status == 3
    before = office("--ledger", ledger_path, "--today", "2024-06-25", "issue", "list", "--json")
    after = office("issue", "list", "--json", "--ledger", ledger_path, "--today", "2024年6月25日")
    assert before.json == after.json
    assert before.json[0]["overdue_days"] == 5
    assert not office("issue", "list", "--json", "--ledger", ledger_path).json[0]["overdue"]


def test_a_value_that_looks_like_an_option_is_a_value(office):
    office("issue", "progress", "JM-2024-0001", "--note", "--json", "--on", "2024-06-05")
    events = office("issue", "show", "JM-2024-0001", "--json").json["events"]
    assert events[-1]["note"] == "--json"


def test_stage_filter_takes_both_languages_and_repeats(office):
    office("issue", "add", "JM-2024-0002", "--title", "水压低", "--on", "2024-06-05")
    for line in ("--stage 发现 --stage 整改", "--stage discover --stage RECTIFY"):
        assert len(office("issue", "list", "--json", *line.split()).json) == 2
    assert len(office("issue", "list", "--json", "--stage", "发现").json) == 1


def test_list_sorts_limits_and_searches(office):
    for number in range(2, 8):
        office("issue", "add", f"JM-2024-000{number}", "--title", f"水压低{number}",
               "--found-on", f"2024-06-0{number}", "--on", "2024-06-09")  # fmt: skip
    found = office("issue", "list", "--json", "--sort", "-found_on", "--limit", "2").json
    assert [record["code"] for record in found] == ["JM-2024-0007", "JM-2024-0006"]
    assert len(office("issue", "list", "--json", "--search", "水压").json) == 6
    assert office("issue", "list", "--json", "--overdue").json[0]["code"] == "JM-2024-0001"
    assert office("issue", "list", "--json", "--as-of", "2024-06-01").json[0]["stage"] == "discover"
    assert len(office("issue", "list", "--json", "--unit", "11420800MB0001").json) == 1


@pytest.mark.parametrize(
    ("line", "status", "code"),
    [
        ("issue list --stage 没有", 2, "bad_field"),
        ("issue list --sort 没有", 2, "bad_field"),
        ("issue list --due-by 不是日期", 2, "bad_field"),
        ("issue list --limit -1", 2, "bad_field"),
        ("issue list --limit 十", 2, "bad_field"),
        ("issue list --unit 没有的局", 1, "not_found"),
        ("issue show 没有", 1, "not_found"),
        ("issue add X --title 甲 --urgency 急", 1, "bad_field"),
        ("issue close JM-2024-0001", 1, None),
        ("issue submit JM-2024-0001 --measures 已修 --on 2025-01-01", 1, "future_date"),
        ("--today 昨天 issue list", 1, "bad_field"),
        ("issue list --没有", 2, "usage"),
        ("issue list 多余", 2, "usage"),
        ("issue list --limit", 2, "usage"),
        ("issue list --overdue=是", 2, "usage"),
        ("issue show", 2, "usage"),
        ("issue return JM-2024-0001", 2, "usage"),
        ("issue assign JM-2024-0001", 2, "usage"),
        ("issue 没有", 2, "usage"),
        ("issue", 2, "usage"),
        ("没有", 2, "usage"),
        ("notice export 2024-06", 2, "usage"),
        ("import f.xlsx --map due_on", 2, "usage"),
        ("--ledger /没有/l.db issue list", 3, "missing"),
    ],
)
def test_statuses_and_error_documents(office, line, status, code):
    told = office(*line.split())
    assert (told.status, told.out) == (status, "")
    assert told.err.startswith("错误：")
    assert "Traceback" not in told.err
    as_json = office("--json", *line.split())
    assert (as_json.status, as_json.err) == (status, "")
    error = as_json.json["error"]
    assert error["message"]
    assert code is None or error["code"] == code


def test_everything_missing_is_told_at_once(office):
    ran = office("issue", "extend", "JM-2024-0001")
    assert ran.status == 2
    assert "--due-on" in ran.err
    assert "--reason" in ran.err


def test_a_code_stands_for_a_units_name(office):
    office("unit", "add", "市城管委", "--unit-id", "11420800MB0009")
    line = "issue transfer JM-2024-0001 --unit-id 11420800MB0009 --reason 归口 --on 2024-06-10"
    assert office(*line.split(), "--json").json["unit"] == "市城管委"


def test_wrong_command_is_answered_with_a_near_one(office):
    assert "list" in office("issue", "lst").err
    assert "--unit" in office("issue", "list", "--unti", "x").err


def test_lists_off_a_terminal_are_plain_and_whole(office):
    title = "很长" * 60
    office("issue", "add", "JM-2024-0002", "--title", title, "--on", "2024-06-05")
    ran = office("issue", "list")
    head, *rows = ran.out.splitlines()
    assert head.startswith("编号")
    assert len(rows) == 2
    assert title in ran.out
    assert "\x1b" not in ran.out


def test_hostile_text_reaches_stdout_as_text(office):
    title = "\x1b[31m红\x1b]0;标题\x07[/b][link=x] =1+1\u202e\u200b\udc9b"
    office("issue", "add", "JM-2024-0003", "--title", title, "--on", "2024-06-05")
    for line in ("issue list", "issue show JM-2024-0003", "issue list --json"):
        out = office(*line.split()).out
        assert "[/b][link=x] =1+1" in out
        assert not set("\x1b\x07\u202e\u200b\x9b") & set(out)


def test_nothing_found_is_said_on_stderr(office):
    ran = office("issue", "list", "--search", "没有的词")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err


def test_unexpected_error_is_one_sentence_and_a_log(office, monkeypatch, tmp_path):
    from supervise.services import issue_records

    def broken(*_: object) -> None:
        raise RuntimeError("出乎意料")

    monkeypatch.setattr(issue_records, "listing", broken)
    ran = office("issue", "list")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    log = next(tmp_path.glob("**/supervise.log"))
    assert "出乎意料" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_ctrl_c_changes_nothing_and_says_so(office, monkeypatch):
    from supervise.domain import moves

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(moves, "sign", interrupted)
    ran = office("issue", "sign", "JM-2024-0001")
    assert ran.status == 1
    assert "已取消，台账未变" in ran.err


def test_units_come_in_from_a_table(supervise, tmp_path):
    supervise("init")
    table = tmp_path / "单位.csv"
    table.write_text(
        "单位名称,统一社会信用代码,类别,所属县市区\n东宝区住建局,,,东宝区\n东宝区,1142,县市区,\n",
        "utf-8",
    )
    assert supervise("unit", "import", table, "--dry-run", "--json").json["added"] == 2
    assert supervise("unit", "list", "--json").json == []
    assert supervise("unit", "import", table, "--json").json["added"] == 2
    assert supervise("unit", "import", table, "--json").json["unchanged"] == 2
    assert supervise("unit", "show", "东宝区住建局", "--json").json["parent"] == "东宝区"
    table.write_text("单位名称,类别\n甲局,不对\n乙局,市直部门\n", "utf-8")
    refused = supervise("unit", "import", table, "--json")
    assert refused.status == 1
    assert [row["row"] for row in refused.json["error"]["rows"]] == [2]
    assert len(supervise("unit", "list", "--json").json) == 2


def test_export_writes_the_format_of_the_ending(office, tmp_path):
    office("notice", "draft", "2024-06", "--on", "2024-07-01")
    for ending in ("txt", "md", "html", "csv", "xlsx", "docx", "json", "svg"):
        place = tmp_path / f"通报.{ending}"
        assert office("notice", "export", "2024-06", "--to", place).status == 0
        assert place.stat().st_size > 100
    again = office("notice", "export", "2024-06", "--to", tmp_path / "通报.txt")
    assert again.status == 1
    assert office("notice", "export", "2024-06", "--to", place, "--force").status == 0
    assert "草稿" in office("notice", "export", "2024-06", "--to", "-").out
    assert office("notice", "export", "2024-06", "--to", "x.odt").status == 2


def _process(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "supervise", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=60, **more)


def test_a_closed_pipe_is_quiet(office):
    for number in range(3000, 3060):
        office("issue", "add", f"JM-2024-{number}", "--title", "长" * 500, "--on", "2024-06-05")
    command = [sys.executable, "-m", "supervise", "issue", "list", "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told(office):
    with Path("/dev/full").open("wb") as full:
        done = _process("issue", "list", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert "磁盘已满" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_json_is_utf8_whatever_the_locale(office):
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = _process("issue", "list", "--json", capture_output=True, env=plain)
    assert json.loads(done.stdout.decode("utf-8"))[0]["title"] == "路灯不亮"
    assert _process("issue", "list", capture_output=True, env=plain).returncode == 0


def test_alone_off_a_terminal_it_prints_the_overview(office):
    done = _process(capture_output=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0
    assert "整改中超期  1 件" in done.stdout.decode()
    assert _process("--json", capture_output=True).stdout.startswith(b'{"as_of"')


def test_version_is_answered_at_once():
    code = (
        "import sys; sys.argv[1:] = ['--version']; from supervise.__main__ import main; main();"
        "assert not {'typer', 'supervise.cli'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.strip()


HEAVY = "rich textual pydantic sqlite_utils dateutil docx typst xlsxwriter python_calamine pypinyin"


@pytest.mark.parametrize(
    "line", ["issue list", "issue list --json", "issue show JM-2024-0001", "unit list", "stats"]
)
def test_reading_loads_no_heavy_library(office, line):
    code = (
        f"import sys; sys.argv[1:] = {line.split()!r}\n"
        "from supervise.cli.start import run\n"
        "status = run(sys.argv[1:])\n"
        f"assert not set({HEAVY.split()!r}) & set(sys.modules), sys.modules.keys()\n"
        "sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("supervise iss", "issue"),
        ("supervise issue as", "assign"),
        ("supervise issue assign JM --due", "--due-on"),
        ("supervise issue list --j", "--json"),
        ("supervise issue revisit JM --result 稳", "稳定"),
    ],
)
def test_the_shell_completes(supervise, monkeypatch, typed, wanted):
    monkeypatch.setenv("_SUPERVISE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))
    done = _process(capture_output=True)
    assert wanted in done.stdout.decode().split()


@pytest.mark.usefixtures("demo_at_hand")
def test_every_list_and_page_reads_the_demo(supervise, ledger_path):
    made = supervise("demo", ledger_path, "--json").json
    assert made == {"ledger": str(ledger_path), "today": "2024-12-31"}
    for line in (
        "issue list", "unit list", "notice list", "notice show 2024-11", "explanation list",
        "interview list", "interview show 1", "referral list", "calendar show", "pack show",
        "stats", "stats --period 2024-11", "verify", "interview export 1 --to -",
        "notice export 2024-11 --to - --basis",
    ):  # fmt: skip
        ran = supervise(*line.split())
        assert (ran.status, ran.err) == (0, ""), line
        assert ran.out.strip(), line
