"""The second step of an import: the sheet, and the row in which the headings stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.widgets.columns import Cell, Column, Record, fitted, one_line
from screens.widgets.record_list import RecordList
from supervise.services.import_kinds import Kind
from supervise.services.import_preview import DATE_ORDERS, Preview, Sample
from supervise.services.tables.cells import column_letter
from supervise.services.tables.delimited import ENCODING_NAMES

_WIDEST = 16
_COLUMNS = 40
_SHOWN = 20


def grid(rows: Sequence[Sequence[str]]) -> list[str]:
    """Set rows of texts in columns, each as wide as it needs and no wider than `_WIDEST` cells."""
    texts = [[one_line(text) for text in row[:_COLUMNS]] for row in rows]
    width = max(map(len, texts), default=0)
    widths = [
        min(max([cell_len(row[place]) for row in texts if place < len(row)], default=0), _WIDEST)
        for place in range(width)
    ]
    return [
        "  ".join(fitted(text, size) for text, size in zip(row, widths, strict=False))
        for row in texts
    ]


def _row(record: Record) -> Cell:
    return Cell(f"{record['number']:,}", "muted")


def _mark(record: Record) -> Cell:
    return Cell("表头" if record["header"] else "", "strong")


def _cell(place: int, record: Record) -> Cell:
    cells = record["cells"]
    text = cells[place] if place < len(cells) else ""
    return Cell(text, "strong" if record["header"] else "")


COLUMNS = (
    Column("行", _row, 4, right=True),
    Column("", _mark, 4),
    *(
        Column(column_letter(place), partial(_cell, place), 10, spare=place)
        for place in range(_SHOWN)
    ),
)


class HeadStep(Vertical):
    """The sheets and how to read the file on the left, its first rows on the right."""

    DEFAULT_CSS = """
    HeadStep {
        #found { height: auto; margin: 1 0 0 0; }
        #ways { height: 1fr; }
        #reading {
            width: 22; height: 1fr; border: none; border-top: solid $line; padding: 0;
            background: transparent; border-title-color: $muted;
            &:focus { border-top: solid $primary; border-title-color: $primary; }
        }
        #rows { width: 1fr; margin: 0 0 0 1; }
    }
    """

    @dataclass
    class Said(Message):
        """Something about the reading was chosen: a field of `Reading` and its value."""

        changes: dict[str, Any]

    def __init__(self) -> None:
        super().__init__(id="head-step", classes="step")
        self._choices: list[dict[str, Any]] = []

    def compose(self) -> ComposeResult:
        """Lay out the sentence and the lists."""
        yield Static("", id="found")
        with Horizontal(id="ways"):
            reading = OptionList(id="reading", compact=True)
            reading.border_title = Content("怎样读")
            yield reading
            yield RecordList(COLUMNS, key="number", title="前几行", measure="行", id="rows")

    def show(self, seen: Preview) -> None:
        """Show what was found."""
        rows = self.query_one("#rows", RecordList)
        rows.show(
            [
                {
                    "number": sample.number,
                    "cells": sample.cells,
                    "header": sample.number == seen.header_row,
                }
                for sample in seen.head
            ]
        )
        if seen.header_row:
            rows.go_to(seen.header_row)
        self.query_one("#found", Static).update(_found(seen))
        self._show_choices(seen)

    def _show_choices(self, seen: Preview) -> None:
        options: list[Option | None] = []
        self._choices = []
        for title, choices in _readings(seen):
            options.append(Option(Content.assemble((title, "$muted")), disabled=True))
            self._choices.append({})
            for label, chosen, changes in choices:
                mark = ("用 ", "$primary bold") if chosen else ("   ", "")
                options.append(Option(Content.assemble(mark, one_line(label))))
                self._choices.append(changes)
        reading = self.query_one("#reading", OptionList)
        place = reading.highlighted
        reading.clear_options()
        reading.add_options(options)
        reading.display = bool(options)
        reading.highlighted = place if place is not None and place < len(options) else None

    @on(OptionList.OptionSelected, "#reading")
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Read the file another way."""
        message.stop()
        self.post_message(self.Said(self._choices[message.option_index]))

    @on(RecordList.Selected, "#rows")
    def choose_row(self, message: RecordList.Selected) -> None:
        """Take a row as the headings."""
        message.stop()
        if message.record is not None:
            self.post_message(self.Said({"header_row": message.record["number"]}))


def _found(seen: Preview) -> Content:
    where = f"“{one_line(seen.sheet)}”表" if seen.sheet else (seen.encoding or "")
    if seen.problem and not seen.header_row:
        return Content.assemble((one_line(seen.problem), "$error"))
    head = f"表头在第{seen.header_row}行：{seen.header_why}。" if seen.header_row else ""
    wrong = "不对的，移到表头那一行按 Enter。" if seen.header_row else ""
    return Content.assemble(
        (f"{where}  约 {seen.total:,} 行\n", "$muted"), (one_line(head), "bold"), (wrong, "$muted")
    )


Choice = tuple[str, bool, dict[str, Any]]


def _readings(seen: Preview) -> list[tuple[str, list[Choice]]]:
    """Give the ways to read the file, by their titles."""
    reading, found = seen.reading, []
    if len(seen.sheets) > 1:
        sheets: list[Choice] = [
            (name, name == seen.sheet, {"sheet": name, "header_row": None}) for name in seen.sheets
        ]
        found.append(("工作表", sheets))
    if reading.kind is not Kind.ISSUES:
        return found
    if seen.encoding is not None and seen.sheet is None:
        codes = [code for code in ENCODING_NAMES if code != "utf-8-sig"]
        names: list[Choice] = [("自动辨认", reading.encoding is None, {"encoding": None})]
        names += [
            (ENCODING_NAMES[code], code == reading.encoding, {"encoding": code}) for code in codes
        ]
        found.append(("文字编码", names))
    orders: list[Choice] = [
        (words, order == reading.date_order, {"date_order": order})
        for order, words in DATE_ORDERS.items()
    ]
    found.append(("3/4/2024 这样的日期", orders))
    return found


def body_lines(seen: Preview, most: int) -> list[str]:
    """Set the headings and the first rows below them in columns."""
    letters = [column.letter for column in seen.columns]
    headings = [column.heading for column in seen.columns]
    body: Sequence[Sample] = seen.body[:most]
    return grid([letters, headings, *(row.cells for row in body)])
