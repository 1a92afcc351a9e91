"""How records look in lists: the columns of issues, units, entries and interviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screens.widgets.columns import Cell, Column, Record, field
from supervise.domain.stage_names import CRITERIA as NAMED_FOR
from supervise.services import narrowing, windows
from supervise.services.narrowing import NOTHING, Narrowing
from supervise.services.session import Session

STAGE_TONES = {
    "discover": "warn",
    "rectify": "strong",
    "review": "warn",
    "feedback": "warn",
    "closed": "good",
}
CRITERIA = {**NAMED_FOR, "corrected": "更正"}


@dataclass(frozen=True, slots=True)
class IssueSource:
    """The issues of a named list, narrowed, searched by words, in an order."""

    view: str
    search: str = ""
    sort: str = "code"
    narrowing: Narrowing = NOTHING

    def chosen(self, session: Session) -> windows.Filter:
        """Give the filter it stands for. Raises NotFound for a unit nobody knows."""
        return narrowing.chosen(session, self.view, self.narrowing, self.search, self.sort)

    def count(self, session: Session) -> int:
        """Count them."""
        return windows.count(session, self.chosen(session))

    def rows(self, session: Session, offset: int, limit: int) -> Sequence[Record]:
        """Give a window of them."""
        return windows.window(session, self.chosen(session), offset, limit)

    def page(self, session: Session, offset: int, limit: int) -> tuple[int, Sequence[Record]]:
        """Give their number and a window of them, looked up together."""
        return windows.page(session, self.chosen(session), offset, limit)

    def keys(self, session: Session, offset: int, limit: int | None) -> Sequence[object]:
        """Give the codes of a stretch of them; None is all of the rest."""
        return windows.codes(session, self.chosen(session), offset, limit)


def stage_cell(record: Record) -> Cell:
    """Show the stage of an issue; the three other ends by their first word."""
    return Cell(str(record["stage_name"])[:2], STAGE_TONES.get(str(record["stage"]), "muted"))


def due_cell(record: Record) -> Cell:
    """Show the due date of an issue."""
    return Cell(str(record.get("due_on") or "无限期"), "" if record.get("due_on") else "muted")


def clock_cell(record: Record) -> Cell:
    """Say in words how an issue stands with its date."""
    days, stage = record.get("overdue_days") or 0, record["stage"]
    if record.get("overdue"):
        still = stage == "rectify"
        return Cell(f"超期{days}天", "bad") if still else Cell(f"曾超{days}天", "muted")
    if int(record.get("returns") or 0) > 0 and stage == "rectify":
        return Cell(f"退回{record['returns']}次", "warn")
    return Cell("")


PREVIEW_COLUMNS = (
    Column("编号", field("code"), 13, spare=2),
    Column("事项", field("title"), 14, grows=True),
    Column("责任单位", field("unit"), 12, spare=1),
    Column("期限", lambda r: clock_cell(r) if r.get("overdue") else due_cell(r), 10),
)


def months(record: Record) -> str:
    """Give the months a record is about."""
    return "、".join(record.get("periods") or [record.get("period") or ""])


def reasons_words(reasons: Sequence[Record]) -> str:
    """Say in words why a unit is named."""
    return "、".join(
        str(CRITERIA.get(one["criterion"], one["criterion"]))
        + (f"{one['count']}件" if one.get("count") else "")
        for one in reasons
    )


def what_words(record: Record) -> str:
    """Say what a record about a unit is about."""
    if record.get("reasons"):
        return reasons_words(record["reasons"])
    if record.get("words"):
        return str(record["words"])
    return months(record)


UNIT_COLUMNS = (
    Column("单位", field("unit"), 16, grows=True),
    Column("事由", what_words, 18, grows=True),
    Column("日期", field("due_on", "muted"), 10, spare=1),
)
