"""Duties that come round (定期报送): which periods there are, when each is due, how it stands.

A fortnight is counted in 14 days from an anchor, never by the number of the week: a year of 53
weeks would turn odd into even. A due date on a rest day goes on to the next working day (顺延),
back to the last one before (提前), or stays (不变).
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from supervise.domain.calendar import ONE_DAY, Calendar
from supervise.errors import BadInput, Refused

EVERY = {
    "week": "每周",
    "fortnight": "每两周",
    "month": "每月",
    "two_months": "每两月",
    "quarter": "每季度",
    "half_year": "每半年",
    "year": "每年",
}
_MONTHS = {"month": 1, "two_months": 2, "quarter": 3, "half_year": 6, "year": 12}
_DAYS = {"week": 7, "fortnight": 14}
_WEEKDAYS = "一二三四五六日"
RESTS = ("顺延", "提前", "不变")
STATES = {"submitted": "已报", "overdue": "逾期", "waived": "免报", "pending": "未到期"}
FRIDAY, LAST_DAY = 5, 31
_LONGEST_REST = 366


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a duty comes round, and on which day.

    `day`: of the week (1 is Monday), else of the month. `month`: the how-manieth month, from 1, of
    the period, or with `after` of the time after it. `anchor`: the first day of a fortnight's
    counting, or a month in which a period of two months begins.
    """

    every: str
    day: int | None = None
    month: int | None = None
    after: bool = False
    anchor: date | None = None
    rest: str = "顺延"

    def __post_init__(self) -> None:
        """Refuse what can't come round."""
        fault = _fault(self)
        if fault:
            raise BadInput(fault, code="bad_rhythm")

    @property
    def words(self) -> str:
        """Say the rhythm: “每月5日（遇休息日顺延）”."""
        return f"{EVERY[self.every]}{_day_words(self)}（遇休息日{self.rest}）"


def _fault(rhythm: Rhythm) -> str:
    if rhythm.every not in EVERY:
        return f"不认识“{rhythm.every}”这样的周期，可填：{'、'.join(EVERY)}。"
    if rhythm.rest not in RESTS:
        return f"休息日的办法不能填“{rhythm.rest}”，可填：{'、'.join(RESTS)}。"
    if rhythm.every == "fortnight" and rhythm.anchor is None:
        return "每两周报送的，须写明起算日（--anchor），按起算日每14天一次。"
    longest = 7 if rhythm.every in _DAYS else LAST_DAY
    if rhythm.day is not None and not 1 <= rhythm.day <= longest:
        return f"{EVERY[rhythm.every]}报送的日子应为 1 至 {longest}，不能填 {rhythm.day}。"
    most = _MONTHS.get(rhythm.every, 0)
    if rhythm.month is not None and not (most and 1 <= rhythm.month <= 12):
        return f"{EVERY[rhythm.every]}报送的，不能写第 {rhythm.month} 个月。"
    if rhythm.month is not None and not rhythm.after and rhythm.month > most:
        return f"{EVERY[rhythm.every]}只有 {most} 个月，没有第 {rhythm.month} 个月。"
    return ""


def _day_words(rhythm: Rhythm) -> str:
    if rhythm.every == "week":
        return _WEEKDAYS[(rhythm.day or FRIDAY) - 1]
    if rhythm.every == "fortnight":
        return f"，自{rhythm.anchor}起每14天"
    day = "最后一天" if rhythm.day in {None, LAST_DAY} else f"{rhythm.day}日"
    if rhythm.after:
        return f"，期后第{rhythm.month or 1}个月{day}"
    if rhythm.every == "month":
        return day
    return f"，第{rhythm.month or _MONTHS[rhythm.every]}个月{day}"


@dataclass(frozen=True, slots=True)
class Round:
    """One period of a duty: its days, and the day it is due, before and after the rest rule."""

    key: str
    label: str
    first: date
    last: date
    named_on: date
    due_on: date

    @property
    def heading(self) -> str:
        """The period over a column: “12月 12-05”; of weeks, which bear their day, the day alone."""
        day = f"{self.due_on:%m-%d}"
        return day if self.key == self.named_on.isoformat() else f"{self.label} {day}"

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return self.first <= day <= self.last


def rounds(rhythm: Rhythm, since: date, until: date, calendar: Calendar) -> Iterator[Round]:
    """List the periods whose named day lies from `since` to `until`, oldest first.

    Raises Refused for a calendar that rests for more than a year on end.
    """
    for key, label, first, last, named in _named(rhythm, since, until):
        if since <= named <= until:
            yield Round(key, label, first, last, named, moved(named, rhythm.rest, calendar))


def moved(day: date, rest: str, calendar: Calendar) -> date:
    """Give the due date of a named day under the rule for rest days."""
    if rest == "不变":
        return day
    if rest == "顺延":
        return calendar.next_workday(day)
    for _ in range(_LONGEST_REST):
        if calendar.is_workday(day):
            return day
        day -= ONE_DAY
    raise Refused(
        f"工作日历在 {day} 之后连续 {_LONGEST_REST} 天没有一个工作日，无法计算报送日期；"
        "请用 supervise calendar show 检查后更正。",
        code="no_workday",
    )


_Named = tuple[str, str, date, date, date]


def _named(rhythm: Rhythm, since: date, until: date) -> Iterator[_Named]:
    return _by_days(rhythm, since, until) if rhythm.every in _DAYS else _by_months(
        rhythm, since, until
    )  # fmt: skip


def _by_days(rhythm: Rhythm, since: date, until: date) -> Iterator[_Named]:
    """Weeks from Monday to Sunday; fortnights that end on their named day."""
    step = _DAYS[rhythm.every]
    if rhythm.every == "fortnight":
        assert rhythm.anchor is not None
        start, before = rhythm.anchor, step - 1
    else:
        before = (rhythm.day or FRIDAY) - 1
        start = date(2001, 1, 1) + timedelta(days=before)  # a Monday
    rounds_before = (since - start).days // step
    if rhythm.every == "fortnight":
        rounds_before = max(rounds_before, 0)  # nothing is due before the anchor
    named = start + timedelta(days=rounds_before * step)
    while named <= until:
        first = named - timedelta(days=before)
        last = first + timedelta(days=step - 1)
        yield named.isoformat(), f"{named.month}月{named.day}日", first, last, named
        named += timedelta(days=step)


def _by_months(rhythm: Rhythm, since: date, until: date) -> Iterator[_Named]:
    """Months and periods of months; two months begin where the anchor says, else in January."""
    length = _MONTHS[rhythm.every]
    shift = (rhythm.anchor.month - 1) % 2 if rhythm.anchor and length == 2 else 0
    # A named day lies at most a year after its period.
    number = ((since.year - 2) * 12 - shift) // length
    while True:
        head = number * length + shift
        first, last = _first_of(head), _end_of(head + length - 1)
        if first > until:
            return
        offset = (length if rhythm.after else 0) + (rhythm.month or _default(rhythm, length)) - 1
        end = _end_of(head + offset)
        named = end.replace(day=min(rhythm.day or LAST_DAY, end.day))
        key, label = _names(first, last, length)
        yield key, label, first, last, named
        number += 1


def _default(rhythm: Rhythm, length: int) -> int:
    return 1 if rhythm.after else length


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _end_of(month: int) -> date:
    first = _first_of(month)
    return first.replace(day=months.monthrange(first.year, first.month)[1])


def _names(first: date, last: date, length: int) -> tuple[str, str]:
    year = first.year
    match length:
        case 1:
            return f"{year}-{first.month:02}", f"{first.month}月"
        case 2:
            pair = f"{first.month}、{last.month}月"
            return f"{year}-{first.month:02}~{last.month:02}", pair
        case 3:
            quarter = (first.month + 2) // 3
            return f"{year}-Q{quarter}", f"{'一二三四'[quarter - 1]}季度"
        case 6:
            half = 1 if first.month == 1 else 2
            return f"{year}-H{half}", "上半年" if half == 1 else "下半年"
        case _:
            return str(year), f"{year}年"


@dataclass(frozen=True, slots=True)
class Duty:
    """A report that is owed round after round, from a day on, to an end if there is one.

    `owed_by`: kinds of units, and units by name. `from_pack`: the rule pack asks for it. `seq`:
    the event it was set by.
    """

    name: str
    rhythm: Rhythm
    owed_by: tuple[str, ...]
    since: date
    until: date | None = None
    clause: str = ""
    from_pack: bool = False
    id: int = 0
    seq: int = 0

    def owed_since(self, entered: tuple[int, date] | None) -> date:
        """Say from when a unit owes it, by the event and day the unit was entered with.

        A unit that was there when the duty was set owes all of it; one that came later owes
        nothing whose day had passed before it came.
        """
        if entered is None or entered[0] < self.seq:
            return self.since
        return max(self.since, entered[1])


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of one unit's report for one period: when it came, or that it need not."""

    submitted_on: date | None = None
    waived_on: date | None = None
    reason: str | None = None
    note: str | None = None
    ref: str | None = None
    by: str | None = None


NOTHING = Report()


def together(shares: Iterable[Iterable[Report]]) -> Report:
    """Give what counts for a unit that owes one report for itself and for units it took over.

    `shares`: for each of them the reports that count for it. What any of them handed in is that
    report, the earliest first. It is waived where every share is, from the day the last one was.
    """
    every = [list(one) for one in shares]
    came = [(one.submitted_on, one) for some in every for one in some if one.submitted_on]
    waived = [
        min(((one.waived_on, one) for one in some if one.waived_on), key=_day, default=None)
        for some in every
    ]
    off = [one for one in waived if one is not None]
    free = max(off, key=_day)[1] if off and len(off) == len(every) else NOTHING
    if not came:
        return free
    return replace(min(came, key=_day)[1], waived_on=free.waived_on, reason=free.reason)


def _day(dated: tuple[date, Report]) -> date:
    return dated[0]


def state(due_on: date, report: Report, today: date) -> str:
    """Say how a report stands on a day: one of submitted, waived, overdue, pending.

    The due day itself still counts. What came or was waived after `today` is not known yet.
    """
    if report.submitted_on is not None and report.submitted_on <= today:
        return "submitted"
    if report.waived_on is not None and report.waived_on <= today:
        return "waived"
    return "overdue" if today > due_on else "pending"


def days_late(due_on: date, report: Report, today: date) -> int:
    """Count the days a report was late, or is so far; 0 when it is not or need not be there."""
    how = state(due_on, report, today)
    until = report.submitted_on if how == "submitted" else today
    assert until is not None
    return max((until - due_on).days, 0) if how in {"submitted", "overdue"} else 0


def unreported(due_on: date, report: Report, cutoff: date) -> bool:
    """Tell whether a report due by the cut-off was not there at the end of that day."""
    return due_on <= cutoff and state(due_on, report, cutoff) in {"overdue", "pending"}
