"""What the page of meetings shows: columns, the words about one line, what is read in a thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from screens.widgets.columns import Cell, Column, Record, field, one_line
from supervise.services.session import Session

_TONES = {"missed": "bad", "due": "warn", "open": "strong", "void": "muted", "closed": "muted"}
_ITEM_TONES = {"picked": "strong", "proposed": "muted"}
_ANSWER_TONES = {"overdue": "bad", "open": "warn", "answered": "good"}


def _status(record: Record) -> Cell:
    return Cell(str(record["status_name"]), _TONES.get(str(record["status"]), ""))


def _about(record: Record) -> Cell:
    words = f"{record['unit']}　{record['theme']}" if record["unit"] else str(record["theme"] or "")
    return Cell(words, "muted" if record["id"] is None else "")


def _reasons(record: Record) -> Cell:
    words = "；".join(str(one["words"]) for one in record["reasons"])
    late = any(one["kind"] in {"overdue", "unanswered"} for one in record["reasons"])
    return Cell(words, "warn" if late else "")


def subject(record: Record) -> str:
    """Say what an item of an agenda is: the issue's title, the topic, or the task."""
    task = f"任务 {record['task']}" if record["task"] else ""
    return str(record["title"] or record["topic"] or task)


MEETING_COLUMNS = (
    Column("日期", lambda r: Cell(str(r["held_on"] or r["due_on"])), 10),
    Column("层级", field("tier", "strong"), 10),
    Column("状态", _status, 8),
    Column("主题", _about, 10, grows=True),
    Column("议定", lambda r: Cell(f"{r['decided']}" if r["decided"] else "", "muted"), 4, spare=2),
    Column(
        "未回告",
        lambda r: Cell(f"{r['unanswered'] or ''}", "bad" if r["overdue"] else "warn"),
        6,
        spare=1,
    ),
)
AGENDA_COLUMNS = (
    Column("议题", lambda r: Cell(str(r["no"] or "拟列"), _ITEM_TONES[r["status"]]), 4),
    Column("编号", lambda r: Cell(str(r["issue"] or r["task"] or ""), "strong"), 12, spare=1),
    Column("事项", lambda r: Cell(subject(r)), 14, grows=3),
    Column("责任单位", field("unit"), 10, grows=1, spare=2),
    Column("理由", _reasons, 16, grows=3),
)
DECISION_COLUMNS = (
    Column("编号", field("id", "strong"), 5),
    Column("议定事项", field("text"), 16, grows=4),
    Column("责任单位", field("unit"), 10, grows=1, spare=1),
    Column("期限", lambda r: Cell(str(r["due_on"] or "")), 10),
    Column("回告", lambda r: Cell(r["status_name"], _ANSWER_TONES[r["status"]]), 10),
)


@dataclass(frozen=True, slots=True)
class Whole:
    """The chosen meeting: its key, its agenda, its decisions."""

    key: str
    agenda: tuple[dict[str, Any], ...]
    decisions: tuple[dict[str, Any], ...]


def read_meetings(session: Session) -> list[dict[str, Any]]:
    """Read what is to be held, was missed and was held; called in a thread."""
    from supervise.services import dispatch_records

    records = dispatch_records.listing(session)
    for one in records:
        one["key"] = _key(one)
    return records


def _key(record: Record) -> str:
    if record["id"] is not None:
        return f"meeting:{record['id']}"
    return f"{record['tier']}{record['unit']}{record['due_on']}{record['theme']}"


def read_whole(record: Record, session: Session) -> Whole:
    """Read a meeting's agenda and decisions; of one not held, what waits for it."""
    from supervise.services import dispatch_agenda, dispatch_records

    if record["id"] is None:
        agenda = dispatch_agenda.for_tier(session, str(record["tier"]))
        made = [
            one
            for one in dispatch_records.decisions(session, unanswered=True)
            if one["tier"] == record["tier"]
        ]
    else:
        whole = dispatch_records.shown(session, str(record["id"]))
        agenda, made = whole["agenda"], whole["decisions"]
    for place, one in enumerate(agenda):
        one["key"] = one["issue"] or one["task"] or f"{one['topic']}-{place}"
    return Whole(str(record["key"]), tuple(agenda), tuple(made))


def told(record: Record | None, whose: str) -> Content:
    """Draw one line of a list in full; `whose` is the list's id."""
    if record is None:
        return Content("")
    facts = {"meetings": _of_meeting, "agenda": _of_item, "decisions": _of_decision}[whose](record)
    lines: list[tuple[str, str]] = []
    for label, value in facts:
        if value:
            lines += [(f"{label}  ", "$muted"), (f"{one_line(str(value))}\n", "")]
    return Content.assemble(*lines).rstrip()


def _of_meeting(record: Record) -> Iterator[tuple[str, object]]:
    kind = "应开" if record["id"] is None else f"第 {record['id']} 号"
    yield "调度", f"{kind}　{record['tier']}　{record['status_name']}"
    yield "主题", record["theme"]
    yield "主持人", record["leader"]
    yield "撤销理由" if record["status"] == "void" else "小结", record["summary"]


def _of_item(record: Record) -> Iterator[tuple[str, object]]:
    code = f"{record['issue'] or record['task']}　" if record["issue"] or record["task"] else ""
    stage = f"　{record['stage_name']}" if record["stage_name"] else ""
    yield "议题", f"{code}{subject(record)}{stage}"
    yield "责任单位", record["unit"]
    for reason in record["reasons"]:
        yield "理由", reason["words"]


def _of_decision(record: Record) -> Iterator[tuple[str, object]]:
    yield "议定", record["text"]
    about = f"{record['issue']} {record['title']}" if record["issue"] else record["task"]
    yield "事项", about
    yield "办理", record["action"]
    yield "回告", f"{record['answered_on']} {record['answer']}" if record["answered_on"] else None


def is_wanted(record: Record, wanted: str) -> bool:
    """Whether a meeting is the one asked for: by its key, or the first that waits."""
    match wanted:
        case "dispatch-missed":
            return bool(record["status"] == "missed")
        case "dispatch-answers":
            return int(record["unanswered"]) > 0
        case _ if record["id"] is None:
            return f"due:{record['due_on']}:{record['tier']}:{record['unit'] or ''}" == wanted
        case _:
            return bool(record["key"] in {wanted, meeting_of(wanted)})


def decision_of(wanted: str) -> str:
    """Give the decision asked for, like 30-3, where a key is `decision:30-3`; else nothing."""
    kind, _, number = wanted.partition(":")
    return number if kind == "decision" else ""


def meeting_of(wanted: str) -> str:
    """Give the key of the meeting that made the decision asked for."""
    return f"meeting:{decision_of(wanted).partition('-')[0]}"


def heading(record: Record) -> str:
    """Say which meeting a dialog is about."""
    day = record["held_on"] or record["due_on"]
    return one_line(f"{day} {record['tier']}调度，{record['status_name']}")


def slot(record: Record | None) -> dict[str, object]:
    """Give what a meeting to be held says of the one to be set up."""
    if record is None or record["id"] is not None:
        return {}
    return {"tier": record["tier"], "unit": record["unit"]}
