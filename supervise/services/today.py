"""今日工作: what waits for the office today, each figure with the list that stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supervise.services import windows
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.services.months import Month

_OPEN = frozenset({"submitted", "approved", "deferred", "scheduled"})
_NOTICE_WORDS = {"draft": "拟稿", "issued": "已签发", "withdrawn": "已撤回"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what waits, how many, a remark, and the list behind it (`area`, `target`).

    `target` is the key unless said. `rows` are the records behind a figure that is not a list of
    issues. `urgent`: somebody is late.
    """

    key: str
    area: str
    title: str
    count: int
    note: str = ""
    urgent: bool = False
    rows: tuple[dict[str, Any], ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """What waits: issues by stage, the figures that want something done, the month's progress.

    Not `complete`: the figures of the issues alone.
    """

    stages: dict[str, int]
    figures: tuple[Figure, ...]
    complete: bool = True
    month: Month | None = None


_STAGES = ("discover", "rectify", "review", "feedback", "closed")
_ISSUES = (
    ("overdue", "到期未交，仍在整改", True),
    ("today", "今天是限期最后一天", False),
    ("soon", "含今天到期，尚未超期", False),
    ("to-assign", "待受理、交办", False),
    ("to-review", "待复核", False),
    ("to-visit", "待答复、回访", False),
)


def today(session: Session) -> Today:
    """Gather what waits as of the business date."""
    from supervise.services import months
    from supervise.services.ladder import Standing

    known, standing = of_issues(session), Standing(session)
    rest = (
        *_own(session),
        *_nodes(session),
        *_notice(session),
        *_interviews(session),
        *_owed(session),
        *_sheets(session),
        *_above(session),
        *_programme(session),
    )
    month = months.at_work(session, standing)
    return Today(known.stages, (*known.figures, *rest), month=month)


def of_issues(session: Session) -> Today:
    """Count what waits among the issues: all of it that needs no rule pack and is known at once."""
    names = {*_STAGES, *(key for key, _, _ in _ISSUES)}
    counts = windows.counts(session, {name: windows.view(session, name) for name in names})
    found = [
        Figure(key, "issues", windows.title(key), counts[key], note, late and counts[key] > 0)
        for key, note, late in _ISSUES
    ]
    stages = {name: counts[name] for name in _STAGES}
    return Today(stages, tuple(found), complete=False)


def _own(session: Session) -> list[Figure]:
    """Say where the office itself is late: 交办, 复核, 回访, waiting now or done this month."""
    from supervise.domain.own_terms import DUTIES
    from supervise.services import behind_today

    found = []
    for duty in DUTIES:
        late = behind_today.lateness(session, duty)
        term = duty.term(session.pack.clock).label
        note = f"未办 {len(late.waiting)}，本月迟办 {len(late.done)}，时限{term}"
        key = f"late-{duty.key}"
        title, urgent = behind_today.title(key), bool(late.waiting)
        found.append(Figure(key, "issues", title, len(late.codes), note, urgent))
    return found


def _nodes(session: Session) -> list[Figure]:
    """Say which issues are late with a clock of their own; offices without such have no line."""
    count = windows.count(session, windows.view(session, "nodes-late"))
    title, note = windows.title("nodes-late"), "备案、程序性回复、开工等另计的时限"
    return [Figure("nodes-late", "issues", title, count, note, True)] if count else []


def _notice(session: Session) -> list[Figure]:
    """Say where this month's notice stands, and those before it that are not issued yet."""
    from supervise.domain.dates import period_of, previous_period
    from supervise.services import notice_records

    this = period_of(session.today)
    before = previous_period(this)
    latest = {notice["period"]: notice for notice in notice_records.listing(session)}
    wanted = {period for period, one in latest.items() if one["status"] == "draft"} | {this}
    # Before the first notice of all nothing is owed for the month that is over.
    if latest and before not in latest:
        wanted.add(before)
    return [_notice_figure(period, latest.get(period)) for period in sorted(wanted)]


def _notice_figure(period: str, notice: dict[str, Any] | None) -> Figure:
    if notice is None:
        return Figure(f"notice-{period}", "notices", f"{period} 通报", 0, "未拟稿")
    named = [
        e for e in notice["entries"] if e["status"] == "effective" and e["polarity"] == "named"
    ]
    checked = sum(entry["check"] is not None for entry in named)
    words = _NOTICE_WORDS[notice["status"]]
    note = f"{words}，点名 {len(named)} 家"
    if notice["status"] == "draft":
        note = f"{words}，拟点名 {len(named)} 家，已核对 {checked} 家"
    title, rows = f"{period} 通报", tuple(named)
    return Figure(f"notice-{period}", "notices", title, len(named), note, rows=rows)


def _interviews(session: Session) -> list[Figure]:
    from supervise.services import interviews

    records = interviews.listing(session)
    proposed = tuple(r for r in records if r["status"] == "proposed")
    going = tuple(r for r in records if r["status"] in _OPEN)
    held = tuple(r for r in records if r["status"] == "held")
    return [
        Figure(
            "interviews-proposed",
            "interviews",
            "待提请约谈",
            len(proposed),
            "连续被通报，尚未提请",
            bool(proposed),
            proposed,
        ),
        Figure(
            "interviews-open", "interviews", "约谈办理中", len(going), "已提请，待约谈", rows=going
        ),
        Figure(
            "interviews-held", "interviews", "约谈整改中", len(held), "已约谈，待办结", rows=held
        ),
    ]


def _above(session: Session) -> list[Figure]:
    """Say what leaders wait for, and which closed issues wait to be looked at: if there are any."""
    from supervise.services import behind_leaders

    return [
        Figure(one.key, one.area, one.title, len(one.rows), one.note, one.urgent, one.rows, one.key)
        for one in behind_leaders.waiting(session)
        if one.rows
    ]


def _owed(session: Session) -> list[Figure]:
    from supervise.services import explanations

    records = explanations.listing(session)
    owed = [r for r in records if r["status"] in {"owed", "returned"}]
    late = tuple(r for r in owed if r["overdue"])
    return [
        Figure(
            "explanations-late",
            "notices",
            "书面说明超期",
            len(late),
            f"未交 {len(owed)} 份",
            bool(late),
            late or tuple(owed),
            f"notice-{(late or owed)[0]['period']}" if owed else "notice",
        ),
    ]


def _sheets(session: Session) -> list[Figure]:
    """Say which differences of the sheets that came back wait for a person: if there are any."""
    from supervise.services.sheets import status

    return [_differences(session, one["period"]) for one in status.months(session) if one["open"]]


def _differences(session: Session, period: str) -> Figure:
    from supervise.services.sheets import status

    found = status.status(session, period)
    rows = tuple(
        {**one, "words": f"待核 {one['open']} 处", "due_on": one["received_on"]}
        for one in found["units"]
        if one["open"]
    )
    note = f"{period} 收表 {found['received']}/{found['owed']} 家，差异待核"
    key = f"differences:{period}"
    return Figure(key, "sheets", "收表待对账", found["open"], note, rows=rows)


def _programme(session: Session) -> list[Figure]:
    """Say which tasks and periodic reports are late; nothing where there are none at all."""
    return [*_tasks(session), *_reports(session)]


def _tasks(session: Session) -> list[Figure]:
    from db import tasks as store

    if not store.any_there(session.conn):
        return []
    from supervise.services import task_records

    tasks = task_records.listing(session)
    late = tuple(one for one in tasks if one["light"] == "red")
    soon = sum(one["light"] == "yellow" for one in tasks)
    rows = tuple(
        {
            "unit": one["unit"] or f"任务{one['task']}",
            "words": f"任务{one['task']}：{one['light_why']}",
            "due_on": one["next"]["due_on"] if one["next"] else one["due_on"],
            "target": f"task:{one['task']}",
        }
        for one in late
    )
    title, note = "任务超期", f"红灯；另有黄灯 {soon} 项"
    return [Figure("tasks-late", "tasks", title, len(late), note, bool(late), rows, "light:red")]


def _reports(session: Session) -> list[Figure]:
    from supervise.services import duty_records

    if not duty_records.known(session):
        return []
    late = duty_records.listing(session, state="overdue")
    rows = tuple(
        {**one, "words": f"{one['duty']} {one['label']}", "target": f"duty:{one['duty']}"}
        for one in late
    )
    units = len({(one["unit"], one["unit_id"]) for one in late})
    target = f"duty:{late[0]['duty']}" if late else "duties"
    return [
        Figure(
            "reports-late",
            "duties",
            "应报未报",
            len(late),
            f"{units} 家单位逾期" if late else "没有逾期的",
            bool(late),
            rows,
            target,
        )
    ]
