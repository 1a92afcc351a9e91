"""Tables, forms and charts of a .docx: all native tables, so that an office can go on editing."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.reports.columns import column_widths, table_size
from supervise.reports.document import Chart, Column, Form, Table
from supervise.reports.docx_xml import (
    CellShape,
    Edge,
    Ink,
    Shape,
    cell,
    paragraph,
    row,
    runs,
    table,
    twips,
)
from supervise.reports.grids import (
    BAR_CELLS,
    SERIES_SHADES,
    SHADES,
    GridCell,
    GridRow,
    bar_cells,
    form_rows,
    largest,
    number_text,
    shade_of,
)
from supervise.reports.layout import one_line
from supervise.reports.profile import Profile

_LEADING = 1.35
_FORM_LEADING = 1.45
_NONE = Edge(0)
_ALL = ("top", "left", "bottom", "right")
_BARE = tuple((name, _NONE) for name in _ALL)
_LIMIT = Edge(12, kind="dashed")
_LABEL_SHARE = 0.24


def caption(profile: Profile, text: str) -> str:
    """Write the line over a table."""
    ink = Ink(profile.settings.heading_font, size=profile.settings.form_size, spacing=0)
    return paragraph(Shape(align="center", keep=True), runs(one_line(text), ink))


def note(profile: Profile, text: str) -> str:
    """Write the line under a table."""
    ink = Ink(size=profile.settings.table_size, spacing=0)
    line = twips(profile.settings.table_size * 1.5)
    shape = Shape(line=line, before=60, off_grid=True, align="left")
    return paragraph(shape, runs(f"注：{one_line(text)}", ink))


def table_xml(profile: Profile, given: Table, room: float) -> Iterator[str]:
    """Write a table with its caption and note; its head is repeated on every page."""
    size = table_size(given, profile.settings.table_size)
    widths = [twips(one * size) for one in column_widths(given, room / size)]
    line = twips(size * _LEADING)
    head = Ink(profile.settings.heading_font, size=size, spacing=0)
    body = Ink(profile.settings.body_font, profile.settings.latin_font, size, spacing=0)
    if given.caption:
        yield caption(profile, given.caption)
    # Only what varies is written for each cell: long tables are drawn in a moment.
    shapes = [CellShape(width) for width in widths]
    looks = [_look(column, line) for column in given.columns]
    centred = Shape(off_grid=True, line=line, align="center", keep=True)
    titles = (
        cell(shape, paragraph(centred, runs(column.title, head)))
        for shape, column in zip(shapes, given.columns, strict=True)
    )
    rows = [row(titles, head=True)]
    for values in given.rows:
        padded = (*values, *[""] * (len(widths) - len(values)))
        rows.append(
            row(
                cell(shape, paragraph(look, runs(str(value), body)))
                for shape, look, value in zip(shapes, looks, padded, strict=False)
            )
        )
    if widths:
        yield table(widths, rows)
    if given.note:
        yield note(profile, given.note)


def _look(column: Column, line: int) -> Shape:
    align = column.align if column.align in ("center", "right") else "left"
    return Shape(off_grid=True, line=line, align=align)


def form_xml(profile: Profile, form: Form, room: float) -> Iterator[str]:
    """Write a ruled form: labels centred, boxes as high as they must be filled in by hand."""
    if form.caption:
        yield caption(profile, form.caption)
    total = sum(form.widths) or 1
    widths = [twips(room * width / total) for width in form.widths]
    covered: dict[int, int] = {}
    rows = [_form_row(profile, one, widths, covered) for one in form_rows(form)]
    if widths and rows:
        yield table(widths, rows, rule=6, margin=80)


def _form_row(profile: Profile, given: GridRow, widths: list[int], covered: dict[int, int]) -> str:
    """Write a row; where a cell above covers a place, that place is written as its continuation."""
    drawn: list[str] = []
    waiting = list(given.cells)
    at = 0
    while at < len(widths):
        if at in covered:
            span = covered.pop(at)
            shape = CellShape(sum(widths[at : at + span]), span, "continue")
            drawn.append(cell(shape, paragraph(Shape())))
        elif waiting:
            one = waiting.pop(0)
            span = one.columns
            width = sum(widths[at : at + span])
            drawn.append(_form_cell(profile, one, width))
            if one.rows > 1:
                covered[at] = span
        else:
            break
        at += span
    height = twips(given.lines * profile.settings.form_size * 1.7 + 4)
    return row(drawn, height=height)


def _form_cell(profile: Profile, one: GridCell, width: int) -> str:
    settings = profile.settings
    ink = Ink(
        settings.heading_font if one.label else settings.body_font,
        settings.latin_font,
        settings.form_size,
        spacing=0,
    )
    edges = ((("top", _NONE),) if not one.top else ()) + (
        (("bottom", _NONE),) if not one.bottom else ()
    )
    ruled = tuple((name, Edge(6)) for name in _ALL if name not in dict(edges))
    place = "center" if one.middle else "top"
    shape = CellShape(
        width,
        one.columns,
        "restart" if one.rows > 1 else "",
        (*edges, *ruled) if edges else (),
        align="bottom" if one.align == "right" else place,
    )
    # The two rows of a box with a signing place stay on one page.
    line = twips(settings.form_size * _FORM_LEADING)
    look = Shape(off_grid=True, line=line, align=one.align, keep=not one.bottom)
    return cell(shape, "".join(paragraph(look, runs(line, ink)) for line in one.text.split("\n")))


def chart_xml(profile: Profile, chart: Chart, room: float) -> Iterator[str]:
    """Write a chart as a table of shaded cells with its numbers in them."""
    unit = f"（单位：{chart.unit}）" if chart.unit else ""
    yield caption(profile, f"{chart.title}{unit}")
    if chart.kind == "grid":
        yield _shaded(profile, chart, room)
    else:
        yield _bars(profile, chart, room)
        if len(chart.series) > 1 or any(limit is not None for limit in chart.limits):
            yield _legend(profile, chart)
    if chart.note:
        yield note(profile, chart.note)


def _small(profile: Profile, color: str | None = None) -> Ink:
    settings = profile.settings
    return Ink(settings.body_font, settings.latin_font, settings.table_size, color, spacing=0)


def _text(profile: Profile, text: str, align: str = "left", color: str | None = None) -> str:
    line = twips(profile.settings.table_size * _LEADING)
    shape = Shape(off_grid=True, line=line, align=align)
    return paragraph(shape, runs(one_line(text), _small(profile, color)))


def _shaded(profile: Profile, chart: Chart, room: float) -> str:
    top = largest(chart)
    first = twips(room * _LABEL_SHARE)
    others = [int((twips(room) - first) / max(len(chart.series), 1))] * len(chart.series)
    titles = [cell(CellShape(first), _text(profile, ""))]
    titles += [
        cell(CellShape(width), _text(profile, name, "center"))
        for width, name in zip(others, chart.series, strict=True)
    ]
    rows = [row(titles, head=True)]
    for label, values in chart.rows:
        cells = [cell(CellShape(first), _text(profile, label))]
        for width, value in zip(others, values, strict=False):
            shade = shade_of(value, top)
            color = "FFFFFF" if shade >= 3 else None
            drawn = _text(profile, number_text(value), "center", color)
            cells.append(cell(CellShape(width, fill=SHADES[shade]), drawn))
        rows.append(row(cells))
    return table([first, *others], rows)


def _bars(profile: Profile, chart: Chart, room: float) -> str:
    first = twips(room * _LABEL_SHARE)
    one = (twips(room) - first) // (BAR_CELLS + 8)
    widths = [first, *[one] * (BAR_CELLS + 8)]
    rows = []
    for label, values in chart.rows:
        shown = [values] if chart.kind == "stack" else [(value,) for value in values]
        for n, part in enumerate(shown):
            series = 0 if chart.kind == "stack" else n
            cells = _bar_row(profile, chart, one, part, series)
            name = cell(CellShape(first, edges=_BARE), _text(profile, "" if n else label, "right"))
            rows.append(row([name, *cells]))
            if chart.kind != "stack" and n == len(shown) - 1 and len(shown) > 1:
                gap = paragraph(Shape(off_grid=True, line=80))
                shape = CellShape(sum(widths), len(widths), edges=_BARE)
                rows.append(row([cell(shape, gap)], height=80, exact=True))
    return table(widths, rows, rule=0, margin=30)


def _bar_row(
    profile: Profile, chart: Chart, one: int, values: tuple[int | None, ...], series: int
) -> list[str]:
    """Write the bar or bars of a row, what they amount to, and the blank to the right edge."""
    top = largest(chart)
    limit = chart.limits[series] if series < len(chart.limits) else None
    mark = 0 if limit is None or chart.kind == "stack" else bar_cells(limit, top)
    used = 0
    cells: list[str] = []
    for n, value in enumerate(values):
        room = BAR_CELLS - used if chart.kind == "stack" else BAR_CELLS
        span = min(bar_cells(value, top), room)
        if not span:
            continue
        shade = (series + n) % len(SERIES_SHADES)
        inside = number_text(value) if chart.kind == "stack" and span >= 3 else ""
        drawn = _text(profile, inside, "center", "FFFFFF" if shade in (0, 4) else None)
        cells += _bar(one, span, mark, shade, drawn)
        used += span
    known = [value for value in values if value is not None]
    told = number_text(sum(known) if known else None)
    return cells + _rest(profile, one, used, BAR_CELLS + 8 - used, told, mark)


def _bar(one: int, span: int, mark: int, shade: int, drawn: str) -> list[str]:
    """Write a bar, in two pieces where the limit lies inside it."""
    ruled = tuple((name, Edge(4)) for name in _ALL)
    fill = SERIES_SHADES[shade]
    if not 0 < mark < span:
        return [cell(CellShape(span * one, span, edges=ruled, fill=fill, tight=True), drawn)]
    line = Edge(12, kind="dashed", color="FFFFFF" if shade in (0, 4) else "000000")
    before = CellShape(mark * one, mark, edges=(*ruled[:3], ("right", line)), fill=fill, tight=True)
    rest = span - mark
    sides = (ruled[0], ("left", line), *ruled[2:])
    after = CellShape(rest * one, rest, edges=sides, fill=fill, tight=True)
    return [cell(before, drawn), cell(after, drawn)]


def _rest(profile: Profile, one: int, used: int, rest: int, told: str, mark: int) -> list[str]:
    """Write what stands right of a bar: its number, and a dashed mark where the limit lies."""
    at = mark - used
    if at <= 0:
        edges = (("left", _LIMIT), *_BARE[2:], _BARE[0]) if mark and at == 0 else _BARE
        return [cell(CellShape(rest * one, rest, edges=edges), _text(profile, told))]
    before = CellShape(at * one, at, edges=(*_BARE[:3], ("right", _LIMIT)))
    after = CellShape((rest - at) * one, rest - at, edges=(_BARE[0], ("left", _LIMIT), *_BARE[2:]))
    # The number stands left of the mark where it has room, else right of it.
    near, far = (told, "") if at > 4 else ("", told)
    return [cell(before, _text(profile, near)), cell(after, _text(profile, far))]


def _legend(profile: Profile, chart: Chart) -> str:
    """Write which shade stands for which series, and what the limits are."""
    marks = []
    for n, name in enumerate(chart.series):
        limit = chart.limits[n] if n < len(chart.limits) else None
        told = f"{name}（界线 {limit}{chart.unit}）" if limit is not None else name
        shade = SERIES_SHADES[n % len(SERIES_SHADES)]
        sign = "□" if shade == "FFFFFF" else "■"
        color = None if shade == "FFFFFF" else shade
        marks.append(runs(sign, _small(profile, color)) + runs(f" {told}　", _small(profile)))
    line = twips(profile.settings.table_size * 1.6)
    return paragraph(Shape(off_grid=True, line=line, align="center"), "".join(marks))
