"""Dates as people and files write them."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.domain import dates

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
WRITTEN = (
    "{y}-{m}-{d}",
    "{y:04}-{m:02}-{d:02}",
    "{y}/{m}/{d}",
    "{y}.{m}.{d}",
    "{y}年{m}月{d}日",
    "{y} 年 {m:02} 月 {d:02} 日",
    "{y}年{m}月{d}号 星期四",
    "{y:04}{m:02}{d:02}",
    "{y:04}-{m:02}-{d:02}T23:59:59.123+08:00",
    "{y:04}-{m:02}-{d:02} 00:00:00",
    "{y}/{m}/{d} 9:05",
    "{y}年{m}月{d}日 10时30分",
    "  {y}-{m}-{d}\u3000",
)


@given(DAYS, st.sampled_from(WRITTEN))
def test_every_way_to_write_a_date_reads_back(day, written):
    text = written.format(y=day.year, m=day.month, d=day.day)
    assert dates.parse_date(text) == day


@given(DAYS)
def test_full_width_digits_and_papers_read_back(day):
    wide = day.isoformat().translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789-"})
    assert dates.parse_date(wide) == day
    assert dates.parse_date(dates.date_label(day)) == day


@given(DAYS, st.sampled_from("/.-"))
def test_foreign_orders(day, mark):
    text = f"{day.day}{mark}{day.month}{mark}{day.year}"
    assert dates.parse_date(text, "dmy") == day
    text = f"{day.month:02}{mark}{day.day:02}{mark}{day.year} 8:00 PM"
    assert dates.parse_date(text, "mdy") == day
    with pytest.raises(ValueError, match="dmy"):
        dates.parse_date(text)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_sentence(text):
    try:
        assert isinstance(dates.parse_date(text), date)
    except ValueError as error:
        assert "日" in str(error) or "年" in str(error)


def test_a_timestamps_own_date_counts():
    late = datetime(2024, 6, 28, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert dates.parse_date(late) == date(2024, 6, 28)
    assert dates.parse_date("2024-06-28T23:30:00Z") == date(2024, 6, 28)
    assert type(dates.parse_date(datetime(2024, 6, 28, 1))) is date


@pytest.mark.parametrize(
    "bad",
    ["", "无", "26-02-05", "2026-02-30", "2026-13-01", "2026-W01-1", "0206-02-05", "2026年2-5",
     "2026-2/5", "45717", 45717, 45717.5, True, None, float("nan"), "2026-02-05之前", "20260230"],
)  # fmt: skip
def test_what_is_not_a_date_is_refused(bad):
    with pytest.raises(ValueError, match="[\u4e00-\u9fff]"):
        dates.parse_date(bad)


def test_serial_numbers_only_where_asked_for():
    assert dates.parse_date(45717, excel_serials=True) == date(2025, 3, 1)
    assert dates.parse_date(45717.75, excel_serials=True) == date(2025, 3, 1)
    assert dates.parse_date(20260205.0) == date(2026, 2, 5)
    with pytest.raises(ValueError):
        dates.parse_date(7, excel_serials=True)


@pytest.mark.parametrize(
    "text",
    ["2026-02", "2026年2月", "2026/2", "2026.02", "202602", "２０２６年２月份", date(2026, 2, 9)],
)
def test_months(text):
    assert dates.parse_period(text) == "2026-02"


@pytest.mark.parametrize("text", ["2026-13", "2月", "2026", "", "2026-02-05", None, "26-02"])
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(ValueError, match="月份"):
        dates.parse_period(text)


@given(DAYS, st.integers(-30, 30))
def test_months_follow_each_other_across_years(day, months):
    period = dates.period_of(day)
    later = dates.shift_period(period, months)
    assert dates.shift_period(later, -months) == period
    assert dates.previous_period(dates.next_period(period)) == period
    assert (dates.next_period(period) == later) == (months == 1)
    assert dates.period_start(period) <= day <= dates.period_end(period)
    assert dates.parse_period(dates.period_label(period)) == period


def test_december_and_january():
    assert dates.next_period("2024-12") == "2025-01"
    assert dates.previous_period("2025-01") == "2024-12"
    assert dates.period_end("2024-02") == date(2024, 2, 29)
    assert dates.period_label("2026-02") == "2026年2月"
