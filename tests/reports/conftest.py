"""A notice with three units, made from fixed facts, and the golden files it is compared with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from supervise.domain.facts import (
    Basis,
    EntryFacts,
    InterviewFacts,
    InterviewMonth,
    InterviewStep,
    LastEntry,
    Matter,
    NoticeFacts,
    Question,
    Rate,
    StageCount,
)
from supervise.errors import Refused
from supervise.reports.document import Document
from supervise.services.session import SHANGHAI, Session
from supervise.services.work import perform

GOLDEN = Path(__file__).parent.parent / "golden"
OFFICE = "示例市优化营商环境工作领导小组办公室"
CUTOFF = date(2024, 11, 30)


def matter(code: str, title: str, assigned: date, due: date, **more) -> Matter:
    handed_in = more.get("submitted_on") or CUTOFF
    return Matter(
        code,
        title,
        assigned,
        due,
        (handed_in - due).days,
        more.pop("stage", "整改"),
        basis="限期已过，截止日前未报请复核",
        **more,
    )


QUESTIONS = (
    Question("是否签收", "2024年10月9日签收"),
    Question("是否催办", "未催办", ok=False),
)

ENTRIES = (
    EntryFacts(
        "市住建局",
        "11420800MB1",
        matters=(
            matter(
                "JM-2024-0007",
                "某产业园道路迟迟未通，企业货车绕行",
                date(2024, 10, 8),
                date(2024, 11, 5),
            ),
            matter("JM-2024-0012", "施工许可反复补件", date(2024, 11, 1), date(2024, 11, 30)),
        ),
        reasons=("逾期未报2件",),
        questions=QUESTIONS,
        check="无异议",
    ),
    EntryFacts(
        "市市场监管局",
        "11420800MB2",
        matters=(
            matter("JM-2024-0015", "重复检查增加企业负担", date(2024, 10, 21), date(2024, 11, 8)),
        ),
        reasons=("逾期未报1件",),
        questions=QUESTIONS,
    ),
    EntryFacts(
        "甲县",
        "11420822MB3",
        kind="县市区",
        matters=(
            matter(
                "JM-2024-0009",
                "中小企业账款拖欠",
                date(2024, 9, 30),
                date(2024, 11, 11),
                bureau="甲县财政局",
            ),
        ),
        reasons=("逾期未报1件",),
        questions=QUESTIONS,
        check="有异议",
    ),
    EntryFacts(
        "市水务局",
        status="exempt",
        exempt_reason="上级部署暂停施工",
        exempt_by="张某",
        matters=(matter("JM-2024-0020", "管网改造", date(2024, 10, 8), date(2024, 11, 1)),),
    ),
    EntryFacts("市税务局", kind="垂管单位", polarity="praised", origin="manual"),
)


def notice_facts(**changes) -> NoticeFacts:
    given = {
        "city": "示例市",
        "office": OFFICE,
        "period": "2024-11",
        "cutoff": CUTOFF,
        "as_of": date(2024, 12, 3),
        "addressees": ("各县（市、区）人民政府", "市直各单位"),
        "criteria": ("逾期未报：限期在统计截止日及以前，截止日24时仍未报请复核（三（三））",),
        "figures": (
            Rate("销号率", 27, 28, (19, 20)),
            Rate("按期办结率", 0, 0),
        ),
        "stages": (StageCount("整改", 5, 6), StageCount("复核", 3, 2), StageCount("销号", 27, 20)),
        "total": 35,
        "entries": ENTRIES,
        "last_month": (LastEntry("市住建局", ("JM-2024-0003",), "已于2024年11月12日销号。"),),
        "explanation_due_text": "自本通报送达之日起5个工作日内",
        "code": "1234:0123456789abcdef",
        "pack_title": "示例市规则",
        "pack_version": "1.0",
        "demo": True,
    }
    return NoticeFacts(**given | changes)


def issued_facts(**changes) -> NoticeFacts:
    given = {
        "status": "issued",
        "number": "示营商办〔2024〕7号",
        "issued_on": date(2024, 12, 5),
        "approval": "经市委、市政府同意",
        "basis": Basis("示例市优化营商环境工作方案", "示办发〔2024〕3号", "正式"),
        "contact": "李某，0000-0000000",
        "copies": ("市委办公室", "市政府办公室"),
        "demo": False,
    }
    return notice_facts(**given | changes)


LATE = matter("JM-2024-0003", "办证排队时间过长", date(2024, 9, 2), date(2024, 9, 23))


def interview_facts(**changes) -> InterviewFacts:
    months = tuple(
        InterviewMonth(
            f"2024-{n}",
            date(2024, n, 30),
            f"示〔2024〕{n}号",
            date(2024, n + 1, 5),
            ("逾期未报1件",),
            (replace(LATE, days_late={10: 37, 11: 68}[n]),),
        )
        for n in (10, 11)
    )
    given = {
        "city": "示例市",
        "office": OFFICE,
        "unit": "市住建局",
        "status": "proposed",
        "as_of": date(2024, 12, 9),
        "head": "王某",
        "months": months,
        "warnings": ("两月所涉事项不同。",),
        "steps": (InterviewStep(date(2024, 12, 10), "提请", "市优化办", "请示1号"),),
        "code": "1234:0123456789abcdef",
        "demo": True,
    }
    return InterviewFacts(**given | changes)


def need_for(ending: str) -> None:
    """Skip a test of a format that cannot be written on this machine, with the reason."""
    if ending == ".pdf":
        from supervise.reports import pdf

        try:
            pdf.render(Document("题"))
        except Refused as error:
            pytest.skip(error.message)


@pytest.fixture
def golden():
    """Compare bytes with a golden file; UPDATE_GOLDEN=1 writes it anew."""

    def compare(name: str, data: bytes) -> None:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_bytes(data)
        assert data == path.read_bytes()

    return compare


TODAY = date(2024, 12, 31)


@pytest.fixture(scope="session")
def ledger(demo_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo with December's notice drafted, two reviews and a referral recorded."""
    path = Path(shutil.copy(demo_ledger, tmp_path_factory.mktemp("papers")))
    with Session(path, TODAY, _clock, "经办甲", write=True) as session:
        perform(session, "notice.draft", {"period": "2024-12"})
        for scope in ("2024-12", "SC-2024-0346"):
            perform(session, "clearance.record", {"scope": scope, **CLEARED})
        perform(session, "referral.record", REFERRED)
    return path


CLEARED = {"result": "可以公开", "approver": "审批乙", "by": "审查甲"}
REFERRED = {
    "unit": "市自然资源和规划局",
    "criterion": "named_again",
    "approver": "市优化办主任",
    "recipient": "中共示川市纪律检查委员会",
    "ref": "示优函〔2024〕31号",
}


def _clock() -> datetime:
    return datetime(2024, 12, 31, 9, tzinfo=SHANGHAI)


@pytest.fixture(scope="session")
def session(ledger: Path) -> Iterator[Session]:
    """Read the demo; no test writes to it."""
    with Session(ledger, TODAY) as opened:
        yield opened
