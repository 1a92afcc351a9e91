"""The third step of an import: every column of the file, and the field it feeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Select, Static

from screens.widgets.columns import Cell, Column, Record, field
from screens.widgets.entry import Entry
from screens.widgets.import_head import body_lines
from screens.widgets.record_list import RecordList
from supervise.services import import_preview
from supervise.services.import_preview import Preview
from supervise.services.tables.fields import LABELS

_ROWS = 4


def _fed(record: Record) -> Cell:
    labels = "、".join(LABELS[name] for name in record["fields"])
    return Cell(labels or "不导入", "strong" if labels else "muted")


COLUMNS = (
    Column("列", field("letter", "muted"), 3),
    Column("列名", lambda r: r["heading"] or Cell("（没有列名）", "muted"), 14),
    Column("填入栏目", _fed, 14),
    Column("前几行", field("samples"), 14, grows=True),
    Column("凭什么", field("why", "muted"), 22, grows=True, spare=1),
)


class ColumnsStep(Vertical):
    """The columns, the saved mappings, and the first rows."""

    DEFAULT_CSS = """
    ColumnsStep {
        #remark { height: auto; max-height: 3; margin: 1 0 0 0; }
        #columns { height: 1fr; }
        #profile { height: 1; }
        .label { width: auto; height: 1; color: $muted; padding: 0 1 0 0; }
        #use { width: 26; }
        #keep { width: 1fr; background: $panel; margin: 0 0 0 2; }
        #sample {
            height: auto; max-height: 7; width: 1fr; border-top: solid $line; color: $foreground;
            border-title-color: $muted; text-wrap: nowrap; text-overflow: ellipsis;
        }
    }
    """

    @dataclass
    class Wanted(Message):
        """A column is to feed something else."""

        index: int

    @dataclass
    class ProfileChosen(Message):
        """A saved mapping is to be used, or none."""

        name: str | None

    def __init__(self) -> None:
        super().__init__(id="columns-step", classes="step")

    def compose(self) -> ComposeResult:
        """Lay out the remark, the columns, the mappings and the rows."""
        yield Static("", id="remark")
        yield RecordList(COLUMNS, key="index", title="文件的列", measure="列", id="columns")
        with Horizontal(id="profile"):
            yield Static("用方案", classes="label")
            yield Select[str]([], prompt="不用", compact=True, id="use")
            yield Entry(
                placeholder="存为方案：下次同样的文件不必再对，写个名字", id="keep", compact=True
            )
        sample = Static("", id="sample")
        sample.border_title = Content("文件的前几行")
        yield sample

    def show(self, seen: Preview, mapping: Mapping[str, int]) -> None:
        """Show the columns as they are mapped."""
        self.query_one("#columns", RecordList).show(
            [
                {
                    "index": column.index,
                    "letter": column.letter,
                    "heading": column.heading,
                    "fields": (fields := import_preview.fed_by(mapping, column.index)),
                    "why": _why(seen, column.index, fields),
                    "samples": "  /  ".join(column.samples[:3]),
                }
                for column in seen.columns
            ]
        )
        lines = Content("\n".join(body_lines(seen, _ROWS)))
        self.query_one("#sample", Static).update(lines)
        self._show_remark(seen, mapping)

    def show_profiles(self, seen: Preview) -> None:
        """Offer the saved mappings."""
        use = self.query_one("#use", Select)
        with use.prevent(Select.Changed):
            use.set_options([(Content(name), name) for name in seen.profiles])
            name = seen.reading.profile
            use.value = name if name in seen.profiles else Select.NULL

    def _show_remark(self, seen: Preview, mapping: Mapping[str, int]) -> None:
        lack = import_preview.missing(mapping)
        told = "".join(import_preview.remarks(mapping))
        self.query_one("#remark", Static).update(
            Content.assemble(
                (f"{seen.problem}\n" if seen.problem else "", "$warning"),
                (lack or "每列填入哪个栏目，在那一行按 Enter 改。", "$error bold" if lack else ""),
                (told, "$muted"),
            )
        )

    @property
    def profile(self) -> str:
        """The name to save the mapping under; "" when it is not to be saved."""
        return self.query_one("#keep", Input).value.strip()

    @on(RecordList.Selected, "#columns")
    def want(self, message: RecordList.Selected) -> None:
        """Ask what the column is to feed."""
        message.stop()
        if message.record is not None:
            self.post_message(self.Wanted(message.record["index"]))

    @on(Select.Changed, "#use")
    def use_profile(self, message: Select.Changed) -> None:
        """Read the file with a saved mapping."""
        message.stop()
        value = message.value
        self.post_message(self.ProfileChosen(value if isinstance(value, str) else None))


def _why(seen: Preview, index: int, fields: tuple[str, ...]) -> str:
    guess, reasons = seen.mapping or {}, seen.why or {}
    told = [reasons.get(name, "") if guess.get(name) == index else "您选的" for name in fields]
    return "；".join(dict.fromkeys(filter(None, told)))
