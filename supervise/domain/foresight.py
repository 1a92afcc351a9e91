"""Looking ahead to a cut-off: what would decide a naming, and in what order to see to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from supervise.domain.dates import period_end

# The sooner an enterprise was promised an answer, the more a wait hurts it.
_URGENCIES = ("紧急", "平急", "疑难")
_LAST_DAYS = 3


@dataclass(frozen=True, slots=True)
class AtStake:
    """One issue that would decide a naming: what it is, and how long the enterprise has waited.

    `due_on` as it stands now; `found_on` is the day the enterprise's wait began.
    """

    code: str
    title: str
    due_on: date | None
    found_on: date
    urgency: str | None = None

    def waited(self, today: date) -> int:
        """Count the calendar days since the problem was found."""
        return (today - self.found_on).days

    def late(self, today: date) -> bool:
        """Tell whether its date has passed: what is due today may still come in time."""
        return self.due_on is not None and self.due_on < today


def by_harm(issues: Iterable[AtStake], today: date) -> tuple[AtStake, ...]:
    """Sort issues by the harm to the enterprise: days waited, then urgency, then code."""

    def harm(one: AtStake) -> tuple[int, int, str]:
        known = one.urgency in _URGENCIES
        rank = _URGENCIES.index(one.urgency) if known and one.urgency else len(_URGENCIES)
        return -one.waited(today), rank, one.code

    return tuple(sorted(issues, key=harm))


def rush_days(period: str) -> tuple[date, date]:
    """Give the last three calendar days of a month: handing in then is 突击报件 if sent back."""
    last = period_end(period)
    return last - timedelta(days=_LAST_DAYS - 1), last
