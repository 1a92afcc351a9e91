"""Notices and what follows from them: who is to be interviewed, who explains, who is referred."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Entered
from tests.cli.running import Program, Row
from tests.cli.story import op

ISSUED = {
    "2023-11": "2023-12-04", "2023-12": "2024-01-03", "2024-01": "2024-02-04",
    "2024-02": "2024-03-04", "2024-03": "2024-04-03", "2024-04": "2024-05-06",
    "2024-06": "2024-07-03", "2024-07": "2024-08-05", "2024-08": "2024-09-03",
}  # fmt: skip
NAMED = {
    "跨年局": "2023-12 2024-01", "断月局": "2024-04 2024-06", "两事局": "2024-01 2024-02",
    "表扬局": "2024-02", "免点局": "2024-01 2024-02 2024-03", "三月局": "2024-01 2024-02 2024-03",
    "隔月局": "2024-01 2024-03", "改名局": "2024-01 2024-02", "撤并局": "2024-01",
    "承继局": "2024-02", "甲县住建局": "2024-01", "甲县水务局": "2024-02",
    "更正局": "2024-01 2024-02", "增列局": "2024-01", "拟稿局": "2024-08",
    "撤回局": "2024-06 2024-07", "约谈局": "2023-11 2023-12 2024-01 2024-02 2024-03",
    "拒谈局": "2023-11 2023-12 2024-01 2024-02", "待谈局": "2023-11 2023-12 2024-01",
    "两列局": "2024-01", "两次局": "2024-01 2024-01",
}  # fmt: skip


def month(period: str, on: str) -> list[Row]:
    """Draft, decide and issue the notice of one month."""
    rows = [op("notice.draft", on, period=period)]
    for unit, periods in NAMED.items():
        for one in periods.split():
            if one == period:
                rows.append(
                    op("notice.name", on, period=period, unit=unit, reason=f"{period}未完成")
                )
    if period == "2024-01":
        praised = {"unit": "表扬局", "reason": "办得好", "polarity": "表扬"}
        rows.append(op("notice.name", on, period=period, **praised))
    if period == "2024-02":
        rows.append(
            op("notice.exempt", on, period=period, unit="免点局", reason="上级叫停", by="主任")
        )
    return [*rows, op("notice.issue", on, period=period, number=f"〔{period}〕号")]


def history() -> list[Row]:
    """Give two years of notices, with what was done between them, in order of business dates."""
    rows = [op("unit.add", "2023-01-03", unit="甲县", kind="县市区")]
    for unit in NAMED:
        parent = {"parent": "甲县"} if unit.startswith("甲县") else {}
        rows.append(op("unit.add", "2023-01-03", unit=unit, **parent))
    for period, on in ISSUED.items():
        rows += month(period, on)
        if period == "2024-01":
            rows += [
                op("unit.rename", "2024-02-10", unit="改名局", name="新名局"),
                op("unit.merge", "2024-02-10", unit="撤并局", into="承继局"),
            ]
    rows += [
        op("interview.submit", "2024-01-08", unit="约谈局", periods=["2023-11", "2023-12"]),
        op("interview.approve", "2024-01-09", unit="约谈局"),
        op("interview.schedule", "2024-01-09", unit="约谈局", planned_on="2024-01-20"),
        op("interview.hold", "2024-01-20", unit="约谈局"),
        op("interview.submit", "2024-01-08", unit="拒谈局", periods=["2023-11", "2023-12"]),
        op("interview.decline", "2024-01-10", unit="拒谈局", reason="已整改"),
        op("interview.submit", "2024-01-08", unit="待谈局", periods=["2023-11", "2023-12"]),
        op(
            "notice.correct",
            "2024-03-11",
            period="2024-02",
            unit="更正局",
            action="撤销",
            reason="查否",
        ),
        op(
            "notice.correct",
            "2024-03-11",
            period="2024-02",
            unit="增列局",
            action="增列",
            reason="漏列",
        ),
        op("notice.withdraw", "2024-08-12", period="2024-07", reason="数据有误"),
        op("notice.draft", "2024-10-08", period="2024-09"),
        op("notice.name", "2024-10-08", period="2024-09", unit="拟稿局", reason="未完成"),
        op("notice.draft", "2024-03-04", period="2024-02", series="曝光台"),
    ]
    return rows


@pytest.fixture(scope="module")
def city(entered: Entered) -> Program:
    """Give the ledger of the whole history; to be copied before it is written."""

    def enter(program: Program) -> None:
        program("init")
        program("batch", program.lines(*history()))

    return entered("history", enter)


@pytest.fixture(scope="module")
def proposals(city: Program) -> dict[str, Row]:
    """Give what is proposed, by unit: one record a streak."""
    found = [record for record in city("interview", "list") if record["status"] == "proposed"]
    units = [record["unit"] for record in found]
    assert len(units) == len(set(units))
    return {record["unit"]: record for record in found}


@pytest.mark.parametrize(
    ("unit", "periods", "warning"),
    [
        ("跨年局", ["2023-12", "2024-01"], ""),
        ("两事局", ["2024-01", "2024-02"], ""),
        ("三月局", ["2024-01", "2024-02", "2024-03"], ""),
        ("新名局", ["2024-01", "2024-02"], "名称不同"),
        ("甲县", ["2024-01", "2024-02"], "合并计算"),
        ("增列局", ["2024-01", "2024-02"], ""),
        ("约谈局", ["2024-02", "2024-03"], ""),
        ("拒谈局", ["2024-01", "2024-02"], "不予约谈"),
    ],
)
def test_two_months_running_are_proposed(proposals, unit, periods, warning):
    record = proposals[unit]
    assert record["periods"] == periods
    assert [one["period"] for one in record["basis"]] == periods
    assert [one["notice"] for one in record["basis"]] == [f"〔{period}〕号" for period in periods]
    assert warning in "".join(record["warnings"])


def test_nobody_else_is_proposed(proposals):
    assert set(proposals) == {
        "跨年局", "两事局", "三月局", "新名局", "甲县", "增列局", "约谈局", "拒谈局",
    }  # fmt: skip


def test_near_misses_and_successions_are_told(city):
    done = city.run("interview", "list")
    assert "断月局：2024年4月、6月被点名，5月无通报：不构成连续两月" in done.err
    assert "承继局：承继自撤并局（2024年1月被点名）" in done.err


def test_a_month_before_the_interview_joins_an_open_request(city, tmp_path):
    [waiting] = [one for one in city("interview", "list") if one["unit"] == "待谈局"]
    assert (waiting["status"], waiting["periods"]) == (
        "submitted", ["2023-11", "2023-12", "2024-01"],
    )  # fmt: skip
    program = city.copy(tmp_path)
    program.refused("interview", "submit", "待谈局", "--on", "2024-10-08")
    program.batch(
        op(
            "notice.correct",
            "2024-10-08",
            period="2023-12",
            unit="待谈局",
            action="撤销",
            reason="错",
        ),
    )
    [waiting] = [one for one in program("interview", "list") if one["unit"] == "待谈局"]
    assert "依据已变更" in "".join(waiting["warnings"])


def test_a_notice_made_up_later_completes_a_streak(city, tmp_path):
    program = city.copy(tmp_path)
    program.batch(
        op("notice.draft", "2024-10-08", period="2024-05"),
        op("notice.name", "2024-10-08", period="2024-05", unit="断月局", reason="未完成"),
        op("notice.issue", "2024-10-08", period="2024-05"),
    )
    [late] = [one for one in program("interview", "list") if one["unit"] == "断月局"]
    assert late["periods"] == ["2024-04", "2024-05", "2024-06"]
    assert "补发形成" in "".join(late["warnings"])
    owed = [one for one in program("explanation", "list") if one["period"] == "2024-05"]
    assert [(one["unit"], one["due_on"]) for one in owed] == [("断月局", "2024-10-14")]


def test_an_unnecessary_request_is_refused(city):
    for unit in ("隔月局", "表扬局", "免点局", "更正局", "撤回局"):
        assert unit in city.refused("interview", "submit", unit).error["message"]


def test_named_again_is_a_candidate_and_every_decision_is_kept(city, tmp_path):
    [candidate] = city("referral", "list")
    assert (candidate["unit"], candidate["criterion"], candidate["status"], candidate["id"]) == (
        "约谈局", "named_again", "candidate", None,
    )  # fmt: skip
    assert candidate["basis"]
    program = city.copy(tmp_path)
    about = ["约谈局", "--criterion", "named_again"]
    assert program.run("referral", "record", *about).status == 2
    program.refused("referral", "dismiss", "约谈局", "--criterion", "promise_missed",
                    "--reason", "无")  # fmt: skip
    assert program("referral", "dismiss", *about, "--reason", "情有可原")["status"] == "dismissed"
    assert [one["status"] for one in program("referral", "list")] == ["dismissed"]


def test_explanations_are_owed_by_every_name_that_stands(city):
    owed = {one["unit"]: one for one in city("explanation", "list") if one["period"] == "2024-02"}
    assert set(owed) == {
        "两事局", "表扬局", "三月局", "新名局", "承继局", "甲县", "增列局", "约谈局", "拒谈局",
    }  # fmt: skip
    assert owed["两事局"]["due_on"] == "2024-03-11"
    assert owed["增列局"]["due_on"] == "2024-03-18"
    assert {one["status"] for one in owed.values()} == {"owed"}
    assert all(one["overdue"] for one in owed.values())


# The life of a notice


@pytest.fixture(scope="module")
def may(empty: Program, entered: Entered) -> Program:
    """Give a ledger with issues given out in May, due around the end of June; to be copied."""
    rows = [
        op("unit.add", "2024-01-02", unit="专班", kind="专项工作组"),
        op("unit.add", "2024-01-02", unit="市法院", kind="司法机关"),
        op("unit.add", "2024-01-02", unit="市税务局", kind="垂管单位"),
    ]
    for number, (unit, due) in enumerate(
        [
            ("市住建局", "2024-06-28"), ("东山县", "2024-06-30"), ("专班", "2024-06-03"),
            ("市法院", "2024-06-03"), ("市税务局", "2024-06-03"), ("市水务局", "2024-07-01"),
        ], 1,
    ):  # fmt: skip
        code = f"J-{number}"
        rows += [
            op("issue.add", "2024-05-06", issue=code, title="甲"),
            op("issue.assign", "2024-05-06", issue=code, unit=unit, due_on=due,
               co_units=["市水务局"] if number == 1 else []),
        ]  # fmt: skip
    return entered("may", lambda program: empty.copy(program.folder).batch(*rows))


@pytest.fixture
def june(may: Program, tmp_path: Path) -> Program:
    """Give a ledger with one issue overdue at the end of June, one due on its last day."""
    return may.copy(tmp_path)


def effective(record: Row) -> set[str]:
    """Name the units that a notice names."""
    return {
        entry["unit"] for entry in record["entries"]
        if entry["polarity"] == "named" and entry["status"] == "effective"
    }  # fmt: skip


def test_a_draft_proposes_by_the_cut_off_and_an_issued_notice_stands(june):
    june.refused("notice", "issue", "2024-06")
    draft = june("notice", "draft", "2024-06", "--on", "2024-07-01")
    assert (draft["status"], draft["cutoff"], draft["number"]) == ("draft", "2024-06-30", None)
    assert effective(draft) == {"市住建局", "东山县"}
    june.refused("notice", "issue", "2024-06", "--on", "2024-06-30")
    june("issue", "submit", "J-1", "--measures", "办", "--on", "2024-06-28")
    assert effective(june("notice", "show", "2024-06")) == {"东山县"}
    june(
        "notice",
        "name",
        "2024-06",
        "--unit",
        "市税务局",
        "--reason",
        "连续缺会",
        "--on",
        "2024-07-02",
    )
    june("notice", "draft", "2024-06", "--on", "2024-07-02")
    issued = june("notice", "issue", "2024-06", "--number", "〔2024〕6号", "--on", "2024-07-03")
    assert (issued["status"], issued["issued_on"], issued["number"]) == (
        "issued", "2024-07-03", "〔2024〕6号",
    )  # fmt: skip
    assert effective(issued) == {"市税务局", "东山县"}
    june("issue", "submit", "J-2", "--measures", "办", "--on", "2024-06-29")
    june.refused("notice", "name", "2024-06", "--unit", "市住建局", "--reason", "补")
    june.refused("notice", "exempt", "2024-06", "--unit", "东山县", "--reason", "补")
    june.refused("notice", "draft", "2024-06")
    assert effective(june("notice", "show", "2024-06")) == effective(issued)
    gone = june("notice", "correct", "2024-06", "--unit", "东山县", "--action", "撤销",
                "--reason", "已按期报送", "--on", "2024-07-08")  # fmt: skip
    assert effective(gone) == {"市税务局"}
    assert june("notice", "withdraw", "2024-06", "--reason", "重发")["status"] == "withdrawn"
    assert june("explanation", "list") == []
    assert june("verify")["ok"]


def test_issuing_is_refused_when_the_entries_changed_since_they_were_looked_at(june):
    june("notice", "draft", "2024-06", "--on", "2024-07-01")
    june("issue", "submit", "J-1", "--measures", "办", "--on", "2024-06-28")
    told = june.refused("notice", "issue", "2024-06", "--on", "2024-07-03")
    assert "市住建局" in told.error["message"]
    june("notice", "draft", "2024-06", "--on", "2024-07-02")
    assert effective(june("notice", "issue", "2024-06", "--on", "2024-07-03")) == {"东山县"}


def test_an_issued_notice_is_the_same_bytes_for_ever(june):
    june.batch(
        op("notice.draft", "2024-07-01", period="2024-06"),
        op("notice.issue", "2024-07-03", period="2024-06", number="〔2024〕6号"),
    )
    endings = ("txt", "html", "csv", "xlsx", "docx", "json")
    places = [june.folder / f"before.{ending}" for ending in endings]
    june.each(*(["notice", "export", "2024-06", "--to", str(place)] for place in places))
    june.batch(
        op("unit.rename", "2024-08-01", unit="市住建局", name="市住房和城乡建设局"),
        op("issue.correct", "2024-08-01", issue="J-1", field="title", value="改了", reason="误"),
        op("issue.submit", "2024-06-20", issue="J-2", measures="补录"),
    )
    june.today = "2024-12-01"
    again = [place.with_stem("after") for place in places]
    june.each(*(["notice", "export", "2024-06", "--to", str(place)] for place in again))
    for before, after in zip(places, again, strict=True):
        assert before.read_bytes() == after.read_bytes(), before.suffix


def test_an_unknown_format_is_refused_with_a_sentence(june):
    june("notice", "draft", "2024-06", "--on", "2024-07-01")
    for name in ("通报.odt", "通报.exe", "通报"):
        done = june.run("notice", "export", "2024-06", "--to", june.folder / name)
        assert (done.status in (1, 2), (june.folder / name).exists()) == (True, False)
        assert done.err.startswith("错误：")
