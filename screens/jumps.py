"""Where the palette can go beside the commands: lists, units, months, issues, themes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from screens import pinyin
from screens.issue_views import KEPT, Kept
from screens.theme import NAMES
from screens.widgets.columns import one_line
from supervise.domain.dates import period_of
from supervise.services.suggestions import matching
from supervise.services.windows import VIEWS

if TYPE_CHECKING:
    from screens.app import Dashboard

_UNITS = 8
_CODE = re.compile(r"[A-Za-z]*[0-9]*[-_/A-Za-z0-9]*[0-9]{2,}[-_/A-Za-z0-9]*")
_MONTH = re.compile(r"(?:(\d{4})\s*[-/.年]?\s*)?(\d{1,2})\s*月?")
# What may be written in front of what is sought.
WORDS = ("清单", "单位", "通报", "期限日程", "事项", "颜色")


Finder = Callable[["Dashboard", str], Iterator["Jump"]]


@dataclass(frozen=True, slots=True)
class Jump:
    """One place to go: how well it fits, its words, what they mean, and the way there."""

    score: float
    words: str
    about: str
    go: Callable[[], Any]


def jumps(board: Dashboard, typed: str) -> Iterator[Jump]:
    """List where the words typed may lead; a kind written in front leaves the others out."""
    kind, _, rest = typed.strip().partition(" ")
    named = kind if kind in WORDS and rest else ""
    word = (rest if named else typed).strip()
    kinds: dict[str, Finder] = {
        "清单": _lists,
        "单位": _units,
        "通报": partial(_months, "通报"),
        "期限日程": partial(_months, "期限日程"),
        "事项": _issue,
        "颜色": _themes,
    }
    for name, find in kinds.items():
        if word and named in {"", name}:
            yield from find(board, word)


def _fit(word: str, title: str) -> float:
    if word in title:
        return 0.95 if title.startswith(word) else 0.8
    return pinyin.score(word, title)


def _lists(board: Dashboard, word: str) -> Iterator[Jump]:
    own = {one.key: one.name for one in Kept.read(board.preferences.get(KEPT)).own}
    for key, title in {**VIEWS, **own}.items():
        if found := _fit(word, title):
            go = partial(board.open_list, "issues", key)
            yield Jump(found * 0.9, f"清单 {one_line(title)}", "打开这份问题清单", go)


def _units(board: Dashboard, word: str) -> Iterator[Jump]:
    for place, name in enumerate(matching(board.units_known, word, _UNITS)):
        go = partial(board.open_list, "units", f"unit:{name}")
        yield Jump(0.85 - place / 100, f"单位 {one_line(name)}", "打开这个单位的情况", go)


def _months(kind: str, board: Dashboard, word: str) -> Iterator[Jump]:
    period = month(word, board.today)
    if period:
        area, key = ("notices", f"notice-{period}") if kind == "通报" else ("deadlines", period)
        go = partial(board.open_list, area, key)
        yield Jump(0.9, f"{kind} {period}", f"打开这个月的{kind}", go)


def month(word: str, today: date) -> str:
    """Read a month as it may be typed: 2024-11, 202411, 11月; the latest such one before today."""
    found = _MONTH.fullmatch(word)
    if found is None or not (found[1] or word.endswith("月")) or not 1 <= int(found[2]) <= 12:
        return ""
    here = period_of(today)
    year = int(found[1] or here[:4])
    period = f"{year:04}-{int(found[2]):02}"
    late = not found[1] and period > here
    return f"{year - 1:04}{period[4:]}" if late else period


def _issue(board: Dashboard, word: str) -> Iterator[Jump]:
    if _CODE.fullmatch(word) and len(word) >= 4 and not month(word, board.today):
        go = partial(board.open_list, "issues", f"issue:{word.upper()}")
        yield Jump(0.6, f"事项 {word.upper()}", "打开这个编号的事项", go)


def _themes(board: Dashboard, word: str) -> Iterator[Jump]:
    for name, title in NAMES.items():
        if found := max(_fit(word, title), _fit(word, "颜色") * 0.5):
            go = partial(board.action_use_theme, name)
            yield Jump(found * 0.8, f"颜色 {title}", "换成这种颜色", go)
