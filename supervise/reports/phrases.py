"""Sentences and tables that several papers share: an issue's dates, the basis, the marks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from supervise.domain.facts import Basis, Matter, OfficeFacts
from supervise.reports.document import Attachment, Block, Cell, Column, Document, Table, missing
from supervise.reports.layout import one_line
from supervise.reports.words import chinese_date

DEMO_MARK = "演示数据"
DRAFT_MARK = "草稿"
INTERNAL_MARK = "内部资料"


def basis_phrase(basis: Basis) -> str:
    """Cite the document the rules rest on; one not in force is left for a person to fill in."""
    if not basis.in_force:
        return f"根据{missing('依据文件及文号')}"
    return f"根据《{basis.title}》（{basis.number or missing('文号')}）"


def basis_status(basis: Basis) -> str:
    """Say for the office's own papers which document the rules rest on, and its standing."""
    title = f"《{basis.title}》" if basis.title else missing("依据文件及文号")
    return f"{title}（{basis.number or '文号未登记'}，{basis.status}）"


def office_marks(office: OfficeFacts, *more: str) -> tuple[str, ...]:
    """Give the words that every copy of a paper bears."""
    return (DEMO_MARK, *more) if office.demo else more


def office_stamp(office: OfficeFacts) -> tuple[tuple[str, str], ...]:
    """Say of an internal paper when it was looked up, under which rules, in which ledger state."""
    return (
        ("查询日期", chinese_date(office.as_of)),
        ("规则包", f"{office.pack_title or '—'}（版本{office.pack_version or '—'}）"),
        ("台账校验码", office.code or "—"),
    )


def internal_paper(
    office: OfficeFacts,
    title: str,
    *blocks: Block,
    signed: bool = True,
    attachments: tuple[Attachment, ...] = (),
    landscape: bool = False,
) -> Document:
    """Give a paper for the office's own use: plain, unsealed, with the state it was drawn from.

    `signed`: the office's name and the date stand below; a form has places of its own for them.
    """
    return Document(
        title=title,
        blocks=blocks,
        attachments=attachments,
        signature=office.office if signed else None,
        date=chinese_date(office.as_of) if signed else None,
        marks=office_marks(office, INTERNAL_MARK),
        stamp=office_stamp(office),
        internal=True,
        style="plain",
        landscape=landscape,
        sealed=False,
    )


def sentence(text: str) -> str:
    """Put a text on one line and end it as a sentence."""
    told = one_line(text).rstrip()
    return told if told.endswith(("。", "！", "？", "；", "】")) else f"{told}。"


def office_letter(
    office: OfficeFacts, title: str, addressee: str, blocks: Iterable[Block]
) -> Document:
    """Lay out a letter (函, 单) of the office to a unit: 文号 left open, dated today."""
    return Document(
        title=title,
        blocks=tuple(blocks),
        head=office.office,
        number=missing("文号"),
        addressees=addressee,
        signature=office.office,
        date=chinese_date(office.as_of),
        notes=(contact_note(office.contact),),
        marks=office_marks(office),
        style="letter",
    )


def contact_note(contact: str | None) -> str:
    """Say under a paper whom to ring up."""
    return f"联系人：{contact or missing('联系人及电话')}"


def date_or_dash(day: date | None) -> str:
    """Write a date, — where there is none."""
    return chinese_date(day) if day else "—"


def table_date(day: date | None) -> str:
    """Write a date in a table: short, all the same length, and sorted as text."""
    return day.isoformat() if day else "—"


def lateness(matter: Matter) -> str:
    """Say how late a matter is; due on the cut-off day itself it is missed by no full day."""
    return f"超期{matter.days_late}天" if matter.days_late > 0 else "限期当日未完成"


def matter_sentence(matter: Matter, cutoff: date) -> str:
    """Tell of one matter in a sentence: given out when, due when, how late, where it stands."""
    marks = [one_line(matter.code), *([one_line(matter.bureau)] if matter.bureau else [])]
    told = [f"“{one_line(matter.title)}”（{'，'.join(marks)}）"]
    if matter.assigned_on:
        told.append(f"{chinese_date(matter.assigned_on)}交办")
    if matter.due_on:
        told += [f"限期{chinese_date(matter.due_on)}", lateness(matter)]
    until = "" if matter.submitted_on else f"截至{chinese_date(cutoff)}"
    return "，".join([*told, until + standing(matter)]) + "。"


def standing(matter: Matter) -> str:
    """Say where a matter stood at the cut-off."""
    if matter.submitted_on:
        return f"{chinese_date(matter.submitted_on)}报请复核"
    return f"仍在{matter.stage}环节，未报请复核" if matter.stage else "未报请复核"


_MATTER_COLUMNS = (
    Column("事项编号", width=12),
    Column("事项"),
    Column("交办日期", width=10),
    Column("限期", width=10),
    Column("超期天数", "right", 8),
)


def matter_cells(matter: Matter) -> tuple[Cell, ...]:
    """Give a matter's cells under the columns of `matter_columns`."""
    title = f"{matter.title}（{matter.bureau}）" if matter.bureau else matter.title
    return (
        matter.code,
        title,
        table_date(matter.assigned_on),
        table_date(matter.due_on),
        matter.days_late,
    )


def matter_columns(*front: Column, back: tuple[Column, ...]) -> tuple[Column, ...]:
    """Give the columns of a table of matters between others."""
    return (*front, *_MATTER_COLUMNS, *back)


def matter_table(matters: tuple[Matter, ...], caption: str | None = None) -> Table:
    """Set matters out with every date, where they stand and why they count."""
    back = (Column("现处环节", width=8), Column("报请复核", width=10), Column("认定依据"))
    rows = tuple(
        (*matter_cells(m), m.stage or "—", table_date(m.submitted_on), m.basis or "—")
        for m in matters
    )
    return Table(matter_columns(back=back), rows, caption)
