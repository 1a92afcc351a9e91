"""The ledger as a whole: init, demo, stats, verify, backup, restore."""

from __future__ import annotations

from pathlib import Path

from supervise.cli import diagnostics, output
from supervise.cli.answer import Record, show_record
from supervise.cli.front import Front
from supervise.cli.views import table
from supervise.errors import Exit


def init(front: Front, pack: str = "jingmen", office: int = 0) -> None:
    """Create a new ledger under a rule pack."""
    from supervise.services import ledger

    front.expect_writing()
    record = ledger.create(front.path, pack, office, front.today)
    show_record(front, "ledger", record, f"已新建台账 {front.path}。")


def overview(front: Front) -> None:
    """Print what the dashboard would show first."""
    stats(front)


def stats(front: Front, period: str | None = None) -> None:
    """Print the counts and rates of the ledger."""
    from supervise.services import stats as counting

    with front.session() as session:
        record = counting.stats(session, period)
    if front.json:
        output.document(record)
    else:
        _stats_for_people(record)


def _stats_for_people(record: Record) -> None:
    issues, interviews = record["issues"], record["interviews"]
    counts = {key: count for key, count in issues["by_stage"].items() if count}
    stages = "，".join(f"{_stage(key)} {count}" for key, count in counts.items())
    output.fields(
        {
            "截至": record["as_of"],
            "事项": f"{issues['total']} 件（{stages}）" if stages else f"{issues['total']} 件",
            "整改中超期": f"{issues['overdue']} 件",
            "即将到期": f"{issues['due_soon']} 件",
            "责任单位": f"{record['units']} 个",
            "通报": f"{record['notices']} 期",
            "约谈": f"拟提请 {interviews['proposed']}，在办 {interviews['open']}，"
            f"已约谈 {interviews['held']}",
        }
    )
    if record["rates"]:
        output.lines("")
        table("rates", record["rates"])


def _stage(key: str) -> str:
    from supervise.cli.labels import word

    return word("stage", key)


def verify(front: Front, head: str | None = None) -> None:
    """Check the chain of events and all that is derived from it; a problem ends with status 1."""
    from supervise.services import verify as checking

    with diagnostics.progress("核验") as progress, front.session() as session:
        record = checking.verify(session, head, progress)
    sentence = "台账完好。" if record["ok"] else f"台账有 {len(record['problems'])} 个问题。"
    if front.json:
        output.document(record)
    else:
        output.lines(sentence, f"事件 {record['events']} 条，校验码 {record['head']}")
        output.lines(*(f"  {problem}" for problem in record["problems"]))
    if not record["ok"]:
        from typer import Exit as End

        raise End(Exit.REFUSED)


def backup(front: Front, file: Path) -> None:
    """Copy the ledger, whole and checked, to a file or into a folder."""
    from supervise.services import backup as keeping

    with front.session() as session:
        record = keeping.backup(session, file)
    show_record(front, "backup", record, "已备份。")


def restore(front: Front, file: Path) -> None:
    """Put a backup in the ledger's place."""
    from supervise.services import backup as keeping

    front.expect_writing()
    record = keeping.restore(front.path, file)
    show_record(front, "backup", record, "已恢复。")
