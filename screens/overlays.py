"""Drawing what lies over the panes: its wide characters stay whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Tooltip
from textual.widgets._toast import Toast


class WholeCompositor(Compositor):
    """Draws toasts and tooltips in one piece.

    The library cuts a line wherever a part of the screen begins or ends, also one that lies under
    another; a wide character across such a cut is lost.
    """

    _joined = False

    def _over(self) -> Iterator[tuple[Widget, Region]]:
        """Give what lies over the panes and is seen whole; one under another stays cut."""
        over = [
            (widget, region)
            for widget, (region, clip) in self.visible_widgets.items()
            if isinstance(widget, (Toast, Tooltip)) and clip.contains_region(region)
        ]
        for widget, region in over:
            if not any(region.overlaps(other) for one, other in over if one is not widget):
                yield widget, region

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """Put each line of a toast in the place of its pieces."""
        drawn = super()._render_chops(crop, is_rendered_line)
        over = list(self._over())
        self._joined = bool(over)
        if not over:
            return drawn
        chops = [dict(line) for line in drawn]
        for widget, region in over:
            strips = widget.render_lines(region.reset_offset)
            for y, strip in zip(region.line_range, strips, strict=False):
                if y < len(chops) and is_rendered_line(y):
                    for cut in [one for one in chops[y] if region.x < one < region.right]:
                        del chops[y][cut]
                    chops[y][region.x] = strip
        return chops

    def render_partial_update(self) -> ChopsUpdate | None:
        """Say where the pieces end, now that some are put together."""
        update = super().render_partial_update()
        if update is not None and self._joined:
            ends = [[*list(line)[1:], self.size.width] for line in update.chops]
            update.chop_ends = ends
        return update
