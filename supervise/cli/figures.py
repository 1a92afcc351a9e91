"""The office's own accounts: rates by their formulas, 结账, 基层负担."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supervise.cli import output
from supervise.cli.answer import Record
from supervise.cli.front import Front

_MET = {True: "达标", False: "未达标", None: ""}


def rates(
    front: Front,
    period: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    unit: Sequence[str] = (),
    kind: str | None = None,
) -> None:
    """Say every rate with what it was counted from, its target, and how it is read."""
    from supervise.services import rate_sheet

    asked = {"period": period, "first": from_, "last": to, "units": tuple(unit), "kind": kind}
    with front.session() as session:
        record = rate_sheet.rates(session, **asked)
    if front.json:
        output.document(record)
        return
    output.lines(*_about(record), "")
    rows = [_rate(one) for one in record["rates"]]
    output.table(("指标", "分子", "分母", "比率", "目标", "达标", "来源"), rows)
    output.lines("")
    for one in record["rates"]:
        parts = one["definition"]
        output.lines(f"{_name(one)}＝{parts['numerator']}÷{parts['denominator']}。")


def _name(one: Record) -> str:
    return f"{one['name']}（{one['basis']}）" if one["basis"] else str(one["name"])


def _about(record: Record) -> Iterator[str]:
    whose = "、".join(filter(None, [*record["units"], record["kind"]])) or "全部单位"
    given = f"{record['from']} 起交办的事项，" if record["from"] else ""
    yield f"{whose}：{given}截至 {record['cutoff']} 24时。"
    if record["frozen"]:
        number = record["notice"] or "已印发的通报"
        yield f"来源写“通报”的，数字照 {number} 印发的，不再变；其余按截止日现算。"
    else:
        yield "各数按办理日期截至截止日现算，含事后补录的。"
    if record["unreached"]:
        yield f"回访联系不上 {record['unreached']} 件，不计入满意率。"
    if record["late"]:
        codes = "、".join(dict.fromkeys(one["issue"] for one in record["late"]))
        yield (
            f"迟到记录 {len(record['late'])} 条：结账（通报印发，没有通报的到次月底）以后才录入，"
            f"所记却在截止日或之前，已计入现算的数：{codes}。"
        )


def _rate(one: Record) -> list[str | int]:
    sign = {">=": "≥", "<=": "≤", "=": "＝"}.get(one["comparison"] or "", "")
    target = f"{sign}{one['target']:g}%" if one["target"] is not None else "—"
    source = "通报" if one["printed"] else "现算"
    counts = [one["numerator"], one["denominator"]]
    return [_name(one), *counts, one["percent"], target, _MET[one["met"]], source]


_ACCOUNT = ("opening", "added", "moved_in", "closed", "ended", "moved_out", "remaining")


def balance(
    front: Front, period: str | None = None, quarter: str | None = None, unit: Sequence[str] = ()
) -> None:
    """Close the books of a month or a quarter: opening, added, closed, remaining, by unit."""
    from supervise.errors import UsageError
    from supervise.services import books

    if period and quarter:
        raise UsageError("--period 与 --quarter 只写一种。", code="bad_field")
    with front.session() as session:
        found = books.books(session, quarter or period, unit)
        record = books.balance_record(found)
    if front.json:
        output.document(record)
        return
    output.lines(f"{found.span.label}结账（{record['from']} 至 {record['to']}），单位为件", "")
    rows = [[one["unit"], *(one[key] for key in _ACCOUNT)] for one in record["units"]]
    rows.append(["合计", *(record["total"][key] for key in _ACCOUNT)])
    output.table(("单位", "期初", "新增", "转入", "销号", "其他办结", "转出", "期末"), rows)
    output.lines("", *_beside(record))


def _beside(record: Record) -> Iterator[str]:
    yield "期初＋新增＋转入＝销号＋其他办结＋转出＋期末；从交办起计，由谁办理计在谁名下。"
    if record["total"]["reopened"]:
        yield f"新增中含反弹重办 {record['total']['reopened']} 件。"
    for one in record["transfers"]:
        yield f"转办：{one['from']}→{one['to']} {one['issues']} 件。"
    waiting = record["waiting"]
    if waiting:
        yield (
            f"待交办：期初 {waiting['opening']}，发现 {waiting['added']}，"
            f"交办 {waiting['moved_out']}，其他办结 {waiting['ended']}，"
            f"期末 {waiting['remaining']}。"
        )
    whole = record["whole"]
    if whole:
        yield (
            f"台账全部（自发现起计）：期初 {whole['opening']}，新增 {whole['added']}，"
            f"销号 {whole['closed']}，其他办结 {whole['ended']}，期末 {whole['remaining']}。"
        )


def burden(front: Front, period: str | None = None) -> None:
    """Say how often each unit was asked for material in a month, and what was asked twice."""
    from supervise.services import books

    with front.session() as session:
        month, lines = books.burden_table(session, period)
        record = books.burden_record(month, lines)
    if front.json:
        output.document(record)
        return
    if not lines:
        output.lines(f"{month} 没有向单位要过材料。")
        return
    kinds = {
        key: word
        for key, word in record["kinds"].items()
        if any(key in one["counts"] for one in record["units"])
    }
    rows = [
        [one["rank"], one["unit"], *(one["counts"].get(key, 0) for key in kinds)]
        + [one["total"], one["repeats"]]
        for one in record["units"]
    ]
    output.table(("名次", "单位", *kinds.values(), "合计", "其中重复"), rows)
    output.lines(
        "",
        f"{month} 共 {record['total']} 次，其中重复 {record['repeats']} 次：同一事由再要同类材料。",
    )
