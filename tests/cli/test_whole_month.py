"""An office's month with sixty units, from the sheets that go out to the interviews asked for.

Every figure is held against the arithmetic of `tests.cli.sixty`, made from the tale alone.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli import sixty
from tests.cli.conftest import Supervise
from tests.cli.sixty import Matter, unit_name

Row = dict[str, Any]
INTERVIEWED = "2024-12-06"


class Month:
    """The office at work: each command with `--json` on the day that is said; all must succeed."""

    def __init__(self, run: Supervise, folder: Path) -> None:
        self.run, self.folder, self.every = run, folder, sixty.matters()

    def __call__(self, today: str, line: str, *more: object) -> Any:
        done = self.run(*line.split(), *more, "--today", today, "--json")
        assert done.status == 0, (line, done.out, done.err)
        return done.json

    def batch(self, today: str, rows: Any) -> Row:
        path = self.folder / "batch.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        return self(today, "batch", path, "--again")

    def of(self, n: int) -> list[Matter]:
        return [one for one in self.every if one.unit == n]

    def matter(self, code: str) -> Matter:
        return next(one for one in self.every if one.code == code)

    def named(self, today: str, period: str) -> dict[str, list[str]]:
        entries = self(today, "notice show", period)["entries"]
        return {
            one["unit"]: sorted(code for why in one["reasons"] for code in why["issues"])
            for one in entries
            if one["polarity"] == "named" and one["status"] == "effective"
        }

    def books_agree(self, today: str, period: str, first: str, last: str) -> None:
        told = self(today, "balance --period", period)
        for one in told["units"]:
            assert one["moved_in"] == one["moved_out"] == one["reopened"] == 0
        mine = {unit_name(n): sixty.account(self.of(n), first, last) for n in range(1, 61)}
        assert {one["unit"]: {key: one[key] for key in mine[one["unit"]]}
                for one in told["units"]} == mine  # fmt: skip
        whole = sixty.account(self.every, first, last)
        assert {key: told["total"][key] for key in whole} == whole

    def rates_agree(self, today: str, period: str, day: str) -> None:
        told = self(today, "rates --period", period)["rates"]
        mine = sixty.rates(self.every, day)
        found = {
            one["name"]: (one["numerator"], one["denominator"])
            for one in told
            if one["name"] in mine and one["basis"] in (None, "按批准时限")
        }
        assert found == mine


@pytest.fixture
def month(supervise: Supervise, tmp_path: Path) -> Month:
    assert supervise("init").status == 0
    return Month(supervise, tmp_path)


def _saved_by_another_program(files: list[Path], folder: Path) -> None:
    """Save workbooks again through LibreOffice, all in one process; without it they stay."""
    program = shutil.which("soffice")
    if program is None or not Path(program).resolve().with_name("libsclo.so").exists():
        return
    subprocess.run(
        [program, f"-env:UserInstallation=file://{folder}/office", "--headless",
         "--convert-to", "xlsx", "--outdir", str(folder / "again"), *map(str, files)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for path in files:
        shutil.copy(folder / "again" / path.name, path)


def _sheets_out_and_back(month: Month) -> None:
    """Send on the 25th, collect on the 28th: twice for certain, then nothing is left to take."""
    out, back = month.folder / "out", month.folder / "back"
    sent = month(sixty.SENT, "sheet send 2024-10 --to", out)["sheets"]
    assert {one["unit"]: one["rows"] for one in sent if one["rows"]} == {
        unit_name(n): len(month.of(n)) for n in range(1, 61)
    }
    touched = f"L-{sixty.TOUCHED:02d}-0"
    month("2024-10-26", "issue progress", touched, "--note", "来电说已进场")
    back.mkdir()
    for n in range(1, 61):
        if n != sixty.SILENT:
            sixty.fill_in(out / f"{unit_name(n)}_2024-10.xlsx", back, n, month.of(n))
    _saved_by_another_program(
        [back / f"{unit_name(n)}_2024-10.xlsx" for n in range(5, 61, 10)], month.folder
    )
    tried = month(sixty.BACK, "sheet collect --dry-run", back)
    told = month(sixty.BACK, "sheet collect", back, "--report", month.folder / "差异.xlsx")
    assert tried == told
    _what_was_taken(month, told, touched)
    again = month(sixty.BACK, "sheet collect", back)
    assert set(again["applied"].values()) == {0}
    standing = month(sixty.BACK, "sheet status 2024-10")
    assert (standing["sent"], standing["received"], standing["open"]) == (
        60, 60 - len(told["missing"]), len(told["differences"]) + 1,
    )  # fmt: skip
    where = ("2024-10", "--unit", unit_name(sixty.TOUCHED), "--issue", touched)
    month(sixty.BACK, "sheet accept", *where, "--column", "进展情况")
    settled = month(sixty.BACK, "sheet status 2024-10")
    assert settled["open"] == standing["open"] - 1


def _what_was_taken(month: Month, told: Row, touched: str) -> None:
    came = [one for one in month.every if one.unit != sixty.SILENT]
    said = Counter(one.says for one in came)
    wrong = [one for one in came if one.says == 4]
    foreign = 2 * sum(n % 10 == 9 for n in range(1, 61))
    assert told["files"] == 59
    assert told["rows"] == len(came) + foreign
    assert told["applied"] == {
        "progress": said[0] - 1, "submitted": said[1], "extensions": said[2],
        "tasks": 1, "duties": 1,
    }  # fmt: skip
    assert [(one["issue"], one["columns"]) for one in told["stale"]] == [(touched, ["进展情况"])]
    found = {(one["unit"], one["issue"], one["column"]) for one in told["differences"]}
    assert found == sixty.differences(came)
    assert len(told["refused"]) == len(wrong) + foreign
    silent = {n for n in range(1, 61) if n == sixty.SILENT or all(
        one.says == 3 for one in month.of(n))}  # fmt: skip
    assert set(told["missing"]) == {unit_name(n) for n in silent}
    for one in came:
        if one.says == 1:
            one.hand_in("2024-10-24")


def _notice(month: Month) -> dict[str, list[str]]:
    """Draft, check and issue October's notice: it names whom the tale says, warned of before."""
    ahead = {one["unit"]: sorted(issue["code"] for issue in one["issues"])
             for one in month(sixty.CUTOFF, "warn")["units"]}  # fmt: skip
    mine = sixty.missed(month.every, sixty.CUTOFF)
    assert ahead == mine
    month("2024-11-01", "notice draft 2024-10")
    assert month.named("2024-11-01", "2024-10") == mine
    assert "示例41县" in mine and "示例41县住建局" not in mine
    rows = ({"op": "notice.check", "period": "2024-10", "unit": unit, "result": "无异议"}
            for unit in mine)  # fmt: skip
    month.batch("2024-11-04", rows)
    issued = month(
        "2024-11-05", "notice issue 2024-10 --number 〔2024〕8号 --delivered-on 2024-11-05"
    )
    assert issued["status"] == "issued"
    assert all(one["check"] for one in issued["entries"])
    return mine


def _explanations(month: Month, named: dict[str, list[str]]) -> None:
    """All but two answer within five working days of the 5th, a Tuesday: by the 12th."""
    owed = month("2024-11-06", "explanation list")
    assert {one["unit"] for one in owed} == named.keys()
    assert {one["due_on"] for one in owed} == {"2024-11-12"}
    late = sorted(named)[:2]
    month.batch("2024-11-11", (
        {"op": "explanation.receive", "period": "2024-10", "unit": unit, "ref": "收"}
        for unit in named if unit not in late
    ))  # fmt: skip
    told = month("2024-11-13", "explanation list")
    assert sorted(one["unit"] for one in told if one["overdue"]) == late


def _meeting(month: Month, named: dict[str, list[str]]) -> None:
    """The deputy mayor's meeting looks at what is late; one decision, answered back."""
    opened = month("2024-11-14", "dispatch open 分管市领导 --leader 李副市长")
    late = {one["issue"] for one in opened["agenda"]
            if any(why["kind"] == "overdue" for why in one["reasons"])}  # fmt: skip
    mine = {code for codes in sixty.missed(month.every, "2024-11-13").values() for code in codes}
    assert late == mine
    code = named["示例41县"][0]
    meeting = str(opened["id"])
    made = month("2024-11-14", "dispatch decide", meeting, "--text", "月底前办结",
                 "--issue", code, "--action", "催办", "--due-on", "2024-11-22")  # fmt: skip
    assert month("2024-11-14", "issue show", code)["events"][-1]["op"] == "issue.urge"
    unanswered = month("2024-11-25", "dispatch decisions --unanswered --overdue")
    assert [one["id"] for one in unanswered] == [made["id"]]
    month("2024-11-25", "dispatch answer", made["id"], "--text", "已催促")
    month("2024-11-25", "dispatch close", meeting)
    assert month("2024-11-25", "dispatch decisions --unanswered") == []


def _next_month(month: Month) -> None:
    """In November sheets come back as they went; then the even units hand in all they have."""
    out = month.folder / "november"
    sent = month("2024-11-20", "sheet send 2024-11 --to", out)["sheets"]
    standing = {n: sum(one.ended is None for one in month.of(n)) for n in range(1, 61)}
    assert {one["unit"]: one["rows"] for one in sent} == {
        unit_name(n): held for n, held in standing.items() if held
    }
    nothing = month("2024-11-21", "sheet collect", out)
    assert set(nothing["applied"].values()) == {0} and not nothing["differences"]
    assert len(nothing["missing"]) == len(sent)
    month.batch("2024-11-22", (
        {"op": "issue.submit", "issue": one.code, "measures": "已办", "on": "2024-11-22"}
        for one in month.every if one.unit % 2 == 0 and not one.handed_in and not one.ended
    ))  # fmt: skip
    for one in month.every:
        if one.unit % 2 == 0 and not one.handed_in and not one.ended:
            one.hand_in("2024-11-22")


def test_the_months_of_sixty_units_come_to_what_counting_gives(month: Month) -> None:
    month.batch(sixty.SENT, sixty.beginning(month.every))
    _sheets_out_and_back(month)
    month.batch(sixty.CUTOFF, sorted(sixty.office_decides(month.every), key=lambda r: r["on"]))
    month.books_agree("2024-11-01", "2024-10", "2024-10-01", sixty.CUTOFF)
    month.rates_agree("2024-11-01", "2024-10", sixty.CUTOFF)
    named = _notice(month)
    printed = month("2024-11-06", "rates --period 2024-10")
    _explanations(month, named)
    _meeting(month, named)
    _next_month(month)

    month.books_agree("2024-12-02", "2024-11", "2024-11-01", "2024-11-30")
    month.rates_agree("2024-12-02", "2024-11", "2024-11-30")
    month("2024-12-02", "notice draft 2024-11")
    second = sixty.missed(month.every, "2024-11-30")
    assert month.named("2024-12-02", "2024-11") == second
    month("2024-12-05", "notice issue 2024-11 --number 〔2024〕9号")
    asked = month(INTERVIEWED, "interview list")
    assert {one["unit"]: one["periods"] for one in asked} == {
        unit: ["2024-10", "2024-11"] for unit in named.keys() & second.keys()
    }
    assert 0 < len(asked) < len(named)
    tasks = month(INTERVIEWED, "task list")
    assert [one["light"] for one in tasks] == ["green", "red"]
    overdue = month("2024-10-31", "duty list --state overdue --period 2024-10")
    assert [one["unit"] for one in overdue] == [unit_name(n) for n in (53, 54)]
    closed = month(INTERVIEWED, "rates --period 2024-10")["rates"]
    kept = [one for one in printed["rates"] if one["printed"]]
    assert kept and [one for one in closed if one["printed"]] == kept
    assert month(INTERVIEWED, "verify")["ok"]
