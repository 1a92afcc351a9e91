"""The sentences that stand beside a proposal for an interview: what a person should look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from supervise.domain.dates import date_label
from supervise.domain.ladder_records import Interview, Naming
from supervise.domain.naming import bureaus_in

LATE = "补发形成，需确认"
ANOTHER_OPEN = "该单位另有在办的约谈提请"
CHANGED = "依据已变更，请人工撤回提请"
REVOKED = "依据已撤销"
GONE = "该单位已撤并，约谈对象需确认"


def months_text(periods: Iterable[str], year: str = "") -> str:
    """Print months for reading, the year where it changes: 2024年11月、12月、2025年1月."""
    parts = []
    for period in periods:
        parts.append(f"{period[:4]}年{int(period[5:])}月" if period[:4] != year else _month(period))
        year = period[:4]
    return "、".join(parts)


def _month(period: str) -> str:
    return f"{int(period[5:])}月"


def running_text(months: int) -> str:
    """Print how many months running: 连续两月, 连续三月."""
    numerals = "零一两三四五六七八九十"
    return f"连续{numerals[months] if months < len(numerals) else months}月"


def gap(before: str, missing: Sequence[str], after: str, months: int) -> str:
    """Warn that months without a notice part two namings."""
    named = months_text([before, after])
    none = months_text(missing, after[:4])
    return f"{named}被点名，{none}无通报：不构成{running_text(months)}"


def bridged(missing: Sequence[str]) -> str:
    """Warn that a streak passes over months without a notice."""
    return f"{months_text(missing)}无通报，按本办设定前后视为连续"


def namings_words(namings: Sequence[Naming]) -> list[str]:
    """Warn of different names, bureaus or matters in the namings of one streak, by month."""
    words = names_differ(namings)
    bureaus = [bureaus_in(one.name, one.reasons) for one in namings]
    if len(set(bureaus)) > 1 or any(len(one) > 1 for one in bureaus):
        every = sorted(frozenset().union(*bureaus))
        words.append(f"合并计算，需确认：{namings[-1].name}（{'、'.join(every)}）")
    matters = [{code for reason in one.reasons for code in reason.issues} for one in namings]
    if len(matters) > 1 and all(matters) and not set.intersection(*matters):
        words.append("各月被点名的事项不同")
    return words


def names_differ(namings: Sequence[Naming]) -> list[str]:
    """Warn of different names in the namings of one streak, each with its months."""
    names = {one.name: one for one in reversed(namings)}
    if len(names) < 2:
        return []
    spelled = [f"{one.name}（{months_text(one.periods)}）" for one in reversed(names.values())]
    return [f"各月点名所用名称不同：{'、'.join(spelled)}"]


def refused(interviews: Iterable[Interview], first: str) -> list[str]:
    """Cite the last refusal (不予约谈) about months before a streak, unless one was held since."""
    earlier = [
        one
        for one in interviews
        if one.status in {"declined", "held", "closed"} and min(one.periods, default=first) < first
    ]
    last = max(earlier, key=lambda one: one.id, default=None)
    if last is None or last.status != "declined":
        return []
    when = f"于{date_label(last.declined_on)}" if last.declined_on else ""
    why = f"：{last.reason}" if last.reason else ""
    return [f"{months_text(last.periods)}的提请已{when}不予约谈{why}"]


def head_changed(since: date) -> str:
    """Warn that the unit has another head now: the post is interviewed, not the person."""
    return f"主要负责人{date_label(since)}变更"


def inherited(forerunner: str, namings: Sequence[Naming]) -> str:
    """Say that a unit merged into this one was named: shown, never counted without a person."""
    periods = sorted({period for one in namings for period in one.periods})
    return f"承继自{forerunner}（{months_text(periods)}被点名），未计入，需确认"
