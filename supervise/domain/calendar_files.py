"""Lists of rest and make-up days as text: the bundled one, holiday-cn's JSON, two-column tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from supervise.domain.calendar import MAKE_UP, ONE_DAY, Calendar, Mark, Update
from supervise.domain.dates import parse_date
from supervise.errors import BadInput, RowError
from supervise.text import clean_line

_WORDS = {
    **dict.fromkeys(("休", "休息", "放假", "休假", "节假日", "rest", "off", "holiday"), False),
    **dict.fromkeys(("班", "上班", "调休", "补班", "工作日", "work", "workday"), True),
}
_HEADINGS = frozenset({"日期", "date", "day"})


def parse_calendar(text: str) -> Calendar:
    """Read the bundled list: lines `year,休|班,name,01-01..01-03 01-05`; # begins a remark.

    The years named are the years covered; a day before the year's first is written in full.
    """
    days: dict[date, Mark] = {}
    years = set()
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        year, word, name, spans = line.split(",")
        years.add(int(year))
        mark = Mark(_WORDS[word], MAKE_UP if _WORDS[word] else name)
        for day in _spans(year, spans):
            days[day] = mark
    return Calendar.of(days, years)


def _spans(year: str, spans: str) -> Iterator[date]:
    for span in spans.split():
        first, _, last = span.partition("..")
        day = _day(year, first)
        end = _day(year, last) if last else day
        while day <= end:
            yield day
            day += ONE_DAY


def _day(year: str, text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"{year}-{text}")


def read_days(text: str) -> Update:
    """Read a file's days, JSON or a table by its first character; see the two readers."""
    is_json = text.lstrip("\ufeff \n\r\t").startswith("{")
    return read_holiday_json(text) if is_json else read_days_csv(text)


def read_holiday_json(text: str) -> Update:
    """Read holiday-cn's JSON: `{"year": 2027, "days": [{"name", "date", "isOffDay"}]}`.

    The file of a year not yet announced exists with an empty list: refused, as it covers nothing.
    A year's list may hold days of the December before. Raises BadInput.
    """
    import json

    try:
        data = json.loads(text.lstrip("\ufeff"))
        items, year = data["days"], data.get("year")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadInput("不是放假安排文件：应为 JSON，内有 year 和 days 两项。") from None
    if not isinstance(items, list) or not (year is None or type(year) is int):
        raise BadInput("放假安排文件的 days 应为列表，year 应为年份数字，请核对。")
    if not items:
        named = f"{year} 年" if year else "这一年"
        raise BadInput(
            f"文件里 {named}的放假安排是空的（国务院办公厅尚未公布），没有导入；公布后请换新文件。",
            code="year_not_covered",
        )
    days, faults = {}, []
    for number, item in enumerate(items, 1):
        try:
            day, mark = _json_day(item)
            days[day] = mark
        except ValueError as error:
            faults.append(RowError(number, "days", str(error)))
    _refuse(faults)
    if year and not any(day.year == year for day in days):
        raise BadInput(f"文件写的是 {year} 年，却没有一天在 {year} 年，请核对。")
    return Update(days, frozenset({year}) if year else _years(days))


def _json_day(item: object) -> tuple[date, Mark]:
    if not isinstance(item, dict) or not isinstance(item.get("isOffDay"), bool):
        raise ValueError("每一项应有 date 和 isOffDay（true 为休，false 为班）")
    name = clean_line(str(item.get("name") or ""))
    return parse_date(item.get("date")), _mark(not item["isOffDay"], name)


def read_days_csv(text: str) -> Update:
    """Read a table of two columns, the date and 休 or 班 (rest or work), a name may follow.

    Columns are parted by a comma, a tab or blanks; a heading is skipped. The years that occur are
    taken as covered, but a December that stands before its next year's days belongs to those.
    Raises BadInput with every bad row.
    """
    days: dict[date, Mark] = {}
    faults = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        columns = _columns(line)
        if not columns or columns[0].startswith("#") or columns[0].lower() in _HEADINGS:
            continue
        try:
            day, mark = _table_day(columns)
        except ValueError as error:
            faults.append(RowError(number, None, str(error)))
            continue
        if days.setdefault(day, mark)[0] != mark.work:
            faults.append(RowError(number, None, f"{day} 前后写得不一样：既休又班"))
    _refuse(faults)
    if not days:
        raise BadInput("文件里没有日期：应有两列，日期和“休”或“班”。", code="year_not_covered")
    return Update(days, _years(days))


def _columns(line: str) -> list[str]:
    for mark in (",", "，", "\t", ";"):
        if mark in line:
            return [clean_line(part.strip(' "')) for part in line.split(mark)]
    return clean_line(line).split()


def _table_day(columns: list[str]) -> tuple[date, Mark]:
    day = parse_date(columns[0])
    word = columns[1] if len(columns) > 1 else ""
    work = _WORDS.get(word.lower())
    if work is None:
        raise ValueError(f"第二列应为“休”或“班”，现为“{word}”")
    return day, _mark(work, columns[2] if len(columns) > 2 else "")


def _mark(work: bool, name: str) -> Mark:
    return Mark(work, MAKE_UP if work else name or "放假")


def _years(days: Iterable[date]) -> frozenset[int]:
    """Give the years that days stand for: a lone December belongs to the year after."""
    years = {day.year for day in days}
    whole = {day.year for day in days if day.month < 12}
    return frozenset(year for year in years if year in whole or year + 1 not in whole)


def _refuse(faults: list[RowError]) -> None:
    if faults:
        first = faults[0]
        raise BadInput(
            f"放假安排文件有 {len(faults)} 处读不懂，第一处在第 {first.row} 行：{first.message}。",
            rows=faults,
        )
