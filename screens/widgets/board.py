"""A board: records as cards in lanes, one lane for each step of the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.theme import TONES
from screens.widgets.columns import Cell, Record, fitted, flat, one_line

_GAP = 2
# Three lines and a blank one.
_CARD = 4

Place = tuple[int, int]
Piece = tuple[str, Style]


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its title and the statuses that stand in it."""

    title: str
    statuses: tuple[str, ...]


class Board(ScrollView, can_focus=True):
    """Cards of three lines in lanes, with one cursor; arrows go from card to card."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "board--header",
        "board--cursor",
        *(f"board--{tone}" for tone in TONES),
    }
    DEFAULT_CSS = """
    Board {
        background: $background; border-top: solid $line; border-title-color: $muted;
        scrollbar-size-vertical: 1; overflow-x: hidden;
        & > .board--header { color: $muted; text-style: bold; }
        & > .board--cursor { background: $chosen-away; }
        & > .board--muted { color: $muted; }
        & > .board--good { color: $success; }
        & > .board--warn { color: $warning; }
        & > .board--bad { color: $error; }
        & > .board--strong { color: $primary; text-style: bold; }
        &:focus {
            border-top: solid $primary; border-title-color: $primary; border-title-style: bold;
            & > .board--cursor { background: $chosen; color: $chosen-text; text-style: bold; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "lane(-1)", "左一栏", show=False, id="board.left", tooltip="左一栏"),
        Binding("right,l", "lane(1)", "右一栏", show=False, id="board.right", tooltip="右一栏"),
        Binding("up,k", "card(-1)", "上一张", show=False, id="board.up", tooltip="上一张"),
        Binding("down,j", "card(1)", "下一张", show=False, id="board.down", tooltip="下一张"),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor came to a card."""

        key: object

    @dataclass
    class Selected(Message):
        """A card was opened: Enter, or a second click."""

        key: object

    def __init__(
        self,
        lanes: Sequence[Lane],
        card: Callable[[Record], tuple[Cell, Cell, Cell]],
        *,
        title: str,
        empty: str,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._lanes, self._card, self._empty = tuple(lanes), card, empty
        self._cards: list[list[Record]] = [[] for _ in lanes]
        self._at: Place | None = None
        self.border_title = Content(flat(title))

    # What it shows.

    def show(self, records: Sequence[Record]) -> None:
        """Show records, each in the lane of its status; the cursor stays on its card."""
        key = self.key
        self._cards = [[r for r in records if r["status"] in lane.statuses] for lane in self._lanes]
        self._at = None
        self.choose(key)
        if self._at is None:
            self._at = next(((n, 0) for n, cards in enumerate(self._cards) if cards), None)
        self._measure()
        self.refresh()

    @property
    def key(self) -> object:
        """The key of the card under the cursor; None where there is none."""
        record = self._record(self._at)
        return None if record is None else record["key"]

    def _record(self, place: Place | None) -> Record | None:
        if place is None:
            return None
        lane, row = place
        return self._cards[lane][row] if row < len(self._cards[lane]) else None

    def choose(self, key: object) -> None:
        """Put the cursor on a card without saying so."""
        for number, cards in enumerate(self._cards):
            for row, record in enumerate(cards):
                if record["key"] == key:
                    self._at = (number, row)
                    self._keep_in_view()
                    self.refresh()

    def _measure(self) -> None:
        most = max(map(len, self._cards), default=0)
        self.virtual_size = Size(self.size.width, most * _CARD + 1)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._measure()
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        room = self.scrollable_content_region.height - 1
        if self._at is None or room < _CARD:
            return
        top = self._at[1] * _CARD
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)
        elif top + _CARD > self.scroll_offset.y + room:
            self.scroll_to(y=top + _CARD - room, animate=False, force=True)

    # Going about.

    def _go(self, place: Place) -> None:
        if self._record(place) is not None and place != self._at:
            self._at = place
            self._keep_in_view()
            self.refresh()
            self.post_message(self.Highlighted(self.key))

    def action_card(self, step: int) -> None:
        """Go to the next card of the lane."""
        if self._at is not None:
            lane, row = self._at
            self._go((lane, max(row + step, 0)))

    def action_lane(self, step: int) -> None:
        """Go to the nearest lane that way with a card in it."""
        if self._at is None:
            return
        lane, row = self._at
        beyond = range(lane + step, len(self._lanes) if step > 0 else -1, step)
        found = next((n for n in beyond if self._cards[n]), None)
        if found is not None:
            self._go((found, min(row, len(self._cards[found]) - 1)))

    def action_select(self) -> None:
        """Open the card under the cursor."""
        if self.key is not None:
            self.post_message(self.Selected(self.key))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the card clicked; a second click opens it."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < 1:
            return
        lane = min(offset.x // max(self._lane_width + _GAP, 1), len(self._lanes) - 1)
        place = (lane, (self.scroll_offset.y + offset.y - 1) // _CARD)
        if place == self._at and event.chain >= 2:
            self.action_select()
        self._go(place)

    # Drawing.

    @property
    def _lane_width(self) -> int:
        lanes = len(self._lanes)
        return max((self.scrollable_content_region.width - 2 - _GAP * (lanes - 1)) // lanes, 4)

    def render_line(self, y: int) -> Strip:
        """Draw the titles, or one line of every card that stands at that height."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        if y == 0:
            return self._strip([self._title(n, base) for n in range(len(self._lanes))], width, base)
        if not any(self._cards):
            words = self._empty if y == 2 else ""
            muted = base + self.get_component_rich_style("board--muted", partial=True)
            return self._strip([(fitted(words, width - 2), muted)], width, base)
        row, line = divmod(self.scroll_offset.y + y - 1, _CARD)
        pieces = [self._piece((n, row), line, base) for n in range(len(self._lanes))]
        return self._strip(pieces, width, base)

    def _title(self, lane: int, base: Style) -> Piece:
        number = len(self._cards[lane])
        words = f"{self._lanes[lane].title} {number}" if number else self._lanes[lane].title
        style = self.get_component_rich_style("board--header", partial=True)
        return fitted(words, self._lane_width), base + style

    def _piece(self, place: Place, line: int, base: Style) -> Piece:
        record, width = self._record(place), self._lane_width
        if record is None or line == _CARD - 1:
            return " " * width, base
        cell = self._card(record)[line]
        style = base
        if place == self._at:
            style += self.get_component_rich_style("board--cursor", partial=True)
        if cell.tone and not (place == self._at and self.has_focus):
            style += self.get_component_rich_style(f"board--{cell.tone}", partial=True)
        return fitted(one_line(cell.text), width), style

    @staticmethod
    def _strip(pieces: Sequence[Piece], width: int, base: Style) -> Strip:
        segments = [Segment(" ", base)]
        for number, (text, style) in enumerate(pieces):
            if number:
                segments.append(Segment(" " * _GAP, base))
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(width, base)
