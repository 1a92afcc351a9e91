"""What must add up in a paper before it is made: counts, dates, and each date's own reason."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from supervise.domain.balance import together
from supervise.domain.dates import period_end, period_start
from supervise.domain.facts import InterviewFacts
from supervise.domain.facts_figures import BalanceFacts, RateSheetFacts, WarningFacts
from supervise.domain.facts_files import FileFacts
from supervise.domain.facts_issues import IssueFacts
from supervise.domain.facts_lists import ListFacts
from supervise.domain.facts_months import BriefFacts, ExplanationFacts, UnitMonthFacts
from supervise.domain.facts_quarter import QuarterFacts, RateLine
from supervise.reports.checks import matter_problems
from supervise.reports.words import chinese_date, month_text


def check_issue(facts: IssueFacts) -> list[str]:
    """List what contradicts itself in the facts of one issue; empty when all agrees."""
    return [*_dates(facts), *_story(facts), *_late(facts)]


def _dates(facts: IssueFacts) -> Iterator[str]:
    if facts.assigned_on and facts.due_on and facts.due_on < facts.assigned_on:
        yield (
            f"{facts.code}的限期{chinese_date(facts.due_on)}早于"
            f"交办日期{chinese_date(facts.assigned_on)}。"
        )
    for one in facts.submissions:
        if one.verdict_on and one.verdict_on < one.on:
            yield (
                f"{facts.code}的复核日期{chinese_date(one.verdict_on)}早于"
                f"报请复核日期{chinese_date(one.on)}。"
            )


def _story(facts: IssueFacts) -> Iterator[str]:
    """The last step that set the due date must end on the date the paper prints."""
    if not facts.due_story or facts.due_on is None:
        return
    last = facts.due_story[-1]
    if last.due_on != facts.due_on:
        told = chinese_date(last.due_on) if last.due_on else "未定"
        yield f"{facts.code}的限期{chinese_date(facts.due_on)}与推算的{told}不符。"
    for step in facts.due_story:
        if step.days and step.due_on and step.days[-1].on != step.due_on:
            yield (
                f"{facts.code}逐日推算到{chinese_date(step.days[-1].on)}，"
                f"与限期{chinese_date(step.due_on)}不符。"
            )


def _late(facts: IssueFacts) -> Iterator[str]:
    if not facts.days_late or facts.due_on is None or facts.closed_on:
        return
    counted = ((facts.submitted_on or facts.as_of) - facts.due_on).days
    if counted != facts.days_late:
        yield f"{facts.code}超期{facts.days_late}天，按限期和日期应为{counted}天。"


def check_unit_month(facts: UnitMonthFacts) -> list[str]:
    """List what contradicts itself behind one unit's name in one month."""
    unit, cutoff = facts.entry.unit, facts.notice.cutoff
    found = [say for one in facts.entry.matters for say in matter_problems(unit, one, cutoff)]
    codes, known = [one.code for one in facts.entry.matters], [one.code for one in facts.matters]
    if codes != known:
        found.append(f"{unit}点名涉及{len(codes)}项，台账列出{len(known)}项，不符。")
    return found + [say for issue in facts.matters for say in _story(issue)]


def check_interview(facts: InterviewFacts) -> list[str]:
    """List what contradicts itself in the months an interview rests on."""
    found = []
    for month in facts.months:
        if not period_start(month.period) <= month.cutoff:
            found.append(
                f"{month_text(month.period)}的统计截止日{chinese_date(month.cutoff)}早于该月。"
            )
        if month.issued_on and month.issued_on <= month.cutoff:
            found.append(
                f"{month_text(month.period)}通报的成文日期{chinese_date(month.issued_on)}"
                f"不晚于统计截止日{chinese_date(month.cutoff)}。"
            )
        for matter in month.matters:
            found += matter_problems(facts.unit, matter, month.cutoff)
    return found


def check_reminder(facts: ExplanationFacts) -> list[str]:
    """List what contradicts itself in a reminder: a date due before the notice was delivered."""
    if facts.due_on >= facts.since:
        return []
    return [
        f"{facts.unit}书面说明的限期{chinese_date(facts.due_on)}早于"
        f"通报送达日期{chinese_date(facts.since)}。"
    ]


def check_brief(facts: BriefFacts) -> list[str]:
    """List what does not add up in the one-page report."""
    found = []
    total = sum(count for _, count in facts.stages)
    if total != facts.total:
        found.append(f"各环节件数之和{total}与总件数{facts.total}不符。")
    if facts.overdue > facts.total:
        found.append(f"到期未报{facts.overdue}件多于总件数{facts.total}件。")
    if len(facts.problems) > facts.overdue:
        found.append(f"列出问题{len(facts.problems)}件多于到期未报{facts.overdue}件。")
    for rate in facts.rates:
        if not 0 <= rate.numerator <= rate.denominator:
            found.append(f"{rate.name}的分子{rate.numerator}与分母{rate.denominator}不合。")
    if not period_start(facts.period) <= facts.cutoff <= period_end(facts.period):
        found.append(f"统计截止日{chinese_date(facts.cutoff)}不在{month_text(facts.period)}之内。")
    return found


def check_list(facts: ListFacts) -> list[str]:
    """List what does not add up in a list of issues: its number, and each issue's own dates."""
    found = [say for one in facts.issues for say in _dates(one)]
    codes = [one.code for one in facts.issues]
    if len(set(codes)) != len(codes):
        found.append("清单中有重复的事项编号。")
    if facts.expected is not None and len(codes) != facts.expected:
        found.append(f"指定{facts.expected}件，列出{len(codes)}件，不符。")
    return found


def check_file(facts: FileFacts) -> list[str]:
    """List what contradicts itself in an issue's file, its stays included."""
    found = check_issue(facts.issue)
    for earlier, later in pairwise(facts.stays):
        if earlier.until is None or earlier.until > later.since:
            found.append(
                f"{facts.code}“{earlier.stage}”环节尚未结束，又在{chinese_date(later.since)}"
                f"进入“{later.stage}”环节。"
            )
    return found


def check_quarter(facts: QuarterFacts) -> list[str]:
    """List what does not add up in a quarter's report: the settlement, its parts, rates, days."""
    found = [f"{one.name}结账不平。" for one in (facts.total, *facts.units) if not one.adds_up]
    for what in ("opening", "added", "reopened", "closed", "ended", "remaining"):
        parts, whole = sum(getattr(one, what) for one in facts.units), getattr(facts.total, what)
        if parts != whole:
            found.append(f"各单位{_SETTLED[what]}之和{parts}与合计{whole}不符。")
    aged = sum(number for _, number in facts.ages)
    if aged != facts.total.remaining:
        found.append(f"各时长件数之和{aged}与期末在办{facts.total.remaining}不符。")
    if facts.overdue > facts.total.remaining:
        found.append(f"到期未报{facts.overdue}件多于期末在办{facts.total.remaining}件。")
    found += [say for line in facts.rates for say in _odd_rates(facts, line)]
    return found


_SETTLED = {
    "opening": "期初",
    "added": "新增",
    "reopened": "反弹恢复",
    "closed": "销号",
    "ended": "其他了结",
    "remaining": "期末",
}


def _odd_rates(facts: QuarterFacts, line: RateLine) -> Iterator[str]:
    if tuple(one.period for one in line.months) != facts.periods:
        yield f"{line.name}所列月份与本季度不符。"
    for one in line.months:
        if not period_start(one.period) <= one.cutoff <= period_end(one.period):
            yield f"{line.name}的截止日{chinese_date(one.cutoff)}不在{month_text(one.period)}之内。"
        if one.rate and not 0 <= one.rate.numerator <= one.rate.denominator:
            yield f"{line.name}的分子{one.rate.numerator}与分母{one.rate.denominator}不合。"


def check_rates(facts: RateSheetFacts) -> list[str]:
    """List the rates that count more than they count of."""
    every = (*facts.figures, *(one for _, found in facts.kinds for one in found))
    return [
        f"{one.rate.name}的分子{one.rate.numerator}大于分母{one.rate.denominator}。"
        for one in every
        if one.rate.numerator > one.rate.denominator
    ]


def check_balance(facts: BalanceFacts) -> list[str]:
    """List the accounts that don't add up, and a total that is not that of the units."""
    lines = (*facts.units, ("合计", facts.total), ("尚未交办", facts.waiting))
    found = [f"{name}结账不平。" for name, one in lines if not one.adds_up]
    if together(one for _, one in facts.units) != facts.total:
        found.append("各单位之和与合计不符。")
    return found


def check_warning(facts: WarningFacts) -> list[str]:
    """List the matters that are not due by the cut-off the letter names."""
    return [
        f"{one.code}限期{chinese_date(one.due_on)}晚于截止日{chinese_date(facts.cutoff)}。"
        for one in facts.matters
        if one.due_on > facts.cutoff
    ]
