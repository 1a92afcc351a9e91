"""The demo: twelve fictitious months, then the office's main job of the month on them."""

from __future__ import annotations

import shlex
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supervise.cli import diagnostics, output
from supervise.cli.answer import show_record
from supervise.cli.files import show_document
from supervise.cli.front import Front
from supervise.cli.views import table
from supervise.text import cells, pad

if TYPE_CHECKING:
    from supervise.reports.document import Document

_NEXT = (
    ("supervise", "打开总览"),
    ("supervise warn", "这个月将点名谁"),
    ("supervise why 市农业农村局 --period 2024-11", "为什么点名：一直说到每一条记录"),
    ("supervise task list --light red", "亮红灯的任务"),
    ("supervise dispatch decisions --unanswered", "没有回告的议定事项"),
)


def demo(front: Front, path: Path | None = None) -> None:
    """Build the fictitious ledger; without a path, draft this month's notice on it and show it."""
    from supervise.services import demo as fiction

    front.expect_writing()
    place = path or _temporary()
    with diagnostics.progress("演示台账") as progress:
        fiction.build(place, progress)
    front.take(ledger=str(place), today=fiction.TODAY)
    record = {"ledger": str(place), "today": fiction.TODAY.isoformat()}
    if path is not None:
        where = f"--ledger {shlex.quote(str(place))} --today {fiction.TODAY}"
        show_record(front, "ledger", record, f"演示台账已建好；打开总览：supervise {where}")
        if not front.json:
            _tell_next(place, fiction.TODAY)
    elif front.json:
        output.document({**record, **_month(front, fiction.PERIOD)})
    else:
        _tell_month(front, fiction.PERIOD)
        _overview(front, place)
        _tell_next(place, fiction.TODAY)


def _tell_next(place: Path, today: date) -> None:
    """Say how to go on with the ledger: what to set once, then a command for each main job."""
    wide = max(cells(command) for command, _ in _NEXT)
    output.lines(
        "",
        "接着试；先写这一行，再写下面的任何一条：",
        f"  export SUPERVISE_LEDGER={shlex.quote(str(place))} SUPERVISE_TODAY={today}",
        *(f"  {pad(command, wide)}  {what}" for command, what in _NEXT),
    )


def _temporary() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(prefix="supervise-")) / "demo.db"


def _month(front: Front, period: str) -> dict[str, Any]:
    """Draft the month's notice; give it, the interviews to be asked for, and the figures."""
    from supervise.services import interviews, stats
    from supervise.services.work import perform

    with front.session(write=True) as session:
        notice = perform(session, "notice.draft", {"period": period})
        proposed = [one for one in interviews.listing(session) if one["status"] == "proposed"]
        return {"notice": notice, "interviews": proposed, "stats": stats.stats(session)}


def _tell_month(front: Front, period: str) -> None:
    """Print the month's draft as the paper it will be, and who must be interviewed."""
    drawn = _month(front, period)
    cutoff = drawn["notice"]["cutoff"]
    output.lines(
        f"一、本月通报（草稿；截止 {cutoff}，次日起可签发：supervise notice issue {period}）", ""
    )
    show_document(_paper(front, period))
    output.lines("", "二、拟提请约谈（连续两月被通报）", "")
    table("interview", drawn["interviews"])


def _paper(front: Front, period: str) -> Document:
    from supervise.reports.document import from_json
    from supervise.services import compose, notice_records

    with front.session() as session:
        notice = notice_records.find(session, period)
        return from_json(compose.tree(session, notice, "notice"))


def _overview(front: Front, place: Path) -> None:
    """Open the dashboard on a terminal, else print the overview."""
    output.lines("", f"三、总览（台账 {place}）", "")
    if sys.stdin.isatty() and output.on_terminal():
        from supervise.cli.dashboard import open_on

        open_on(front, place)
    else:
        from supervise.cli.ledger import overview

        overview(front)
