"""到期提醒函: to a unit, before a month's cut-off, about what has not been handed in yet."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts_figures import WarningFacts
from supervise.reports.document import Block, Column, Document, Paragraph, Table
from supervise.reports.phrases import office_letter, table_date
from supervise.reports.words import chinese_date, month_text, months_text


def warning_document(facts: WarningFacts) -> Document:
    """Lay out the letter to one unit; it helps to be in time, and says plainly what follows."""
    office = facts.office
    title = f"{office.office}关于{month_text(facts.period)}到期事项的提醒函"
    return office_letter(office, title, facts.unit, _blocks(facts))


def _blocks(facts: WarningFacts) -> Iterator[Block]:
    if facts.matters:
        yield from _matters(facts)
    if facts.undone:
        yield from _undone(facts)
    yield Paragraph(
        f"按照督导工作规则，{_what(facts)}，列入{month_text(facts.period)}工作调度通报。"
        f"{_ladder(facts)}{_in_time(facts)}"
    )


def _matters(facts: WarningFacts) -> Iterator[Block]:
    """List the issues that are not handed in, and ask for them."""
    cutoff = chinese_date(facts.cutoff)
    late = sum(one.due_on < facts.office.as_of for one in facts.matters)
    past = f"，其中{late}件已过限期" if late else ""
    yield Paragraph(
        f"截至{chinese_date(facts.office.as_of)}，你单位承办的{len(facts.matters)}件事项限期在{cutoff}"
        f"（含当日）以前，我办尚未收到报请复核的材料{past}。为便于你单位统筹安排，现提醒如下："
    )
    yield Table(
        (
            Column("事项编号", width=14),
            Column("事项"),
            Column("限期", width=10),
            Column("距限期", "right", 10),
            Column("发现至今", "right", 8),
        ),
        tuple(
            (
                one.code,
                one.title,
                table_date(one.due_on),
                _distance((one.due_on - facts.office.as_of).days),
                f"{one.days_waited}天",
            )
            for one in facts.matters
        ),
    )
    yield Paragraph(
        f"请于限期前报请复核；已过限期的，请于{cutoff}前（含当日）报请复核。确有困难的，"
        "可在限期当日或之前申请延期；与实际不一致的，请与我办核对；已报送的，以报送为准。"
    )


def _undone(facts: WarningFacts) -> Iterator[Block]:
    """List the tasks and reports that are not there, and ask for them."""
    start = "此外，" if facts.matters else f"截至{chinese_date(facts.office.as_of)}，"
    yield Paragraph(f"{start}你单位下列任务、报送尚未完成：")
    for number, words in enumerate(facts.undone, 1):
        yield Paragraph(f"{number}.{words}。")
    yield Paragraph(
        f"请于{chinese_date(facts.cutoff)}前（含当日）完成并报我办；"
        "与实际不一致的，请与我办核对；已报送的，以报送为准。"
    )


def _what(facts: WarningFacts) -> str:
    """Say what the notice would list."""
    cutoff = chinese_date(facts.cutoff)
    if not facts.matters:
        return f"上述任务、报送至{cutoff}24时仍未完成的"
    more = "和仍未完成的上述任务、报送" if facts.undone else ""
    return f"限期在{cutoff}或以前、至当日24时仍未报请复核的事项{more}"


def _in_time(facts: WarningFacts) -> str:
    """Say what would keep a unit off the notice, and what would not."""
    done = "完成并报我办的，不列入。"
    if not facts.matters:
        return f"在此之前{done}"
    if facts.late_too:
        handed_in = (
            "限期当日或之前报请复核的，不列入；限期已过再报请复核的，仍作为逾期报送的事项列入。"
        )
        return handed_in + (f"任务、报送在截止日或之前{done}" if facts.undone else "")
    return (
        f"在此之前报请复核{'、' if facts.undone else '的，不列入。'}{done if facts.undone else ''}"
    )


def _distance(days: int) -> str:
    if days < 0:
        return f"已过{-days}天"
    return f"还有{days}天" if days else "今天到期"


def _ladder(facts: WarningFacts) -> str:
    """Say that one more month would make it an interview's; nothing where it would not."""
    if not facts.before:
        return ""
    return (
        f"你单位{months_text(facts.before)}已列入通报，本月如再列入，即为连续被通报，"
        f"按规则须提请{facts.office.leader}约谈单位主要负责人。"
    )
