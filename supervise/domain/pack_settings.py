"""The sections of a rule pack as records: what each setting is, may be, and is by default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from supervise.domain.clock import Term
from supervise.domain.dispatch import TIERS
from supervise.domain.duties import EVERY, RESTS, Rhythm
from supervise.domain.pack_layout import LayoutSettings
from supervise.domain.records import UNIT_KINDS, Stage
from supervise.domain.toml_records import (
    choice,
    day,
    flag,
    many,
    named,
    number,
    record,
    setting,
    simple,
    text,
    text_or_blank,
    whole,
)
from supervise.errors import BadInput

OWN_RULE = "本办设定"
NAMING_CRITERIA = ("overdue", "late", "returned", "unreported", "task")
REFERRAL_CRITERIA = ("named_again", "promise_missed", "same_matter", "returned_overdue")
_TEXT, _BLANK, _FLAG, _DATE = map(simple, (text, text_or_blank, flag, day))
_TEXTS = many(_TEXT)
_MODE = choice("strict", "warn", "off")
_NEED = choice("required", "optional")
_KINDS = many(choice(*UNIT_KINDS))


def _term(value: object) -> Term:
    try:
        return Term.parse(value if isinstance(value, str) else str(value))
    except BadInput as error:
        raise ValueError(error.message.rstrip("。")) from None


def _stage(value: object) -> Stage:
    try:
        return Stage(str(value))
    except ValueError:
        known = "、".join(stage.value for stage in Stage)
        raise ValueError(f"没有“{value}”这个阶段，可填：{known}") from None


_TERM, _STAGES = simple(_term), many(simple(_stage))


@dataclass(frozen=True, slots=True)
class Basis:
    """The document a pack rests on; papers cite it only when it is 正式."""

    document: str = setting(_TEXT)
    status: str = setting(choice("征求意见", "正式", "报道"))
    number: str = setting(_BLANK, "")
    date: date | None = setting(_DATE, None)
    clause: str = setting(_BLANK, "")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a document's own chain, and the stages it stands for; none for a mere action."""

    label: str = setting(_TEXT)
    stages: tuple[Stage, ...] = setting(_STAGES, ())


@dataclass(frozen=True, slots=True)
class Chain:
    """A view of the loop in a document's own words."""

    title: str = setting(_TEXT)
    steps: tuple[Step, ...] = setting(many(record(Step)))


@dataclass(frozen=True, slots=True)
class Labels:
    """What the stages are called, and the chains they can be shown as."""

    stages: Mapping[str, str] = setting(named(_TEXT, [stage.value for stage in Stage]), {})
    chains: tuple[Chain, ...] = setting(many(record(Chain)), ())


@dataclass(frozen=True, slots=True)
class City:
    """Whose office it is, and whom its papers address (`copies`: 抄送 of the monthly notice).

    `contact` is whom units ring up. `approval` is the wording of an approval that was given
    (经市委、市政府同意); without it papers leave the place open. `superior` receives
    explanations, `leader` holds interviews, `discipline` may receive referrals.
    """

    name: str = setting(_TEXT)
    office: str = setting(_TEXT)
    addressees: tuple[str, ...] = setting(_TEXTS, ())
    number_prefix: str = setting(_BLANK, "")
    superior: str = setting(_TEXT, "市委、市政府")
    leader: str = setting(_TEXT, "市领导")
    discipline: str = setting(_TEXT, "市纪委监委")
    approval: str | None = setting(_TEXT, None)
    contact: str | None = setting(_TEXT, None)
    copies: tuple[str, ...] = setting(_TEXTS, ())

    def number(self, year: int, n: int) -> str:
        """Give a document number; without a prefix of the office its place is left open."""
        return f"{self.number_prefix or '【待填:发文机关代字】'}〔{year}〕{n}号"


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """The terms of the loop: handling by urgency, and those of the steps around it."""

    handling: Mapping[str, Term] = setting(named(_TERM))
    default: Term = setting(_TERM)
    source: str = setting(_TEXT, OWN_RULE)
    assign: Term = setting(_TERM, Term(2, "d"))
    sign: Term = setting(_TERM, Term(1, "wd"))
    review: Term = setting(_TERM, Term(3, "wd"))
    feedback: Term = setting(_TERM, Term(5, "wd"))

    def term_for(self, urgency: str | None) -> Term:
        """Give the handling term of a class; the default's for none or an unknown one."""
        return self.handling.get(urgency or "", self.default)


@dataclass(frozen=True, slots=True)
class ExtensionSettings:
    """How often, and by how much of the first term, a due date may be put off.

    `length` says whether a longer one is refused (strict), warned of, or not looked at.
    """

    max_count: int = setting(whole(0, 9), 1)
    max_ratio: float = setting(number(0, 10), 1.0)
    length: str = setting(_MODE, "warn")
    no_extension: bool = setting(_FLAG, False)


@dataclass(frozen=True, slots=True)
class PauseSettings:
    """Why a clock may stand still, and within how many days that is looked at again."""

    reasons: tuple[str, ...] = setting(
        _TEXTS, ("等待上级批复", "进入司法程序", "等待诉求人补正", "季节性施工")
    )
    max_review_days: int = setting(whole(1, 366), 30)


@dataclass(frozen=True, slots=True)
class Separation:
    """Whether two steps must be two persons': refused, warned of, or not looked at."""

    separation: str = setting(_MODE, "warn")


@dataclass(frozen=True, slots=True)
class SubmitSettings:
    """What a unit must hand in with 报请复核."""

    measures: str = setting(_NEED, "required")
    evidence: str = setting(_NEED, "optional")

    @property
    def measures_required(self) -> bool:
        """Whether what was done must be said."""
        return self.measures == "required"

    @property
    def evidence_required(self) -> bool:
        """Whether at least one item of evidence must be there."""
        return self.evidence == "required"


@dataclass(frozen=True, slots=True)
class Ground:
    """A criterion of referral: switched on or off, its clause, how it is read (口径)."""

    on: bool = setting(_FLAG, False)
    clause: str = setting(_BLANK, OWN_RULE)
    label: str = setting(_BLANK, "")


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of naming: its clause, how it is read (口径), from how many on it counts."""

    on: bool = setting(_FLAG, False)
    clause: str = setting(_BLANK, OWN_RULE)
    label: str = setting(_BLANK, "")
    min_count: int = setting(whole(1, 1000), 1)
    min_returns: int = setting(whole(1, 100), 2)


@dataclass(frozen=True, slots=True)
class NamingSettings:
    """Whom a monthly notice names. `criteria` always holds all five, in their order.

    `check = "require"` makes the unit's answer to the 核对单 a condition. Kinds in `never` are not
    named, kinds in `by_hand` only by a person. `separation`: drafter and approver of an exemption.
    """

    criteria: Mapping[str, Criterion] = setting(named(record(Criterion), NAMING_CRITERIA))
    series: str = setting(_TEXT, "调度通报")
    check: str = setting(choice("warn", "require"), "warn")
    separation: str = setting(_MODE, "warn")
    never: tuple[str, ...] = setting(_KINDS, ("专项工作组", "司法机关"))
    by_hand: tuple[str, ...] = setting(_KINDS, ("垂管单位",))


@dataclass(frozen=True, slots=True)
class ExplanationSettings:
    """Within which term, from delivery, a named unit explains itself in writing."""

    term: Term = setting(_TERM, Term(5, "wd"))
    source: str = setting(_TEXT, OWN_RULE)


@dataclass(frozen=True, slots=True)
class MonthSettings:
    """The days of the month's work, in working days from the cut-off; all of them 本办设定.

    Before it: `urge` 催报, `collect` 收表. After it: `draft` 拟稿, `check` 核对, `sign` 会签,
    `issue` 签发, `deliver` 印发送达, `interview` 提请. 关账 is the cut-off itself, 收说明 has its
    own term.
    """

    urge: int = setting(whole(0, 20), 3)
    collect: int = setting(whole(0, 20), 1)
    draft: int = setting(whole(0, 40), 1)
    check: int = setting(whole(0, 40), 2)
    sign: int = setting(whole(0, 40), 3)
    issue: int = setting(whole(1, 40), 4)
    deliver: int = setting(whole(1, 40), 5)
    interview: int = setting(whole(1, 40), 10)


@dataclass(frozen=True, slots=True)
class InterviewSettings:
    """How many months running lead to a proposal (0: never), and what a missing notice does."""

    months: int = setting(whole(0, 12), 2)
    gap: str = setting(choice("break", "bridge"), "break")
    clause: str = setting(_BLANK, OWN_RULE)


@dataclass(frozen=True, slots=True)
class ReferralSettings:
    """What makes a candidate for referral. `criteria` always holds all four, in their order."""

    criteria: Mapping[str, Ground] = setting(named(record(Ground), REFERRAL_CRITERIA), {})
    named_again_months: int = setting(whole(1, 24), 3)
    same_matter_months: int = setting(whole(2, 24), 3)
    same_matter_window: int = setting(whole(2, 36), 12)
    returned_times: int = setting(whole(1, 20), 2)


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """How papers look: the official document standard or a bulletin's head; the page itself.

    `head`: the monthly notice bears a red head and a 文号 (文件) or a 期号 under `bulletin` (简报).
    """

    profile: str = setting(choice("gbt9704", "bulletin"), "gbt9704")
    head: str = setting(choice("文件", "简报"), "文件")
    bulletin: str = setting(_TEXT, "优化营商环境工作简报")
    layout: LayoutSettings = setting(record(LayoutSettings), LayoutSettings())

    @property
    def bulletin_head(self) -> bool:
        """Whether the monthly notice is laid out as a bulletin."""
        return self.head == "简报" or self.profile == "bulletin"


@dataclass(frozen=True, slots=True)
class Target:
    """A figure a rate is held against; `clause` says where it comes from."""

    name: str = setting(_TEXT)
    value: float = setting(number(0, 1_000_000))
    comparison: str = setting(choice(">=", "<=", "="), ">=")
    unit: str = setting(_TEXT, "%")
    clause: str = setting(_BLANK, "")


@dataclass(frozen=True, slots=True)
class Cadence:
    """A duty that comes round; `day` of the week (from 1) or month, `anchor` a first day.

    With `owed_by` (kinds of units, or names) it is a report that is followed unit by unit, from
    `since` or the day the pack came into force. `month`, `after` and `rest` are those of `Rhythm`.
    With `tier` it is a meeting (调度) of this tier.
    """

    name: str = setting(_TEXT)
    every: str = setting(choice(*EVERY))
    who: str = setting(_BLANK, "")
    day: int | None = setting(whole(1, 31), None)
    anchor: date | None = setting(_DATE, None)
    month: int | None = setting(whole(1, 12), None)
    after: bool = setting(_FLAG, False)
    rest: str = setting(choice(*RESTS), "顺延")
    owed_by: tuple[str, ...] = setting(_TEXTS, ())
    since: date | None = setting(_DATE, None)
    clause: str = setting(_BLANK, "")
    tier: str = setting(choice(*TIERS), "")

    @property
    def rhythm(self) -> Rhythm:
        """How it comes round. Raises BadInput for what can't."""
        return Rhythm(self.every, self.day, self.month, self.after, self.anchor, self.rest)
