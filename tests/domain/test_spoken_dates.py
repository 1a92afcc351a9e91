"""Dates said from today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.calendar import Calendar
from supervise.domain.spoken_dates import spoken_date

FRIDAY = date(2024, 12, 27)
PLAIN = Calendar.of({}, [2024, 2025])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("今天", FRIDAY), ("昨天", date(2024, 12, 26)), ("后天", date(2024, 12, 29)),
        ("+3", date(2024, 12, 30)), ("＋3天", date(2024, 12, 30)), ("-1w", date(2024, 12, 20)),
        ("+2wd", date(2024, 12, 31)), ("+2个工作日", date(2024, 12, 31)),
        ("+2m", date(2025, 2, 27)), ("+1个月", date(2025, 1, 27)),
        ("-1wd", None), ("3", None), ("2024-12-01", None), ("+99999", None), ("", None),
    ],
)  # fmt: skip
def test_words_and_steps(said: str, meant: date | None) -> None:
    assert spoken_date(said, FRIDAY, PLAIN) == meant


@given(st.integers(0, 3000), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_steps_in_days(number: int, today: date) -> None:
    assert spoken_date(f"+{number}d", today, None) == today + timedelta(days=number)
    assert spoken_date(f"+{number}wd", today, None) is None


@given(st.text(max_size=12))
def test_other_text_is_no_date(text: str) -> None:
    assert spoken_date(text, FRIDAY, PLAIN) is None or text.strip()
