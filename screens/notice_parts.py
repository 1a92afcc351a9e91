"""What the page of notices shows: its columns, what it reads, the questions before signing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.content import Content

from screens.views import reasons_words
from screens.widgets.columns import Cell, Column, Record, field, one_line
from supervise.domain.facts import EntryFacts, Matter
from supervise.reports.document import Document, from_json
from supervise.services.session import Session

STATUS = {
    "draft": ("拟稿", "warn"),
    "issued": ("已签发", "good"),
    "withdrawn": ("已撤回", "muted"),
    "none": ("未拟稿", "muted"),
}
POLARITY = {"named": ("点名", "bad"), "praised": ("表扬", "good"), "noted": ("提示", "warn")}
ENTRY = {"effective": ("列入", ""), "exempt": ("免予", "muted"), "withdrawn": ("撤销", "muted")}
OWED = {
    "owed": ("待交", "warn"),
    "received": ("已收", "good"),
    "accepted": ("已收", "good"),
    "returned": ("退回", "warn"),
}
PAPERS = {"notice": "通报正文", "basis": "点名依据表"}


def _status(record: Record) -> Cell:
    return Cell(*STATUS[record["status"]])


def named_cell(record: Record) -> Cell:
    """Show how many units a month's notice names."""
    named = [
        e for e in record["entries"] if e["status"] == "effective" and e["polarity"] == "named"
    ]
    return Cell(f"{len(named)} 家" if named else "", "" if named else "muted")


def _explained(record: Record) -> Cell:
    owed = record.get("explanation")
    if not owed:
        return Cell("")
    words, tone = OWED[owed["status"]]
    return Cell(f"{words}，超期", "bad") if owed["overdue"] else Cell(words, tone)


MONTH_COLUMNS = (
    Column("月份", field("period"), 7),
    Column("状态", _status, 6),
    Column("点名", named_cell, 6, right=True),
    Column("文号", field("number", "muted"), 8, grows=True, spare=1),
)
ENTRY_COLUMNS = (
    Column("单位", field("unit"), 14, grows=True),
    Column("类型", lambda r: Cell(*POLARITY[r["polarity"]]), 4),
    Column("状态", lambda r: Cell(*ENTRY[r["status"]]), 4),
    Column("事由", lambda r: reasons_words(r["reasons"]), 16, grows=True, spare=1),
    Column("核对", lambda r: r.get("check") or Cell("未核对", "muted"), 6),
    Column("说明", _explained, 9, spare=2),
)


def read_months(session: Session) -> list[dict[str, Any]]:
    """Read every month's notice, newest first, with the explanations owed beside the entries."""
    from supervise.domain.dates import period_of
    from supervise.services import explanations, notice_records

    owed = {(one["period"], one["unit"]): one for one in explanations.listing(session)}
    found = notice_records.listing(session)
    for notice in found:
        for entry in notice["entries"]:
            entry["explanation"] = owed.get((notice["period"], entry["unit"]))
    this = period_of(session.today)
    if this not in {notice["period"] for notice in found}:
        found.append({"period": this, "status": "none", "entries": []})
    return sorted(found, key=lambda notice: str(notice["period"]), reverse=True)


MATTER_COLUMNS = (
    Column("编号", field("code", "strong"), 12),
    Column("事项", field("title"), 14, grows=True),
    Column("限期", field("due_on"), 10, spare=1),
    Column("超期", lambda r: f"{r['days_late']}天" if r["days_late"] else "", 6, right=True),
    Column("阶段", field("stage"), 4, spare=2),
)


@dataclass(frozen=True, slots=True)
class Month:
    """A month's paper, and each unit with its matters and the questions asked before signing."""

    document: Document
    entries: dict[tuple[str, str], EntryFacts]


def read_month(period: str, kind: str, session: Session) -> Month:
    """Read a month's paper and facts; called in a thread."""
    from supervise.reports.basis import basis_document
    from supervise.reports.notice import notice_document
    from supervise.services import compose, notice_facts, notice_records

    notice = notice_records.find(session, period)
    facts = notice_facts.gather(session, notice)
    if notice.status == "draft":
        document = notice_document(facts) if kind == "notice" else basis_document(facts)
    else:
        document = from_json(compose.tree(session, notice, kind))
    return Month(document, {(one.unit, one.polarity): one for one in facts.entries})


def matter_row(one: Matter) -> dict[str, Any]:
    """Give a matter as a line of a list."""
    return {
        "code": one.code,
        "title": one.title,
        "due_on": str(one.due_on or ""),
        "days_late": one.days_late,
        "stage": one.stage,
    }


def questions(facts: EntryFacts | None) -> Content:
    """Draw the questions asked before signing: those that stand out in full, the rest by name."""
    if facts is None or not facts.questions:
        return Content("")
    lines: list[tuple[str, str]] = [("签发前七查", "$primary bold")]
    for one in facts.questions:
        if not one.ok:
            lines += [("\n注意  ", "$warning bold"), (one_line(one.name), "bold")]
            lines.append((f"\n{one_line(one.answer)}", ""))
    calm = "、".join(one_line(one.name) for one in facts.questions if one.ok)
    if calm:
        lines += [("\n无碍  ", "$success"), (calm, "$muted")]
    return Content.assemble(*lines)
