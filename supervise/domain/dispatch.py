"""Dispatch (调度): who meets, what a meeting should look at and why, how matters climb and return.

Source: the city's scheme (保障措施三): groups meet weekly, the leader in charge monthly, the main
leaders quarterly; what a group can't settle goes to the leader in charge, what is grave to the
executive vice mayor, from there to a special meeting. What 重大 means is left to people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from supervise.errors import Refused

GROUP, OFFICE, IN_CHARGE = "专项组", "优化办", "分管市领导"
EXECUTIVE, SPECIAL, MAIN = "常务副市长", "专题会议", "主要领导"
TIERS = (GROUP, OFFICE, IN_CHARGE, EXECUTIVE, SPECIAL, MAIN)
# The way up; 优化办 and 主要领导 stand beside it: the one drives it, the others look at it all.
CLIMB = (GROUP, IN_CHARGE, EXECUTIVE, SPECIAL)
# These look at what is late or was returned; the others only at what was put before them.
_WIDE = frozenset({GROUP, OFFICE, IN_CHARGE, MAIN})
_WORDS = {"专班": GROUP, "专项工作组": GROUP, "专题会": SPECIAL}
MIN_RETURNS = 2
STATUS_LABELS = {
    "due": "待开",
    "missed": "应开未开",
    "open": "进行中",
    "closed": "已结束",
    "void": "已撤销",
}
RESOLUTION_LABELS = {"open": "未回告", "overdue": "逾期未回告", "answered": "已回告"}
ITEM_LABELS = {"picked": "已列", "proposed": "拟列", "dropped": "已撤"}
GROUNDS = ("picked", "escalated", "answered", "unanswered", "overdue", "returned")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: its tier, day and theme; `unit_id` is the group that met, None for all of them."""

    id: int
    tier: str
    held_on: date
    status: str
    theme: str | None = None
    unit_id: int | None = None
    leader: str | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    summary: str | None = None
    ref: str | None = None

    def words(self, today: date) -> str:
        """The status in words; a meeting whose day is still to come is only set down (已排定)."""
        ahead = self.status == "open" and self.held_on > today
        return "已排定" if ahead else STATUS_LABELS[self.status]


@dataclass(frozen=True, slots=True)
class Item:
    """An item people put on a meeting's agenda (picked), or took off it (dropped)."""

    meeting_id: int
    no: int
    status: str
    issue_id: int | None = None
    task: str | None = None
    topic: str | None = None
    reasons: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a meeting decided (议定事项): by whom, by when, what it set off, what came of it."""

    meeting_id: int
    no: int
    text: str
    decided_on: date
    issue_id: int | None = None
    task: str | None = None
    unit_id: int | None = None
    due_on: date | None = None
    action: str | None = None
    answered_on: date | None = None
    answer: str | None = None
    answered_by: str | None = None

    def overdue(self, today: date) -> bool:
        """Whether its day is past and nothing was answered."""
        return self.answered_on is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class Climb:
    """How far a matter climbed: the level as it was written, when, and what came back."""

    level: str
    on: date
    decided_on: date | None = None
    answered_on: date | None = None
    answer: str | None = None

    @property
    def words(self) -> str:
        """The level and where it stands: 提请常务副市长（2024-11-04），已回告 2024-11-20：……."""
        start = f"提请{self.level}（{self.on}）"
        if self.answered_on is not None:
            return f"{start}，已回告 {self.answered_on}：{self.answer}"
        if self.decided_on is not None:
            return f"{start}，已议定 {self.decided_on}，未回告"
        return f"{start}，待研究"


@dataclass(frozen=True, slots=True)
class Matter:
    """An issue as a meeting looks at it; `open`: nothing has ended it yet."""

    code: str
    open: bool = True
    overdue_days: int = 0
    returns: int = 0
    climb: Climb | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something stands on an agenda: one of `GROUNDS`, and the reason in words."""

    kind: str
    words: str


def level_of(text: str | None) -> str | None:
    """Tell which rung of the climb a written level means; None for one outside it."""
    found = [rung for rung in CLIMB if text and rung in text]
    found += [rung for word, rung in _WORDS.items() if text and word in text]
    return max(found, key=CLIMB.index, default=None)


def above(tier: str) -> str | None:
    """Give the level a meeting puts a matter before; None for those with nobody above them."""
    if tier == OFFICE:
        return IN_CHARGE
    at = CLIMB.index(tier) + 1 if tier in CLIMB else len(CLIMB)
    return CLIMB[at] if at < len(CLIMB) else None


def grounds(matter: Matter, tier: str, since: date | None) -> tuple[Ground, ...]:
    """Say why a meeting of a tier should look at an issue; empty when it need not.

    `since` is the day of the tier's last meeting: an answer is told at the first one after it.
    """
    found = []
    if matter.climb is not None and (kind := _climbed(matter, matter.climb, tier, since)):
        found.append(Ground(kind, matter.climb.words))
    if matter.open and tier in _WIDE:
        if matter.overdue_days > 0:
            found.append(Ground("overdue", f"超期 {matter.overdue_days} 天"))
        if matter.returns >= MIN_RETURNS:
            found.append(Ground("returned", f"退回 {matter.returns} 次"))
    return tuple(found)


def _climbed(matter: Matter, climb: Climb, tier: str, since: date | None) -> str:
    """Say whether a matter that climbed is put before a tier, comes back to it, or neither."""
    rung = level_of(climb.level)
    if climb.answered_on is not None:
        told = since is not None and climb.answered_on < since
        return "" if told or not _comes_back(rung, tier) else "answered"
    return "escalated" if matter.open and _put_before(rung, tier) else ""


def _comes_back(rung: str | None, tier: str) -> bool:
    if tier not in CLIMB:
        return tier == OFFICE
    return rung is None or CLIMB.index(tier) <= CLIMB.index(rung)


def _put_before(rung: str | None, tier: str) -> bool:
    if tier == OFFICE:
        return True
    if tier in {IN_CHARGE, MAIN}:
        return rung != GROUP
    return rung == tier


def weight(reasons: Iterable[Ground], matter: Matter | None) -> tuple[int, int, int, str]:
    """Rank what is proposed: what climbed, then what is unanswered, late, returned."""
    kinds = {one.kind for one in reasons}
    place = min((GROUNDS.index(kind) for kind in kinds), default=len(GROUNDS))
    if matter is None:
        return place, 0, 0, ""
    return place, -matter.overdue_days, -matter.returns, matter.code


def require_open(meeting: Meeting, title: str) -> None:
    """Raise Refused for a step at a meeting that is over or was called off."""
    if meeting.status != "open":
        label = STATUS_LABELS[meeting.status]
        raise Refused(
            f"不能{title}：调度 {meeting.id} 现在“{label}”，须在“进行中”时办理。",
            code="not_allowed",
        )


def close(meeting: Meeting, on: date, summary: str | None) -> Meeting:
    """结束调度: what was said may be summed up. Raises Refused for a day before it was held."""
    require_open(meeting, "结束调度")
    _not_before(meeting, on, "结束日期")
    return replace(meeting, status="closed", closed_on=on, summary=summary)


def decide(meeting: Meeting, on: date, due_on: date | None) -> None:
    """议定: raise Refused for a day before the meeting's, or a due date before the decision's."""
    require_open(meeting, "议定")
    _not_before(meeting, on, "议定日期")
    if due_on is not None and due_on < on:
        raise Refused(f"完成期限 {due_on} 早于议定日期 {on}，请改正。", code="due_before_start")


def _not_before(meeting: Meeting, on: date, label: str) -> None:
    if on < meeting.held_on:
        raise Refused(f"{label} {on} 早于会议日期 {meeting.held_on}。", code="before_last_move")


def answer(resolution: Resolution, on: date, text: str, by: str) -> Resolution:
    """回告: say what came of a decision; a later answer takes the place of an earlier one."""
    known = resolution.answered_on or resolution.decided_on
    if on < known:
        raise Refused(f"回告日期 {on} 早于上一步的日期 {known}。", code="before_last_move")
    return replace(resolution, answered_on=on, answer=text, answered_by=by)
