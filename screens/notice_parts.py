"""What the page of notices shows: the columns of its lists, their rows, and what it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from screens.views import reasons_words
from screens.widgets.columns import Cell, Column, Record, field
from supervise.domain.before_issue import VERDICTS
from supervise.domain.facts import Matter
from supervise.reports.document import Document, from_json
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.services.notice_desk import Desk

STATUS = {
    "draft": ("拟稿", "warn"),
    "issued": ("已签发", "good"),
    "withdrawn": ("已撤回", "muted"),
    "none": ("未拟稿", "muted"),
}
POLARITY = {"named": ("点名", "bad"), "praised": ("表扬", "good"), "noted": ("提示", "warn")}
OFF = {"exempt": ("免予", "muted"), "withdrawn": ("撤销", "muted")}
ORIGIN = {"proposed": "规则", "manual": "人工"}
ANSWERS = {"无异议": "good", "有异议": "bad", "未回复": "warn"}
OWED = {
    "owed": ("待交", "warn"),
    "received": ("已收待阅", "strong"),
    "accepted": ("已收阅", "good"),
    "returned": ("退回补充", "warn"),
}
TONES = {"ok": "good", "warn": "warn", "refuse": "bad"}
PAPERS = {"notice": "通报正文", "basis": "点名依据表"}
VIEWS = (
    ("entries", "名单"),
    ("held", "未提出"),
    ("last", "上期"),
    ("owed", "说明"),
    ("checks", "检查"),
)


def _status(record: Record) -> Cell:
    return Cell(*STATUS[record["status"]])


def _number(name: str, tone: str = "") -> Any:
    return lambda record: Cell(str(record[name]) if record.get(name) else "", tone)


def _month(record: Record) -> Cell:
    """Show the month; the series too, where it is not the city's main one."""
    return Cell(record["period"] + ("" if record["main"] else f" {record['series']}"))


def _owed_count(record: Record) -> Cell:
    if record["late"]:
        return Cell(f"超期{record['late']}", "bad")
    return Cell(f"待交{record['owed']}" if record["owed"] else "", "warn")


def _others(record: Record) -> Cell:
    told = [f"{ch}{record[k]}" for k, ch in (("praised", "表"), ("noted", "提"), ("exempt", "免"))
            if record[k]]  # fmt: skip
    return Cell("".join(told), "muted")


MONTH_COLUMNS = (
    Column("月份", _month, 7, grows=True),
    Column("状态", _status, 6),
    Column("点名", _number("named"), 4, right=True),
    Column("说明", _owed_count, 6, spare=1),
    Column("其他", _others, 6, spare=2),
    Column("文号", field("number", "muted"), 18, spare=3),
)


def _listed(record: Record) -> Cell:
    """Show how a unit is listed: named, praised, noted, or no more."""
    return Cell(*(OFF.get(record["status"]) or POLARITY[record["polarity"]]))


def _reasons(record: Record) -> Cell:
    """Show why a unit is on the notice; for one exempt, why it is not named."""
    if record["status"] == "exempt":
        return Cell(f"{record['exempt_reason']}（{record['exempt_by']}批准）", "muted")
    return Cell(reasons_words(record["reasons"]))


def _answer(record: Record) -> Cell:
    answer = record.get("check")
    return Cell(answer, ANSWERS.get(answer, "")) if answer else Cell("未核对", "muted")


def _asked(record: Record) -> Cell:
    """Show how many of the seven questions want a look."""
    found = sum(not one.ok for one in record["facts"].questions)
    return Cell(f"{found}问须查", "warn") if found else Cell("")


def owed_cell(record: Record | None) -> Cell:
    """Show how a written explanation stands."""
    if not record:
        return Cell("")
    words, tone = OWED[record["status"]]
    return Cell(f"{words}，超期", "bad") if record["overdue"] else Cell(words, tone)


def _standing(record: Record) -> Cell:
    """Show what became of a matter of last month."""
    if not record["code"]:
        return Cell(record["standing"], "muted")
    return Cell(record["standing"], "warn" if record["open"] else "good")


ENTRY_COLUMNS = (
    Column("单位", field("unit"), 12, grows=True),
    Column("列为", _listed, 4),
    Column("事由", _reasons, 11, grows=True),
    Column("核对", _answer, 6),
    Column("七查", _asked, 7, spare=1),
    Column("来由", lambda r: Cell(ORIGIN[r["origin"]], "muted"), 4, spare=2),
)
HELD_COLUMNS = (
    Column("单位", field("unit"), 14, grows=True),
    Column("未提出的原因", field("why", "warn"), 14, grows=True),
    Column("情形", field("criterion"), 8, spare=1),
    Column("事项", lambda r: f"{len(r['matters'])}件", 5, right=True),
)
LAST_COLUMNS = (
    Column("单位", field("unit"), 10, grows=True),
    Column("编号", field("code", "strong"), 12),
    Column("现状", _standing, 10),
    Column("起", field("since", "muted"), 10, spare=1),
    Column("事项", field("title"), 12, grows=True, spare=2),
)
OWED_COLUMNS = (
    Column("单位", field("unit"), 14, grows=True),
    Column("情况", owed_cell, 12),
    Column("期限", field("due_on"), 10),
    Column("收到", field("received_on"), 10, spare=1),
)
CHECK_COLUMNS = (
    Column("结论", lambda r: Cell(VERDICTS[r["verdict"]], TONES[r["verdict"]]), 8),
    Column("项目", field("name"), 10),
    Column("说明", lambda r: Cell("".join(r["says"])), 14, grows=True),
)
MATTER_COLUMNS = (
    Column("编号", field("code", "strong"), 12),
    Column("事项", field("title"), 14, grows=True),
    Column("限期", field("due_on"), 10, spare=1),
    Column("超期", lambda r: f"{r['days_late']}天" if r["days_late"] else "", 6, right=True),
    Column("阶段", field("stage"), 4, spare=2),
)
# Each view: its columns, the field that tells rows apart, its measure, what it says when empty.
LISTS = {
    "entries": (ENTRY_COLUMNS, "key", "家", "没有单位"),
    "held": (HELD_COLUMNS, "key", "条", "没有暂不提出的"),
    "last": (LAST_COLUMNS, "key", "项", "上期没有通报，或没有点名"),
    "owed": (OWED_COLUMNS, "key", "份", "没有应交的书面说明（签发以后才有）"),
    "checks": (CHECK_COLUMNS, "name", "项", "签发以前才有检查；没有拟稿的先按 F8 拟稿"),
}


@dataclass(frozen=True, slots=True)
class Month:
    """A month's notice with everything beside it, and one of its papers."""

    key: str
    desk: Desk
    document: Document


def read_months(session: Session) -> list[dict[str, Any]]:
    """Read every month's line; called in a thread."""
    from supervise.services import notice_desk

    return notice_desk.months(session)


def read_month(line: Record, kind: str, session: Session) -> Month:
    """Read a month's notice and one of its papers; called in a thread."""
    from supervise.reports.basis import basis_document
    from supervise.reports.notice import notice_document
    from supervise.services import compose, notice_desk

    desk = notice_desk.desk(session, line["period"], line["series"], line["id"])
    if desk.notice.status == "draft":
        build = notice_document if kind == "notice" else basis_document
        document = build(desk.facts)
    else:
        document = from_json(compose.tree(session, desk.notice, kind))
    return Month(line["key"], desk, document)


def rows(desk: Desk) -> dict[str, list[Record]]:
    """Lay out the rows of every view of a month."""
    return {
        "entries": list(_entry_rows(desk)),
        "held": [
            {
                "key": f"{one.unit} {one.unit_id} {one.bureau} {number}",
                "unit": one.unit,
                "unit_id": one.unit_id,
                "why": one.why,
                "criterion": one.criterion,
                "matters": one.matters,
                "bureau": one.bureau,
            }
            for number, one in enumerate(desk.held)
        ],
        "last": [
            {
                "key": f"{one.unit} {one.code}",
                "unit": one.unit,
                "code": one.code,
                "title": one.title,
                "standing": one.standing,
                "open": one.standing == "仍在整改",
                "since": str(one.since or ""),
                "due_on": str(one.due_on or ""),
            }
            for one in desk.last
        ],
        "owed": [{**one, "key": f"{one['unit']} {one['unit_id']}"} for one in desk.owed],
        "checks": [
            {"name": one.name, "verdict": one.verdict, "says": one.says} for one in desk.checks
        ],
    }


def _entry_rows(desk: Desk) -> Iterator[Record]:
    owed = {(one["unit"], one["unit_id"]): one for one in desk.owed}
    for entry, facts in zip(desk.record["entries"], desk.facts.entries, strict=True):
        key = f"{entry['unit']} {entry['unit_id']} {entry['polarity']}"
        explanation = owed.get((entry["unit"], entry["unit_id"]))
        yield {**entry, "key": key, "facts": facts, "explanation": explanation}


def matter_rows(matters: Sequence[Matter]) -> list[Record]:
    """Lay out matters as lines of a list."""
    return [
        {
            "code": one.code,
            "title": one.title,
            "due_on": str(one.due_on or ""),
            "days_late": one.days_late,
            "stage": one.stage,
        }
        for one in matters
    ]


def counts(desk: Desk, found: dict[str, list[Record]]) -> dict[str, str]:
    """Give what stands behind the title of each view; of the checks, how many want a look."""
    told = {name: str(len(found[name])) for name in ("entries", "held", "last", "owed")}
    verdicts = [one.verdict for one in desk.checks]
    grave = sum(verdict != "ok" for verdict in verdicts)
    told["checks"] = str(grave) if grave else "通过" if verdicts else ""
    return told
