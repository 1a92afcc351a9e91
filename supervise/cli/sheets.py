"""Sheets out to the units and back: sheet send, collect, status."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from supervise.cli import diagnostics, output
from supervise.cli.answer import Record
from supervise.cli.front import Front
from supervise.text import cut

_DIFFERENCE = ("unit", "issue", "column", "ours", "theirs", "last")
# In cells of a terminal: a table stays a table whatever a unit pasted into a cell.
_WIDEST = 48
_LISTED = ("事项", "任务", "报送")
_HEADINGS = ("单位", "编号", "栏目", "台账", "单位所填", "发出时")


def send(
    front: Front,
    period: str,
    to: Path,
    unit: Sequence[str] = (),
    force: bool = False,
    **said: Any,  # noqa: ANN401
) -> None:
    """Write a sheet for each unit into a folder, and record what was sent."""
    from supervise.reports import unit_sheets

    with diagnostics.progress("发表") as progress, front.session(write=True) as session:
        record = unit_sheets.send(
            session, period, to, unit, force=force, said=said, progress=progress
        )
    if front.json:
        output.document(record)
        return
    if record["without"]:
        diagnostics.warn(f"没有在办事项、没有发表的：{'、'.join(record['without'])}。")
    again = sum(one["again"] for one in record["sheets"])
    sent = len(record["sheets"])
    more = f"，其中 {again} 份与上次相同，不另记发表" if again else ""
    output.lines(f"已发表 {sent} 份{more}，在 {record['folder']}。", "")
    rows = [(one["unit"], *_listed(one), one["file"]) for one in record["sheets"]]
    output.table(("单位", *_LISTED, "文件"), rows)


def _listed(one: Record) -> tuple[object, ...]:
    """Give how many issues, tasks and reports a sheet carries."""
    return one["rows"], one["tasks"] or "", one["duties"] or ""


def collect(
    front: Front,
    files: Sequence[str],
    dry_run: bool = False,
    report: str | None = None,
    force: bool = False,
    **said: Any,  # noqa: ANN401
) -> None:
    """Take over what came back; list what can't be, and who has sent nothing."""
    from supervise.services.sheets import collect as collecting

    paths = [Path(one).expanduser() for one in files]
    _expect_report(report, force)
    with diagnostics.progress("收表") as progress, front.session(write=True) as session:
        record = collecting.run(session, paths, dry_run=dry_run, said=said, progress=progress)
        if report is not None:
            _write_report(session, record, report, force)
    if front.json:
        output.document(record)
        return
    _show(record, dry_run)
    if report is not None:
        output.lines("", f"差异清单已写到 {report}。")


def _expect_report(report: str | None, force: bool) -> None:
    if report is not None:
        from supervise.errors import UsageError
        from supervise.reports.export import ending_of, expect_free

        if report == "-" or ending_of(report) != ".xlsx":
            raise UsageError("--report 写成一个 .xlsx 文件。")
        expect_free(Path(report).expanduser(), force=force)


def _write_report(session: Any, record: Record, report: str, force: bool) -> None:  # noqa: ANN401
    from supervise.reports.export import export, write_file
    from supervise.reports.sheet_check import differences_list

    data = export(differences_list(session, record), report)
    write_file(Path(report).expanduser(), data, force=force)


def _items_taken(applied: Record) -> str:
    tasks, duties = applied["tasks"], applied["duties"]
    told = f"，任务进展 {tasks} 项" if tasks else ""
    return told + (f"，报送 {duties} 期" if duties else "")


def _show(record: Record, dry_run: bool) -> None:
    applied = record["applied"]
    done = "试运行，没有写入" if dry_run else "已收表"
    output.lines(
        f"{done}：文件 {record['files']} 个，{record['rows']} 行；"
        f"采用进展 {applied['progress']} 件，报请复核 {applied['submitted']} 件，"
        f"延期申请 {applied['extensions']} 件{_items_taken(applied)}；"
        f"差异 {len(record['differences'])} 处，发表后台账有变 {len(record['stale'])} 行。"
    )
    if record["missing"]:
        output.lines(f"未报 {len(record['missing'])} 家：{'、'.join(record['missing'])}。")
    if record["differences"]:
        rows = list(map(_difference, record["differences"]))
        output.lines("")
        output.table(_HEADINGS, rows)
    if record["stale"]:
        rows = [
            [one["unit"], one["issue"], "、".join(one["columns"]), one["why"]]
            for one in record["stale"]
        ]
        output.lines("", "发表后台账有变，没有采用：")
        output.table(("单位", "编号", "栏目", "变动"), rows)
    if record["refused"]:
        rows = [
            [one["file"], one["row"] or "", one["column"] or "", one["message"]]
            for one in record["refused"]
        ]
        output.lines("", "不能采用：")
        output.table(("文件", "行", "栏目", "原因"), rows)


def _difference(one: Record) -> list[str]:
    """Give a difference as a line; a long text is cut here, whole in the list and the JSON."""
    return [cut(one[key] or "", _WIDEST) for key in _DIFFERENCE]


def _free(record: Record) -> str:
    """Count the units whose sheet has nothing to fill in, where there are any."""
    number = record["sent"] - record["owed"]
    return f"，无需填报 {number} 家" if number else ""


def status(front: Front, period: str) -> None:
    """Say how a month's sheets stand."""
    from supervise.services.sheets import status as standing

    with front.session() as session:
        record = standing.status(session, period)
    if front.json:
        output.document(record)
        return
    if not record["units"]:
        diagnostics.say(f"{period} 还没有发表；发表用 supervise sheet send {period} --to 文件夹。")
        return
    output.lines(
        f"{period}：已发 {record['sent']} 家，已收 {record['received']} 家，"
        f"未报 {len(record['missing'])} 家{_free(record)}，待核差异 {record['open']} 处。",
        "",
    )
    rows = [
        (
            one["unit"],
            *_listed(one),
            one["sent_on"],
            one["received_on"] or ("未报" if one["owed"] else "无需填报"),
            one["open"] or "",
        )
        for one in record["units"]
    ]
    output.table(("单位", *_LISTED, "发表", "收表", "待核"), rows)
    if record["differences"]:
        from supervise.services.sheets.status import STATES

        output.lines("")
        found = [
            [*_difference(one), one["kind"], STATES[one["status"]]] for one in record["differences"]
        ]
        output.table((*_HEADINGS, "情形", "状态"), found)
