"""Working days: the bundled list against another library, imports, years without a list."""

import json
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.calendars import bundled
from supervise.domain.calendar import Calendar, Mark, Update
from supervise.domain.calendar_files import parse_calendar, read_days
from supervise.errors import BadInput, Refused

CN = bundled()


def test_every_day_of_2006_to_2026_agrees_with_chinesecalendar():
    first, end = date(2006, 1, 1), date(2027, 1, 1)
    days = [first + timedelta(n) for n in range((end - first).days)]
    assert [d for d in days if CN.is_workday(d) != chinese_calendar.is_workday(d)] == []
    assert all(CN.is_known(day) for day in days)


@pytest.mark.parametrize(("year", "count"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_working_days_a_year(year, count):
    assert CN.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_days_have_names():
    assert CN.name(date(2026, 2, 17)) == "春节"
    assert CN.name(date(2026, 2, 14)) == "调休上班"
    assert CN.name(date(2026, 11, 21)) == "周六"
    assert CN.name(date(2027, 10, 1)) == "国庆节"
    assert sorted(CN.years) == list(range(2004, 2027))


def test_a_year_without_a_list_knows_the_fixed_days_only():
    assert not CN.is_known(date(2027, 1, 1))
    for rest in ("2027-01-01", "2029-05-01", "2028-05-02", "2027-10-01", "2027-07-03"):
        assert not CN.is_workday(date.fromisoformat(rest))
    assert CN.is_workday(date(2027, 2, 8))
    assert CN.is_workday(date(2012, 5, 2))
    assert CN.is_workday(date(2027, 10, 4))


JSON_2027 = {
    "year": 2027,
    "papers": ["https://www.gov.cn/"],
    "days": [
        {"name": "元旦", "date": "2026-12-31", "isOffDay": True},
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
        {"name": "春节", "date": "2027-02-05", "isOffDay": True},
        {"name": "春节", "date": "2027-02-20", "isOffDay": False},
    ],
}


def test_importing_a_years_json():
    update = read_days(json.dumps(JSON_2027, ensure_ascii=False))
    assert update.years == {2027}
    after = CN.with_days(update)
    assert after.is_known(date(2027, 6, 1))
    assert not after.is_workday(date(2026, 12, 31))
    assert not after.is_workday(date(2027, 2, 5))
    assert after.is_workday(date(2027, 2, 20))
    assert after.name(date(2027, 2, 20)) == "调休上班"
    assert after.version.startswith("2027-") and after.version != CN.version
    assert not CN.is_known(date(2027, 6, 1))


def test_a_year_not_announced_is_not_covered():
    with pytest.raises(BadInput, match="2027 年.*尚未公布") as caught:
        read_days('{"year": 2027, "papers": [], "days": []}')
    assert caught.value.code == "year_not_covered"


@pytest.mark.parametrize("text", [
    "{", "{}", '{"year": "x", "days": [{}]}', '{"year": 2027, "days": [{"date": "2027-01-01"}]}',
    '{"year": 2027, "days": [{"date": "很久", "isOffDay": true}]}', "", "日期,安排\n", "只有字",
    '{"year": 2027, "days": [{"date": "2026-01-01", "isOffDay": true}]}',
    "2027-01-01,也许", "2027-01-01,休\n2027-01-01,班", '{"days": ' + "[" * 20_000,
])  # fmt: skip
def test_files_that_cannot_be_read_are_refused(text):
    with pytest.raises(BadInput, match="[\u4e00-\u9fff]"):
        read_days(text)


def test_importing_a_table():
    text = "\ufeff日期,安排,名称\n2026年12月31日,休,元旦\n2027/1/1,休,元旦\n2027-02-20,班\n\n"
    update = read_days(text)
    assert update.years == {2027}
    assert update.days[date(2026, 12, 31)] == Mark(False, "元旦")
    assert update.days[date(2027, 2, 20)] == Mark(True, "调休上班")
    assert read_days("date\tday\n2027-01-01\trest\n2027-02-20\tWORK").years == {2027}


def test_bad_rows_are_all_named():
    with pytest.raises(BadInput) as caught:
        read_days("日期,安排\n2027-01-01,休\n2027-13-01,休\n2027-02-20,?\n")
    assert [fault.row for fault in caught.value.rows] == [3, 4]


def test_the_version_follows_the_content():
    days = {date(2030, 1, 2): Mark(False, "停工")}
    one, two = Calendar.of(days, [2030]), Calendar.of(dict(days), {2030})
    assert one == two and hash(one) == hash(two)
    assert one != Calendar.of(days, [2030, 2031])
    assert one != Calendar.of({date(2030, 1, 2): Mark(True, "停工")}, [2030])
    assert CN.with_days(Update({}, frozenset())) == CN


def test_a_calendar_without_a_working_day_is_refused():
    start = date(2030, 1, 1)
    idle = {start + timedelta(n): Mark(False, "休") for n in range(800)}
    with pytest.raises(Refused, match="没有一个工作日"):
        Calendar.of(idle, [2030, 2031]).add_workdays(start, 1)


DAYS = st.dates(date(2004, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 60))
def test_adding_and_counting_are_inverse(day, count):
    later = CN.add_workdays(day, count)
    assert CN.workdays_between(day, later) == count
    assert count == 0 or CN.is_workday(later)
    assert CN.workdays_exceed(day, later, count - 1) and not CN.workdays_exceed(day, later, count)


@given(DAYS)
def test_the_next_working_day_is_the_first_one(day):
    found = CN.next_workday(day)
    assert found >= day and CN.is_workday(found)
    assert not any(CN.is_workday(day + timedelta(n)) for n in range((found - day).days))


def test_a_list_in_ranges():
    calendar = parse_calendar("# 说明\n2026,休,春节,02-16..02-18\n2026,班,春节,02-14 2025-12-27\n")
    assert [d.day for d in calendar.days if not calendar.is_workday(d)] == [16, 17, 18]
    assert calendar.is_workday(date(2025, 12, 27)) and calendar.years == {2026}
