"""回头看: which closed issues are looked at again, by a sample anybody can draw a second time.

The same issues and the same seed give the same sample on any machine: each issue's place is the
SHA-256 of the seed and its code, so neither the order of reading nor a library has a say. Spot
checks and cross checks (随机抽查, 交叉检查) are two of the four ways the documents name; in a cross
check nobody looks at their own.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from supervise.errors import Refused

CROSS = "交叉检查"
RELAPSED = "反弹"
RESULTS = ("未查", "稳定", RELAPSED)


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed issue that may be drawn: with whom it lay, and who else had a part in it."""

    code: str
    unit_id: int | None
    closed_on: date | None = None
    barred: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: the months it is about, how it was drawn, from how many."""

    id: int
    seq: int
    period: str
    since: str
    method: str
    seed: int | None
    population: int
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Row:
    """One issue of a plan: whose it was when drawn, who looks at it, the closing that is tried."""

    plan_id: int
    no: int
    issue_id: int
    unit_id: int | None
    checker_id: int | None
    closed_on: date | None


def place(seed: int, word: object) -> str:
    """Give the place of an issue or a unit in the draw of a seed."""
    return hashlib.sha256(f"{seed}:{word}".encode()).hexdigest()


def size_of(population: int, size: int | None, share: int | None) -> int:
    """Give how many are drawn: a number, or a share in per cent, rounded up, one at least.

    Raises Refused when neither or both are said, or they make no sense.
    """
    if (size is None) == (share is None):
        raise Refused("抽取件数（size）和比例（share）请写一项，只写一项；或用编号（issues）指定。")
    if size is not None:
        if size < 1:
            raise Refused("抽取件数应不少于 1。")
        return min(size, population)
    assert share is not None
    if not 1 <= share <= 100:
        raise Refused("抽取比例应为 1 至 100（百分之几）。")
    return -(-population * share // 100)


def allotted(counts: Mapping[int | None, int], size: int, seed: int) -> dict[int | None, int]:
    """Share a sample among units in proportion to what each has closed (largest remainders).

    Equal remainders are settled by the seed's draw.
    """
    total = sum(counts.values())
    size = min(size, total)
    given = {unit: size * count // total for unit, count in counts.items()}
    left = size - sum(given.values())
    by_rest = sorted(
        counts, key=lambda unit: (-(size * counts[unit] % total), place(seed, f"单位{unit}"))
    )
    for unit in by_rest[:left]:
        given[unit] += 1
    return given


def sample(population: Iterable[Closed], size: int, seed: int) -> list[Closed]:
    """Draw a sample, stratified by unit; in the order of the codes."""
    strata: dict[int | None, list[Closed]] = defaultdict(list)
    for one in population:
        strata[one.unit_id].append(one)
    if not strata:
        return []
    wanted = allotted({unit: len(found) for unit, found in strata.items()}, size, seed)
    drawn: list[Closed] = []
    for unit, found in strata.items():
        drawn += sorted(found, key=lambda one: place(seed, one.code))[: wanted[unit]]
    return sorted(drawn, key=lambda one: one.code)


def crossed(
    drawn: Sequence[Closed], checkers: Sequence[int], seed: int
) -> list[tuple[Closed, int | None]]:
    """Say who looks at which, each checker about as often as the others and never at their own.

    Without checkers nobody in particular does. Raises Refused when nobody is left for an issue.
    """
    times = dict.fromkeys(checkers, 0)
    found: list[tuple[Closed, int | None]] = []
    for one in drawn:
        free = [unit for unit in times if unit != one.unit_id and unit not in one.barred]
        if not free and times:
            raise Refused(
                f"交叉检查须回避本单位：事项 {one.code} 没有可派的检查单位，请多写几个检查单位。",
                code="own_unit",
            )
        chosen = min(
            free, key=lambda unit: (times[unit], place(seed, f"{one.code}{unit}")), default=None
        )
        if chosen is not None:
            times[chosen] += 1
        found.append((one, chosen))
    return found
