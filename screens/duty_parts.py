"""How the page of periodic duties shows a duty and a report, and saves them as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screens.exporting import LIST_ENDINGS, Done, Export, Told
from screens.widgets.columns import Cell, Column, Record, field, one_line

if TYPE_CHECKING:
    from supervise.services.duty_records import Matrix
    from supervise.services.session import Session


def _late(record: Record) -> Cell:
    return Cell(str(record["overdue"] or ""), "bad")


COLUMNS = (
    Column("报送事项", field("name"), 16, grows=True),
    Column("报送日期", field("rhythm"), 20, grows=True, spare=2),
    Column("应报单位", field("owed_by", "muted"), 12, grows=True, spare=3),
    Column("逾期", _late, 4, right=True),
    Column("已报", lambda r: Cell(str(r["submitted"] or ""), "good"), 4, right=True, spare=1),
    Column("依据", field("clause", "muted"), 10, spare=4),
)


def row(matrix: Matrix) -> dict[str, Any]:
    """Give a duty as a line of the list."""
    duty = matrix.duty
    ended = f"（{duty.until} 起停止）" if duty.until else ""
    return {
        "name": duty.name,
        "rhythm": f"{duty.rhythm.words}{ended}",
        "owed_by": "、".join(duty.owed_by),
        "overdue": matrix.count("overdue"),
        "submitted": matrix.count("submitted"),
        "clause": duty.clause,
        "from_pack": duty.from_pack,
    }


def facts(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Say all that is known of one report: labels and words."""
    late = f"，迟报 {report['late_days']} 天" if report["late_days"] else ""
    if report["state"] == "overdue":
        late = f" {report['late_days']} 天"
    yield "状态", f"{report['state_name']}{late}"
    moved = (
        "" if report["named_on"] == report["due_on"] else f"（原为 {report['named_on']}，遇休息日）"
    )
    yield "应报", f"{report['due_on']}{moved}"
    known = {
        "submitted_on": "报来",
        "waived_on": "免报",
        "reason": "理由",
        "note": "备注",
        "ref": "文号",
        "by": "办理人",
    }
    for name, label in known.items():
        if report[name]:
            yield label, str(report[name])


_LISTED = (
    ("unit", "单位", "text"),
    ("unit_id", "单位代码", "text"),
    ("period", "期次", "text"),
    ("due_on", "应报日期", "date"),
    ("state_name", "状态", "text"),
    ("submitted_on", "报来日期", "date"),
    ("late_days", "迟报天数", "int"),
    ("waived_on", "免报日期", "date"),
    ("reason", "理由", "text"),
    ("note", "备注", "text"),
)


def reports_of(duty: str) -> Export:
    """Give all reports owed of a duty as a list to be saved, one a line."""
    title = f"报送情况：{one_line(duty)}"

    def make(session: Session, path: Path, ending: str, force: bool, told: Told) -> Done:
        from supervise.reports.exports import ListColumn
        from supervise.reports.saving import save_rows
        from supervise.services import duty_records

        rows = duty_records.listing(session, duty)
        columns = [ListColumn(head, _value(name, kind), kind) for name, head, kind in _LISTED]
        saved = save_rows(session, title, columns, rows, len(rows), path, force=force, told=told)
        return Done(saved.files, saved.count, 0)

    return Export(title, "每个单位每一期一行", "报送情况", LIST_ENDINGS, make)


def _value(name: str, kind: str) -> Callable[[Record], Any]:
    def value(record: Record) -> Any:  # noqa: ANN401
        found = record[name]
        return date.fromisoformat(found) if kind == "date" and found else found

    return value
