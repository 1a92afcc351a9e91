"""What must agree on a notice before it is signed: periods, sums, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from supervise.domain.facts import Matter, NoticeFacts
from supervise.reports.document import Document, Paragraph, Table, map_text, split_missing
from supervise.reports.notice import notice_document
from supervise.reports.words import chinese_date, months_text


def check_document(facts: NoticeFacts) -> list[str]:
    """List what does not agree between title, text, tables and figures; empty when all does."""
    return [*_periods(facts), *_sums(facts), *_entries(facts), *_printed(facts)]


def contradictions(facts: NoticeFacts) -> list[str]:
    """List only what no notice may say: sums that do not come out, months that differ."""
    return [*_sums(facts), *_printed(facts)]


def blanks(facts: NoticeFacts) -> list[str]:
    """List what a person has yet to fill in on the notice, in the words of its placeholders."""
    found: list[str] = []

    def look(text: str) -> str:
        found.extend(piece[4:-1] for is_blank, piece in split_missing(text) if is_blank)
        return text

    document: Document = notice_document(facts)
    map_text(document, look)
    return found


def _periods(facts: NoticeFacts) -> Iterator[str]:
    last, cutoff = f"{facts.cutoff:%Y-%m}", chinese_date(facts.cutoff)
    if facts.period not in facts.months:
        yield f"通报月份{months_text([facts.period])}不在所含月份{months_text(facts.months)}之内。"
    if last != max(facts.months):
        yield f"统计截止日{cutoff}不在通报月份{months_text(facts.months)}的末月。"
    if facts.issued_on and facts.issued_on <= facts.cutoff:
        yield f"成文日期{chinese_date(facts.issued_on)}不晚于统计截止日{cutoff}。"
    if facts.delivered_on and facts.issued_on and facts.delivered_on < facts.issued_on:
        yield f"送达日期{chinese_date(facts.delivered_on)}早于成文日期。"


def _sums(facts: NoticeFacts) -> Iterator[str]:
    total = sum(stage.count for stage in facts.stages)
    if facts.total is not None and facts.total != total:
        yield f"各环节件数之和{total}与总件数{facts.total}不符。"
    for rate in facts.figures:
        if not 0 <= rate.numerator <= rate.denominator:
            yield f"{rate.name}的分子{rate.numerator}与分母{rate.denominator}不合。"


def _entries(facts: NoticeFacts) -> Iterator[str]:
    units = Counter((entry.unit, entry.unit_id) for entry in facts.named)
    yield from (f"{unit}重复列名。" for (unit, _), times in units.items() if times > 1)
    for entry in facts.named:
        if not entry.matters and not entry.reasons:
            yield f"{entry.unit}没有列明事项和理由。"
        codes = Counter(matter.code for matter in entry.matters)
        yield from (f"{entry.unit}的{code}重复列出。" for code, n in codes.items() if n > 1)
        for matter in entry.matters:
            yield from matter_problems(entry.unit, matter, facts.cutoff)


def matter_problems(unit: str, matter: Matter, cutoff: date) -> Iterator[str]:
    """Say which dates of a matter contradict each other, or its days late."""
    name = f"{unit}的{matter.code}"
    due, assigned = matter.due_on, matter.assigned_on
    if assigned and assigned > cutoff:
        yield f"{name}交办于统计截止日之后。"
    if assigned and due and due < assigned:
        yield f"{name}的限期早于交办日期。"
    if matter.submitted_on and matter.submitted_on > cutoff:
        yield f"{name}在统计截止日之后报请复核，不应写入。"
    if matter.days_late > 0 and due:
        counted = ((matter.submitted_on or cutoff) - due).days
        if counted != matter.days_late:
            yield f"{name}超期{matter.days_late}天，按限期和截止日应为{counted}天。"


def _printed(facts: NoticeFacts) -> Iterator[str]:
    """Read the finished page again: the same months everywhere, the same number of matters."""
    document = notice_document(facts)
    months = months_text(facts.months)
    lead = next((b.text for b in document.blocks if isinstance(b, Paragraph)), "")
    for where, text in [("标题", document.title), ("首段", lead)]:
        if f"{months}优化营商环境" not in text:
            yield f"{where}没有写明{months}。"
    rows = 0
    for attachment in document.attachments:
        if not attachment.title.startswith(months):
            yield f"附件“{attachment.title}”没有写明{months}。"
        rows += sum(len(block.rows) for block in attachment.blocks if isinstance(block, Table))
    # What rests on no issue has a row of its own below the unit's issues.
    expected = sum(len(one.matters) + bool(one.beside) or 1 for one in facts.named)
    if rows != expected:
        yield f"附件共{rows}行，应为{expected}行。"
