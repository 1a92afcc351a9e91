"""到期提醒 and 内部测算 from outside: what people read, what scripts read."""

from __future__ import annotations

from pathlib import Path

from supervise import packs
from tests.cli.conftest import Supervise


def test_warn_says_who_and_why(office: Supervise) -> None:
    told = office("warn", "--on", "2024-06-30", "--json").json
    assert set(told) == {
        "on", "period", "cutoff", "provisional", "units", "ranking", "held_back", "rushed",
        "unissued",
    }  # fmt: skip
    assert told["on"] == "2024-06-30" and told["units"][0]["issues"][0]["days_waited"] == 29
    assert [one["unit"] for one in told["units"]] == ["市住建局"]
    shown = office("warn", "--on", "2024-06-30")
    assert shown.status == 0
    for words in ("2024-06-30 24时", "拟点名 1 家", "JM-2024-0001", "2024-06-20（已超期）"):
        assert words in shown.out
    assert "按 2024-06-30 当日的情况" in shown.out
    assert "没有拟点名的单位。" in office("warn", "--on", "2024-06-19").out
    assert "2031年的放假安排还没有公布" in office("warn", "--on", "2031-06-30").out
    assert office("warn", "--on", "六月").status == 2
    assert "还没有签发" not in shown.out
    office("notice", "draft", "2024-05", "--on", "2024-06-03")
    unissued = "2024-05 通报还没有签发，约谈条件只按已签发的通报推算。"
    assert unissued in office("warn", "--on", "2024-06-30").out


def test_warn_tells_what_is_no_issue(office: Supervise, tmp_path: Path) -> None:
    pack = office("pack", "show", "--json").json["text"]
    head = "[naming.criteria.unreported]\n"
    (tmp_path / "own.toml").write_text(pack.replace(f"{head}on = false", f"{head}on = true"))
    assert office("pack", "use", str(tmp_path / "own.toml"), "--on", "2024-06-01").status == 0
    owed = ("--every", "month", "--day", "11", "--owed-by", "市水务局", "--from-on", "2024-06-01")
    assert office("duty", "add", "月报", *owed, "--on", "2024-06-01").status == 0
    shown = office("warn", "--on", "2024-06-30").out
    assert "市水务局：未按期报送进展：“月报”应于6月11日报送，至截止日未报。" in shown
    assert "人工列入" not in shown


def test_simulate_is_marked_and_asks_for_what_it_needs(office: Supervise, tmp_path: Path) -> None:
    words = ("simulate", "--pack", "zhashui", "--from", "2024-06", "--to", "2024-07")
    told = office(*words, "--json").json
    assert told["mark"] == "内部测算" and [one["period"] for one in told["months"]] == [
        "2024-06",
        "2024-07",
    ]
    assert "【内部测算】" in office(*words).out
    assert "无从测算" not in office(*words).out
    head = "[naming.criteria.unreported]\n"
    asks = packs.load("gaoxin").replace(f"{head}on = false", f"{head}on = true")
    (tmp_path / "asks.toml").write_text(asks, "utf-8")
    shown = office("simulate", "--pack", str(tmp_path / "asks.toml"), *words[3:]).out
    assert "“上报项目进展”在 2024-" in shown and "应报未报的无从测算" in shown
    wrong = office("simulate", "--pack", "zhashui", "--from", "六月", "--to", "2024-07")
    assert wrong.status == 2 and "“起始月份”（from）：“六月”不是月份" in wrong.err
    missing = office("simulate", "--pack", "zhashui", "--from", "2024-06")
    assert missing.status == 2 and "--to" in missing.err
    unknown = office("simulate", "--pack", "无此城", "--from", "2024-06", "--to", "2024-06")
    assert unknown.status == 1 and "无此城" in unknown.err
    future = office("simulate", "--pack", "zhashui", "--from", "2024-12", "--to", "2025-01")
    assert future.status == 1 and "2025-01" in future.err


def test_why_tells_the_chain_in_lines(office: Supervise) -> None:
    told = office("why", "JM-2024-0001")
    assert told.status == 0
    for words in ("限期 2024-06-20", "指定限期2024年6月20日", "登记", "交办", "记录 "):
        assert words in told.out
    assert office("why", "JM-2024-0001", "--json").json["events"][0]["op"] == "issue.add"
    nothing = office("why", "无此单位")
    assert nothing.status == 1 and "没有编号为“无此单位”的事项或约谈" in nothing.err
    dated = office("why", "JM-2024-0001", "--period", "2024-06")
    assert dated.status == 1 and "去掉 --period" in dated.err
    assert office("why", "99").status == 1
    assert "还没有通报" in office("why", "市住建局", "--period", "2024-06").err
