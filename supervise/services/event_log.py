"""操作记录: the event log as a list a person can search, and one event in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db import event_log as store
from db import issues, sheets
from db.driver import Connection
from db.event_log import Line, LogFilter
from supervise.services import task_events
from supervise.services.issue_history import event_record, unit_names
from supervise.services.registry import OPERATIONS, Field
from supervise.services.session import Session
from supervise.services.sheets import events as sheet_events

__all__ = ["EVERYTHING", "FIELDS", "Entry", "LogFilter", "Sought", "chosen", "count", "entry"]

Record = dict[str, Any]
Target = tuple[str, str] | None
# What an event can be about, in words; the kinds that a person may ask for.
NOUNS = {
    "issue": "问题",
    "notice": "通报",
    "explanation": "书面说明",
    "interview": "约谈",
    "referral": "研判提示",
    "unit": "单位",
    "calendar": "工作日历",
    "pack": "规则包",
    "batch": "批量",
    "profile": "导入对照",
    "ledger": "台账",
    "month": "办文环节",
    "dispatch": "调度",
    "instruction": "批示件",
    "revisit": "回头看",
    "task": "任务",
    "duty": "定期报送",
    "sheet": "问题表",
}
# The page of each, and what its records are called there.
_ABOVE = {
    "dispatch": ("dispatch", "meeting"),
    "instruction": ("instructions", "instruction"),
    "revisit": ("revisits", "plan"),
}
# What a leader's read-only session never sees.
REFERRALS = ("referral",)
_ALWAYS = {
    "issue.import": "导入",
    "issue.evidence": "存入佐证",
    "ledger.init": "建立台账",
    "calendar.import": "导入日历",
    "calendar.set": "改日历",
    "pack.use": "启用规则包",
    "batch.apply": "批量办理",
    "sheet.send": "发表",
    "sheet.collect": "收表",
    "profile.save": "存导入对照",
}
FIELDS = (
    Field("ops", "操作", "words", help="如 交办、延期；多个用顿号分开"),
    Field("nouns", "对象类别", "words", choices=tuple(NOUNS.values()), help="多个用顿号分开"),
    Field("subject", "对象", help="事项编号，或单位的名称、别名、代码"),
    Field("person", "人员", help="决定的人或记录的人，可写一部分"),
    Field("since", "业务日期自", "date"),
    Field("until", "业务日期至", "date"),
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a person asks the log for, in the office's words; `text` is what was searched for."""

    ops: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    subject: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""

    def chips(self) -> list[tuple[str, str]]:
        """List what is set, part by part: its name and the words for it."""
        return [(one.name, self._words(one)) for one in FIELDS if getattr(self, one.name)]

    def _words(self, one: Field) -> str:
        value = getattr(self, one.name)
        said = "、".join(value) if isinstance(value, tuple) else str(value)
        return f"{one.label} {said}"

    def without(self, name: str) -> Sought:
        """Give the same without one part."""
        blank: Any = getattr(EVERYTHING, name)
        return replace(self, **{name: blank})


EVERYTHING = Sought()


def op_words(name: str) -> str:
    """Give the Chinese name of an operation as the log has it."""
    known = OPERATIONS.get(name)
    return known.title if known is not None else _ALWAYS.get(name, name)


def op_names() -> tuple[str, ...]:
    """List the Chinese names of all operations, each once."""
    words = [*(op.title for op in OPERATIONS.values()), *_ALWAYS.values()]
    return tuple(dict.fromkeys(words))


def _ops_named(words: Iterable[str]) -> tuple[str, ...]:
    """Give the operations that go by some words, Chinese or English; at least one."""
    named = {**{name: op.title for name, op in OPERATIONS.items()}, **_ALWAYS}
    wanted = set(words)
    found = [name for name, title in named.items() if title in wanted or name in wanted]
    return tuple(found) or ("nothing",) if wanted else ()


def chosen(session: Session, sought: Sought, *, referrals: bool = True) -> LogFilter:
    """Give the filter of what was asked for. Raises NotFound or BadInput for no such subject."""
    nouns = tuple(
        noun for noun, word in NOUNS.items() if word in sought.nouns or noun in sought.nouns
    )
    text, subject = sought.text.strip(), _subject(session.conn, sought.subject)
    if text and subject is None and (issue := issues.get(session.conn, text)) is not None:
        text, subject = "", ("issue", issue.id)
    return LogFilter(
        _ops_named(sought.ops),
        nouns,
        subject,
        sought.person,
        sought.since,
        sought.until,
        text,
        () if referrals else REFERRALS,
        _ops_with(text),
    )


def _ops_with(text: str) -> tuple[str, ...]:
    """Give the operations whose Chinese name has a text in it."""
    named = {**{name: op.title for name, op in OPERATIONS.items()}, **_ALWAYS}
    return tuple(name for name, title in named.items() if text and text in title)


def _subject(conn: Connection, word: str) -> tuple[str, int] | None:
    if not word:
        return None
    issue = issues.get(conn, word)
    if issue is not None:
        return "issue", issue.id
    from supervise.services import units

    return "unit", units.find(conn, word).id


def count(session: Session, found: LogFilter) -> int:
    """Count the events a filter shows."""
    return store.count(session.conn, found)


def rows(session: Session, found: LogFilter, offset: int, limit: int) -> list[Record]:
    """Give a window of the events a filter shows, each with what it is about and where that is."""
    lines = store.lines(session.conn, found, offset, limit)
    about = _about(session.conn, lines)
    return [_row(line, *about(line.subject, line.subject_id)) for line in lines]


def _row(line: Line, words: str, target: Target) -> Record:
    return {
        "seq": line.seq,
        "on": line.on_date,
        "recorded_at": line.recorded_at[:19].replace("T", " "),
        "op": line.op,
        "op_name": op_words(line.op),
        "about": words,
        "target": target,
        "subject": target[1].partition(":")[2] if target and ":" in target[1] else "",
        "by": line.by_name,
        "recorded_by": line.recorded_by,
        "ref": line.ref,
    }


def _about(conn: Connection, lines: Iterable[Line]) -> Callable[[str, int], tuple[str, Target]]:
    """Look up at once what a window's events are about; gives words and where to look."""
    ids: dict[str, set[int]] = {}
    for line in lines:
        ids.setdefault(line.subject, set()).add(line.subject_id)
    papers = ids.get("notice", set()) | ids.get("explanation", set())
    issue = store.issue_names(conn, ids.get("issue", ()))
    unit = store.unit_names(conn, ids.get("unit", ()))
    period = store.notice_periods(conn, papers)
    interview = store.interview_units(conn, ids.get("interview", ()))
    referral = store.referral_units(conn, ids.get("referral", ()))
    task = store.task_names(conn, ids.get("task", ()))
    duty = store.duty_names(conn, ids.get("duty", ()))
    sheet = sheets.names(conn, ids.get("sheet", ()))
    reporting = store.unit_names(conn, ids.get("report", ()))

    def about(kind: str, key: int) -> tuple[str, Target]:
        word = NOUNS.get(kind, kind)
        match kind:
            case "issue" if key in issue:
                code, title = issue[key]
                return f"{code} {title}", ("issues", f"issue:{code}")
            case "unit" if key in unit:
                return unit[key], ("units", f"unit:{unit[key]}")
            case "notice" | "explanation" if key in period:
                return f"{period[key]} {word}", ("notices", f"notice-{period[key]}")
            case "month":
                month = f"{key // 100:04}-{key % 100:02}"
                return f"{month} {word}", ("notices", f"notice-{month}")
            case "interview" if key in interview:
                return f"{interview[key]} {word}{key}", ("interviews", f"interview:{key}")
            case "dispatch" | "instruction" | "revisit":
                area, record = _ABOVE[kind]
                return f"{word}{key}", (area, f"{record}:{key}")
            case "task" if key in task:
                code, title = task[key]
                return f"{word}{code} {title}", ("tasks", f"task:{code}")
            case "duty" if key in duty:
                return duty[key], ("duties", f"duty:{duty[key]}")
            case "sheet" if key in sheet:
                month, whose = sheet[key]
                return f"{month} {whose} {word}", ("sheets", f"month:{month}")
            case "report":
                return f"{reporting.get(key, '')} {NOUNS['duty']}".strip(), ("duties", "duty:")
            case "referral" if key in referral:
                return f"{referral[key]} {word}", None
            case _:
                return word, None

    return about


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in full: the row of the list, its changes and facts, the hashes of its chain."""

    row: Record
    event: Record
    facts: tuple[tuple[str, str], ...]
    prev: str
    hash: str


def entry(session: Session, seq: int, *, referrals: bool = True) -> Entry | None:
    """Give one event in full; None for one that is not there or may not be seen."""
    found = store.one(session.conn, seq)
    if found is None or (not referrals and found[0] in REFERRALS):
        return None
    kind, key, event, prev = found
    line = Line(
        event.seq, kind, key, event.op, event.on.isoformat(), event.recorded_at,
        event.by, event.recorded_by, event.ref,
    )  # fmt: skip
    names = unit_names(session.conn)
    row = _row(line, *_about(session.conn, [line])(kind, key))
    return Entry(row, event_record(event, names), _facts(event.payload, names), prev, event.hash)


def _facts(payload: Record, names: dict[int, str]) -> tuple[tuple[str, str], ...]:
    """Say what an event tells beside changed fields: decisions, entries, steps, names, files."""
    found: list[tuple[str, str]] = []
    for one in payload.get("decisions") or ():
        unit = names.get(one.get("unit_id"), "")
        said = one.get("result") or one.get("reason") or ""
        found.append((unit, str(said)))
    for one in payload.get("entries") or ():
        reasons = "、".join(str(r.get("note") or r.get("criterion") or "") for r in _list(one))
        found.append((str(one.get("name")), reasons))
    found += _of_meeting(payload)
    found += task_events.told(payload)
    found += sheet_events.told(payload)
    step = payload.get("step")
    if step:
        found.append((str(step["step"]), str(step["on_date"])))
    for one in payload.get("evidence") or ():
        found.append(("佐证", str(one.get("name") if isinstance(one, dict) else one)))
    for name, since, until in payload.get("names") or ():
        days = f"{since or ''}至{until or '今'}" if since or until else ""
        found.append(("名称", f"{name} {days}".strip()))
    if payload.get("approver"):
        found.append(("批准人", str(payload["approver"])))
    return tuple(found)


def _of_meeting(payload: Record) -> list[tuple[str, str]]:
    """Say what a meeting decided or put on its agenda, and how many a plan of 回头看 holds."""
    made, item = payload.get("resolution") or {}, payload.get("item") or {}
    about = item.get("topic") or item.get("task") or item.get("note")
    rows = payload.get("items")
    found = {
        "议定事项": made.get("text"),
        "回告": made.get("answer"),
        "议题": f"{item['no']} {about or ''}" if item else None,
        "件数": str(len(rows)) if isinstance(rows, list) else None,
    }
    return [(name, str(said).strip()) for name, said in found.items() if said]


def _list(one: Record) -> list[Record]:
    reasons = one.get("reasons")
    return reasons if isinstance(reasons, list) else []
