"""What the page of sheets shows, and what it does in threads: reading, sending, collecting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.content import Content
from textual.message import Message

from screens.progress import Task, Tell
from screens.widgets.columns import Cell, Column, Record, field, one_line
from supervise.errors import Refused
from supervise.reports.document import Document
from supervise.services.session import Session
from supervise.services.sheets.status import STATES

_TONES = {"open": "warn", "accepted": "good", "read": "muted"}


def _missing(record: Record) -> Cell:
    number = record["owed"] - record["received"]
    return Cell(str(number or ""), "bad" if number else "")


def _back(record: Record) -> Cell:
    came = record["received_on"]
    if came:
        return Cell(str(came)[5:], "good")
    return Cell("未报", "bad") if record["owed"] else Cell("无需填报", "muted")


def _listed_rows(record: Record) -> Cell:
    """Count what stands in a unit's sheet: issues, tasks and reports."""
    return Cell(str(record["rows"] + record["tasks"] + record["duties"]))


def _count(name: str, tone: str) -> Any:
    return lambda record: Cell(str(record[name] or ""), tone if record[name] else "")


def _state(record: Record) -> Cell:
    return Cell(STATES[record["status"]], _TONES[record["status"]])


MONTHS = (
    Column("月份", field("period", "strong"), 7),
    Column("已发", lambda r: Cell(str(r["sent"])), 4),
    Column("应报", lambda r: Cell(str(r["owed"])), 4, spare=2),
    Column("已收", lambda r: Cell(str(r["received"])), 4, spare=1),
    Column("未报", _missing, 4),
    Column("待核", _count("open", "warn"), 4),
)
UNITS = (
    Column("单位", field("unit"), 12, grows=True),
    Column("件数", _listed_rows, 4),
    Column("发表", lambda r: Cell(str(r["sent_on"])[5:], "muted"), 5, spare=1),
    Column("收表", _back, 8),
    Column("待核", _count("open", "warn"), 4),
)
DIFFERENCES = (
    Column("状态", _state, 6),
    Column("单位", field("unit"), 10, grows=1, spare=1),
    Column("编号", field("issue", "strong"), 12),
    Column("栏目", field("column"), 12),
    Column("台账", field("ours", "muted"), 8, grows=2),
    Column("单位所填", field("theirs"), 8, grows=2),
)


@dataclass
class Sent(Message):
    """What came of a sending: its record, or None where files are in the way."""

    record: Record | None
    period: str
    folder: Path


@dataclass
class Collected(Message):
    """What came of a collecting."""

    record: Record


def read_months(session: Session) -> list[dict[str, Any]]:
    """Read the months for which sheets were sent, and those to send for now."""
    from supervise.services.sheets import status

    return status.offered(session)


def read_month(period: str, session: Session) -> dict[str, Any]:
    """Read how one month's sheets stand; two units may share a name, not a code."""
    from supervise.services.sheets import status

    found = status.status(session, period)
    for one in (*found["units"], *found["differences"]):
        one["who"] = one["unit_id"] or one["unit"]
    for one in found["differences"]:
        one["key"] = f"{one['who']}/{one['issue']}/{one['column']}"
    return found


def sending(period: str, folder: Path, force: bool) -> Task[Record | None]:
    """Give the work that writes and records a month's sheets."""

    def task(session: Session, tell: Tell) -> Record | None:
        from supervise.reports import unit_sheets

        try:
            return unit_sheets.send(session, period, folder, force=force, progress=tell)
        except Refused as error:
            if error.code == "file_exists":
                return None
            raise

    return task


def collecting(path: Path) -> Task[Record]:
    """Give the work that takes over what came back."""

    def task(session: Session, tell: Tell) -> Record:
        from supervise.services.sheets import collect

        return collect.run(session, [path], progress=tell)

    return task


def listed(period: str, session: Session) -> Document:
    """Make the list of a month's differences."""
    from supervise.reports.sheet_check import month_list

    return month_list(session, period)


def collected_words(record: Record) -> str:
    """Say in a sentence what came of a collecting."""
    applied = record["applied"]
    told = (
        f"已收表：文件 {record['files']} 个，采用进展 {applied['progress']} 件、"
        f"报请复核 {applied['submitted']} 件、延期申请 {applied['extensions']} 件"
        f"{_items_taken(applied)}；"
        f"差异 {len(record['differences'])} 处"
    )
    stale, refused = len(record["stale"]), len(record["refused"])
    told += f"，发表后台账有变 {stale} 行" if stale else ""
    told += f"，不能采用 {refused} 处" if refused else ""
    return f"{told}；未报 {len(record['missing'])} 家。"


def _items_taken(applied: Record) -> str:
    tasks, duties = applied["tasks"], applied["duties"]
    told = f"、任务进展 {tasks} 项" if tasks else ""
    return told + (f"、报送 {duties} 期" if duties else "")


def refused_words(record: Record) -> Content:
    """List what a collecting could not take over, file by file."""
    lines = []
    for one in record["refused"]:
        row = f"第 {one['row']} 行" if one["row"] else ""
        where = "　".join(filter(None, (one_line(one["file"]), row)))
        lines.append(Content.assemble((f"{where}　", "$muted"), one_line(one["message"])))
    return Content("\n").join(lines)


def told(record: Record | None) -> Content:
    """Say a difference in full: ours, theirs, as sent, and why it was not taken over."""
    if record is None:
        return Content("")
    lines: list[tuple[str, str]] = []
    for label, value in _ways(record):
        lines += [(f"{label}  ", "$muted"), (f"{one_line(value)}\n", "")]
    return Content.assemble(*lines).rstrip()


def _ways(record: Record) -> Iterator[tuple[str, str]]:
    yield "差异", f"{record['unit']}　{record['issue']}　{record['column']}（{record['kind']}）"
    for label, name in (("台账", "ours"), ("所填", "theirs"), ("发出", "last")):
        if record[name] is not None:
            yield label, str(record[name]) or "（空）"
    yield "说明", str(record["why"])
