"""Every paper from the demo ledger: as its golden file shows it, the same every time, discreet."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.errors import BadInput, NotFound, Refused
from supervise.reports import papers
from supervise.reports.document import canonical, count_missing, from_json, to_json
from supervise.reports.export import export
from supervise.services.session import Session

from .conftest import TODAY
from .papers import EXAMPLES, Example

CODE = re.compile(r"\d+:[0-9a-f]{16}")
VERSION = re.compile(r"版本[0-9a-f]{12}")


def made(session: Session, example: Example) -> list[papers.Named]:
    return papers.documents(session, example.key, example.subjects, example.unit)


def test_every_paper_has_an_example():
    assert {example.key for example in EXAMPLES} == set(papers.PAPERS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_golden(session, golden, example):
    """What changes with any event before it, 校验码 and the pack's digest, is left out."""
    whole = papers.together([document for _, document in made(session, example)])
    text = export(whole, ".txt").decode()
    assert CODE.search(text) or not whole.internal
    shown = VERSION.sub("版本〇", CODE.sub("〇:〇", text))
    golden(f"papers/{example.key}.txt", shown.encode())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_twice_the_same_and_whole_when_read_back(session, example):
    first, again = made(session, example), made(session, example)
    assert [(stem, canonical(one)) for stem, one in first] == [
        (stem, canonical(one)) for stem, one in again
    ]
    assert [from_json(to_json(one)) for _, one in first] == [one for _, one in first]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_wording_and_marks(session, example):
    for stem, document in made(session, example):
        text = export(document, ".txt").decode()
        assert "演示数据" in document.marks
        assert "通报批评" not in text
        assert not re.search(r"年0\d|月0\d日", text)
        assert "None" not in text
        head, *_ = re.split(r"^附件1?$", text, maxsplit=1, flags=re.M)
        if document.style == "official":
            assert "台账校验码" not in head
        assert stem == papers.file_stem(stem)


def test_every_issue_of_a_year_adds_up_and_no_confidential_party_is_printed(session):
    rows = session.conn.execute(
        "SELECT i.code, i.stage, p.name, p.contact FROM issue i"
        " LEFT JOIN party p ON p.issue_id = i.id AND p.disclosure <> '可告知'"
        " WHERE i.stage IN ('rectify', 'review', 'feedback', 'closed')"
    ).fetchall()
    secret = {code: [word for word in party if word] for code, _, *party in rows}
    assert sum(map(len, secret.values())) > 50
    for key, stages in {
        "file": {"rectify", "review", "feedback", "closed"},
        "assignment": {"rectify", "review", "feedback", "closed"},
        "visit": {"rectify", "review"},
        "urging": {"rectify"},
        "closing": {"feedback", "closed"},
    }.items():
        codes = [code for code, stage, *_ in rows if stage in stages]
        found = papers.documents(session, key, codes)
        assert len(found) == len(codes)
        for code, (_, document) in zip(codes, found, strict=True):
            text = canonical(document)
            assert code in text
            assert not [word for word in secret[code] if word in text]


def test_every_month_s_and_quarter_s_papers_add_up(session):
    for month in range(1, 12):
        for key in ("dossier", "check", "brief"):
            assert papers.documents(session, key, (f"2024-{month:02d}",))
    for quarter in range(1, 5):
        assert papers.documents(session, "quarter", (f"2024-Q{quarter}",))


def test_a_date_that_its_own_reason_contradicts_is_refused_with_both(ledger, tmp_path):
    copy = tmp_path / "copy.db"
    shutil.copy(ledger, copy)
    with Session(copy, TODAY, write=True) as session:
        session.conn.execute("UPDATE issue SET due_on = '2024-12-25' WHERE code = 'SC-2024-0411'")
        with pytest.raises(Refused, match="限期2024年12月25日与推算的2024年12月20日不符"):
            papers.documents(session, "assignment", ("SC-2024-0411",))


@pytest.mark.parametrize(
    ("key", "subjects", "unit", "error", "said"),
    [
        ("nothing", (), None, NotFound, "没有“nothing”这种文书"),
        ("notice", (), None, BadInput, "请写一个月份"),
        ("notice", ("2024-13",), None, BadInput, "月份"),
        ("notice", ("2024-11",), "市数据局", BadInput, "不分单位"),
        ("extension", ("SC-2024-0005", "SC-2024-0346"), None, BadInput, "请写一个事项编号"),
        ("urging", ("SC-2024-0401",), None, Refused, "催办单须在“整改”时出具"),
        ("visit", (), None, BadInput, "要写明事项编号"),
        ("check", ("2024-12",), "市数据局", Refused, "没有点名市数据局"),
        ("summons", ("市农业农村局",), None, Refused, "须在领导同意约谈后出具"),
        ("minutes", ("6",), None, Refused, "须在约谈之后出具"),
        ("record", ("市农业农村局",), None, Refused, "还没有提请约谈"),
        ("brief", ("2025-01",), None, Refused, "还没有到"),
        ("reminder", ("2024-12",), None, Refused, "没有待交的书面说明"),
        ("extension", ("SC-2024-0019",), None, Refused, "没有申请过延期"),
        ("three", ("2025-03",), None, Refused, "没有2025年3月交办的问题"),
        ("register", ("SC-2024-9999",), None, NotFound, "没有编号为“SC-2024-9999”的事项"),
        ("public", (), None, BadInput, "公开版请写一个月份或季度"),
        ("public", ("2024-11",), "设湖县", BadInput, "不分单位"),
        ("public", ("2024-11",), None, Refused, "2024年11月公开版还没有保密审查记录，不能出具"),
        ("exposure", (), None, BadInput, "要写明事项编号"),
        ("exposure", (), "设湖县", Refused, "设湖县没有经保密审查、可以公开的案例"),
        ("exposure", ("SC-2024-0401",), None, Refused, "SC-2024-0401的曝光台案例还没有保密审查"),
        ("clearance", ("第九季度",), None, NotFound, "不是月份、季度（2024-Q4）或事项编号"),
        ("quarter", ("2024-12",), None, BadInput, "不是季度，请写成 2024-Q4"),
        ("quarter", ("2025-Q1",), None, Refused, "2025年第一季度还没有到"),
        ("referral", ("市农业农村局",), None, Refused, "移送由人决定并记录后"),
        ("referral", ("拟山县",), None, Refused, "研判结论是“继续督办”"),
        ("handover", ("99",), None, NotFound, "没有编号为“99”的移送记录"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_reason(session, key, subjects, unit, error, said):
    with pytest.raises(error, match=re.escape(said)):
        papers.documents(session, key, subjects, unit)


def test_a_paper_is_found_by_its_chinese_name_and_lists_load_nothing(session):
    assert papers.find("整改销号审批表").key == "closing"
    assert papers.find("《呈批件》").key == "memo"
    assert papers.find("公开版").key == "public"
    with pytest.raises(NotFound, match="没有“审批表”这种文书"):
        papers.find("审批表")
    assert [one["key"] for one in papers.listing()] == list(papers.PAPERS)


def test_several_papers_in_one_file_stand_apart_and_lose_nothing(session):
    found = [one for _, one in papers.documents(session, "visit", unit="设湖县")]
    assert len(found) > 1
    whole = papers.together(found)
    text = export(whole, ".txt").decode()
    assert text.count("整改情况现场核查表") == len(found)
    assert count_missing(whole) == sum(map(count_missing, found))
    letters = [one for _, one in papers.documents(session, "reminder", ("2024-11",))]
    told = export(papers.together(letters), ".txt").decode()
    for one in letters:
        assert f"{one.addressees}：" in told


@given(st.text(max_size=200))
def test_no_title_makes_a_path(text):
    stem = papers.file_stem(text)
    assert stem
    assert Path(stem).name == stem
    assert not stem.startswith(".")
    assert len(f"{stem}-12.docx".encode()) < 255
    assert papers.file_stem(stem) == stem
