"""指标口径表, 结账表, 基层负担表: the office's own accounts, for its files and its meetings."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.balance import Account
from supervise.domain.burden import KINDS
from supervise.domain.facts_figures import BalanceFacts, BurdenFacts, RateSheetFacts
from supervise.domain.formulas import FALLEN_DUE, Figure
from supervise.reports.document import Block, Cell, Column, Document, Heading, Paragraph, Table
from supervise.reports.phrases import internal_paper
from supervise.reports.words import chinese_date, month_text

_SIGNS = {">=": "≥", "<=": "≤", "=": "＝"}
_MET = {True: "达标", False: "未达标", None: "—"}
# What the table by kind of unit shows; the others stand in the first table.
_BY_KIND = ("销号率", "按期办结率", "办结率", "满意率")


def rates_document(facts: RateSheetFacts) -> Document:
    """Lay out a month's rates: counts, target, verdict; each formula in words; by kind of unit."""
    title = f"{month_text(facts.period)}指标口径表"
    return internal_paper(facts.office, title, *_rates(facts))


def _rates(facts: RateSheetFacts) -> Iterator[Block]:
    yield Heading(1, "各项比率")
    yield Paragraph(_opening(facts))
    columns = (
        Column("指标", width=22),
        Column("分子", "right", 6),
        Column("分母", "right", 6),
        Column("比率", "right", 8),
        Column("目标", "center", 8),
        Column("是否达标", "center", 8),
        Column("数字来源", "center", 8),
    )
    rows = tuple(
        (
            _name(one),
            one.rate.numerator,
            one.rate.denominator,
            one.rate.percent,
            _target(one),
            _MET[one.met],
            "通报" if one.printed else "台账",
        )
        for one in facts.figures
    )
    yield Table(columns, rows)
    if facts.unreached:
        yield Paragraph(f"回访联系不上的{facts.unreached}件不计入满意率。")
    yield Heading(1, "口径")
    yield Table(
        (Column("指标", width=22), Column("分子"), Column("分母"), Column("目标出处", width=16)),
        tuple((_name(f), f.numerator, f.denominator, f.clause or "—") for f in facts.figures),
    )
    if facts.kinds:
        yield Heading(1, "各类单位")
        told = (one for one in facts.figures if one.rate.name in _BY_KIND)
        shown = [one for one in told if one.basis != FALLEN_DUE]
        yield Table(
            (Column("单位类别", width=12), *(Column(_name(one), "right") for one in shown)),
            tuple((kind, *_cells(found, shown)) for kind, found in facts.kinds),
            note="括号内为分子、分母；按截止日由谁办理归类，县市区的部门计入县市区。",
        )


def _cells(found: tuple[Figure, ...], shown: list[Figure]) -> Iterator[Cell]:
    known = {_name(one): one.rate for one in found}
    for one in shown:
        yield known[_name(one)].text if _name(one) in known else "—"


def _opening(facts: RateSheetFacts) -> str:
    until = f"各项比率截至{chinese_date(facts.cutoff)}。"
    if not facts.issued:
        return f"{until}本月通报尚未印发，数字按台账现算。"
    number = f"（{facts.number}）" if facts.number else ""
    return (
        f"{until}数字来源为“通报”的，照本月印发的通报{number}，不再变动；"
        "其余按截止日由台账计算，含事后补录的办理情况。"
    )


def _name(one: Figure) -> str:
    return f"{one.rate.name}（{one.basis}）" if one.basis else one.rate.name


def _target(one: Figure) -> str:
    return "—" if one.target is None else f"{_SIGNS[one.comparison]}{one.target:g}%"


_ACCOUNT = (
    ("opening", "期初"),
    ("added", "新增"),
    ("moved_in", "转入"),
    ("closed", "销号"),
    ("ended", "其他办结"),
    ("moved_out", "转出"),
    ("remaining", "期末"),
)


def balance_document(facts: BalanceFacts) -> Document:
    """Lay out the books of a month or quarter: by unit, in total, what moved, what waits."""
    return internal_paper(facts.office, f"{facts.span}督办事项结账表", *_balance(facts))


def _balance(facts: BalanceFacts) -> Iterator[Block]:
    yield Paragraph(
        f"{chinese_date(facts.first)}至{chinese_date(facts.last)}，已交办事项期初{facts.total.opening}件，"
        f"新增{facts.total.added}件（含反弹重办{facts.total.reopened}件），"
        f"销号{facts.total.closed}件，其他办结{facts.total.ended}件，"
        f"期末{facts.total.remaining}件。"
    )
    yield Table(
        (Column("单位"), *(Column(word, "right", 8) for _, word in _ACCOUNT)),
        (*(_row(name, one) for name, one in facts.units), _row("合计", facts.total)),
        note="期初＋新增＋转入＝销号＋其他办结＋转出＋期末；从交办起计，由谁办理计在谁名下。"
        "其他办结为合并办理、终止办理。",
    )
    if facts.moves:
        yield Paragraph(
            "单位之间转办：" + "；".join(f"{a}转{b}{n}件" for a, b, n in facts.moves) + "。"
        )
    one = facts.waiting
    yield Paragraph(
        f"尚未交办的：期初{one.opening}件，发现{one.added}件，交办{one.moved_out}件，"
        f"其他办结（含不予受理）{one.ended}件，期末{one.remaining}件。"
    )


def _row(name: str, one: Account) -> tuple[Cell, ...]:
    return (name, *(getattr(one, key) for key, _ in _ACCOUNT))


def burden_document(facts: BurdenFacts) -> Document:
    """Lay out how often each unit was asked for material in a month, the most asked first."""
    return internal_paper(facts.office, f"{month_text(facts.period)}基层负担表", *_burden(facts))


def _burden(facts: BurdenFacts) -> Iterator[Block]:
    total = sum(month.total for _, _, month in facts.units)
    repeats = sum(month.repeats for _, _, month in facts.units)
    yield Paragraph(
        f"{month_text(facts.period)}我办向{len(facts.units)}个单位要求报送材料共{total}次，"
        f"其中重复{repeats}次。同一事由再次要求同类材料的，计为重复；交办事项本身不计。"
    )
    if not facts.units:
        return
    kinds = [key for key in KINDS if any(key in dict(m.counts) for _, _, m in facts.units)]
    yield Table(
        (
            Column("名次", "right", 4),
            Column("单位"),
            *(Column(KINDS[key], "right", 8) for key in kinds),
            Column("合计", "right", 6),
            Column("其中重复", "right", 8),
        ),
        tuple(
            (rank, name, *(dict(m.counts).get(key, 0) for key in kinds), m.total, m.repeats)
            for rank, name, m in facts.units
        ),
        note="次数相同的名次相同。",
    )
