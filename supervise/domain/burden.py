"""基层负担: how often the office asked a unit for something, month by month, and what twice.

The central rules on relieving the grassroots (中共中央办公厅《关于解决形式主义突出问题为基层减负
的通知》，2019；《整治形式主义为基层减负若干规定》，2024) tell offices to ask for no more material
than is needed, and not twice: the office counts its own asking before a unit does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from supervise.domain.dates import period_of, shift_period

# What asks a unit to answer or to hand something in. Giving out an issue is the task itself, not
# one more demand about it, and is not counted; nor is what the unit does by itself.
KINDS: dict[str, str] = {
    "urge": "催办",
    "return": "退回补正",
    "check": "核对单",
    "explanation": "书面说明",
    "interview": "约谈材料",
    "sheet": "问题表",
    "report": "定期报送",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One time a unit was asked for something.

    `kind` (see `KINDS`): `urge` each 催办 while the issue lay with the unit; `return` each
    复核退回, and each complaint upheld at 回访, that sent an issue back to it; `check` each answer
    to a 《拟通报事项核对单》, which it had to be sent before; `explanation` each naming it owes a
    written explanation for, on the day the term begins, and each time one was sent back;
    `interview` each day set for an interview of its head, or the day held where none was set;
    `sheet` each 问题表 it was sent to fill in, the same one sent again not counted; `report` each
    period of a 定期报送 on the day it was due, unless it was let off.
    `about` is the issue's code, the notice's month, the interview's number, the sheet or the
    report.
    """

    on: date
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class MonthBurden:
    """What a unit was asked for in one month: how often of each kind, and how many were repeats."""

    period: str
    counts: tuple[tuple[str, int], ...]
    repeats: int

    @property
    def total(self) -> int:
        """How often it was asked, repeats included."""
        return sum(number for _, number in self.counts)


def burden(asks: Iterable[Ask], period: str, months: int) -> tuple[MonthBurden, ...]:
    """Count by month, the newest first, `months` of them up to and including `period`.

    A repeat is asking for the same kind of thing about the same matter that was asked for before:
    the second 催办 of one issue, the second answer to one 核对单, an explanation sent back. `asks`
    may reach back further than the months counted, so that a repeat is known for one.
    """
    known = sorted(asks, key=lambda one: one.on)
    seen: set[tuple[str, str]] = set()
    counts: dict[str, Counter[str]] = {}
    repeats: Counter[str] = Counter()
    for one in known:
        month, matter = period_of(one.on), (one.kind, one.about)
        counts.setdefault(month, Counter())[one.kind] += 1
        repeats[month] += matter in seen
        seen.add(matter)
    wanted = [shift_period(period, -back) for back in range(months)]
    return tuple(_month(month, counts.get(month, Counter()), repeats[month]) for month in wanted)


def _month(period: str, counts: Counter[str], repeats: int) -> MonthBurden:
    kept = tuple((kind, counts[kind]) for kind in KINDS if counts[kind])
    return MonthBurden(period, kept, repeats)


def burden_words(month: MonthBurden) -> str:
    """Say a month's burden in words: 催办2次、核对单1次（其中重复1次）."""
    parts = "、".join(f"{KINDS[kind]}{number}次" for kind, number in month.counts)
    again = f"（其中重复{month.repeats}次）" if month.repeats else ""
    return f"{parts}{again}" if parts else "没有要材料"
