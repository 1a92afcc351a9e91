"""The interface scripts rely on: options, statuses, dates, units and the shape of every record."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3  # noqa: TID251 - a stranger's ledger, made by a stranger's library
import subprocess
from datetime import datetime

import pytest

from tests.cli.conftest import Entered
from tests.cli.running import COMMAND, Program, words

ISSUE = words(
    """code title stage stage_name unit unit_id co_units category source urgency found_on
    assigned_on due_on original_due_on submitted_on closed_on overdue overdue_days returns reopens
    satisfaction"""
)
DETAIL = words("detail party contact events clocks evidence")
EVENT = words("seq op on recorded_at by recorded_by ref note changes")
NOTICE = words("period series status number issued_on delivered_on cutoff entries")
ENTRY = words("unit unit_id polarity origin status reasons check")
REASON = words("criterion count issues note")
EXPLANATION = words("period unit unit_id due_on received_on status overdue")
INTERVIEW = words("id unit unit_id periods status basis warnings")
REFERRAL = words("id unit unit_id criterion status basis")
UNIT = words("unit unit_id kind aliases parent active")
STATS = {"as_of", "issues", "units", "notices", "interviews", "rates"}
STAGES = words("discover rectify review feedback closed rejected merged terminated")
ISO = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture(scope="module")
def asked(empty: Program, entered: Entered) -> Program:
    """Give a ledger with one issue being put right; to be read, or refused."""
    rows = [
        {"op": "issue.add", "issue": "J-1", "title": "甲", "found_on": "2024-06-01",
         "on": "2024-06-03"},
        {"op": "issue.assign", "issue": "J-1", "unit": "市住建局", "due_on": "2024-06-28",
         "on": "2024-06-03"},
        {"op": "unit.add", "unit": "同名局", "unit_id": "B1"},
        {"op": "unit.add", "unit": "同名局", "unit_id": "B2"},
        {"op": "unit.alias", "unit": "市水务局", "alias": "水利局"},
        {"op": "issue.add", "issue": "J-2", "title": "乙", "found_on": "2024-06-01",
         "on": "2024-06-03"},
    ]  # fmt: skip
    return entered("asked", lambda program: empty.copy(program.folder).batch(*rows))


# Options, environment and where they may stand


def test_global_options_stand_before_and_after_and_win_over_the_environment(asked):
    elsewhere = {"SUPERVISE_LEDGER": "/nowhere/ledger.db", "SUPERVISE_TODAY": "2024-06-29"}
    chosen = ["--ledger", asked.ledger, "--today", "2024-06-30", "--json"]
    for line in (
        [*chosen, "issue", "show", "J-1"],
        ["issue", *chosen, "show", "J-1"],
        ["issue", "show", *chosen, "J-1"],
        ["issue", "show", "J-1", *chosen],
    ):
        assert asked.run(*line, **elsewhere).json["overdue_days"] == 2, line
    assert asked.run("issue", "show", "J-1", **elsewhere).status == 3
    away = {"SUPERVISE_TODAY": "2024-06-29"}
    assert asked.run("issue", "show", "J-1", "--json", **away).json["overdue_days"] == 1


def test_the_ledger_lies_in_the_users_data_folder_unless_said(tmp_path):
    program = Program(tmp_path)
    assert program.run("init", SUPERVISE_LEDGER=None).status == 0
    assert [path.parent.name for path in tmp_path.rglob("ledger.db")] == ["supervise"]
    assert tmp_path in next(tmp_path.rglob("ledger.db")).parents
    assert program.run("unit", "list", "--json", SUPERVISE_LEDGER=None).json == []


def test_today_is_the_date_in_shanghai(asked):
    from zoneinfo import ZoneInfo

    before = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    said = asked.run("stats", "--json", SUPERVISE_TODAY=None, TZ="America/Los_Angeles").json
    assert before.isoformat() <= said["as_of"] <= datetime.now().date().isoformat() or (
        said["as_of"] == before.isoformat()
    )


def test_version_and_help(asked):
    assert re.fullmatch(r"\S*\s*\d+(\.\w+)+\n", asked.run("--version").out)
    said = asked.run("-h")
    nouns = "init demo import batch issue unit notice explanation interview referral due calendar"
    for noun in [*nouns.split(), "pack", "stats", "verify", "backup", "restore"]:
        assert re.search(rf"^\s+{noun}\s", said.out, re.M), noun
    assert said.status == 0


def test_alone_off_a_terminal_it_ends(asked):
    done = asked.run()
    assert done.status == 0
    assert "\x1b" not in done.out


# Writing


def test_a_writing_command_prints_the_record_and_nothing_else(fresh):
    done = fresh.run("issue", "add", "J-1", "--title", "甲", "--json")
    assert (done.status, done.json["code"], done.err) == (0, "J-1", "")
    record = fresh("issue", "assign", "J-1", "--unit", "市住建局", "--due-on", "2025-01-10")
    assert set(record) >= ISSUE
    assert fresh("unit", "add", "丙局")["unit"] == "丙局"
    quiet = fresh.run("issue", "urge", "J-1")
    assert (quiet.status, "\x1b" in quiet.out) == (0, False)


def test_on_by_ref_note_and_who_recorded(fresh):
    fresh("issue", "add", "J-1", "--title", "甲", "--on", "2024-12-30")
    fresh("issue", "assign", "J-1", "--unit", "市住建局", "--by", "主任", "--ref", "办〔2024〕9号",
          "--note", "加急", "--on", "2024-12-30")  # fmt: skip
    fresh("issue", "sign", "J-1")
    added, given, signed = fresh.issue("J-1")["events"]
    assert (added["on"], added["by"]) == ("2024-12-30", "经办甲")
    assert (given["by"], given["ref"], given["note"]) == ("主任", "办〔2024〕9号", "加急")
    assert (signed["on"], signed["by"], signed["recorded_by"]) == (
        "2024-12-31", "市住建局", "经办甲",
    )  # fmt: skip
    stamp = datetime.fromisoformat(signed["recorded_at"])
    assert signed["recorded_at"].endswith("+08:00")
    assert abs(stamp.timestamp() - datetime.now().timestamp()) < 600


def test_a_correction_takes_what_registering_takes(fresh):
    fresh("issue", "add", "J-1", "--title", "甲", "--urgency", "平急", "--on", "2024-12-02")
    line = ["issue", "correct", "J-1", "--reason", "误", "--field"]
    fresh.refused(*line, "urgency", "--value", "特急")
    fresh.refused(*line, "stage", "--value", "closed")
    fresh.refused(*line, "title", "--value", " ")
    assert fresh(*line, "紧急程度", "--value", "疑难")["urgency"] == "疑难"
    changes = fresh.issue("J-1")["events"][-1]["changes"]
    assert changes["urgency"] == ["平急", "疑难"]


def test_what_happened_is_not_later_than_today_and_not_before_the_last_move(asked):
    late = ["--on", "2025-01-01"]
    assert asked.refused("issue", "sign", "J-1", *late).error["code"]
    asked.refused("issue", "add", "J-9", "--title", "甲", "--found-on", "2025-01-01")
    asked.refused("issue", "submit", "J-1", "--measures", "办", "--on", "2024-06-02")
    asked.refused("issue", "progress", "J-1", "--note", "办", "--on", "2024-06-02")
    asked.refused("issue", "assign", "J-2", "--unit", "A1", "--due-on", "2024-06-02",
                  "--on", "2024-06-03")  # fmt: skip
    assert asked.issue("J-1")["stage"] == "rectify"


@pytest.mark.parametrize(
    "typed", ["2024-6-5", "2024/6/5", "2024年6月5日", "2024-06-05 08:30:00", "2024-06-05T08:30:00"]
)
def test_dates_come_in_many_forms_and_leave_in_one(asked, typed):
    listed = asked("issue", "list", "--as-of", typed)
    assert [record["stage"] for record in listed] == ["rectify", "discover"]
    assert asked("due", typed, "3d")["start"] == "2024-06-05"


@pytest.mark.parametrize("said", [["--upheld"], ["--upheld", "true"], ["--upheld=是"]])
def test_a_yes_may_be_said_or_shown(fresh, said):
    fresh.batch(
        {"op": "issue.add", "issue": "J-1", "title": "甲", "on": "2024-12-02"},
        {"op": "issue.assign", "issue": "J-1", "unit": "A1", "on": "2024-12-02"},
        {"op": "issue.submit", "issue": "J-1", "measures": "办", "on": "2024-12-02"},
        {"op": "issue.pass", "issue": "J-1", "on": "2024-12-02"},
    )
    line = ["issue", "feedback", "J-1", "--satisfaction", "不满意"]
    fresh.refused(*line)
    assert fresh.run(*line, "--upheld=也许").status == 2
    assert fresh(*line, *said, "--due-on", "2025-01-10")["stage"] == "rectify"


def test_a_no_may_be_said_or_shown(fresh):
    fresh.batch(
        {"op": "issue.add", "issue": "J-1", "title": "甲", "on": "2024-12-02"},
        {"op": "issue.assign", "issue": "J-1", "unit": "A1", "on": "2024-12-02"},
        {"op": "issue.submit", "issue": "J-1", "measures": "办", "on": "2024-12-02"},
        {"op": "issue.pass", "issue": "J-1", "on": "2024-12-02"},
    )
    line = ["issue", "feedback", "J-1", "--satisfaction", "不满意", "--reason", "无理"]
    for said in (["--no-upheld"], ["--upheld", "否"], ["--upheld=false"]):
        assert fresh(*line, *said)["stage"] == "feedback"


# Units


def test_a_unit_is_meant_by_name_alias_or_code(asked):
    for named in ("市水务局", "水利局", "A2"):
        assert asked("unit", "show", named)["unit_id"] == "A2"
    assert asked("issue", "list", "--unit", "A1")[0]["code"] == "J-1"
    assert asked("issue", "list", "--unit", "A2") == []


def test_a_name_of_two_units_is_refused_with_their_codes_and_an_id_decides(asked, tmp_path):
    program = asked.copy(tmp_path)
    line = ["issue", "assign", "J-2", "--unit", "同名局", "--due-on", "2025-01-10"]
    message = program.refused(*line).error["message"]
    assert "B1" in message and "B2" in message
    assert program(*line, "--unit-id", "B2")["unit_id"] == "B2"
    program.refused("unit", "add", "另一个局", "--unit-id", "B1")


def test_an_unknown_name_is_answered_with_near_ones(asked):
    told = asked.refused("issue", "assign", "J-2", "--unit", "住建局").error["message"]
    assert "“市住建局”" in told
    far = asked.refused("issue", "assign", "J-2", "--unit", "全然不同").error["message"]
    assert "是不是" not in far


# Exit statuses


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (1, ["issue", "show", "没有"]),
        (1, ["issue", "close", "J-1"]),
        (1, ["issue", "assign", "J-2", "--unit", "没有的局"]),
        (1, ["notice", "show", "2024-06"]),
        (1, ["due", "2024-06-01", "0d"]),
        (1, ["import", "没有.xlsx"]),
        (1, ["batch", "没有.jsonl"]),
        (1, ["pack", "show", "没有"]),
        (1, ["calendar", "import", "没有.json"]),
        (1, ["interview", "approve", "市住建局"]),
        (1, ["init"]),
        (2, ["issue", "dance", "J-1"]),
        (2, ["issue", "add"]),
        (2, ["issue", "progress", "J-1"]),
        (2, ["issue", "list", "--colour", "red"]),
        (2, ["due", "2024-06-01"]),
    ],
)
def test_statuses_and_nothing_changed(asked, status, line):
    before = asked.ledger.read_bytes()
    done = asked.run(*line, "--json")
    assert (done.status, done.err) == (status, "")
    assert done.error["code"] and done.error["message"]
    assert re.search("[\u4e00-\u9fff]", done.error["message"])
    plain = asked.run(*line)
    assert (plain.status, plain.out) == (status, "")
    assert plain.err
    assert asked.ledger.read_bytes() == before


# Lists


def test_lists_take_every_filter(year):
    everything = year.issues()
    assert len(everything) == 10
    assert set(year.issues("--stage", "整改", "--stage", "closed")) == {
        "S-1", "S-6", "S-7", "S-8", "S-9", "S-10",
    }  # fmt: skip
    assert set(year.issues("--unit", "市住房和城乡建设局")) == {"S-1", "S-6", "S-10"}
    assert set(year.issues("--overdue")) == {
        code for code, record in everything.items() if record["overdue"]
    }
    assert set(year.issues("--due-by", "2024-03-15")) == {"S-1", "S-6", "S-8", "S-9"}
    assert set(year.issues("--search", "路灯")) == {"S-10"}
    assert set(year.issues("--overdue", "--unit", "东山县住建局", "--stage", "整改")) == {"S-8"}
    assert len(year.issues("--limit", "3")) == 3
    by_date = [record["due_on"] for record in year("issue", "list", "--sort", "due_on")]
    assert by_date == sorted(by_date, key=lambda date: (date is None, date or ""))


def test_a_list_as_of_a_day_is_by_business_date(year):
    first = year.issues("--as-of", "2024-03-03")
    assert {record["stage"] for record in first.values()} == {"discover"}
    then = year.issues("--as-of", "2024-03-14")
    assert (then["S-10"]["stage"], then["S-10"]["due_on"]) == ("rectify", "2024-03-18")
    assert not then["S-1"]["overdue"]
    assert year.issues("--as-of", "2024-03-16")["S-1"]["overdue"]
    assert year.issues("--as-of", "2024-04-30")["S-10"]["stage"] == "closed"
    assert year.issues("--as-of", "2024-04-30")["S-7"]["unit"] == "旧局"
    assert year.issues("--as-of", "2024-02-28") == {}


# Records


def test_issue_records(year):
    for record in year.issues().values():
        assert set(record) >= ISSUE
        assert record["stage"] in STAGES
        for key in ("found_on", "assigned_on", "due_on", "submitted_on", "closed_on"):
            assert record[key] is None or ISO.fullmatch(record[key])
    shown = year.issue("S-10")
    assert set(shown) >= ISSUE | DETAIL
    assert all(set(event) >= EVENT for event in shown["events"])
    assert [event["seq"] for event in shown["events"]] == sorted(
        event["seq"] for event in shown["events"]
    )


def test_records_above_the_issue(year):
    for notice in year("notice", "list"):
        assert set(notice) >= NOTICE
        assert notice["status"] in ("draft", "issued", "withdrawn")
        for entry in notice["entries"]:
            assert set(entry) >= ENTRY
            assert entry["polarity"] in ("named", "praised", "noted")
            assert entry["origin"] in ("proposed", "manual")
            assert entry["status"] in ("effective", "exempt", "withdrawn")
            assert all(set(reason) >= REASON for reason in entry["reasons"])
    assert year("notice", "show", "2024-03") == year("notice", "list")[0]
    for record in year("explanation", "list"):
        assert set(record) >= EXPLANATION
        assert record["status"] in ("owed", "received", "accepted", "returned")
    for record in year("interview", "list"):
        assert set(record) >= INTERVIEW
        assert (record["id"] is None) == (record["status"] == "proposed")
        assert all(set(one) >= {"period", "notice", "reasons"} for one in record["basis"])
    assert year("interview", "show", "1")["status"] == "closed"
    for record in year("referral", "list"):
        assert set(record) >= REFERRAL
        assert record["status"] in ("candidate", "recorded", "continued", "dismissed")
    for record in year("unit", "list"):
        assert set(record) >= UNIT
    assert {record["unit"] for record in year("unit", "list") if not record["active"]} == {"旧局"}


def test_stats_verify_and_packs(year):
    said = year("stats")
    assert set(said) >= STATS
    assert set(said["issues"]) >= {"total", "by_stage", "overdue", "due_soon"}
    assert set(said["issues"]["by_stage"]) == STAGES
    assert sum(said["issues"]["by_stage"].values()) == said["issues"]["total"] == 10
    assert said["as_of"] == "2024-12-31"
    assert set(said["interviews"]) == {"proposed", "open", "held"}
    assert all(set(rate) >= {"name", "numerator", "denominator", "rate"} for rate in said["rates"])
    assert year("stats", "--period", "2024-04")["as_of"] == "2024-04-30"
    whole = year("verify")
    assert set(whole) >= {"ok", "events", "head", "problems"}
    assert (whole["ok"], whole["problems"]) == (True, [])
    assert year("verify", "--head", whole["head"])["ok"]
    assert year("verify", "--head", year("notice", "show", "2024-03")["code"])["ok"]
    names = [pack["name"] for pack in year("pack", "list")]
    assert {"jingmen", "xiangyang", "huzhou", "zhashui", "gaoxin"} == set(names)
    assert all(set(pack) >= {"name", "title", "source", "version"} for pack in year("pack", "list"))


def test_a_head_that_was_never_there_is_a_problem(year):
    done = year.run("verify", "--head", "3:0123456789abcdef", "--json")
    assert done.status != 0
    said = done.json
    assert said.get("ok") is False or said["error"]["message"]


def test_due_soon_counts_three_working_days_and_one_for_short_terms(fresh):
    fresh.today = "2024-06-03"
    for number, term in enumerate(("2024-06-06", "2024-06-07", "2024-06-04", "2024-06-05"), 1):
        start = "2024-05-06" if number < 3 else "2024-06-03"
        fresh.batch(
            {"op": "issue.add", "issue": f"J-{number}", "title": "甲", "on": start},
            {"op": "issue.assign", "issue": f"J-{number}", "unit": "A1", "due_on": term,
             "on": start},
        )  # fmt: skip
    assert fresh("stats")["issues"]["due_soon"] == 2


# Due dates


@pytest.mark.parametrize(
    ("start", "term", "due"),
    [
        ("2026-02-13", "3wd", "2026-02-25"),
        ("2026-02-13", "5wd", "2026-02-27"),
        ("2026-02-13", "15wd", "2026-03-12"),
        ("2026-09-30", "2wd", "2026-10-09"),
        ("2026-09-30", "3wd", "2026-10-10"),
        ("2026-09-30", "5wd", "2026-10-13"),
        ("2026-04-30", "5wd", "2026-05-11"),
        ("2026-08-31", "6m", "2027-03-01"),
        ("2024-06-05", "2w", "2024-06-19"),
        ("2024-06-05", "7d", "2024-06-12"),
        ("2024-01-31", "1m", "2024-02-29"),
        ("2024-09-24", "7d", "2024-10-08"),
    ],
)
def test_golden_due_dates(supervise, start, term, due):
    said = supervise("due", start, term, "--json").json
    assert (said["start"], said["term"], said["due"]) == (start, term, due)
    assert said["provisional"] == (due > "2027")
    assert said["days"][0]["date"] == start
    assert said["days"][-1]["date"] == due
    assert not said["days"][0]["counted"]
    assert all(set(day) == {"date", "counted", "why"} for day in said["days"])
    if term.endswith("wd"):
        assert sum(day["counted"] for day in said["days"]) == int(term[:-2])


@pytest.mark.parametrize("term", ["0d", "0wd", "-3d", "15", "wd", "3y", "99999999999wd", "三天"])
def test_a_term_that_is_none_is_refused(supervise, term):
    assert supervise("due", "2024-06-03", "--json", "--", term).status in (1, 2)


def test_working_days_of_a_year(office):
    for year_, days in [(2023, 249), (2024, 251), (2025, 248), (2026, 248)]:
        assert office("calendar", "show", year_, "--json").json["workdays"] == days


def test_a_local_day_off_moves_due_dates(fresh):
    fresh.today = "2024-06-03"
    assert fresh("due", "2024-06-03", "3wd")["due"] == "2024-06-06"
    fresh("calendar", "set", "2024-06-05", "--kind", "休", "--name", "停工停产")
    assert fresh("due", "2024-06-03", "3wd")["due"] == "2024-06-07"
    assert fresh("verify")["ok"]


def test_a_calendar_of_a_new_year_is_imported(fresh):
    assert fresh("due", "2027-10-06", "1wd")["provisional"]
    table = fresh.text("2027.csv", "日期,班休\n2027-10-08,休\n2027-10-09,班\n")
    assert fresh.run("calendar", "import", table).status == 0
    said = fresh("due", "2027-10-07", "1wd")
    assert (said["due"], said["provisional"]) == ("2027-10-09", False)


# Packs, backups


def test_a_pack_is_checked_and_used(fresh):
    assert fresh("pack", "show", "jingmen")["name"] == "jingmen"
    assert fresh("pack", "use", "xiangyang")
    bad = fresh.text("坏.toml", 'schema = 1\nname = "坏"\n[clock]\ndefault = "0wd"\n')
    done = fresh.refused("pack", "check", bad)
    assert "clock.default" in str(done.error) or "default" in str(done.error)
    other = Program(fresh.folder / "other")
    other.folder.mkdir()
    other("init", "--pack", "huzhou", "--office", "3")
    assert other("issue", "add", "--title", "甲")["code"]
    assert other("verify")["ok"]


def test_backup_and_restore(fresh):
    fresh("issue", "add", "J-1", "--title", "甲")
    place = fresh.folder / "备份"
    place.mkdir()
    fresh("backup", place)
    [kept] = [path for path in place.iterdir() if path.suffix == ".db"]
    head = fresh("verify")["head"]
    assert head.split(":")[1] in kept.name
    fresh("issue", "add", "J-2", "--title", "乙")
    fresh("restore", kept)
    assert set(fresh.issues()) == {"J-1"}
    assert fresh("verify", "--head", head)["ok"]
    assert any("J-2" in path.read_bytes().decode("latin1") for path in fresh.folder.iterdir()
               if path.is_file() and path != fresh.ledger)  # fmt: skip
    fresh("backup", fresh.folder / "one.db")
    assert (fresh.folder / "one.db").exists()
    fresh.ledger.unlink()
    fresh("restore", fresh.folder / "one.db")
    assert set(fresh.issues()) == {"J-1"}


def test_restoring_what_is_no_backup_keeps_the_ledger(fresh):
    fresh("issue", "add", "J-1", "--title", "甲")
    bad = fresh.text("bad.db", "这不是台账" * 100)
    assert fresh.run("restore", bad, "--json").status in (1, 3)
    assert set(fresh.issues()) == {"J-1"}


def test_a_changed_event_is_found(fresh):
    fresh("issue", "add", "J-1", "--title", "原来的事项")
    with sqlite3.connect(fresh.ledger) as raw:
        names = [
            name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
        ]
        for name in names:
            raw.execute(f'DROP TRIGGER "{name}"')
    raw.close()
    assert fresh.run("issue", "list", "--json").status in (0, 3)
    done = fresh.run("verify", "--json")
    assert done.status in (1, 3)
    assert done.json.get("ok") is False or done.json["error"]["message"]


def test_a_demo_at_a_place_and_its_today(tmp_path):
    program = Program(tmp_path)
    made = program("demo", tmp_path / "demo.db")
    assert made["today"] == "2024-12-31"
    program.ledger = tmp_path / "demo.db"
    assert program("stats")["notices"] == 11
    assert program("verify")["ok"]


def test_a_closed_pipe_is_quiet(asked):
    env = asked.environment()
    with subprocess.Popen(
        [*COMMAND, "issue", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert os.environ


# What leaves the ledger, and what is stored beside it


def test_evidence_is_stored_by_content_and_named_in_the_issue(fresh):
    fresh("issue", "add", "J-1", "--title", "甲")
    photo = fresh.folder / "照片 1.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + b"0" * 1000)
    digest = hashlib.sha256(photo.read_bytes()).hexdigest()
    fresh("issue", "evidence", "J-1", "--file", photo, "--note", "现场")
    fresh.refused("issue", "evidence", "J-1", "--file", photo)
    assert digest in str(fresh.issue("J-1")["evidence"])
    stored = [path for path in fresh.folder.rglob(f"*{digest}*") if path.is_file()]
    assert [path.read_bytes() for path in stored] == [photo.read_bytes()]
    fresh.refused("issue", "evidence", "J-1", "--file", fresh.folder)
    fresh.refused("issue", "evidence", "J-1", "--file", fresh.folder / "没有.jpg")
    stored[0].chmod(0o600)
    stored[0].write_bytes(b"changed")
    assert fresh.run("verify", "--json").json.get("ok") is False


def test_who_complained_is_erased_by_two_and_the_ledger_stays_whole(fresh):
    fresh("issue", "add", "J-1", "--title", "甲", "--party", "某某公司", "--contact", "13900001111")
    assert fresh.issue("J-1")["party"] == "某某公司"
    line = ["issue", "redact", "J-1", "--reason", "本人要求", "--approver"]
    fresh.refused(*line, "经办甲")
    fresh(*line, "主任")
    assert "某某公司" not in str(fresh.issue("J-1"))
    assert fresh("verify")["ok"]
    assert "某某公司".encode() not in fresh.ledger.read_bytes()
    assert b"13900001111" not in fresh.ledger.read_bytes()


def test_an_interview_is_exported_to_files_and_printed(year):
    for ending in ("txt", "html", "xlsx", "json"):
        place = year.folder / f"约谈.{ending}"
        done = year("interview", "export", "1", "--to", place)
        assert isinstance(done, dict)
        assert place.stat().st_size > 100
    assert "市住建局" in year.run("interview", "export", "1", "--to", "-").out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_ledger_can_be_read(asked, tmp_path):
    program = asked.copy(tmp_path)
    program.ledger.chmod(0o400)
    assert program.run("issue", "list", "--json").status == 0
    assert program.run("issue", "sign", "J-1", "--json").status == 3
