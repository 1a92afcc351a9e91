"""The columns a list of issues can show, by key; what it shows, and in which order, is a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from screens.views import clock_cell, due_cell, stage_cell
from screens.widgets.columns import Cell, Column, Record, field
from supervise.services.windows import SORTS


def _number(name: str) -> Column:
    titles = {"returns": "退回", "reopens": "反弹"}

    def cell(record: Record) -> Cell:
        number = int(record.get(name) or 0)
        return Cell(str(number) if number else "", "warn")

    return Column(titles[name], cell, 4, spare=6, right=True)


def _co_units(record: Record) -> Cell:
    return Cell("、".join(record.get("co_units") or ()), "muted")


COLUMNS = {
    "code": Column("编号", field("code"), 12),
    "title": Column("事项", field("title"), 12, grows=2),
    "unit": Column("责任单位", field("unit"), 12, grows=True, spare=3),
    "stage": Column("阶段", stage_cell, 4),
    "due_on": Column("限期", due_cell, 10, spare=1),
    "overdue_days": Column("时限情况", clock_cell, 9),
    "source": Column("来源", field("source", "muted"), 12, spare=5),
    "found_on": Column("发现", field("found_on", "muted"), 10, spare=4),
    "urgency": Column("紧急", field("urgency"), 4, spare=5),
    "category": Column("类别", field("category", "muted"), 12, spare=5),
    "handler": Column("经办人", field("handler", "muted"), 8, spare=5),
    "source_no": Column("工单编号", field("source_no", "muted"), 16, spare=6),
    "batch": Column("批次", field("batch", "muted"), 10, spare=6),
    "co_units": Column("配合单位", _co_units, 14, spare=6),
    "assigned_on": Column("交办", field("assigned_on", "muted"), 10, spare=5),
    "original_due_on": Column("原限期", field("original_due_on", "muted"), 10, spare=6),
    "submitted_on": Column("报请", field("submitted_on", "muted"), 10, spare=6),
    "closed_on": Column("销号", field("closed_on", "muted"), 10, spare=6),
    "moved_on": Column("最近办理", field("moved_on", "muted"), 10, spare=6),
    "returns": _number("returns"),
    "reopens": _number("reopens"),
    "satisfaction": Column("回访", field("satisfaction", "muted"), 8, spare=6),
}
SORTABLE = tuple(key for key in COLUMNS if key in SORTS)
# The orders one key goes through.
QUICK = ("code", "due_on", "-moved_on", "unit", "-found_on")
_USUAL = ("code", "title", "unit", "stage", "due_on", "overdue_days", "source", "found_on")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a list looks: its columns from left to right, and its order ("-" for descending)."""

    columns: tuple[str, ...] = _USUAL
    sort: str = "code"

    def shown(self) -> tuple[Column, ...]:
        """Give the columns as the list draws them."""
        return tuple(COLUMNS[key] for key in self.columns)

    def next_sort(self) -> Shape:
        """Take the next of the usual orders."""
        place = QUICK.index(self.sort) if self.sort in QUICK else -1
        return replace(self, sort=QUICK[(place + 1) % len(QUICK)])

    def sorted_by(self, column: Column) -> Shape | None:
        """Order by a column; the other way where it is so ordered already; None where it can't."""
        key = next((key for key in SORTABLE if COLUMNS[key] is column), None)
        if key is None:
            return None
        return replace(self, sort=f"-{key}" if self.sort == key else key)

    @property
    def sort_words(self) -> str:
        """The order in words: 限期, or 限期倒序."""
        name = self.sort.removeprefix("-")
        # Own codes follow each other as they are given; those brought along need not.
        title = "登记先后" if name == "code" else COLUMNS[name].title
        return f"{title}{'倒序' if self.sort.startswith('-') else ''}"

    def stored(self) -> dict[str, object]:
        """Give it as plain data that can be kept."""
        return {"columns": list(self.columns), "sort": self.sort}

    @classmethod
    def read(cls, data: object) -> Shape:
        """Read what was kept; a column nobody knows is left out."""
        if not isinstance(data, Mapping):
            return cls()
        listed = data.get("columns")
        names = [str(one) for one in listed] if isinstance(listed, list) else []
        columns = tuple(dict.fromkeys(name for name in names if name in COLUMNS))
        sort = str(data.get("sort") or "")
        known = sort.removeprefix("-") in SORTABLE
        return cls(columns or _USUAL, sort if known else "code")
