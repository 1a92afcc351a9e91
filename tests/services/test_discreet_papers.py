"""Who complained stays out of every paper, in every format, unless units may know."""

from __future__ import annotations

import re

import pytest

from supervise.reports import papers
from supervise.reports.document import Document, from_json
from supervise.reports.export import export
from supervise.services import compose, notice_records
from tests.services.office import Office

FORMATS = (".txt", ".md", ".html", ".svg", ".csv", ".json")
UNIT = "市住建局"
# By it the complainant could be looked up in the system the issue came from.
NUMBER = "GD20240603000017"
# Names that are words of the papers' own, markup, parts of one another, or long.
PARTIES = [
    ("王小明", "13800000000"),
    ("某某<b>公司&合伙", "a@b.cn"),
    ("路灯", "027-8765 4321转1"),
    ("赵钱孙李周吴郑王" * 4, "微信：zhao_qian"),
]

# Made only of what was reviewed or recorded for them; tested where these steps are taken.
ELSEWHERE = frozenset({"public", "exposure", "referral", "handover"})


def registered(office: Office, title: str, name: str, **party: str) -> str:
    """Register an issue that names the complainant, and give it out; gives its code."""
    day = "2024-06-03"
    texts = {"detail": title, "instruction": f"请告知{name}", "source_no": NUMBER, **party}
    code = office.do("issue.add", title=title, found_on=day, on=day, **texts)["code"]
    office.do("issue.assign", issue=code, unit=UNIT, due_on="2024-06-28", on=day)
    return code


def story(office: Office, name: str, contact: str, disclosure: str) -> dict[str, str]:
    """Take an issue whose every text names the complainant through the loop; gives the codes."""
    told = f"{name}（{contact}）反映"
    common = {"party": name, "contact": contact, "disclosure": disclosure}
    late = registered(office, f"{told}第一件", name, **common)
    office.do("issue.sign", issue=late, on="2024-06-04", note=told)
    office.do("issue.urge", issue=late, on="2024-06-20", note=f"已电话{contact}")
    office.do("issue.progress", issue=late, on="2024-06-21", note=f"已联系{name}")
    office.do("issue.ask", issue=late, due_on="2024-07-05", reason=told, on="2024-06-25")
    done = office.do(
        "issue.add", title=f"{told}第二件", found_on="2024-06-03", on="2024-06-03", **common
    )["code"]
    office.do("issue.assign", issue=done, unit=UNIT, due_on="2024-06-28", on="2024-06-03")
    office.do(
        "issue.submit",
        issue=done,
        measures=f"已答复{name}",
        evidence=(f"{name}确认函",),
        on="2024-06-20",
    )
    office.do("issue.pass", issue=done, method="现场", note=told, on="2024-06-21", by="复核甲")
    office.do("issue.reply", issue=done, note=f"{name}，已办结", on="2024-06-22")
    office.do("issue.feedback", issue=done, satisfaction="满意", on="2024-06-23")
    office.publish("2024-06", "2024-07-02", delivered_on="2024-07-02")
    office.publish("2024-07", "2024-08-02", delivered_on="2024-08-02")
    office.do("notice.draft", period="2024-08", on="2024-09-02")
    office.do("interview.submit", unit=UNIT, on="2024-08-05")
    office.do("interview.approve", unit=UNIT, on="2024-08-06", leader="市领导甲")
    office.do("interview.hold", unit=UNIT, on="2024-08-20", due_on="2024-09-20")
    return {"late": late, "done": done}


def every(office: Office, codes: dict[str, str]) -> dict[str, list[Document]]:
    """Make every kind of paper of the story."""
    of = {
        "period": ("2024-07",),
        "period+unit": ("2024-07",),
        "issues": (codes["late"],),
        "issue": (codes["late"],),
        "interview": (UNIT,),
        "list": ("2024-06",),
        "span": ("2024-06",),
        "scope": ("2024-06",),
        "quarter": ("2024-Q3",),
    }
    own = {"closing": (codes["done"],), "warning": ("2024-12",)}
    return {
        key: [
            document
            for _, document in papers.documents(
                office.session, key, own.get(key, of[paper.subject])
            )
        ]
        for key, paper in papers.PAPERS.items()
        if key not in ELSEWHERE
    }


@pytest.mark.parametrize("disclosure", ["保密", "匿名"])
@pytest.mark.parametrize(("name", "contact"), PARTIES)
def test_a_party_units_may_not_know_is_in_no_paper(
    office: Office, name: str, contact: str, disclosure: str
) -> None:
    codes = story(office, name, contact, disclosure)
    secrets = (name, contact, NUMBER)
    for key, documents in every(office, codes).items():
        assert documents, key
        for document in documents:
            for ending in FORMATS:
                drawn = export(document, ending).decode("utf-8", "replace")
                drawn = re.sub(r"\s+", "", drawn)
                assert not [word for word in secrets if re.sub(r"\s+", "", word) in drawn], (
                    key,
                    ending,
                )


def test_a_party_units_may_know_is_on_what_the_unit_works_with_alone(office: Office) -> None:
    codes = story(office, "王小明", "13800000000", "可告知")
    found = every(office, codes)
    shown = {
        key
        for key, documents in found.items()
        if any("联系方式" in export(one, ".txt").decode() for one in documents)
    }
    assert shown == {"assignment", "visit", "closing"}


def test_an_erased_party_leaves_nothing_to_print(office: Office) -> None:
    codes = story(office, "王小明", "13800000000", "可告知")
    office.do(
        "issue.redact", issue=codes["late"], reason="本人申请", by="主任甲", approver="主任乙"
    )
    text = export(papers.documents(office.session, "assignment", (codes["late"],))[0][1], ".txt")
    assert "信息已删除" in text.decode()


def test_what_was_signed_is_printed_as_it_was_signed(office: Office) -> None:
    code = office.given(due="2024-06-28")
    office.publish("2024-06", "2024-07-02")
    before = papers.documents(office.session, "notice", ("2024-06",))
    office.do(
        "issue.correct", issue=code, field="title", value="换了名称", reason="写错", on="2024-07-03"
    )
    assert papers.documents(office.session, "notice", ("2024-06",)) == before
    notice = notice_records.find(office.session, "2024-06")
    assert before[0][1] == from_json(compose.tree(office.session, notice, "notice"))


def test_an_exempt_unit_that_owes_an_explanation_is_not_called_named(office: Office) -> None:
    office.given(due="2024-06-28")
    office.do("notice.draft", period="2024-06", on="2024-07-02")
    office.do(
        "notice.exempt",
        period="2024-06",
        unit=UNIT,
        reason="防汛",
        explain=True,
        by="主任甲",
        on="2024-07-02",
    )
    office.do("notice.issue", period="2024-06", on="2024-07-02")
    ((_, letter),) = papers.documents(office.session, "reminder", ("2024-06",))
    text = export(letter, ".txt").decode()
    assert "免予点名，但须书面说明情况" in text
    assert "你单位为被通报单位" not in text
