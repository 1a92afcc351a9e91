"""Lines of 今日工作 about leaders: meetings not held, decisions and instructions not answered.

And the closed issues that wait to be looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from supervise.services import dispatch_records, instructions, revisits
from supervise.services.session import Session
from supervise.services.work import Record


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line: the area and list it opens, its words, and the records behind it."""

    key: str
    area: str
    title: str
    note: str
    urgent: bool
    rows: tuple[dict[str, Any], ...]


def waiting(session: Session) -> Iterator[Waiting]:
    """Give the lines, those without records too."""
    missed = tuple(dispatch_records.not_held(session, dispatch_records.behind(session)))
    rows = tuple(
        _row(f"{one['unit'] or one['tier']} {one['theme']}", "应开未开", one["due_on"])
        for one in missed
    )
    yield Waiting("dispatch-missed", "dispatch", "应开未开", "最近一次调度没有开", True, rows)
    open_ones = dispatch_records.decisions(session, unanswered=True)
    late = [one for one in open_ones if one["status"] == "overdue"]
    rows = tuple(
        _row(one["unit"] or one["tier"], one["text"], one["due_on"], f"meeting:{one['meeting']}")
        for one in open_ones
    )
    note = f"议定事项未回告，逾期 {len(late)}"
    yield Waiting("dispatch-answers", "dispatch", "待回告", note, bool(late), rows)
    yield _of_instructions(session)
    planned = revisits.waiting(session) if revisits.codes(session) else []
    rows = tuple(_row(one["unit"], one["title"], one["closed_on"]) for one in planned)
    yield Waiting("to-revisit", "revisits", "待回头看", "已安排，还没有结果", False, rows)
    back = revisits.relapsed(session)
    rows = tuple(_row(one["unit"], one["title"], one["on"]) for one in back)
    yield Waiting("relapsed", "revisits", "反弹待重办", "回头看反弹，尚未重办", True, rows)


def _of_instructions(session: Session) -> Waiting:
    found = [one for one in instructions.listing(session) if one["status"] == "open"]
    late = sum(one["overdue"] for one in found)
    rows = tuple(
        _row(one["leader"], one["gist"], one["report_by"], f"instruction:{one['id']}")
        for one in found
    )
    note = f"批示件未报结，逾期 {late}"
    return Waiting("instructions", "instructions", "批示待报结", note, late > 0, rows)


def _row(unit: str | None, words: str, due_on: str | None, target: str = "") -> Record:
    """Lay out a record as the list behind a figure shows it: who, what, when; what it opens."""
    return {"unit": unit or "", "words": words, "due_on": due_on, "target": target}
