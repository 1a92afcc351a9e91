"""The programme of work beside the issues: actions, their tasks, milestones, targets, figures.

A target keeps what its document says: the comparator (达到 ≥, 超过 >), the figure, and whether it
is promised (确保) or striven for (力争).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from supervise.domain import measures
from supervise.domain.measures import COMPARATOR_WORDS

MUST, STRIVEN = "确保", "力争"
# As the document words it; 应达 where it says neither 确保 nor 力争.
KINDS = {
    "target": "目标",
    "deadline": "时限",
    "limit": "上限",
    "param": "政策参数",
    "cadence": "频次",
    "trend": "趋势",
    "none": "定性",
}
# Followed, but no figure anybody answers for.
NOT_JUDGED = frozenset({"param", "none"})


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step of a task. `strength` 力争: striven for, never held against anybody."""

    no: int
    title: str
    due_on: date
    done_on: date | None = None
    strength: str = "应达"


@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure reported for a month: as a value, or as numerator and denominator.

    `on` is the day it was reported. `reference` is the outside figure it is held against, where
    the target names no number of its own (全省平均).
    """

    period: str
    on: date
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    reference: Fraction | None = None
    evidence: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A target of a task. Without `due_on` it is rolling: judged by each month's figure.

    `aim` None with a comparator: held against the `reference` of each measurement. `baseline`
    says what it is a share of, or what it is compared with, in the document's words.
    """

    no: int
    name: str
    kind: str = "target"
    comparator: str | None = None
    aim: Fraction | None = None
    high: Fraction | None = None
    measured_in: str = ""
    baseline: str | None = None
    strength: str = "应达"
    due_on: date | None = None
    remark: str | None = None
    measurements: tuple[Measurement, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether there is anything to meet."""
        return self.kind not in NOT_JUDGED and self.comparator is not None

    def latest(self, on: date | None = None) -> Measurement | None:
        """Give the figure of the newest month reported by a day; of one month the last report."""
        known = [one for one in self.measurements if on is None or one.on <= on]
        return max(known, key=lambda one: (one.period, one.on), default=None)

    def result(self, one: Measurement) -> Fraction | None:
        """Work out the figure of a report; None where the denominator is zero."""
        if one.numerator is None or one.denominator is None:
            return one.value
        return measures.ratio(one.numerator, one.denominator, percent=self.measured_in == "%")

    def met(self, one: Measurement) -> bool | None:
        """Tell whether a report meets the target; None where there is nothing to compare."""
        value = self.result(one)
        aim = one.reference if self.aim is None else self.aim
        if value is None or aim is None or not self.judged or self.comparator is None:
            return None
        return measures.compares(value, self.comparator, aim, self.high)

    @property
    def aim_words(self) -> str:
        """The target as it is printed: “≥98%”, “1至2家”, “低于同期全省平均”."""
        if self.comparator is None:
            return ""
        if self.aim is None:
            return f"{_AGAINST[self.comparator]}{self.baseline or '对照值'}"
        low = measures.plain(self.aim)
        if self.comparator == "range":
            return f"{low}至{measures.plain(self.high or self.aim)}{self.measured_in}"
        return f"{COMPARATOR_WORDS[self.comparator]}{low}{self.measured_in}"

    def words(self, one: Measurement | None) -> str:
        """Print a report with what it was counted from: “96.4%（27/28）”; “—” for nothing."""
        if one is None:
            return measures.NO_FIGURE
        aim = one.reference if self.aim is None else self.aim
        comparator = self.comparator

        def judge(value: Fraction) -> bool | None:
            if aim is None or comparator is None:
                return None
            return measures.compares(value, comparator, aim, self.high)

        value = self.result(one)
        text = measures.shown(value, judge)
        counted = ""
        if one.numerator is not None and one.denominator is not None:
            counted = f"（{measures.plain(one.numerator)}/{measures.plain(one.denominator)}）"
        return f"{text}{self.measured_in if value is not None else ''}{counted}"


_AGAINST = {
    ">=": "不低于", ">": "高于", "=": "等于", "<=": "不高于", "<": "低于", "range": "等于"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """One task of an action: who leads, who supports, by when, and how it stands.

    `lead` and `joint` answer for it; units are ids. `sample`: came with the program from a draft
    put out for comment. `done_on`: finished as a whole; `ended_on`: given up with a reason.
    """

    id: int
    code: str
    title: str
    action: str
    lead: int | None = None
    joint: tuple[int, ...] = ()
    co_units: tuple[int, ...] = ()
    due_on: date | None = None
    source: str | None = None
    sample: bool = False
    done_on: date | None = None
    ended_on: date | None = None
    milestones: tuple[Milestone, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def leads(self) -> tuple[int, ...]:
        """Those who answer for the task, the first one first."""
        first = () if self.lead is None else (self.lead,)
        return tuple(dict.fromkeys((*first, *self.joint)))

    def next_milestone(self) -> Milestone | None:
        """Give the earliest step not done yet; None for a task that is over."""
        if self.done_on or self.ended_on:
            return None
        waiting = (one for one in self.milestones if one.done_on is None)
        return min(waiting, key=lambda one: (one.due_on, one.no), default=None)

    def newest(self) -> tuple[Indicator, Measurement] | None:
        """Give the target reported on last, with that report."""
        found = [(one, last) for one in self.indicators if (last := one.latest()) is not None]
        return max(found, key=lambda pair: (pair[1].period, pair[1].on), default=None)
