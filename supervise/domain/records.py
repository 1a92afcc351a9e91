"""What the ledger is about, as frozen records: units, issues, their stays in a stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervise.domain.stage_names import CRITERIA, ENDS, LOOP, STAGE_LABELS, Stage

__all__ = [
    "CRITERIA", "ENDS", "LOOP", "STAGE_LABELS", "UNIT_KINDS",
    "Issue", "Reason", "Shift", "Span", "Stage", "Unit",
]  # fmt: skip

UNIT_KINDS = (
    "市直部门",
    "县市区",
    "开发区",
    "垂管单位",
    "司法机关",
    "公用企业",
    "专项工作组",
    "其他",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A responsible body, known by id; its names change, it does not.

    `code` is its own code (统一社会信用代码 or the source system's id). `order` is its place in
    the city's 机构序列. `subject_id` is the accountable subject: a county's bureau answers as the
    county; otherwise the unit itself.
    """

    id: int
    name: str
    code: str | None = None
    kind: str = "市直部门"
    short: str | None = None
    head: str | None = None
    head_since: date | None = None
    order: int | None = None
    parent_id: int | None = None
    subject_id: int = 0
    active: bool = True
    pending: bool = False
    merged_into: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """One stay of an issue in a stage with a unit: entered, due, left, and how it ended.

    `left` is the day the issue left the stage, or None while it is there.
    `outcome` is the verb of the operation that ended the stay (submit, return, pass, …).
    """

    stage: Stage
    unit_id: int | None
    entered: date
    due_on: date | None = None
    left: date | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A due date that moved while the issue stayed with the unit.

    `span` is the index of the stay; `effective` the day from which the new date holds (an
    extension's request, a pause's beginning, otherwise the day of the decision).
    """

    span: int
    effective: date
    before: date | None
    after: date | None
    op: str


@dataclass(frozen=True, slots=True)
class Issue:
    """The current state of one problem, with its stays and the movements of its due dates.

    `unit_id` is the responsible unit (in 发现 the proposed one). `original_due_on` is the first
    due date of the current handling cycle. `moved_on` is the date of the last move between
    stages: nothing may be dated before it. `ended_on` is set in every end, `closed_on` in 销号
    only. `returns` counts 复核退回 and upheld complaints, `reopens` 反弹重办.
    """

    id: int
    code: str
    title: str
    stage: Stage
    moved_on: date
    found_on: date
    detail: str | None = None
    unit_id: int | None = None
    co_units: tuple[int, ...] = ()
    source: str | None = None
    source_no: str | None = None
    batch: str | None = None
    category: str | None = None
    urgency: str | None = None
    handler: str | None = None
    instruction: str | None = None
    has_party: bool = False
    accepted_on: date | None = None
    assigned_on: date | None = None
    due_on: date | None = None
    original_due_on: date | None = None
    term: str | None = None
    signed_on: date | None = None
    urged_on: date | None = None
    urges: int = 0
    extensions: int = 0
    paused_on: date | None = None
    pause_review_on: date | None = None
    submitted_on: date | None = None
    submitted_by: str | None = None
    measures: str | None = None
    reply: str | None = None
    replied_on: date | None = None
    satisfaction: str | None = None
    feedback_on: date | None = None
    closed_on: date | None = None
    ended_on: date | None = None
    returns: int = 0
    reopens: int = 0
    escalated: str | None = None
    merged_into: int | None = None
    imported: bool = False
    spans: tuple[Span, ...] = ()
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit stands on a notice: the criterion, the issues it rests on, a remark."""

    criterion: str
    issues: tuple[str, ...] = ()
    note: str | None = None

    @property
    def count(self) -> int:
        """How many issues the reason rests on."""
        return len(self.issues)
