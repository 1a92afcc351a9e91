"""The sheets of November and December: sent to the units, and what came back in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from db import meta, tasks
from supervise.domain.calendar import Calendar
from supervise.domain.dates import period_end
from supervise.domain.month import workdays_before
from supervise.domain.sheet_pages import NEXT_ON, TASK, Item
from supervise.domain.sheets import DUE, SUBMITTED, Answer, Row
from supervise.services.demo import city, matters
from supervise.services.demo.script import Deed, Script, alone
from supervise.services.sheets import send, status
from supervise.services.sheets.collect import take_over
from supervise.services.sheets.items import leading
from supervise.services.sheets.keys import Key
from supervise.services.sheets.reading import File, Given
from supervise.services.sheets.send import UnitSheet
from supervise.services.work import Record, Work, step

# Units whose sheet of December is not back, and those whose sheets come on the second day.
_NOT_BACK = frozenset({"市商务局", "市文化和旅游局", "市燃气公司", "拟山县", "示川经济开发区"})
_SECOND_DAY = frozenset({
    "市交通运输局", "市住房和城乡建设局", "市科学技术局", "市卫生健康委员会", "样坪区",
    "市供水集团", "设湖县市场监督管理局",
})  # fmt: skip
# Who puts in a row of another's, which it is; who hands in two different sheets.
_STRANGER, _NOT_ITS, _TWICE = "市卫生健康委员会", "SC-2024-0404", "市数据局"
# Above the rows stand the title, the note and the headings.
_FIRST_ROW = 4
_SAID = (*matters.PROGRESS, "已会同企业现场踏勘，方案本周上会", "材料已报省级主管部门，等待批复")
_TASK_SAID = ("年度目标基本完成，正在准备佐证材料", "最后一项正在扫尾，按时限推进")


def scripts(calendar: Calendar) -> Iterator[tuple[date, Script]]:
    """Give the months whose sheets were sent: the first settled, the second still coming in."""
    yield from _month("2024-11", calendar, settled=True)
    yield from _month("2024-12", calendar, settled=False)


def _month(period: str, calendar: Calendar, *, settled: bool) -> Iterator[tuple[date, Script]]:
    end = period_end(period)
    sent: list[UnitSheet] = []
    day = workdays_before(end, 3, calendar)
    yield day, alone(Deed(day, lambda work: _send(work, period, sent)))
    for part in (0, 1):
        day = workdays_before(end, 2 - part, calendar)
        yield day, alone(Deed(day, _collecting(sent, part, settled=settled)))
    if settled:
        day = calendar.add_workdays(end, 1)
        yield day, alone(Deed(day, lambda work: _settle(work, period)))


def _send(work: Work, period: str, sent: list[UnitSheet]) -> Record:
    dispatch = send.prepare(work.session, period)
    work.begin("sheet.send", {"by": city.HANDLERS[0]})
    send.enter(work, dispatch)
    sent += dispatch.sheets
    return send.told(dispatch)


def _collecting(sent: Sequence[UnitSheet], part: int, *, settled: bool) -> Callable[[Work], Record]:
    def collect(work: Work) -> Record:
        ledger = meta.value(work.conn, "ledger") or ""
        strange = {} if settled else _strange(sent)
        led = {
            (unit, task.code)
            for task in tasks.every(work.conn)
            for unit in leading(work.conn, task)
        }
        files: list[File] = []
        for sheet in sent:
            if _part(sheet, settled=settled) == part:
                files.append(_file(sheet, ledger, strange.get(sheet.unit.name), led))
                if not settled:
                    files += _mistaken(sheet, files[-1])
        return take_over(work, files, {"by": city.HANDLERS[0]}).record()

    return collect


def _part(sheet: UnitSheet, *, settled: bool) -> int:
    """Say on which of two days a sheet comes in; 2 is not at all."""
    if sheet.unit.kind == "专项工作组" or (not settled and sheet.unit.name in _NOT_BACK):
        return 2
    return int(sheet.unit.name in _SECOND_DAY)


def _strange(sent: Sequence[UnitSheet]) -> dict[str, Change]:
    """Say which units write what can't be taken over as it stands: those with something in hand."""
    writable = [
        sheet.unit.name
        for sheet in sent
        if _part(sheet, settled=False) < 2 and any(row.writable for row in sheet.rows)
    ]
    return dict(zip(writable, (_later_due, _bad_day, _extension, _handed_in_ahead), strict=False))


def _file(sheet: UnitSheet, ledger: str, change: Change | None, led: set[tuple[int, str]]) -> File:
    """Give a sheet as it comes back: progress on most of what the unit has in hand."""
    rng = Random(f"示川 sheet {sheet.period} {sheet.unit.name}")
    file = File(sheet.file, Key(ledger, sheet.period, sheet.key))
    for number, row in enumerate(sheet.rows, _FIRST_ROW):
        locked = row.locked()
        said = rng.choice(_SAID) if row.writable and rng.randrange(10) < 8 else ""
        answer = Answer(progress=said)
        if change is not None and row.writable:
            answer, change = change(row, locked, answer), None
        file.rows.append(Given(sheet.file, number, row.code, locked, answer))
    for number, item in enumerate(sheet.items, _FIRST_ROW):
        leads = item.kind == TASK and (sheet.unit.id, item.code) in led
        if leads:
            file.rows.append(_of_task(sheet, number, item, rng))
    return file


def _mistaken(sheet: UnitSheet, file: File) -> Iterator[File]:
    """Put what is none of its own into one unit's sheet; give another's a second time, otherwise.

    Both are what a clerk does who collects from several sections.
    """
    if sheet.unit.name == _STRANGER:
        said = Answer(progress="不属我单位职责，请转供水集团")
        file.rows.append(Given(file.name, _FIRST_ROW + len(file.rows), _NOT_ITS, {}, said))
    if sheet.unit.name == _TWICE:
        first = next(row for row in file.rows if not row.answer.empty)
        name = file.name.replace(".xlsx", "（业务科）.xlsx")
        said = Answer(progress="平台仍在试运行，未全部开通")
        other = Given(name, _FIRST_ROW, first.code, first.locked, said)
        yield File(name, file.key, [other])


def _of_task(sheet: UnitSheet, number: int, item: Item, rng: Random) -> Given:
    """Report on a task; one whose next step is due that day is said to be finished."""
    locked = item.locked()
    ready = locked[NEXT_ON] == "2024-12-31"
    day = date(2024, 12, 26) if ready and sheet.period == "2024-12" else None
    answer = Answer(progress=rng.choice(_TASK_SAID), submitted_on=day)
    return Given(sheet.file, number, item.code, locked, answer, TASK)


# What a unit did to a row: it may write into the locked cells, and gives what it answers.
Change = Callable[[Row, dict[str, str], Answer], Answer]


def _later_due(row: Row, locked: dict[str, str], answer: Answer) -> Answer:
    """Write another date into the locked column 办理期限."""
    locked[DUE] = "2025-01-31"
    return answer


def _bad_day(row: Row, locked: dict[str, str], answer: Answer) -> Answer:
    """Hand in on a day that is none."""
    wrong = {SUBMITTED: ("12月底前", f"“{SUBMITTED}”不是能用的日期：12月底前。")}
    return Answer(measures=matters.MEASURES[1], wrong=wrong)


def _extension(row: Row, locked: dict[str, str], answer: Answer) -> Answer:
    """Ask for a later date."""
    until = (row.due_on or date(2024, 12, 31)) + timedelta(days=14)
    return Answer(_SAID[-1], extend_to=until, reason="需省级主管部门批复，预计一月中旬")


def _handed_in_ahead(row: Row, locked: dict[str, str], answer: Answer) -> Answer:
    """Hand in on a day that is still to come."""
    return Answer(measures=matters.MEASURES[0], submitted_on=date(2025, 1, 6))


def _settle(work: Work, period: str) -> Record:
    """Look at each difference of a month and leave it."""
    done: Record = {}
    for one in status.status(work.session, period)["differences"]:
        values = {name: one[name] for name in ("unit", "issue", "column")}
        said = {"period": period, **values, "by": city.HANDLERS[0]}
        done = step(work, "sheet.dismiss", said)
    return done
