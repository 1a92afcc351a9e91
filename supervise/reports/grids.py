"""Forms and charts as plain grids of cells, for the formats that draw them as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from supervise.reports.document import Box, Chart, Form

# Shades from white to black; a text on the darkest two is white.
SHADES = ("FFFFFF", "E0E0E0", "B8B8B8", "808080", "404040")
# The series of a chart, told apart in black and white by their shade.
SERIES_SHADES = ("404040", "A6A6A6", "FFFFFF", "D9D9D9", "737373")
BAR_CELLS = 40
UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a form's grid: `rows` and `columns` it covers; `top`, `bottom`: ruled there."""

    text: str
    columns: int = 1
    rows: int = 1
    align: str = "left"
    label: bool = False
    middle: bool = True
    top: bool = True
    bottom: bool = True


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a form's grid; `lines` is its least height in lines of text."""

    cells: tuple[GridCell, ...]
    lines: int = 1


def form_rows(form: Form) -> Iterator[GridRow]:
    """Give a form's rows; a row with a signing place becomes two, the second for that alone."""
    for row in form.rows:
        filled = _filled(row, len(form.widths))
        lines = max((box.lines for box in filled), default=1)
        if not any(box.foot for box in filled):
            yield GridRow(tuple(_cell(box) for box in filled), lines)
            continue
        yield GridRow(tuple(_upper(box) for box in filled), max(lines - 1, 1))
        yield GridRow(tuple(_lower(box) for box in filled if box.foot))


def _filled(row: tuple[Box, ...], columns: int) -> list[Box]:
    """Cut or lengthen a row to the grid's columns."""
    boxes: list[Box] = []
    left = columns
    for box in row:
        span = min(max(box.span, 1), left)
        if span:
            boxes.append(Box(box.text, span, box.label, box.lines, box.foot))
        left -= span
    if left:
        boxes.append(Box("", left))
    return boxes


def _cell(box: Box, rows: int = 1) -> GridCell:
    middle = box.label or box.lines == 1
    align = "center" if box.label else "left"
    return GridCell(box.text, box.span, rows, align, box.label, middle)


def _upper(box: Box) -> GridCell:
    if not box.foot:
        return _cell(box, 2)
    return GridCell(box.text, box.span, middle=False, bottom=False)


def _lower(box: Box) -> GridCell:
    return GridCell(box.foot, box.span, align="right", top=False)


def number_text(value: int | None) -> str:
    """Write a chart's value; — for one that is unknown."""
    return UNKNOWN if value is None else str(value)


def largest(chart: Chart) -> int:
    """Give the value at which a chart's longest bar ends: of a stack, the sum of a row."""
    values = [[abs(one) for one in row if one is not None] for _, row in chart.rows]
    tops = [sum(row) if chart.kind == "stack" else max(row, default=0) for row in values]
    limits = [limit for limit in chart.limits if limit is not None]
    return max([1, *tops, *limits])


def shade_of(value: int | None, top: int) -> int:
    """Give the shade of a cell of a `grid` chart: white for none, then four steps."""
    if not value or value < 0:
        return 0
    return min(1 + (value - 1) * 4 // max(top, 4), 4) if top else 0


def bar_cells(value: int | None, top: int, room: int = BAR_CELLS) -> int:
    """Give a bar's length in cells: none for nothing, at least one for anything."""
    if not value or value < 0:
        return 0
    return max(1, round(value * room / top))
