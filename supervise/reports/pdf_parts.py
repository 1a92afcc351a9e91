"""The parts of a paper as the data that the PDF's page (gb9704.typ) sets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from supervise.reports.columns import column_widths, table_size
from supervise.reports.document import Chart, Document, Form, Table, split_missing
from supervise.reports.grids import form_rows, largest, shade_of
from supervise.reports.layout import (
    HEAD_ENDS,
    IMPRINT,
    RED_STYLES,
    SIGNED,
    STAMP_SHARE,
    Part,
    Role,
    number_below_title,
    one_line,
    oriented,
    stamp_text,
)
from supervise.reports.profile import Profile
from supervise.reports.titles import title_lines
from supervise.text import cut

Item = dict[str, Any]
# A word of more letters and digits than this may be broken, after every few of them.
_LONG_WORD = re.compile(r"[!-~]{20,}")
_FEW = 4
_CODE = re.compile(r"[0-9]+:[0-9a-f]{16}")
# Lines may also end within a code after its hyphen, and between a percentage and a bracket.
_MAY_END = re.compile(r"(?<=[A-Za-z0-9]-)(?=[0-9])|(?<=[0-9]%)(?=（)|(?<=[0-9]/)(?=[0-9])")
# Printers' sign for a character that is not in the case; it is highlighted.
NO_GLYPH = "〓"
# A column's heading is repeated on every page: a longer one is cut, in cells.
_HEADING = 120
_BREAK = "\u200b"


def _breaking(found: re.Match[str]) -> str:
    word = found.group()
    return _BREAK.join(word[at : at + _FEW] for at in range(0, len(word), _FEW))


def _but_codes(found: re.Match[str]) -> str:
    """Leave a 台账校验码 whole, to be read out or typed in from the paper."""
    return found.group() if _CODE.fullmatch(found.group()) else _breaking(found)


def told(text: str, breaking: Callable[[re.Match[str]], str] = _breaking) -> str | list[list[Any]]:
    """Give a text as the page reads it: plain, or in pieces where a placeholder stands in it.

    `breaking` says where a word of many letters and digits may be parted.
    """
    text = _LONG_WORD.sub(breaking, text)
    if "【待填:" not in text and NO_GLYPH not in text:
        return text
    return [
        [int(is_missing or part == NO_GLYPH), part]
        for is_missing, piece in split_missing(text)
        for part in ([piece] if is_missing else re.split(f"({NO_GLYPH})", piece))
        if part
    ]


def _running(text: str) -> str | list[list[Any]]:
    """Give a line of running text, whose codes and rates may be parted at the end of a line."""
    return told(_MAY_END.sub(_BREAK, text))


@dataclass(slots=True)
class Setter:
    """Turns one paper's parts into what the page sets, sheet by sheet."""

    document: Document
    profile: Profile
    across: bool = False
    before: Role | None = None

    def sheets(self) -> list[Item]:
        """Give the paper as sheets: pages that lie the same way, with their parts."""
        found = [pair for pair in oriented(self.document) if pair[1].role is not Role.MARK]
        if self.document.style == "plain":
            found = number_below_title(found)
        body = [pair for pair in found if pair[1].role not in IMPRINT]
        sheets: list[Item] = []
        for at, (across, part) in enumerate(body):
            turned = not sheets or sheets[-1]["across"] != across
            if turned:
                sheets.append({"across": across, "parts": []})
            self.across = across
            follows = body[at + 1][1].role if at + 1 < len(body) else None
            sheets[-1]["parts"] += self._part(part, follows, turned)
            self.before = part.role
        return self._with_imprint(sheets, [part for _, part in found if part.role in IMPRINT])

    def _with_imprint(self, sheets: list[Item], found: list[Part]) -> list[Item]:
        ruled = self.document.style != "letter"
        if not ruled:
            found = [part for part in found if part.role is not Role.PRINTED]
        if not found:
            return sheets
        if sheets[-1]["across"] != self.document.landscape:
            sheets.append({"across": self.document.landscape, "parts": []})
        items = [
            {
                "text": told(part.text),
                "right": told(part.right),
                "hanging": 3 if part.role is Role.COPIES else 0,
            }
            for part in found
        ]
        sheets[-1]["parts"].append({"kind_of": "imprint", "items": items, "ruled": ruled})
        return sheets

    @property
    def _room(self) -> float:
        return self.profile.text_width(self.across)

    def _part(self, part: Part, follows: Role | None, turned: bool) -> Iterator[Item]:
        if part.table:
            yield table_item(self.profile, part.table, self._room)
        elif part.form:
            yield form_item(self.profile, part.form, self._room)
        elif part.chart:
            yield chart_item(part.chart, self._room)
        elif part.role in (Role.URGENCY, Role.HEAD, Role.NUMBER, Role.ISSUE):
            yield from self._top(part, follows)
        elif part.role is Role.TITLE:
            if self.document.style in RED_STYLES and self.before in HEAD_ENDS:
                yield from ({"kind_of": "blank"},) * (1 if follows is Role.FORM else 2)
            yield self._title(part)
            if follows not in (Role.FORM, Role.STAMP, Role.NUMBER):
                yield {"kind_of": "sticky"}
        elif part.role is Role.ATTACHMENT:
            if not turned:
                yield {"kind_of": "break"}
            yield _flush(part.text, "heading", keep=True)
            yield {"kind_of": "sticky"}
        elif part.role is Role.ATTACHMENT_TITLE:
            yield self._title(part)
            yield {"kind_of": "sticky"}
        elif part.role is Role.BREAK:
            yield {"kind_of": "break"}
        else:
            yield from self._text(part, follows)

    def _top(self, part: Part, follows: Role | None) -> Iterator[Item]:
        style = self.document.style
        red = style in RED_STYLES
        if part.role is Role.URGENCY:
            yield _flush(part.text, "heading")
        elif part.role is Role.HEAD and red:
            size, scale = self.profile.head(part.text)
            kind = "letter" if style == "letter" else "head"
            used = 1 if self.before is Role.URGENCY else 0
            yield {"kind_of": kind, "text": part.text, "size": size, "scale": scale, "used": used}
            if follows is not Role.NUMBER and style != "letter":
                yield from ({"kind_of": "blank"}, {"kind_of": "rule"})
        elif part.role is Role.HEAD:
            yield {"kind_of": "title", "lines": [told(part.text)]}
        elif part.role is Role.ISSUE:
            yield {"kind_of": "bulletin", "text": told(part.text), "right": told(part.right)}
        else:
            yield from self._number(part, red)

    def _number(self, part: Part, red: bool) -> Iterator[Item]:
        style = self.document.style
        if red and style != "letter" and self.before is Role.HEAD:
            yield from ({"kind_of": "blank"},) * (1 if style == "brief" else 2)
        label, _, name = part.right.partition("：")
        yield {
            "kind_of": "number",
            "text": told(part.text),
            "right": part.right,
            "label": f"{label}：",
            "name": told(name),
            "place": "center" if red and style != "letter" else "right",
            "rule": red and style != "letter" and not (style == "brief" and self.document.issue),
        }

    def _title(self, part: Part) -> Item:
        fitting = int(self._room / self.profile.settings.title_size)
        lines = [told(line) for line in title_lines(part.text, fitting)]
        return {"kind_of": "title", "lines": lines}

    def _text(self, part: Part, follows: Role | None) -> Iterator[Item]:
        if part.role is Role.STAMP and part.fields:
            size = self.profile.settings.table_size
            text = stamp_text(part.fields, STAMP_SHARE * self._room / size)
            yield from ({"kind_of": "small", "text": told(text, _but_codes)}, {"kind_of": "blank"})
        elif part.fields:
            items = part.fields.items
            pairs = [[told(f"{one_line(label)}："), told(value)] for label, value in items]
            yield {"kind_of": "fields", "items": pairs}
        elif part.role is Role.ADDRESSEES:
            yield _flush(part.text, "body")
        elif part.role is Role.HEADING:
            yield {"kind_of": "heading", "level": part.level, "text": told(part.text)}
        elif part.role is Role.ENCLOSED:
            yield from self._enclosed(part)
        elif part.role in (Role.SIGNATURE, Role.DATE):
            yield from self._signed(part)
        else:
            keep = follows in SIGNED and self.profile.is_short(part.text, self._room)
            lines = [_running(line) for line in part.text.split("\n")]
            yield {"kind_of": "paragraph", "align": part.align, "keep": keep, "lines": lines}

    def _enclosed(self, part: Part) -> Iterator[Item]:
        if self.before is not Role.ENCLOSED:
            yield {"kind_of": "sticky"}
        hanging = 3 + (len(self.document.attachments) > 1)
        front = re.match("(附件：|　　　)(?:[0-9]+[.])?", part.text)
        assert front
        yield {
            "kind_of": "enclosed",
            "hanging": hanging,
            "front": front.group(),
            "name": told(part.text[front.end() :]),
        }

    def _signed(self, part: Part) -> Iterator[Item]:
        unit = one_line(self.document.signature or "")
        day = one_line(self.document.date or "")
        sealed = self.document.sealed and bool(unit)
        if self.before not in (Role.SIGNATURE, Role.DATE):
            # The seal's upper edge is to stand within one line of the text (7.3.5.1).
            yield from ({"kind_of": "sticky"},) * (2 if sealed else 1)
        middles = self.profile.signature(unit, day, sealed)
        first = part.role is Role.SIGNATURE
        middle = middles[0] if first else middles[1]
        yield {"kind_of": "signed", "text": told(part.text), "middle": middle, "keep": first}


def _flush(text: str, font: str, *, keep: bool = False) -> Item:
    return {"kind_of": "flush", "text": told(text), "font": font, "keep": keep}


def _captioned(text: str | None) -> str | list[list[Any]]:
    return told(one_line(text or ""))


def _noted(text: str | None) -> str | list[list[Any]]:
    return told(f"注：{one_line(text)}", _but_codes) if text else ""


def table_item(profile: Profile, table: Table, room: float) -> Item:
    """Give a table: the columns' widths in points, the cells row after row."""
    size = table_size(table, profile.settings.table_size)
    count = len(table.columns)
    rows = ((*row, *[""] * (count - len(row)))[:count] for row in table.rows)
    return {
        "kind_of": "table",
        "caption": _captioned(table.caption),
        "note": _noted(table.note),
        "size": size,
        "widths": [one * size for one in column_widths(table, room / size)],
        "aligns": [column.align for column in table.columns],
        "titles": [told(cut(column.title, _HEADING)) for column in table.columns],
        "cells": [told(str(cell)) for row in rows for cell in row],
    }


def form_item(profile: Profile, form: Form, room: float) -> Item:
    """Give a form: its cells, and how high each row is at least, in points."""
    total = sum(form.widths) or 1
    size = profile.settings.form_size
    rows = [
        {
            "height": row.lines * size * 1.7 + 4,
            "cells": [
                {
                    "text": told(cell.text),
                    "columns": cell.columns,
                    "rows": cell.rows,
                    "align": cell.align,
                    "label": cell.label,
                    "middle": cell.middle,
                    "top": cell.top,
                    "bottom": cell.bottom,
                }
                for cell in row.cells
            ],
        }
        for row in form_rows(form)
    ]
    return {
        "kind_of": "form",
        "caption": _captioned(form.caption),
        "widths": [room * width / total for width in form.widths],
        "rows": rows,
    }


def chart_item(chart: Chart, room: float) -> Item:
    """Give a chart: its rows with their values, and the value at which the longest bar ends."""
    unit = f"（单位：{chart.unit}）" if chart.unit else ""
    top = largest(chart)
    count = len(chart.series)
    rows = []
    for label, values in chart.rows:
        filled = (*values, *[None] * (count - len(values)))[:count]
        shades = [shade_of(value, top) for value in filled]
        rows.append({"label": told(one_line(label)), "values": filled, "shades": shades})
    return {
        "kind_of": "chart",
        "kind": chart.kind,
        "caption": _captioned(f"{chart.title}{unit}"),
        "series": [told(one_line(name)) for name in chart.series],
        "rows": rows,
        "limits": list(chart.limits),
        "unit": chart.unit,
        "note": _noted(chart.note),
        "top": top,
        "width": room,
    }
