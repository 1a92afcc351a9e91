"""What may be made public: periods that a public list covers, the review, and masks on texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from supervise.domain.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    parse_period,
    period_end,
    period_label,
    period_start,
    shift_period,
)
from supervise.text import clean_line, cut

CLEARED, REFUSED = "可以公开", "不予公开"
MASK = "×××"
_ORDINALS = "一二三四"
_QUARTER = re.compile(r"(\d{4})\s*(?:年|[-/.])?\s*(?:[Qq]|第)?\s*([1-4一二三四])\s*(?:季度?)?")
_MARKED = re.compile(r"[Qq季第]")


@dataclass(frozen=True, slots=True)
class Clearance:
    """One review before publication (保密审查): who looked at which texts, and what they said.

    `scope` is a month, a quarter or an issue's code. `digests` are those of the texts looked at:
    what was added or changed since has not been reviewed.
    """

    id: int
    scope: str
    result: str
    on: date
    by: str
    approver: str
    ref: str | None = None
    note: str | None = None
    digests: frozenset[str] = field(default_factory=frozenset)

    @property
    def cleared(self) -> bool:
        """Whether it was found fit to be public."""
        return self.result == CLEARED


def parse_quarter(value: str) -> str:
    """Read a quarter as written — 2024-Q4, 2024Q4, 2024年第四季度 — and give it as "2024-Q4".

    Raises ValueError with a Chinese sentence.
    """
    text = unicodedata.normalize("NFKC", clean_line(value))
    match = _QUARTER.fullmatch(text)
    if match and _MARKED.search(text) and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        number = _ORDINALS.find(match[2]) + 1 or int(match[2])
        return f"{match[1]}-Q{number}"
    raise ValueError(f"“{cut(text, 40)}”不是季度，请写成 2024-Q4 或 2024年第四季度")


def parse_span(value: str) -> str | None:
    """Read a month or a quarter; None when it is neither."""
    for parse in (parse_quarter, parse_period):
        try:
            return parse(value)
        except ValueError:
            continue
    return None


def months_of(span: str) -> tuple[str, ...]:
    """Give the months of a month or a quarter."""
    if "Q" not in span:
        return (span,)
    first = f"{span[:4]}-{3 * int(span[-1]) - 2:02d}"
    return tuple(shift_period(first, n) for n in range(3))


def first_day(span: str) -> date:
    """Give the first day of a month or a quarter."""
    return period_start(months_of(span)[0])


def last_day(span: str) -> date:
    """Give the last day of a month or a quarter."""
    return period_end(months_of(span)[-1])


def span_label(span: str) -> str:
    """Write a month or a quarter as papers do: 2024年11月, 2024年第四季度."""
    if "Q" not in span:
        return period_label(span)
    return f"{span[:4]}年第{_ORDINALS[int(span[-1]) - 1]}季度"


# Telephone and identity numbers and addresses, whoever's they are.
_NUMBERS = re.compile(
    r"(?<!\d)(?:\d{17}[\dXx]|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|0\d{2,3}[- ]?\d{7,8})(?!\d)"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_FIRMS = r"(?:公司|商行|经营部|合作社|工作室|事务所)"
_BEFORE = (
    *("反映", "关于", "影响", "要求", "涉及", "企业", "拖欠", "导致", "致使"),
    *("未向", "未与", "未给", "未覆盖"),
)
# A firm's name where a clause begins with it, or after a word that brings it in; else the last
# characters before 公司, which are its own name more often than not.
_FIRM = re.compile(
    rf"(?:^|(?<=[，。；、：“\s（(])|(?<={')|(?<='.join(_BEFORE)}))"
    rf"(?:(?!{'|'.join(_BEFORE)})[\w（）()·]){{2,16}}?{_FIRMS}"
    rf"|\w{{1,4}}{_FIRMS}"
)


def masked(text: str, words: Iterable[str] = (), spare: Iterable[str] = ()) -> str:
    """Mask people, firms and numbers in a text that is to be public.

    `words` are known names, blotted wherever they stand; `spare` are the names of public bodies,
    which are named as they are. What a pattern misses the reviewer must find.
    """
    for word in sorted(filter(None, words), key=len, reverse=True):
        if len(word) > 1:
            text = text.replace(word, MASK)
    kept = tuple(spare)

    def firm(found: re.Match[str]) -> str:
        return found[0] if any(name in found[0] for name in kept) else MASK

    return _NUMBERS.sub(MASK, _FIRM.sub(firm, text))
