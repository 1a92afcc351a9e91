"""The archive of a month: archive PERIOD --to …, archive check FILE."""

from __future__ import annotations

from pathlib import Path

from supervise.cli import diagnostics, output
from supervise.cli.answer import show_record
from supervise.cli.front import Front
from supervise.errors import Exit, UsageError

_CHECK = frozenset({"check", "预检"})


def archive(
    front: Front, period: str, file: Path | None = None, to: str | None = None, force: bool = False
) -> None:
    """Put a month's papers, data and log into a folder or a .zip; or check such a package."""
    if period in _CHECK:
        _check(front, file)
        return
    if file is not None:
        raise UsageError(
            f"多写了“{file}”：归档写 archive 月份 --to 目标，预检写 archive check 文件。"
        )
    if to is None:
        raise UsageError("缺少 --to（目标文件夹或 .zip 文件）。用法见 supervise archive -h。")
    _make(front, _month(period), Path(to).expanduser(), force)


def _month(said: str) -> str:
    from supervise.domain.dates import parse_period

    try:
        return parse_period(said)
    except ValueError as error:
        raise UsageError(f"月份：{error}。") from None


def _make(front: Front, period: str, to: Path, force: bool) -> None:
    from db.transactions import snapshot
    from supervise.reports import archive, archive_month
    from supervise.reports.archive_files import expect_free, write
    from supervise.reports.document import count_missing
    from supervise.reports.export import export

    expect_free(to, force=force)
    with front.session() as session, snapshot(session.conn):
        contents = archive_month.Month(session, period).contents()
    with diagnostics.progress("归档") as progress:
        files = archive.package(contents, export, progress)
    write(to, files, force=force)
    record = archive_month.record_of(files, contents, str(to), archive.fingerprint(files))
    diagnostics.warn(*(f"没有归档：{sentence}" for sentence in contents.left_out))
    unfinished = sum(count_missing(item.document) > 0 for item in contents.items)
    if unfinished:
        diagnostics.warn(
            f"有 {unfinished} 件还有待填（【待填:…】），元数据.json 里逐件写明；"
            "正式归档前请换成补齐、用印后的文本。"
        )
    show_record(front, "archive", record, f"已归档 {period}：{len(contents.items)} 件，{to}。")


def _check(front: Front, file: Path | None) -> None:
    from supervise.archive_check import check

    if file is None:
        raise UsageError("缺少要预检的归档包。用法：supervise archive check 文件夹或.zip。")
    problems = check(file)
    if front.json:
        output.document({"ok": not problems, "problems": problems})
    else:
        output.lines(*problems)
        output.lines(
            f"预检发现 {len(problems)} 个问题。" if problems else "预检合格：文件齐全，未被改动。"
        )
    if problems:
        from typer import Exit as End

        raise End(Exit.REFUSED)
