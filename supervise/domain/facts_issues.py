"""What the papers about single issues are made of: dates, steps, and why a date is that date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervise.domain.facts import OfficeFacts


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One line of the log as a paper tells it.

    `recorded_on` is the day it was entered where that is not the day it happened on (补录).
    """

    on: date
    what: str
    by: str = ""
    ref: str | None = None
    note: str | None = None
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True)
class DueDay:
    """One day on the way to a due date: whether it counts, and why."""

    on: date
    counted: bool
    why: str


@dataclass(frozen=True, slots=True)
class DueStep:
    """How a due date was set or moved: a sentence, and day by day where a term was counted."""

    sentence: str
    due_on: date | None = None
    days: tuple[DueDay, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """One 报请复核 and what became of it (`verdict`: 复核通过, 复核退回 or None while open)."""

    on: date
    by: str = ""
    measures: str | None = None
    verdict: str | None = None
    verdict_on: date | None = None
    verdict_by: str = ""
    method: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """One request for a later date: asked when, until when and why; `granted_on` None: open."""

    asked_on: date
    before: date | None = None
    after: date | None = None
    reason: str | None = None
    granted_on: date | None = None
    granted_by: str = ""


@dataclass(frozen=True, slots=True)
class PauseFacts:
    """One pause of the clock: why, from when, until when."""

    since: date
    reason: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """One item of evidence: its name, the day it came in, the head of its SHA-256."""

    name: str
    added_on: date | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """Who complained, as far as a paper may say: name and contact only where 可告知."""

    name: str | None = None
    contact: str | None = None
    standing: str = "无"


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """One issue as of a day, with all a paper about it may print.

    `unit` is who has it, `subject` who answers for it (a bureau's county, else the unit itself).
    `term` is a phrase such as 5个工作日, None where the date was given. `days_late` are calendar
    days past the due date until it was handed in, else until `as_of`; `days_left` the working days
    still to go. `namings` are the months whose issued notices name it.
    """

    office: OfficeFacts
    code: str
    title: str
    stage: str
    as_of: date
    found_on: date
    unit: str | None = None
    unit_id: str | None = None
    subject: str | None = None
    head: str | None = None
    co_units: tuple[str, ...] = ()
    source: str | None = None
    source_no: str | None = None
    batch: str | None = None
    category: str | None = None
    urgency: str | None = None
    handler: str | None = None
    detail: str | None = None
    instruction: str | None = None
    party: PartyFacts = PartyFacts()
    accepted_on: date | None = None
    conclusion: str | None = None
    assigned_on: date | None = None
    assigned_ref: str | None = None
    due_on: date | None = None
    original_due_on: date | None = None
    term: str | None = None
    days_late: int = 0
    days_left: int | None = None
    signed_on: date | None = None
    urged: tuple[date, ...] = ()
    paused_on: date | None = None
    submitted_on: date | None = None
    submissions: tuple[Submission, ...] = ()
    extensions: tuple[ExtensionFacts, ...] = ()
    pauses: tuple[PauseFacts, ...] = ()
    progress: tuple[StepFacts, ...] = ()
    replied_on: date | None = None
    reply: str | None = None
    feedback_on: date | None = None
    satisfaction: str | None = None
    closed_on: date | None = None
    closed_by: str = ""
    returns: int = 0
    reopens: int = 0
    escalated: str | None = None
    evidence: tuple[EvidenceFacts, ...] = ()
    due_story: tuple[DueStep, ...] = ()
    steps: tuple[StepFacts, ...] = ()
    namings: tuple[str, ...] = ()

    @property
    def last(self) -> Submission | None:
        """The latest 报请复核, if there was one."""
        return self.submissions[-1] if self.submissions else None
