"""Charts as SVG drawn into the page: told apart by pattern, so that black and white reads as well.

Every number stands beside its bar or point, so that nothing must be read off a scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from supervise.reports.document import Chart
from supervise.reports.grids import SHADES, largest, number_text, shade_of
from supervise.reports.layout import one_line
from supervise.text import cells, cut

_WIDTH = 600
_LABEL = 140
_ROW = 20
_BAR = 14
_ROOM = 390
_HIGH = 180
_LONGEST = 22
_PATTERNS = (
    '<pattern id="p0" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect width="4" height="4" fill="#404040"/></pattern>',
    '<pattern id="p1" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="5" height="5" fill="#fff"/>'
    '<path d="M0 5L5 0" stroke="#000" stroke-width="1"/></pattern>',
    '<pattern id="p2" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect width="4" height="4" fill="#fff"/></pattern>',
    '<pattern id="p3" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect width="4" height="4" fill="#fff"/><circle cx="2" cy="2" r="0.9"/></pattern>',
    '<pattern id="p4" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect width="4" height="4" fill="#a6a6a6"/></pattern>',
)
_DASHES = ("", "6 3", "2 3", "8 3 2 3", "12 4")


def chart_lines(chart: Chart, key: int = 0) -> Iterator[str]:
    """Draw a chart as a figure with its caption and note; `key` tells those of a page apart."""
    unit = f"（单位：{chart.unit}）" if chart.unit else ""
    caption = escape(one_line(f"{chart.title}{unit}"))
    draw = {"grid": _grid, "line": _line}.get(chart.kind, _bars)
    drawn, height = draw(chart)
    yield "<figure>"
    yield f"<figcaption>{caption}</figcaption>"
    yield (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{caption}">'
        f"{_keyed(''.join(['<defs>', *_PATTERNS, '</defs>', *drawn]), key)}</svg>"
    )
    if chart.note:
        yield f'<p class="note">注：{escape(one_line(chart.note))}</p>'
    yield "</figure>"


def _keyed(drawn: str, key: int) -> str:
    """Give the patterns of one chart names of their own: a page may hold several."""
    return drawn.replace('id="p', f'id="c{key}p').replace("url(#p", f"url(#c{key}p")


def _text(x: float, y: float, value: str, anchor: str = "start", fill: str = "#000") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}">'
        f"{escape(one_line(value))}</text>"
    )


def _rect(x: float, y: float, wide: float, high: float, fill: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{fill}"'
        ' stroke="#000" stroke-width="0.7"/>'
    )


def _series_fill(n: int) -> str:
    return f"url(#p{n % len(_PATTERNS)})"


def _bars(chart: Chart) -> tuple[list[str], float]:
    top = largest(chart)
    drawn: list[str] = []
    y = 4.0
    for label, values in chart.rows:
        drawn.append(_text(_LABEL - 6, y + 11, cut(label, _LONGEST), "end"))
        if chart.kind == "stack":
            drawn += _stacked(values, top, y)
            y += _ROW
            continue
        for n, value in enumerate(values):
            long = _ROOM * max(value or 0, 0) / top
            if long:
                drawn.append(_rect(_LABEL, y, long, _BAR, _series_fill(n)))
            drawn.append(_text(_LABEL + long + 4, y + 11, number_text(value)))
            limit = chart.limits[n] if n < len(chart.limits) else None
            if limit is not None:
                x = _LABEL + _ROOM * limit / top
                drawn.append(
                    f'<path d="M{x:.1f} {y - 3:.1f}V{y + _BAR + 3:.1f}" stroke="#000"'
                    ' stroke-width="1.5" stroke-dasharray="3 2"/>'
                )
            y += _ROW
        y += 4 if len(values) > 1 else 0
    legend, high = _legend(chart, y + 6)
    return drawn + legend, y + high


def _stacked(values: tuple[int | None, ...], top: int, y: float) -> list[str]:
    drawn = []
    x = float(_LABEL)
    for n, value in enumerate(values):
        long = _ROOM * max(value or 0, 0) / top
        if not long:
            continue
        drawn.append(_rect(x, y, long, _BAR, _series_fill(n)))
        if long > 18:
            told = number_text(value)
            half = 3.5 * len(told) + 1
            drawn.append(
                f'<rect x="{x + long / 2 - half:.1f}" y="{y + 2:.1f}" width="{2 * half:.1f}"'
                f' height="{_BAR - 4}" fill="#fff"/>'
            )
            drawn.append(_text(x + long / 2, y + 11, told, "middle"))
        x += long
    known = [value for value in values if value is not None]
    return [*drawn, _text(x + 4, y + 11, number_text(sum(known) if known else None))]


def _grid(chart: Chart) -> tuple[list[str], float]:
    top = largest(chart)
    wide = (_WIDTH - _LABEL - 4) / max(len(chart.series), 1)
    room = int(wide / 6)
    drawn = [
        _text(_LABEL + wide * (n + 0.5), 13, cut(one_line(name), room), "middle")
        for n, name in enumerate(chart.series)
    ]
    y = 18.0
    for label, values in chart.rows:
        drawn.append(_text(_LABEL - 6, y + 14, cut(one_line(label), _LONGEST), "end"))
        for n, value in enumerate(values[: len(chart.series)]):
            shade = shade_of(value, top)
            ink = "#fff" if shade >= 3 else "#000"
            drawn.append(_rect(_LABEL + wide * n, y, wide, _ROW, f"#{SHADES[shade]}"))
            drawn.append(
                _text(_LABEL + wide * (n + 0.5), y + 14, number_text(value), "middle", ink)
            )
        y += _ROW
    return drawn, y + 4


def _line(chart: Chart) -> tuple[list[str], float]:
    top = largest(chart) * 1.1
    step = (_WIDTH - 60) / max(len(chart.rows), 1)
    drawn = [
        f'<path d="M30 10V{_HIGH + 10}H{_WIDTH - 10}" fill="none" stroke="#000"/>',
        *(
            _text(30 + step * (n + 0.5), _HIGH + 24, cut(one_line(label), int(step / 6)), "middle")
            for n, (label, _) in enumerate(chart.rows)
        ),
    ]
    for limit in chart.limits:
        if limit is not None:
            y = 10 + _HIGH * (1 - limit / top)
            drawn.append(
                f'<path d="M30 {y:.1f}H{_WIDTH - 10}" stroke="#000" stroke-dasharray="1 3"/>'
            )
    for n in range(len(chart.series)):
        drawn += _one_line(chart, n, step, top)
    legend, high = _legend(chart, _HIGH + 34.0)
    return drawn + legend, _HIGH + 30 + high


def _one_line(chart: Chart, n: int, step: float, top: float) -> list[str]:
    """Draw one series: its line, broken where a value is unknown, its points and their numbers."""
    path, drawn = "", []
    move = "M"
    for at, (_, values) in enumerate(chart.rows):
        value = values[n] if n < len(values) else None
        if value is None:
            move = "M"
            continue
        x, y = 30 + step * (at + 0.5), 10 + _HIGH * (1 - value / top)
        path += f"{move}{x:.1f} {y:.1f}"
        move = "L"
        drawn.append(_marker(n, x, y))
        others = [one for m, one in enumerate(values) if m != n and one is not None]
        above = all(value > one or (value == one and n == 0) for one in others)
        drawn.append(_text(x, y - 6 if above else y + 15, number_text(value), "middle"))
    line = (
        f'<path d="{path}" fill="none" stroke="#000" stroke-width="1.3"'
        f' stroke-dasharray="{_DASHES[n % len(_DASHES)]}"/>'
    )
    return [line, *drawn] if path else []


def _marker(n: int, x: float, y: float) -> str:
    shapes = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>',
        f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6"/>',
        f'<path d="M{x:.1f} {y - 4:.1f}l4 7h-8z"/>',
        f'<path d="M{x:.1f} {y - 4:.1f}l4 4l-4 4l-4 -4z"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#fff" stroke="#000"/>',
    )
    return shapes[n % len(shapes)]


def _legend(chart: Chart, y: float) -> tuple[list[str], float]:
    """Draw which pattern or mark stands for which series, and what the limits are."""
    if len(chart.series) < 2 and not any(limit is not None for limit in chart.limits):
        return [], 4
    drawn = []
    x = float(_LABEL)
    for n, name in enumerate(chart.series):
        limit = chart.limits[n] if n < len(chart.limits) else None
        told = name if limit is None else f"{name}（界线{limit}{chart.unit}）"
        if chart.kind == "line":
            drawn.append(_marker(n, x + 8, y + 6))
        else:
            drawn.append(_rect(x, y, 16, 10, _series_fill(n)))
        drawn.append(_text(x + 21, y + 10, told))
        x += 36 + cells(told) * 6
    return drawn, 22
