"""The rates an office prints as named formulas: what is counted, of what, against which target.

The denominators are those of the field (销号率 of 已交办 less 合并 and 终止; 回访率 and 满意率 of
those who can be asked); 到期 counts the issues whose first date has come by the cut-off, whether
or not they were handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from supervise.domain.rates import Counts, Rate, meets, target_of

if TYPE_CHECKING:
    from supervise.domain.clocksets import Node
    from supervise.domain.pack_clocksets import ClockSet
    from supervise.domain.pack_settings import Target

APPROVED, ORIGINAL = "按批准时限", "按原时限"
# The other reading of 销号率: of those whose date has come, not of all that were given out.
FALLEN_DUE = "按到期应销"


@dataclass(frozen=True, slots=True)
class MoreCounts:
    """What the rates need beside `Counts`, as of the same day.

    `due_original` 按原时限到期应交, of them `in_time_original` 首次提交不晚于原时限. `finished`
    到期应交 that are in 反馈 or 销号, `closed` those in 销号. `voiced` 到期应交且有诉求人, of them
    `replied` 已答复. `unreached` 回访时联系不上.
    """

    due_original: int = 0
    in_time_original: int = 0
    finished: int = 0
    closed: int = 0
    voiced: int = 0
    replied: int = 0
    unreached: int = 0


Pair = tuple[int, int]
# A notice prints one reading of each rate: these are told beside it.
_NEVER_PRINTED = frozenset({ORIGINAL, FALLEN_DUE})


@dataclass(frozen=True, slots=True)
class Formula:
    """One rate by its name, how it is read (`basis`), and both its parts in words."""

    name: str
    basis: str
    numerator: str
    denominator: str
    of: Callable[[Counts, MoreCounts], Pair]


FORMULAS = (
    Formula(
        "销号率",
        "",
        "截止日已销号的事项",
        "截止日前已交办的事项，减去合并办理、终止办理的",
        lambda c, m: (c.closed, c.assigned - c.merged - c.terminated),
    ),
    Formula(
        "销号率",
        FALLEN_DUE,
        "到期应销、截止日已销号的事项",
        "首次交办的限期在截止日或之前的事项，合并、终止的除外",
        lambda c, m: (m.closed, c.due),
    ),
    Formula(
        "按期办结率",
        APPROVED,
        "首次报请复核不晚于当时限期（含批准的延期和补回的暂停）的事项",
        "首次交办的限期在截止日或之前的事项，合并、终止的除外",
        lambda c, m: (c.in_time, c.due),
    ),
    Formula(
        "按期办结率",
        ORIGINAL,
        "首次报请复核不晚于原限期（不计延期）的事项",
        "首次交办的原限期在截止日或之前的事项，合并、终止的除外",
        lambda c, m: (m.in_time_original, m.due_original),
    ),
    Formula(
        "办结率",
        "",
        "到期应办结、截止日已复核通过（反馈或销号）的事项",
        "首次交办的限期在截止日或之前的事项，合并、终止的除外",
        lambda c, m: (m.finished, c.due),
    ),
    Formula(
        "综合回复率",
        "",
        "到期应回复、截止日或之前已答复诉求人的事项",
        "首次交办的限期在截止日或之前、有诉求人的事项，合并、终止的除外",
        lambda c, m: (m.replied, m.voiced),
    ),
    Formula(
        "回访率",
        "",
        "已尝试回访（含联系不上）的事项",
        "截止日在反馈或已销号、有诉求人的事项",
        lambda c, m: (c.attempted, c.fed_back),
    ),
    Formula(
        "满意率",
        "",
        "回访为“满意”的事项（不含基本满意）",
        "回访接通并表态的事项；联系不上、无诉求人的不计，另列",
        lambda c, m: (c.satisfied, c.answered),
    ),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One rate as it is printed: in counts, with its target and whether it is met.

    `met` is None where nothing was counted or no target is set. `printed`: the two counts are
    those the month's issued notice printed, and will never change.
    """

    rate: Rate
    basis: str
    numerator: str
    denominator: str
    target: float | None = None
    comparison: str = ">="
    clause: str = ""
    met: bool | None = None
    printed: bool = False


def figures(
    counts: Counts,
    more: MoreCounts,
    targets: Sequence[Target],
    printed: Iterable[Rate] = (),
) -> tuple[Figure, ...]:
    """Give every rate of a group on a day; those a notice printed as it printed them."""
    fixed = {one.name: one for one in printed}
    found = []
    for formula in FORMULAS:
        kept = None if formula.basis in _NEVER_PRINTED else fixed.get(formula.name)
        rate = kept or Rate(formula.name, *formula.of(counts, more))
        found.append(_against(rate, formula, target_of(formula.name, targets), kept is not None))
    return tuple(found)


def _against(rate: Rate, formula: Formula, target: Target | None, printed: bool) -> Figure:
    parts = (formula.basis, formula.numerator, formula.denominator)
    if target is None:
        return Figure(rate, *parts, printed=printed)
    met = meets(rate, target)
    return Figure(rate, *parts, target.value, target.comparison, target.clause, met, printed)


def node_figures(
    sets: Iterable[ClockSet], nodes: Sequence[Node], cutoff: date
) -> tuple[Figure, ...]:
    """Give the rates of clock sets: nodes reached by their last day, of those whose day has come.

    `nodes` are those due by the cut-off. Nodes of a set the pack no longer has are left out.
    """
    from supervise.domain.pack_settings import Target

    found = []
    for one in sets:
        for rule in one.nodes:
            if not rule.rate:
                continue
            due = [n for n in nodes if (n.clocks, n.name) == (one.name, rule.name) and n.due_on]
            in_time = sum(n.done_on is not None and not n.late(cutoff) for n in due)
            rate = Rate(rule.rate, in_time, len(due))
            formula = Formula(
                rule.rate,
                one.name,
                f"最后一天或之前已{rule.name}的事项",
                f"“{rule.name}”的最后一天在截止日或之前的事项",
                lambda c, m: (0, 0),
            )
            target = None
            if rule.target is not None:
                target = Target(rule.rate, rule.target, rule.comparison, "%", one.clause)
            found.append(_against(rate, formula, target, False))
    return tuple(found)
