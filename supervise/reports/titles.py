"""Titles on several lines, broken where the sense allows (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from supervise.text import cells

# No line may begin with these; none may end with the others.
_NEVER_FIRST = "，。、；：？！）》”’】〕的和与及了"
_NEVER_LAST = "（《“‘【〔"
# A line may well end after these, or before those.
_GOOD_AFTER = (
    "的",
    "、",
    "》",
    "，",
    "）",
    "办公室",
    "委员会",
    "政府",
    "环境",
    "工作",
    "情况",
    "月",
)
_GOOD_BEFORE = ("关于", "优化营商环境", "《", "工作", "情况", "约谈", "调度", "整改", "主要负责")
# Names and phrases that stay on one line.
_WHOLE = re.compile(
    "优化营商环境|营商环境|领导小组|办公室|主要负责同志|负责同志|工作|情况|通报|请示|通知|整改|约谈"
    "|关于|提请|未按要求|[0-9]+年(?:[0-9]+(?:—[0-9]+)?月)?"
)
_MOST_LINES = 6
# What one more line costs, beside breaks in bad places and lines of unequal length.
_LINE_PRICE = 80.0
_SPLIT_PRICE = 300.0


@lru_cache(maxsize=256)
def title_lines(title: str, characters: int) -> tuple[str, ...]:
    """Break a title into as few lines as fit `characters`, none much shorter than its neighbours.

    A title of more than six lines' text is broken where the lines are full.
    """
    ems = cells(title) / 2
    if ems <= characters:
        return (title,)
    count = -(-cells(title) // (2 * characters))
    ways = [_broken(title, lines, characters) for lines in range(count, _MOST_LINES + 1)]
    if not any(lines for _, lines in ways):
        return tuple(_full(title, characters))
    priced = [(cost + _LINE_PRICE * n, lines) for n, (cost, lines) in enumerate(ways) if lines]
    return min(priced, key=lambda way: way[0])[1]


def _full(title: str, characters: int) -> list[str]:
    """Break a title where each line is full."""
    lines, start, used = [], 0, 0
    for at, char in enumerate(title):
        size = cells(char)
        if used + size > characters * 2:
            lines.append(title[start:at])
            start, used = at, 0
        used += size
    return [*lines, title[start:]]


def _broken(title: str, count: int, characters: int) -> tuple[float, tuple[str, ...]]:
    """Find the cheapest way to break a title into `count` lines; none where it does not fit."""
    inside = {
        at for found in _WHOLE.finditer(title) for at in range(found.start() + 1, found.end())
    }
    places = [at for at in range(1, len(title)) if _may_break(title, at)]
    prices = {at: _price(title, at) + (_SPLIT_PRICE if at in inside else 0) for at in places}
    prices[len(title)] = 0.0
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    even = cells(title) / count
    for line in range(1, count + 1):
        ends = [len(title)] if line == count else places
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in ends:
            for start, (cost, cuts) in best.items():
                wide = cells(title[start:end])
                if start >= end or wide > characters * 2:
                    continue
                total = cost + 0.3 * (wide - even) ** 2 + prices[end]
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, (*cuts, end))
        best = reached
    if len(title) not in best:
        return 0.0, ()
    cost, cuts = best[len(title)]
    return cost, tuple(title[a:b] for a, b in pairwise((0, *cuts)))


def _may_break(title: str, at: int) -> bool:
    before, after = title[at - 1], title[at]
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    # Numbers and words of another script stay whole, and a number with its 年, 月, 日 or 号.
    both = before.isascii() and after.isascii() and before != " " and after != " "
    dated = (before.isdigit() and after in "年月日号季期件—至") or (
        before in "年月—" and after.isdigit()
    )
    return not both and not dated


def _price(title: str, at: int) -> float:
    """Say how much a break here costs: little where a phrase ends."""
    if title[:at].endswith("关于"):
        return 200
    if title[at:].startswith("关于"):
        return -160
    good = title[:at].endswith(_GOOD_AFTER) or title[at:].startswith(_GOOD_BEFORE)
    return 0 if good else 40
