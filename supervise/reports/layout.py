"""What stands where on the page: one list of parts that every format draws in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from supervise.reports.document import (
    Attachment,
    Block,
    Break,
    Chart,
    Document,
    Fields,
    Form,
    Heading,
    Paragraph,
    Table,
    map_text,
)
from supervise.text import cells, printable

_DIGITS = "〇一二三四五六七八九"
_UNSOUND = dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")


class Role(StrEnum):
    """The parts of a page, in about the order in which they stand on it."""

    MARK = "mark"
    URGENCY = "urgency"
    HEAD = "head"
    NUMBER = "number"
    ISSUE = "issue"
    TITLE = "title"
    STAMP = "stamp"
    ADDRESSEES = "addressees"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    FIELDS = "fields"
    FORM = "form"
    CHART = "chart"
    BREAK = "break"
    ENCLOSED = "enclosed"
    SIGNATURE = "signature"
    DATE = "date"
    NOTE = "note"
    ATTACHMENT = "attachment"
    ATTACHMENT_TITLE = "attachment-title"
    COPIES = "copies"
    FOOTER = "footer"
    PRINTED = "printed"


# The styles with a red head; a title below one of its parts stands two lines lower (7.3.1).
RED_STYLES = frozenset({"official", "brief", "letter", "minutes"})
HEAD_ENDS = frozenset({Role.HEAD, Role.NUMBER, Role.ISSUE})
# A short end of the text goes with these: no page bears a signature alone.
SIGNED = frozenset({Role.SIGNATURE, Role.DATE, Role.ENCLOSED})
# How much of a line a stamp may fill: some programs set digits wider beside Chinese.
STAMP_SHARE = 0.94
# The 版记 at the foot of the last page.
IMPRINT = frozenset({Role.COPIES, Role.FOOTER, Role.PRINTED})


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page: its role and its text, or its table, fields, form or chart.

    `right` stands on the same line as `text`, at the other end of it. `align` is a paragraph's;
    `landscape` an attachment's or table's that is laid across the page.
    """

    role: Role
    text: str = ""
    level: int = 0
    table: Table | None = None
    fields: Fields | None = None
    form: Form | None = None
    chart: Chart | None = None
    right: str = ""
    align: str = "body"
    landscape: bool = False

    @property
    def ruled(self) -> bool:
        """Whether the part is drawn on lines of its own measure, not as running text."""
        return bool(self.table or self.form or self.chart)


def safe_text(text: str) -> str:
    """Take out of a text all that could steer a terminal or break a file; newlines stay."""
    if text.isprintable():
        return text
    return printable(text.translate(_UNSOUND))


def one_line(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split("\n")) if "\n" in text else text


def numeral(number: int) -> str:
    """Write a number of 1 to 99 as in headings: 九, 十, 十一, 二十; beyond, Arabic digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    front = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return front + (_DIGITS[ones] if ones else "")


def ordinal(level: int, number: int) -> str:
    """Give the number printed before a heading of a level (GB/T 9704-2012, 7.3.3)."""
    if level == 1:
        return f"{numeral(number)}、"
    if level == 2:
        return f"（{numeral(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Pair each block with its number: headings count within the one above, others none."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Break) and block.title:
            counts = [0, 0, 0, 0]
        if not isinstance(block, Heading):
            yield "", block
            continue
        at = min(max(block.level, 1), 4) - 1
        counts[at] += 1
        counts[at + 1 :] = [0] * (3 - at)
        yield ordinal(at + 1, counts[at]), block


def parts(document: Document) -> tuple[Part, ...]:
    """Lay a document out, every text in it made safe to print."""
    return tuple(_parts(map_text(document, safe_text)))


def tables(document: Document) -> tuple[Table, ...]:
    """Give every table of a document and its attachments, safe to print, each with a caption.

    A table without a caption takes its attachment's title, or the document's.
    """
    sound = map_text(document, safe_text)
    found = [_captioned(block, sound.title) for block in sound.blocks]
    for attachment in sound.attachments:
        found += [_captioned(block, attachment.title) for block in attachment.blocks]
    return tuple(table for table in found if table)


def _captioned(block: Block, title: str) -> Table | None:
    if not isinstance(block, Table) or block.caption:
        return block if isinstance(block, Table) else None
    return replace(block, caption=title)


def _parts(document: Document) -> Iterator[Part]:
    yield from _top(document)
    yield from _body(document.blocks)
    yield from _enclosed(document.attachments)
    yield from _signed(document)
    for note in document.notes:
        yield Part(Role.NOTE, f"（{one_line(note)}）")
    for label, attachment in zip(
        attachment_labels(document.attachments), document.attachments, strict=True
    ):
        yield Part(Role.ATTACHMENT, label, landscape=attachment.landscape)
        yield Part(Role.ATTACHMENT_TITLE, one_line(attachment.title))
        yield from _body(attachment.blocks)
    yield from _imprint(document)


def _top(document: Document) -> Iterator[Part]:
    if document.marks:
        yield Part(Role.MARK, "".join(f"【{one_line(mark)}】" for mark in document.marks))
    if document.urgency:
        yield Part(Role.URGENCY, one_line(document.urgency))
    if document.head:
        yield Part(Role.HEAD, one_line(document.head))
    if document.style == "brief" and document.issue:
        yield Part(Role.NUMBER, one_line(document.issue))
        yield Part(Role.ISSUE, one_line(document.signature or ""), right=_dated(document))
    elif document.number or document.signer:
        signer = f"签发人：{one_line(document.signer)}" if document.signer else ""
        yield Part(Role.NUMBER, one_line(document.number or ""), right=signer)
    yield Part(Role.TITLE, one_line(document.title))
    if document.internal and document.stamp:
        made_by = (("编制单位", document.signature or ""),) if _unsigned(document) else ()
        yield Part(Role.STAMP, fields=Fields((*made_by, *document.stamp)))
    if document.addressees:
        yield Part(Role.ADDRESSEES, one_line(document.addressees) + "：")


def stamp_text(stamp: Fields, characters: float) -> str:
    """Set a stamp's pairs on lines of so many characters; a line ends between two, not in one.

    Each goes to the first line that has room for it, so that the lines are few.
    """
    lines: list[str] = []
    for label, value in stamp.items:
        told = f"{one_line(label)}：{one_line(value)}"
        for at, line in enumerate(lines):
            if cells(f"{line}　{told}") / 2 <= characters:
                lines[at] += f"　{told}"
                break
        else:
            lines.append(told)
    return "\n".join(lines)


def _dated(document: Document) -> str:
    return one_line(document.date or "")


def _unsigned(document: Document) -> bool:
    """Tell whether who made a paper stands in its stamp: an internal one that bears no date.

    Under the first layout it stood below the text.
    """
    inside = document.internal and document.layout > 1
    return bool(inside and document.stamp and document.signature and not document.date)


def _signed(document: Document) -> Iterator[Part]:
    """Give who signs, and when; a bulletin (简报) says both under its number instead."""
    if (document.style == "brief" and document.issue) or _unsigned(document):
        return
    if document.signature:
        yield Part(Role.SIGNATURE, one_line(document.signature))
    if document.date:
        yield Part(Role.DATE, _dated(document))


def _imprint(document: Document) -> Iterator[Part]:
    if document.copies:
        named = "，".join(one_line(copy) for copy in document.copies)
        yield Part(Role.COPIES, f"抄送：{named}。")
    for line in document.footer:
        yield Part(Role.FOOTER, one_line(line))
    if document.printed:
        office, day = document.printed
        yield Part(
            Role.PRINTED, one_line(office), right=f"{one_line(day).removesuffix('印发')}印发"
        )


def _body(blocks: Iterable[Block]) -> Iterator[Part]:
    for number, block in numbered(blocks):
        if isinstance(block, Heading):
            level = min(max(block.level, 1), 4)
            yield Part(Role.HEADING, number + one_line(block.text), level)
        elif isinstance(block, Paragraph):
            yield Part(Role.PARAGRAPH, block.text, align=block.align)
        elif isinstance(block, Table):
            yield Part(Role.TABLE, table=block, landscape=block.landscape)
        elif isinstance(block, Fields):
            yield Part(Role.FIELDS, fields=block)
        elif isinstance(block, Form):
            yield Part(Role.FORM, form=block)
        elif isinstance(block, Chart):
            yield Part(Role.CHART, chart=block)
        elif isinstance(block, Break):
            yield Part(Role.BREAK)
            for line in block.above:
                yield Part(Role.PARAGRAPH, one_line(line), align="center")
            if block.title:
                yield Part(Role.TITLE, one_line(block.title))


def oriented(document: Document) -> Iterator[tuple[bool, Part]]:
    """Pair each part with whether its page is laid across; the imprint stands as the text does."""
    across = document.landscape
    for part in parts(document):
        if part.role is Role.ATTACHMENT:
            across = document.landscape or part.landscape
        elif part.role in IMPRINT:
            across = document.landscape
        yield across or part.landscape, part


def number_below_title(found: list[tuple[bool, Part]]) -> list[tuple[bool, Part]]:
    """Put the number of an internal paper below its title, where forms bear it."""
    numbers = [pair for pair in found if pair[1].role is Role.NUMBER]
    others = [pair for pair in found if pair[1].role is not Role.NUMBER]
    at = next((n for n, pair in enumerate(others) if pair[1].role is Role.TITLE), -1)
    return [*others[: at + 1], *numbers, *others[at + 1 :]]


def attachment_labels(attachments: tuple[Attachment, ...]) -> tuple[str, ...]:
    """Give what is printed over each attachment: 附件, or 附件1, 附件2 where there are several."""
    if len(attachments) == 1:
        return ("附件",)
    return tuple(f"附件{n}" for n in range(1, len(attachments) + 1))


def _enclosed(attachments: tuple[Attachment, ...]) -> Iterator[Part]:
    for n, attachment in enumerate(attachments, 1):
        number = f"{n}." if len(attachments) > 1 else ""
        front = "附件：" if n == 1 else "　　　"
        yield Part(Role.ENCLOSED, front + number + one_line(attachment.title))
