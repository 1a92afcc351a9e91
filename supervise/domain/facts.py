"""What the papers are made of: plain facts with their dates, gathered before a page is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

COUNTY_KINDS = frozenset({"县市区", "开发区"})
_COUNTY_WORDS = ("县", "区", "乡", "镇", "街道")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as numerator and denominator; `previous` is last month's pair."""

    name: str
    numerator: int
    denominator: int
    previous: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many issues stood in a stage at the cut-off, and last month."""

    name: str
    count: int
    previous: int | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """One issue a naming rests on, as of the cut-off.

    `days_late` are calendar days after the due date; 0 where the cut-off is the due day itself.
    `bureau` is the county's bureau that holds the issue; `basis` says why it counts.
    """

    code: str
    title: str
    assigned_on: date | None = None
    due_on: date | None = None
    days_late: int = 0
    stage: str = ""
    submitted_on: date | None = None
    basis: str = ""
    bureau: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question asked beside a name before signing (签发前七查), and what the log says."""

    name: str
    answer: str
    ok: bool = True


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """One unit on a notice; `unit_id` is its own code. `reasons` are finished sentences.

    `beside` are those of them that rest on no issue: tasks not done, reports not made.
    """

    unit: str
    unit_id: str | None = None
    kind: str = "市直部门"
    polarity: str = "named"
    origin: str = "proposed"
    status: str = "effective"
    reasons: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    matters: tuple[Matter, ...] = ()
    questions: tuple[Question, ...] = ()
    check: str | None = None
    exempt_reason: str | None = None
    exempt_by: str | None = None

    @property
    def named(self) -> bool:
        """Whether the unit is named for not having done its work."""
        return self.polarity == "named" and self.status == "effective"

    @property
    def of_county(self) -> bool:
        """Whether the unit stands in the counties' table."""
        return self.kind in COUNTY_KINDS


@dataclass(frozen=True, slots=True)
class LastEntry:
    """A unit named last month: its matters, and what has become of them."""

    unit: str
    matters: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Basis:
    """The document a rule pack rests on; `status`: 正式 or 征求意见."""

    title: str | None = None
    number: str | None = None
    status: str = "征求意见"

    @property
    def in_force(self) -> bool:
        """Whether papers may cite it."""
        return self.status == "正式" and bool(self.title)


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Whose papers these are, and what every one of them may cite.

    `as_of` is the business date they were made on, `code` the 台账校验码 of that moment.
    `superior` receives requests and explanations, `leader` holds interviews, `contact` is whom
    units ring up; `clock` is where the terms of the loop come from, `sign_term` within how long
    a unit signs for an issue.
    """

    city: str
    office: str
    as_of: date
    superior: str = "市委、市政府"
    leader: str = "市领导"
    contact: str | None = None
    clock: str = ""
    sign_term: str = ""
    basis: Basis = Basis()
    code: str = ""
    pack_title: str = ""
    pack_version: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Everything a monthly notice and its basis sheet print.

    `periods` are the months covered (by default `period`); `entries` come in the city's order;
    `total` is the number of issues the stages must add up to. `last_month` is None where no notice
    was issued last month. `approval` is the recorded wording (经市委、市政府同意) or None.
    `explanation_due_text` is a phrase such as 自送达之日起5个工作日内. `code` is the 台账校验码.
    `bulletin` is the name over a bulletin (简报式); None: a red head (文件式). `layout` are the
    settings in which the office's page departs from the standard.
    """

    city: str
    office: str
    period: str
    cutoff: date
    as_of: date
    periods: tuple[str, ...] = ()
    status: str = "draft"
    number: str | None = None
    issued_on: date | None = None
    delivered_on: date | None = None
    addressees: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    approval: str | None = None
    basis: Basis = Basis()
    criteria: tuple[str, ...] = ()
    figures: tuple[Rate, ...] = ()
    stages: tuple[StageCount, ...] = ()
    total: int | None = None
    entries: tuple[EntryFacts, ...] = ()
    last_month: tuple[LastEntry, ...] | None = ()
    explanation_due_text: str | None = None
    explanation_to: str = "市委、市政府"
    requirements: tuple[str, ...] = ()
    contact: str | None = None
    code: str = ""
    pack_title: str = ""
    pack_version: str = ""
    demo: bool = False
    bulletin: str | None = None
    layout: tuple[tuple[str, str | float], ...] = ()

    @property
    def months(self) -> tuple[str, ...]:
        """The months covered, YYYY-MM."""
        return self.periods or (self.period,)

    @property
    def named(self) -> tuple[EntryFacts, ...]:
        """The units named, in the city's order."""
        return tuple(entry for entry in self.entries if entry.named)

    @property
    def concerns_counties(self) -> bool:
        """Whether a county is addressed or named, so that an approval must be printed."""
        addressed = any(word in to for to in self.addressees for word in _COUNTY_WORDS)
        return addressed or any(entry.of_county for entry in self.named)


@dataclass(frozen=True, slots=True)
class InterviewMonth:
    """One month an interview rests on: the notice that named the unit, and for what."""

    period: str
    cutoff: date
    number: str | None = None
    issued_on: date | None = None
    reasons: tuple[str, ...] = ()
    matters: tuple[Matter, ...] = ()


@dataclass(frozen=True, slots=True)
class InterviewStep:
    """A step people took: when, what, by whom, under which 文号."""

    on: date
    what: str
    by: str = ""
    ref: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class InterviewFacts:
    """What a request for an interview, or the record of one, prints.

    `status` as in the interview record; `head` is the unit's 主要负责人, `head_since` since when.
    `leader` is who holds it, `planned_on` and `held_on` when; `ref` is the request's 文号,
    `clause` where the rule stands, `superior_leader` what those are called who hold interviews.
    """

    city: str
    office: str
    unit: str
    status: str
    as_of: date
    unit_id: str | None = None
    head: str | None = None
    head_since: date | None = None
    months: tuple[InterviewMonth, ...] = ()
    warnings: tuple[str, ...] = ()
    steps: tuple[InterviewStep, ...] = ()
    due_on: date | None = None
    addressee: str = "市委、市政府"
    basis: Basis = Basis()
    rule: str = ""
    clause: str = ""
    code: str = ""
    pack_title: str = ""
    pack_version: str = ""
    demo: bool = False
    contact: str | None = None
    leader: str | None = None
    submitted_on: date | None = None
    planned_on: date | None = None
    held_on: date | None = None
    ref: str | None = None
    superior_leader: str = "市领导"
