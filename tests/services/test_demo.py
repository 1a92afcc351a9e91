"""The demo ledger: the same events every time, twelve believable months, nothing real in it."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from db import events
from supervise import packs
from supervise.domain.pack import parse_pack
from supervise.domain.road import out_of_order
from supervise.reports.document import Document, from_json
from supervise.reports.export import export
from supervise.reports.interview import interview_document
from supervise.services import (
    clearances,
    compose,
    demo,
    dispatch_records,
    duty_records,
    explanations,
    instructions,
    interview_facts,
    interviews,
    notice_records,
    referrals,
    revisits,
    road,
    stats,
    task_records,
    today,
    units,
    verify,
    windows,
)
from supervise.services.session import Session
from supervise.services.sheets import status
from supervise.services.work import perform

TEXTS = (".txt", ".md", ".html", ".svg", ".csv")


@pytest.fixture
def session(demo_ledger: Path):
    with Session(demo_ledger, demo.TODAY) as found:
        yield found


def head(path: Path) -> str:
    with Session(path, demo.TODAY) as session:
        return events.head_code(session.conn)


def test_two_builds_are_the_same_events_and_bytes(demo_ledger: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    demo.build(again)
    assert again.read_bytes() == demo_ledger.read_bytes()
    assert head(again) == head(demo_ledger)


def test_the_ledger_is_sound(session: Session) -> None:
    report = verify.verify(session)
    assert report["problems"] == [] and report["ok"]


def test_a_file_already_there_is_left_alone(demo_ledger: Path) -> None:
    before = demo_ledger.read_bytes()
    with pytest.raises(Exception, match="已存在"):
        demo.build(demo_ledger)
    assert demo_ledger.read_bytes() == before


def test_eleven_months_have_an_issued_notice_naming_a_few(session: Session) -> None:
    notices = notice_records.listing(session)
    assert [n["period"] for n in notices] == [f"2024-{month:02d}" for month in range(1, 12)]
    for notice in notices:
        named = [
            e for e in notice["entries"] if e["polarity"] == "named" and e["status"] == "effective"
        ]
        assert notice["status"] == "issued" and notice["number"] and notice["delivered_on"]
        assert 3 <= len(named) <= 7
    statuses = Counter(e["status"] for n in notices for e in n["entries"])
    polarities = Counter(e["polarity"] for n in notices for e in n["entries"])
    assert statuses["exempt"] == statuses["withdrawn"] == 1
    assert polarities["praised"] >= 2 and polarities["noted"] >= 1


def test_the_year_is_as_large_and_as_varied_as_a_city_s(session: Session) -> None:
    record = stats.stats(session)
    assert 350 <= record["issues"]["total"] <= 500
    assert min(record["issues"]["by_stage"].values()) > 0
    assert len(units.listing(session.conn)) >= 40
    ops = Counter(row[3] for row in events.every(session.conn))
    for op in ("extend", "pause", "resume", "transfer", "reclassify", "merge", "reopen", "revisit"):
        assert ops[f"issue.{op}"] > 0, op


def test_the_ladder_shows_every_outcome(session: Session) -> None:
    records = interviews.listing(session)
    proposed = {one["unit"]: one["periods"] for one in records if one["status"] == "proposed"}
    assert proposed == {
        "市农业农村局": ["2024-10", "2024-11"],
        "试湾区": ["2024-10", "2024-11"],
    }
    assert {one["status"] for one in records} >= {"closed", "declined", "held", "scheduled"}
    candidates = {one["criterion"] for one in referrals.listing(session) if one["id"] is None}
    assert candidates == {"named_again", "promise_missed"}


def test_a_rename_and_two_bureaus_do_not_break_a_streak(session: Session) -> None:
    found = {one["unit"]: one for one in interviews.listing(session)}
    renamed = found["市数据局"]["basis"]
    assert [one["unit"] for one in renamed] == ["市大数据发展局", "市数据局"]
    county = found["拟山县"]["basis"]
    notes = [reason["note"] for one in county for reason in one["reasons"]]
    assert "住房和城乡建设局" in notes[0] and "合并计算" in notes[1]


def test_explanations_came_in_time_late_and_never(session: Session) -> None:
    records = explanations.listing(session)
    late = [r for r in records if r["received_on"] and r["received_on"] > r["due_on"]]
    never = [r for r in records if r["status"] == "owed" and r["overdue"]]
    assert late and never and len(late) + len(never) < len(records) / 2


def test_every_page_has_something_of_every_kind_to_show(session: Session) -> None:
    lights = Counter(one["light"] for one in task_records.listing(session))
    assert min(lights[colour] for colour in ("green", "yellow", "red", "grey")) >= 2
    reports = Counter(one["state"] for one in duty_records.listing(session))
    assert min(reports[state] for state in ("submitted", "overdue", "waived", "pending")) >= 2
    meetings = {one["status_name"] for one in dispatch_records.listing(session)}
    assert meetings == {"已排定", "进行中", "已结束", "应开未开", "待开"}
    decisions = {one["status_name"] for one in dispatch_records.decisions(session)}
    assert decisions == {"未回告", "逾期未回告", "已回告"}
    told = {one["status_name"] for one in instructions.listing(session)}
    assert told == {"逾期未报结", "未报结", "已报结", "已办结"}
    looked = {(one["result"], one["redone"]) for one in revisits.listing(session)}
    assert looked >= {("稳定", False), ("反弹", False), ("反弹", True), ("未查", False)}
    sheets = status.status(session, demo.PERIOD)
    assert 0 < sheets["received"] < sheets["sent"]
    assert {one["kind"] for one in sheets["differences"]} == set(status.KINDS.values())
    cleared = {one["result"] for one in clearances.listing(session)}
    assert cleared == {"可以公开", "不予公开"}


# What depends on who looks at the ledger, or on a last day that the story leaves free.
FREE = {"mine", "today"}


def test_no_list_and_no_line_of_the_day_is_empty_or_absurd(session: Session) -> None:
    for key in windows.VIEWS:
        if key not in FREE:
            assert windows.count(session, windows.view(session, key)), key
    lines = {one.key: one.count for one in today.today(session).figures}
    above = ("dispatch-missed", "dispatch-answers", "instructions", "to-revisit", "relapsed")
    for key in (*above, "nodes-late", "tasks-late", "reports-late", "differences:2024-12"):
        assert 0 < lines[key] <= 12, key


def test_a_notice_went_its_whole_road_in_order(session: Session) -> None:
    for period in ("2024-01", "2024-11"):
        way = road.of_notice(session, notice_records.find(session, period))
        assert all(one.on and session.calendar.is_workday(one.on) for one in way)
        assert not list(out_of_order(way))


def papers(session: Session) -> list[Document]:
    """Give every paper the demo can make: notices with their basis sheets, interviews."""
    found = []
    for period in [f"2024-{month:02d}" for month in range(1, 13)]:
        notice = notice_records.find(session, period)
        found += [from_json(compose.tree(session, notice, kind)) for kind in ("notice", "basis")]
    for one in interviews.listing(session):
        which = str(one["id"] or one["unit"])
        found.append(interview_document(interview_facts.gather(session, which)))
    return found


def test_every_paper_is_marked_and_names_no_real_city(demo_ledger: Path, ledger_path: Path) -> None:
    path = Path(shutil.copy(demo_ledger, ledger_path))
    cities = {parse_pack(packs.load(name), name).city.name for name in packs.names()}
    stems = {name.rstrip("市县区") for name in cities}
    with Session(path, demo.TODAY, write=True) as session:
        draft = perform(session, "notice.draft", {"period": demo.PERIOD})
        assert len([e for e in draft["entries"] if e["polarity"] == "named"]) >= 3
        for document in papers(session):
            for ending in TEXTS:
                text = export(document, ending).decode()
                assert "演示数据" in text
                assert not [stem for stem in stems if stem in text]


def test_no_real_city_stands_anywhere_in_the_log(session: Session) -> None:
    texts = [row[9] for row in events.every(session.conn)]
    for name in packs.names():
        city = parse_pack(packs.load(name), name).city.name
        assert not [text for text in texts if city.rstrip("市县区") in text]


def test_the_city_is_no_bundled_pack() -> None:
    assert "demo" not in packs.names()
