"""What the page of 到期预警 lists: units, the issues that decide, what was handed in in a rush."""

from __future__ import annotations

from datetime import date
from typing import Any

from screens.widgets.columns import Cell, Column, Record, field
from supervise.errors import SuperviseError
from supervise.services.session import Session

_REACHES = {"new": ("将达约谈条件", "bad"), "lengthened": ("已拟提请", "warn"), None: ("", "")}
# The first row of the units: all of them.
EVERYBODY = ""


def looked_ahead(on: date | None, session: Session) -> dict[str, Any]:
    """Work out what a cut-off would bring, each unit with what finds it and what is no issue."""
    from supervise.services import foresight

    told = foresight.warn(session, on)
    for one in told["units"]:
        one["key"] = _key(session, one)
        one |= {"beside": foresight.beside_issues(one), "undone": foresight.undone(one)}
    return told


def _key(session: Session, told: dict[str, Any]) -> str:
    """Give what finds a unit: its name, its code where another one has that name too."""
    from supervise.services import units

    try:
        units.find(session.conn, told["unit"])
    except SuperviseError:
        return str(told["unit_id"] or told["unit"])
    return str(told["unit"])


def _reach(record: Record) -> Cell:
    return Cell(*_REACHES[record["interview"]])


def _due(record: Record) -> Cell:
    if record["overdue"]:
        return Cell(f"{record['due_on']} 已过", "bad")
    return Cell(str(record["due_on"] or ""), "warn")


def _days(record: Record) -> Cell:
    return Cell(f"{record['days_waited']}天")


UNIT_COLUMNS = (
    Column("单位", field("name"), 16, grows=True),
    Column("事项", lambda r: Cell(str(r["count"])), 4, right=True),
    Column("最久已等", lambda r: Cell(f"{r['waited']}天" if r["count"] else ""), 8, right=True),
    Column("约谈", _reach, 12),
)
ISSUE_COLUMNS = (
    Column("编号", field("code"), 14),
    Column("事项", field("title"), 20, grows=4),
    Column("限期", _due, 15),
    Column("紧急", field("urgency"), 4, spare=2),
    Column("已等", _days, 6, right=True),
    Column("单位", field("unit"), 14, grows=1, spare=1),
)
RUSHED_COLUMNS = (
    Column("编号", field("issue"), 14),
    Column("事项", field("title"), 16, grows=4),
    Column("报请", field("handed_in"), 10),
    Column("退回", field("returned_on"), 10),
    Column("单位", field("unit"), 14, grows=1, spare=1),
)


def unit_rows(told: Record) -> list[dict[str, Any]]:
    """Give a row a unit that would be named, and first one for all of them."""
    rows = [
        {
            "key": one["key"],
            "name": one["unit"],
            "unit": one["unit"],
            "unit_id": one["unit_id"],
            "count": len(one["issues"]),
            "waited": max((issue["days_waited"] for issue in one["issues"]), default=0),
            "interview": one["interview"],
        }
        for one in told["units"]
    ]
    if not rows:
        return []
    whole = {
        "key": EVERYBODY,
        "name": f"全部 {len(rows)} 家",
        "unit": None,
        "unit_id": None,
        "count": sum(row["count"] for row in rows),
        "waited": max(row["waited"] for row in rows),
        "interview": None,
    }
    return [whole, *rows]


def issue_rows(told: Record, unit: str) -> list[dict[str, Any]]:
    """Give the issues that would decide, of one unit or of all, in the order of harm."""
    known = {
        issue["code"]: {**issue, "unit": one["unit"]}
        for one in told["units"]
        if unit in (EVERYBODY, one["key"])
        for issue in one["issues"]
    }
    return [known[code] for code in told["ranking"] if code in known]


def beside(told: Record, unit: str) -> str:
    """Say what the chosen unit would be named for beside issues; of all of them, who would."""
    found = [one for one in told["units"] if one["beside"] and unit in (EVERYBODY, one["key"])]
    if not found:
        return ""
    if unit == EVERYBODY:
        return f"另有任务、报送或人工列入的：{'、'.join(one['unit'] for one in found)}。"
    return f"{found[0]['unit']}：{'；'.join(found[0]['beside'])}。"


def has_undone(told: Record, unit: str) -> bool:
    """Tell whether a letter would ask the chosen unit for tasks or reports."""
    return any(one["undone"] for one in told["units"] if unit in (EVERYBODY, one["key"]))


def summary(told: Record, today: date) -> str:
    """Say what the cut-off would bring, as of which day where it is past, what may still move."""
    return f"{_named(told)}{_as_of(told, today)}"


def _as_of(told: Record, today: date) -> str:
    cutoff = str(told["cutoff"])
    past = f"按 {cutoff} 当日情况推算，含事后补录的。" if is_past(told, today) else ""
    unknown = f"{cutoff[:4]}年的放假安排还没有公布，到期在这一年的限期是暂定的。"
    waiting = f"{told['unissued']} 通报还没有签发，约谈条件只按已签发的通报推算。"
    return past + (unknown if told["provisional"] else "") + (waiting if told["unissued"] else "")


def is_past(told: Record, today: date) -> bool:
    """Tell whether the cut-off looked at lies before the business date."""
    return str(told["cutoff"]) < today.isoformat()


def _named(told: Record) -> str:
    until = f"截至 {told['cutoff']} 24时仍不报请复核，"
    if not told["units"]:
        return f"{until}{told['period']} 通报没有拟点名的单位。{_rush(told)}"
    new = sum(one["interview"] == "new" for one in told["units"])
    more = f"，其中 {new} 家将达到约谈条件" if new else ""
    held = f"；另有 {len(told['held_back'])} 项按规则不列入" if told["held_back"] else ""
    return f"{until}{told['period']} 通报拟点名 {len(told['units'])} 家{more}{held}。{_rush(told)}"


def _rush(told: Record) -> str:
    """Say that nothing was handed in in a rush; what was has a list of its own."""
    return "" if told["rushed"] else "没有突击报件。"
