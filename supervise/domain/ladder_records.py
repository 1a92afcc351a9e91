"""What follows from the issues, as frozen records: notices, namings, interviews, the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from supervise.domain.records import Reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit on a monthly notice.

    `polarity`: named (点名), praised (表扬), noted (提示). `origin`: proposed by the rules or
    manual. `status`: effective, exempt (免予点名), withdrawn. `unit_id` is the accountable subject,
    `name` as printed. `check`: what the unit answered to the 核对单. `explain`: whether an exempt
    unit still owes a written explanation.
    """

    unit_id: int
    name: str
    polarity: str = "named"
    origin: str = "proposed"
    status: str = "effective"
    reasons: tuple[Reason, ...] = ()
    check: str | None = None
    exempt_reason: str | None = None
    exempt_by: str | None = None
    explain: bool = False
    corrected_on: date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A monthly notice (通报). Draft: only what people decided; issued: frozen with its entries.

    `periods` are the months covered, "YYYY-MM"; `seen` is the last event a drafter looked at.
    """

    id: int
    period: str
    cutoff: date
    series: str = "调度通报"
    status: str = "draft"
    periods: tuple[str, ...] = ()
    number: str | None = None
    issued_on: date | None = None
    delivered_on: date | None = None
    withdrawn_on: date | None = None
    entries: tuple[Entry, ...] = ()
    seen: int = 0
    basis: str | None = None
    pack_version: str | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """One effective naming of a unit in an issued notice: what the ladder climbs on.

    `periods` are the months the notice covers: together they are one naming.
    `issued_on` is when the naming took effect (a correction that adds a unit: its own date).
    """

    notice_id: int
    unit_id: int
    name: str
    period: str
    periods: tuple[str, ...]
    issued_on: date
    delivered_on: date | None = None
    number: str | None = None
    series: str = "调度通报"
    reasons: tuple[Reason, ...] = ()


INTERVIEW_OPEN = frozenset({"submitted", "approved", "deferred", "scheduled"})


@dataclass(frozen=True, slots=True)
class Interview:
    """What people decided about an interview (约谈) of a unit's head.

    `periods` are the months it rests on. `status`: submitted, approved, declined, deferred,
    scheduled, held, closed, void. `due_on` is the promised date of a held interview.
    """

    id: int
    unit_id: int
    periods: tuple[str, ...]
    status: str
    submitted_on: date | None = None
    approved_on: date | None = None
    declined_on: date | None = None
    deferred_on: date | None = None
    planned_on: date | None = None
    held_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None
    voided_on: date | None = None
    leader: str | None = None
    reason: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was done about a written explanation (书面说明): handed in, sent back for more."""

    notice_id: int
    unit_id: int
    received_on: date | None = None
    accepted_on: date | None = None
    returned_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """What a person decided about a candidate for discipline inspection.

    `key` names the facts the candidate rests on, so that new facts make a new candidate.
    `status`: recorded, continued, dismissed.
    """

    id: int
    unit_id: int
    criterion: str
    key: str
    status: str
    decided_on: date | None = None
    approver: str | None = None
    recipient: str | None = None
    reason: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: what happened to which subject, when, by whom, with which results."""

    seq: int
    subject: str
    subject_id: int
    op: str
    on: date
    recorded_at: str
    by: str
    recorded_by: str
    ref: str | None = None
    payload: dict[str, object] = field(default_factory=dict)
    hash: str = ""
