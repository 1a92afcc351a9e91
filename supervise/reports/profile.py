"""The page a document is drawn on: the layout settings with all that is computed of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from supervise.domain.pack_layout import PAPER, POINTS_PER_MM, LayoutSettings
from supervise.errors import BadInput
from supervise.reports.document import Document
from supervise.text import cells

TWIPS_PER_POINT = 20
# Rather a page with room left than a signature without text above it (7.3.5.4).
_SHORT_LINES = 14
# Narrower than this a red head (发文机关标志) would no longer look like print.
_NARROWEST = 0.66


@dataclass(frozen=True, slots=True)
class Profile:
    """Layout settings, and lengths computed of them; points unless said otherwise."""

    settings: LayoutSettings = LayoutSettings()

    @property
    def pitch(self) -> float:
        """Line pitch, in whole twips so that every program breaks pages alike (28.95 for 22)."""
        given = self.settings.line_pitch
        exact = self.settings.height / self.settings.lines if given is None else given
        return math.floor(exact * TWIPS_PER_POINT + 1e-6) / TWIPS_PER_POINT

    @property
    def lines(self) -> int:
        """How many lines a page holds."""
        return int((self.settings.height + 0.5) / self.pitch)

    @property
    def tracking(self) -> float:
        """What is added to each character so that a line holds so many (-0.207 for 28)."""
        return self.settings.width / self.settings.characters - self.settings.body_size

    def text_width(self, landscape: bool = False) -> float:
        """Width of the text block; of a page laid across, its long side."""
        return self.settings.height if landscape else self.settings.width

    def head(self, text: str) -> tuple[float, float]:
        """Give the size a head is printed in and its width in hundredths of that size.

        A long name is first made narrower, then smaller, until it fits one line.
        """
        ems = max(cells(text) / 2, 1)
        largest = self.settings.head_size
        room = self.settings.width * 0.98
        size = min(largest, room / (ems * _NARROWEST))
        size = max(math.floor(size * 2) / 2, self.settings.title_size)
        return size, min(1.0, math.floor(room / (ems * size) * 100) / 100)

    def width_of(self, text: str) -> float:
        """Give the width of a text of the body's size on one line."""
        return cells(text) / 2 * (self.settings.body_size + self.tracking)

    def is_short(self, text: str, room: float) -> bool:
        """Tell whether a paragraph is short enough to be kept on one page with what follows."""
        return self.width_of(text) < _SHORT_LINES * room

    def signature(self, unit: str, day: str, sealed: bool) -> tuple[float, float]:
        """Give, for unit and date, how far from the right edge each one's middle stands.

        With a seal (7.3.5.1) the date ends four characters from the edge, the unit is centred on
        it. Without (7.3.5.2) the unit ends two characters from the edge, the date begins two
        characters right of the unit; a longer date ends two from the edge and moves the unit.
        """
        size = self.settings.body_size + self.tracking
        wide, long = self.width_of(unit), self.width_of(day)
        if sealed:
            edge = max(self.settings.seal_indent * size, size + (wide - long) / 2)
            return edge + long / 2, edge + long / 2
        edge = self.settings.signature_indent * size
        if long + 2 * size > wide:
            return edge + long + 2 * size - wide / 2, edge + long / 2
        return edge + wide / 2, edge + wide - 2 * size - long / 2


GB9704 = Profile()


@lru_cache(maxsize=64)
def _profile(changes: tuple[tuple[str, str | float], ...]) -> Profile:
    known = {one.name for one in fields(LayoutSettings)}
    wrong = [name for name, _ in changes if name not in known]
    if wrong:
        raise BadInput(f"存档文书的版式设定“{wrong[0]}”不认识，请先升级本程序。")
    return Profile(replace(LayoutSettings(), **dict(changes)))  # type: ignore[arg-type]


def profile_of(document: Document) -> Profile:
    """Give the profile a document carries. Raises BadInput for settings of a later program."""
    return _profile(document.profile)


def dressed(document: Document, settings: LayoutSettings) -> Document:
    """Give a document the office's own layout, kept in its tree so that it is drawn so for ever."""
    return replace(document, profile=settings.changes)


def page(landscape: bool = False) -> tuple[float, float]:
    """Give the paper's width and height in points."""
    wide, high = PAPER[0] * POINTS_PER_MM, PAPER[1] * POINTS_PER_MM
    return (high, wide) if landscape else (wide, high)
