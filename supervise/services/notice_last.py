"""What became of the units that last month's notice named, issue by issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from db import issues as issue_store
from db import notices as store
from supervise.domain import facts as paper
from supervise.domain.dates import previous_period
from supervise.domain.ladder_records import Entry, Notice
from supervise.domain.overdue import due_as_of, span_as_of
from supervise.domain.records import Stage
from supervise.services.naming import reasons_text
from supervise.services.session import Session

_WORDS = {
    Stage.RECTIFY: "仍在整改",
    Stage.DISCOVER: "待交办",
    Stage.REVIEW: "已报请复核",
    Stage.FEEDBACK: "复核通过",
    Stage.CLOSED: "已销号",
    Stage.REJECTED: "不予受理",
    Stage.MERGED: "合并办理",
    Stage.TERMINATED: "终止办理",
}


@dataclass(frozen=True, slots=True)
class LastMatter:
    """One issue a unit was named for last month, as it stands at this month's cut-off."""

    unit: str
    code: str
    title: str
    standing: str
    due_on: date | None
    since: date | None


def _named(session: Session, notice: Notice) -> list[Entry] | None:
    """Give the namings of last month's notice that count; None where it was not issued."""
    last = store.current(session.conn, notice.series, previous_period(notice.period))
    if last is None or last.status != "issued":
        return None
    return [e for e in last.entries if e.polarity == "named" and e.status == "effective"]


def last_month(session: Session, notice: Notice) -> tuple[paper.LastEntry, ...] | None:
    """Say what became of the units named last month; None where there was no notice."""
    named = _named(session, notice)
    return None if named is None else tuple(_outcome(session, notice, entry) for entry in named)


def matters(session: Session, notice: Notice) -> tuple[LastMatter, ...]:
    """List every issue somebody was named for last month; a naming without any stands alone."""
    return tuple(
        one for entry in _named(session, notice) or () for one in _matters(session, notice, entry)
    )


def _why(entry: Entry) -> str:
    """Say why a unit was named without an issue, in the words last month's notice printed."""
    told = (
        one.note if one.criterion == "manual" else text
        for one, text in zip(entry.reasons, reasons_text(entry.reasons), strict=True)
    )
    why = "；".join(text.rstrip("。；") for text in told if text)
    return f"上期列入事由为“{why}”" if why else "无具体事项"


def _codes(entry: Entry) -> list[str]:
    return sorted({code for reason in entry.reasons for code in reason.issues})


def _matters(session: Session, notice: Notice, entry: Entry) -> Iterator[LastMatter]:
    found = issue_store.by_codes(session.conn, _codes(entry))
    for code, issue in sorted(found.items()):
        stay = span_as_of(issue, notice.cutoff)
        since = stay.entered if stay else None
        due = due_as_of(issue, notice.cutoff)
        yield LastMatter(
            entry.name, code, issue.title, _WORDS[stay.stage] if stay else "", due, since
        )
    if not found:
        yield LastMatter(entry.name, "", "", _why(entry), None, None)


def _outcome(session: Session, notice: Notice, entry: Entry) -> paper.LastEntry:
    codes = _codes(entry)
    counts: dict[str, int] = {}
    found = issue_store.by_codes(session.conn, codes)
    for issue in found.values():
        stay = span_as_of(issue, notice.cutoff)
        if stay is not None:
            word = _WORDS[stay.stage]
            counts[word] = counts.get(word, 0) + 1
    parts = [f"{word}{number}件" for word, number in counts.items()]
    outcome = f"{len(found)}件事项，{'、'.join(parts)}" if parts else _why(entry)
    return paper.LastEntry(entry.name, tuple(codes), outcome)
