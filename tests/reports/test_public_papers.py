"""What leaves the office for the public only after a review, and what never leaves by itself."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.facts_quarter import Settled
from supervise.domain.publicity import MASK, masked, months_of, parse_quarter, parse_span
from supervise.errors import Refused
from supervise.reports import archive_month, papers
from supervise.reports.document import Chart, canonical
from supervise.reports.export import export
from supervise.reports.paper_checks import check_quarter
from supervise.services import clearances, verify
from supervise.services.paper_facts.quarter import quarter
from supervise.services.session import Session
from supervise.services.work import perform

from .conftest import CLEARED, TODAY, need_for
from .papers import EXAMPLES

QUARTERS = tuple(f"2024-Q{n}" for n in range(1, 5))


@pytest.fixture
def writing(ledger, tmp_path):
    """Give a copy of the demo to write to."""
    copy = tmp_path / "copy.db"
    shutil.copy(ledger, copy)
    with Session(copy, TODAY, recorder="经办甲", write=True) as session:
        yield session


def test_a_review_takes_two_and_the_last_one_counts(writing):
    scope = {"scope": "2024年第四季度", "result": "可以公开", "approver": "审批乙"}
    with pytest.raises(Refused, match="批准人不能是审查人本人"):
        perform(writing, "clearance.record", {**scope, "by": "审批乙"})
    record = perform(writing, "clearance.record", {**scope, "by": "审查甲", "ref": "审〔2024〕4号"})
    assert record["scope"] == "2024-Q4"
    assert record["texts"] > 100
    (document,) = (one for _, one in papers.documents(writing, "public", ("2024Q4",)))
    assert "已于2024年12月31日经保密审查" in export(document, ".txt").decode()
    perform(writing, "clearance.record", {**scope, "by": "审查甲", "result": "不予公开"})
    with pytest.raises(Refused, match="结论是“不予公开”"):
        papers.documents(writing, "public", ("2024-Q4",))
    assert [one["result"] for one in clearances.listing(writing)[-2:]] == ["可以公开", "不予公开"]
    assert verify.verify(writing)["ok"]


def test_a_text_that_changed_after_the_review_is_reviewed_again(writing):
    case = {"scope": "SC-2024-0346", **CLEARED}
    assert papers.documents(writing, "exposure", ("SC-2024-0346",))
    correction = {"field": "title", "value": "农产品冷链补助未拨付到位", "reason": "表述不准"}
    perform(writing, "issue.correct", {"issue": "SC-2024-0346", **correction})
    with pytest.raises(Refused, match="有1处文字新增或改动（SC-2024-0346），请重新审查"):
        papers.documents(writing, "exposure", ("SC-2024-0346",))
    perform(writing, "clearance.record", case)
    ((_, document),) = papers.documents(writing, "exposure", ("SC-2024-0346",))
    assert "农产品冷链补助未拨付到位" in canonical(document)
    assert papers.documents(writing, "exposure", unit="市农业农村局")[0][1] == document


def test_nothing_public_tells_who_complained_or_who_handled_it(writing):
    """Also of those whom units may know: the public is no unit."""
    rows = writing.conn.execute(
        "SELECT p.name, p.contact, i.source_no, i.handler, i.code FROM issue i"
        " LEFT JOIN party p ON p.issue_id = i.id"
    ).fetchall()
    secret = {str(word) for row in rows for word in row if word}
    assert len(secret) > 500
    for scope in QUARTERS:
        perform(writing, "clearance.record", {"scope": scope, **CLEARED})
        ((_, document),) = papers.documents(writing, "public", (scope,))
        text = canonical(document)
        assert not [word for word in secret if word in text]
        assert "公司" not in text.replace("市供电公司", "").replace("市燃气公司", "")
    cases = [code for *_, code in rows if code in {"SC-2024-0346", "SC-2024-0401", "SC-2024-0001"}]
    for code in cases:
        perform(writing, "clearance.record", {"scope": code, **CLEARED})
        ((_, document),) = papers.documents(writing, "exposure", (code,))
        assert not [word for word in secret if word in canonical(document)]


def test_lists_that_units_see_name_only_those_who_may_be_named(session):
    """The same person may be known in one issue and confidential in another: row by row."""
    hidden = session.conn.execute(
        "SELECT i.code, p.name, p.contact FROM issue i JOIN party p ON p.issue_id = i.id"
        " WHERE p.disclosure <> '可告知'"
    ).fetchall()
    secret = {code: [word for word in words if word] for code, *words in hidden}
    seen = set()
    for key in ("three", "register"):
        for scope in QUARTERS:
            for _, document in papers.documents(session, key, (scope,)):
                for _, code, *cells in document.blocks[-1].rows:
                    assert not [word for word in secret.get(code, ()) if word in str(cells)]
                    seen.add(code)
    assert len(seen & set(secret)) > 50


def test_the_three_lists_hold_the_same_issues(session):
    lists = [one for _, one in papers.documents(session, "three")]
    assert [one.title[-4:] for one in lists] == ["任务清单", "责任清单", "时限清单"]
    codes = [[row[1] for row in one.blocks[-1].rows] for one in lists]
    assert codes[0] == codes[1] == codes[2]
    assert len(codes[0]) > 20


def test_papers_of_a_referral_are_neither_read_only_nor_archived(session):
    withheld = {key for key, paper in papers.PAPERS.items() if paper.withheld}
    assert withheld == {"referral", "handover"}
    for key in withheld:
        with pytest.raises(Refused, match="只读方式不出具移送文书"):
            papers.documents(session, key, ("市自然资源和规划局",), reading=True)
    shown = list(papers.listing(reading=True))
    assert not [one for one in shown if one["key"] in withheld or "移送" in one["title"]]
    with pytest.raises(Exception, match="没有“x”这种文书") as refused:
        papers.find("x", reading=True)
    assert "移" not in str(refused.value)
    assert not withheld & {one for (one, *_) in archive_month.PAPERS}


def test_a_month_s_archive_holds_the_files_of_closed_issues_and_no_referral(session):
    contents = archive_month.Month(session, "2024-11").contents()
    titles = [item.document.title for item in contents.items]
    files = [one for one in titles if one.endswith("事项完整卷")]
    closed = [one for one in titles if one == "整改销号审批表"]
    assert len(files) == len(closed) > 10
    assert {one.retention for one in contents.items if one.document.title in files} == {"30年"}
    assert not [one for one in titles if "移送" in one or "移交" in one]
    for item in contents.items:
        assert "移送" not in canonical(item.document)


def test_a_month_s_archive_keeps_its_reviews(writing):
    said = {"scope": "2024-10", **CLEARED, "on": date(2024, 11, 20)}
    perform(writing, "clearance.record", said)
    contents = archive_month.Month(writing, "2024-11").contents()
    kept = [row for row in contents.events if "clearance.record" in row]
    assert len(kept) == 1
    assert "2024-10" in str(kept)


@given(
    st.from_regex(r"1[3-9][0-9]{9}|[1-6][0-9]{16}[0-9X]|0[0-9]{3}-[0-9]{7}", fullmatch=True),
    st.text("办理未果请联系电话，。 ", max_size=12),
)
def test_numbers_are_masked_wherever_they_stand(number, text):
    assert masked(text + number + text) == text + MASK + text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("示川半山公司反映拟山县市政工程款拖欠", "×××反映拟山县市政工程款拖欠"),
        ("设湖新城水压不足影响示川小满公司生产", "设湖新城水压不足影响×××生产"),
        ("市燃气公司抄表收费不公示", "市燃气公司抄表收费不公示"),
        ("张三反映路灯不亮", "×××反映路灯不亮"),
        ("请回复 zhang@example.com", "请回复 ×××"),
        ("2024年12月3日签收，限期15个工作日", "2024年12月3日签收，限期15个工作日"),
    ],
)
def test_masks(text, shown):
    assert masked(text, ["张三"], ["市燃气公司"]) == shown


@pytest.mark.parametrize(
    "text", ["2024-Q4", "2024Q4", "2024年第四季度", "2024年4季度", "２０２４q4", "2024年四季度"]
)
def test_quarters_as_people_write_them(text):
    assert parse_quarter(text) == parse_span(text) == "2024-Q4"
    assert months_of("2024-Q4") == ("2024-10", "2024-11", "2024-12")


@pytest.mark.parametrize(
    "text", ["2024-12", "2024年4月", "202404", "2024-4", "2024", "2024-Q5", ""]
)
def test_no_month_is_taken_for_a_quarter(text):
    with pytest.raises(ValueError, match="不是季度"):
        parse_quarter(text)


def test_a_quarter_that_does_not_add_up_is_refused_with_the_reason(session):
    (facts,) = quarter(session, ("2024-Q4",))
    assert check_quarter(facts) == []
    total = replace(facts.total, remaining=facts.total.remaining + 1)
    assert "合计结账不平。" in check_quarter(replace(facts, total=total))
    assert "各单位新增之和" in "".join(check_quarter(replace(facts, units=facts.units[1:] * 2)))
    assert "各时长件数之和" in "".join(check_quarter(replace(facts, ages=facts.ages[1:])))
    assert "所列月份" in "".join(check_quarter(replace(facts, periods=("2024-10",))))


@given(st.lists(st.integers(0, 999), min_size=5, max_size=5))
def test_a_settlement_adds_up_exactly_when_nothing_is_lost(counts):
    opening, added, reopened, closed, ended = counts
    left = opening + added + reopened - closed - ended
    assert Settled("某", opening, added, reopened, closed, ended, left).adds_up
    assert not Settled("某", opening, added, reopened, closed, ended, left + 1).adds_up


def test_a_quarter_follows_on_the_one_before_and_counts_what_is_there(session):
    """The end of one quarter is the beginning of the next; nothing comes from nowhere."""
    told = [quarter(session, (one,))[0] for one in QUARTERS]
    for before, after in zip(told, told[1:], strict=False):
        assert before.total.remaining == after.total.opening
    known = session.conn.execute("SELECT count(*) FROM issue").fetchone()[0]
    assert sum(one.total.added for one in told) == known
    kinds = {one.kind for one in papers_of(session, "quarter") if isinstance(one, Chart)}
    assert kinds == {"bars", "grid"}


def papers_of(session, key):
    ((_, document),) = papers.documents(session, key, ("2024-Q4",))
    return document.blocks


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".xlsx", ".csv"])
def test_every_paper_is_drawn_in_every_light_format(session, ending):
    for example in EXAMPLES:
        for _, one in papers.documents(session, example.key, example.subjects, example.unit):
            assert len(export(one, ending)) > 200, example.key


HOSTILE = "=cmd|'/C calc'!A0<script>alert(1)</script>\x1b[31m[b]红[/b]#strong[x]\u202e"


@pytest.mark.parametrize("key", ["three", "register", "public", "exposure", "clearance", "file"])
def test_hostile_titles_stay_text(writing, key):
    changed = {"issue": "SC-2024-0411", "field": "title", "value": HOSTILE, "reason": "试"}
    perform(writing, "issue.correct", changed)
    for scope in ("2024-11", "SC-2024-0411"):
        perform(writing, "clearance.record", {"scope": scope, **CLEARED})
    subject = "2024-11" if key == "public" else "SC-2024-0411"
    for _, one in papers.documents(writing, key, (subject,)):
        page = export(one, ".html").decode()
        assert "<script" not in page
        assert "alert(1)" in page
        for ending in (".txt", ".md", ".csv"):
            assert "\x1b" not in (text := export(one, ending).decode("utf-8-sig"))
            assert "\u202e" not in text
        with zipfile.ZipFile(io.BytesIO(export(one, ".xlsx"))) as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
            assert sheets
            assert not [name for name in sheets if b"<f>" in book.read(name)]


@pytest.mark.parametrize("key", ["quarter", "three", "public", "exposure", "file", "handover"])
def test_the_page_for_the_stamp_holds_the_title(session, key):
    need_for(".pdf")
    example = next(one for one in EXAMPLES if one.key == key)
    for _, one in papers.documents(session, example.key, example.subjects, example.unit)[:1]:
        word = docx.Document(io.BytesIO(export(one, ".docx")))
        assert one.title in "".join(part.text for part in word.paragraphs)
        drawn = export(one, ".pdf")
        assert drawn.startswith(b"%PDF-")
        assert b"pdfaid:part>2" in drawn


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


# What the browser asks for itself, whatever the page.
_ITS_OWN = re.compile(r"https?://[^/]*\.(?:google|googleapis|gvt1|chromium)\.(?:com|org)[:/]")
needs_chromium = pytest.mark.skipif(
    not (CHROMIUM and shutil.which("pdftotext")),
    reason="没有安装 chromium 和 poppler-utils（apt-get install chromium poppler-utils）",
)


def browsed(folder, data):
    """Print a page in a browser without a window; give its text and the requests it made."""
    page, log, printed = (folder / name for name in ("page.html", "net.json", "page.pdf"))
    page.write_bytes(data)
    command = [
        *(str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
        *(f"--user-data-dir={folder / 'profile'}", "--disable-background-networking"),
        *(f"--log-net-log={log}", "--no-pdf-header-footer", f"--print-to-pdf={printed}"),
        *("--virtual-time-budget=2000", page.as_uri()),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    told = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], check=True, capture_output=True, timeout=30
    )
    urls = re.findall(r'"url":"(https?://[^"]+)"', log.read_text(errors="replace"))
    return re.sub(r"\s", "", told.stdout.decode()), [u for u in urls if not _ITS_OWN.match(u)]


@needs_chromium
@pytest.mark.parametrize("key", ["notice", "quarter"])
def test_a_browser_shows_the_page_and_fetches_nothing(session, tmp_path, key):
    example = next(one for one in EXAMPLES if one.key == key)
    ((_, document),) = papers.documents(session, key, example.subjects)
    text, requests = browsed(tmp_path, export(document, ".html"))
    for block in document.blocks:
        if isinstance(block, Chart):
            assert re.sub(r"\s", "", block.title) in text
    assert re.sub(r"\s", "", document.title) in text
    assert not requests


@needs_chromium
def test_a_request_would_be_seen(tmp_path):
    _, requests = browsed(tmp_path, b'<img src="http://127.0.0.1:9/picture.png">')
    assert requests
