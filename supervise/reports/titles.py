"""Titles on several lines: broken where the sense allows, in the shapes of GB/T 9704-2012, 7.3.1."""

from __future__ import annotations

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
    "会",
    "办公室",
    "委员会",
    "政府",
    "工作",
    "情况",
    "环境",
)
_GOOD_BEFORE = (
    "关于",
    "的通",
    "的请",
    "的函",
    "的报",
    "工作",
    "情况",
    "《",
    "优化",
    "营商",
    "调度",
)
_MOST_LINES = 6


@lru_cache(maxsize=256)
def title_lines(title: str, characters: int) -> tuple[str, ...]:
    """Break a title into as few lines as fit `characters`, none much shorter than its neighbours.

    A title of more than six lines' text is broken where the lines are full.
    """
    ems = cells(title) / 2
    if ems <= characters:
        return (title,)
    count = -(-int(cells(title)) // (2 * characters))
    for lines in range(count, _MOST_LINES + 1):
        found = _broken(title, lines, characters)
        if found:
            return found
    return tuple(_full(title, characters))


def _full(title: str, characters: int) -> list[str]:
    lines, start, used = [], 0, 0
    for at, char in enumerate(title):
        size = cells(char)
        if used + size > characters * 2:
            lines.append(title[start:at])
            start, used = at, 0
        used += size
    return [*lines, title[start:]]


def _broken(title: str, count: int, characters: int) -> tuple[str, ...]:
    """Find the cheapest way to break a title into `count` lines; none where it does not fit."""
    places = [at for at in range(1, len(title)) if _may_break(title, at)]
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
                total = cost + (wide - even) ** 2 + _price(title, end)
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, (*cuts, end))
        best = reached
    if len(title) not in best:
        return ()
    return tuple(title[a:b] for a, b in pairwise((0, *best[len(title)][1])))


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
    if at == len(title):
        return 0
    if title[at:].startswith("关于"):
        return -60
    good = title[:at].endswith(_GOOD_AFTER) or title[at:].startswith(_GOOD_BEFORE)
    return 0 if good else 40
