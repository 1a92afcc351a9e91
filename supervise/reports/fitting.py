"""Papers of a fixed number of pages: lines set closer, the head higher, then texts cut.

What a paper needs is reckoned in characters and lines, so that .docx, which cannot be measured
without an office program, and .pdf are cut alike.
"""

from __future__ import annotations

from dataclasses import replace

from supervise.domain.pack_layout import POINTS_PER_MM
from supervise.reports.columns import column_widths, table_size
from supervise.reports.document import Block, Document, Heading, Paragraph, Table
from supervise.reports.grids import form_rows
from supervise.reports.layout import IMPRINT, Part, Role, parts
from supervise.reports.profile import Profile
from supervise.reports.titles import title_lines
from supervise.text import cells, cut

# Lines are first set closer, to no less than this share of the text's size.
_CLOSEST = 1.3
# The head then begins nearer to the text block's edge, but not nearer than so many mm.
_HIGHEST = 10.0
# What a reckoning may be wrong by, in lines.
_SPARE = 0.6
_TABLE_LINE = 1.35
_MOST_STEPS = 400
_MORE = Paragraph("……")


def fitted(document: Document, profile: Profile, spare: int = 0) -> tuple[Document, Profile]:
    """Give a paper, and the profile to draw it with, so that it keeps to its pages.

    A paper without a number of pages is left as it is; `spare` more lines are kept free.
    """
    if document.pages is None:
        return document, profile
    closer = _closer(document, profile, spare)
    room = document.pages * closer.settings.height
    for _ in range(_MOST_STEPS):
        if needed(document, closer) <= room - (_SPARE + spare) * closer.pitch:
            break
        shorter = _shorter(document, closer)
        if shorter == document:
            break
        document = shorter
    return document, closer


def needed(document: Document, profile: Profile) -> float:
    """Reckon the height of a paper in points, from the first line to the last rule."""
    return sum(_height(part, document, profile) for part in parts(document))


def _closer(document: Document, profile: Profile, spare: int) -> Profile:
    """Set the lines as close as the paper needs, half a point at a time; then raise the head."""
    assert document.pages is not None
    least = profile.settings.body_size * _CLOSEST
    found = profile
    for _ in range(_MOST_STEPS):
        settings = found.settings
        room = document.pages * settings.height - (_SPARE + spare) * found.pitch
        if needed(document, found) <= room:
            break
        if found.pitch - 0.5 >= least:
            found = Profile(replace(settings, line_pitch=found.pitch - 0.5))
        elif settings.head_top - 5 >= _HIGHEST:
            found = Profile(replace(settings, head_top=settings.head_top - 5))
        else:
            break
    return found


def _height(part: Part, document: Document, profile: Profile) -> float:
    """Reckon what one part takes, with the blank lines about it."""
    pitch, settings = profile.pitch, profile.settings
    if part.role is Role.MARK:
        return 0
    if part.role is Role.HEAD and document.style != "plain":
        return settings.head_top * POINTS_PER_MM + profile.head(part.text)[0] * 1.2
    if part.role in (Role.NUMBER, Role.ISSUE):
        blank = 0 if part.role is Role.ISSUE else 2
        return pitch * (1 + blank) + 4 * POINTS_PER_MM
    if part.role in (Role.TITLE, Role.ATTACHMENT_TITLE):
        fitting = int(profile.text_width() / settings.title_size)
        above = 2 if document.head and document.style != "plain" else 0
        return pitch * (len(title_lines(part.text, fitting)) + 1 + above)
    if part.role in (Role.SIGNATURE, Role.ENCLOSED):
        return pitch * 3
    if part.role in IMPRINT:
        return settings.imprint_size * 1.7 * _lines(part.text + part.right, 30)
    return _body_height(part, profile)


def _body_height(part: Part, profile: Profile) -> float:
    """Reckon the height of text, tables, forms and charts."""
    pitch, settings = profile.pitch, profile.settings
    if part.table:
        return _table_height(part.table, profile)
    if part.form:
        lines = sum(row.lines for row in form_rows(part.form))
        return lines * (settings.form_size * 1.7 + 2) + pitch * bool(part.form.caption)
    if part.chart:
        bars = len(part.chart.rows) * (len(part.chart.series) if part.chart.kind == "line" else 1)
        return pitch * 3 + bars * settings.table_size * 1.6
    if part.fields:
        each = [
            _lines(f"　　{label}：{value}", settings.characters)
            for label, value in part.fields.items
        ]
        return pitch * sum(each)
    return pitch * sum(_lines(f"　　{line}", settings.characters) for line in part.text.split("\n"))


def _table_height(table: Table, profile: Profile) -> float:
    size = table_size(table, profile.settings.table_size)
    widths = column_widths(table, profile.text_width() / size)
    rows = [[column.title for column in table.columns], *table.rows]
    lines = sum(
        max(
            (
                _lines(str(cell), max(width - 0.9, 1))
                for cell, width in zip(row, widths, strict=False)
            ),
            default=1,
        )
        for row in rows
    )
    about = (bool(table.caption) + bool(table.note)) * profile.pitch
    return lines * size * _TABLE_LINE + len(rows) * size * 0.8 + about


def _lines(text: str, characters: float) -> int:
    """Count the lines a text takes; a little is lost where no sign may begin a line."""
    fitting = max(characters - 0.5, 1) * 2
    return sum(max(1, int(-(-cells(line) // fitting))) for line in text.split("\n"))


def _shorter(document: Document, profile: Profile) -> Document:
    """Cut what is longest by a line: a paragraph, else a table's cells, else a table's rows."""
    blocks = list(document.blocks)
    lengths = [_excess(block, profile) for block in blocks]
    longest = max(range(len(blocks)), key=lengths.__getitem__, default=None)
    if longest is None:
        return document
    if lengths[longest] <= 0:
        return replace(document, blocks=_without_last(blocks))
    blocks[longest] = _cut(blocks[longest], profile)
    return replace(document, blocks=tuple(blocks))


def _without_last(blocks: list[Block]) -> tuple[Block, ...]:
    """Leave out the last block, and say that there was more."""
    left = blocks[:-1] if blocks[-1] != _MORE else blocks[:-2]
    while left and isinstance(left[-1], Heading):
        left = left[:-1]
    return (*left, _MORE)


def _excess(block: Block, profile: Profile) -> int:
    """Count the lines by which a block could be shorter."""
    if isinstance(block, Paragraph):
        return _lines(f"　　{block.text}", profile.settings.characters) - 1
    if isinstance(block, Table):
        return len(block.rows) - 1
    return 0


def _cut(block: Block, profile: Profile) -> Block:
    """Give a block a line shorter, with … where something was left out."""
    if isinstance(block, Paragraph):
        line = block.text.replace("\n", "")
        room = (_excess(block, profile)) * (profile.settings.characters - 1) * 2 - 4
        return replace(block, text=cut(line, min(max(room, 8), cells(line) - 1)))
    assert isinstance(block, Table)
    # At least two rows give way to the one that says that there were more.
    kept = block.rows[: max(len(block.rows) - 2, 0)]
    more = ("……", *[""] * (len(block.columns) - 1))
    return replace(block, rows=(*kept, more))
