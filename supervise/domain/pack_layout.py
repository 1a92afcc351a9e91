"""The layout of papers as a rule pack sets it: GB/T 9704-2012 unless an office says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, fields

from supervise.domain.toml_records import (
    Faults,
    choice,
    number,
    pattern,
    setting,
    simple,
    text,
    whole,
)

PAPER = (210.0, 297.0)
POINTS_PER_MM = 72 / 25.4
_FONT = simple(text)
_MARGIN = number(10, 80)
_SIZE = number(7, 72)


@dataclass(frozen=True, slots=True)
class LayoutSettings:
    """Page, grid, fonts and places of a paper on A4; margins in mm, sizes in points.

    The defaults are GB/T 9704-2012: margins and text block 5.2.1, grid 5.2.3, sizes and fonts
    5.2.2 and 7, page number 7.5, head 7.2.4, signature 7.3.5. `line_pitch` is computed of
    `lines` unless given. Indents are in characters (字), `head_top` in mm below the text block's
    upper edge. `head_size` is the largest size of the head; a long name is set smaller.
    """

    margin_top: float = setting(_MARGIN, 37.0)
    margin_bottom: float = setting(_MARGIN, 35.0)
    margin_left: float = setting(_MARGIN, 28.0)
    margin_right: float = setting(_MARGIN, 26.0)
    lines: int = setting(whole(10, 45), 22)
    characters: int = setting(whole(15, 45), 28)
    line_pitch: float | None = setting(number(12, 60), None)
    body_size: float = setting(_SIZE, 16.0)
    title_size: float = setting(_SIZE, 22.0)
    head_size: float = setting(_SIZE, 42.0)
    table_size: float = setting(number(7, 22), 10.5)
    form_size: float = setting(number(7, 22), 12.0)
    imprint_size: float = setting(number(7, 22), 14.0)
    page_number_size: float = setting(number(7, 22), 14.0)
    body_font: str = setting(_FONT, "仿宋_GB2312")
    heading_font: str = setting(_FONT, "黑体")
    subheading_font: str = setting(_FONT, "楷体_GB2312")
    title_font: str = setting(_FONT, "方正小标宋简体")
    page_number_font: str = setting(_FONT, "宋体")
    latin_font: str = setting(_FONT, "Times New Roman")
    page_number: str = setting(choice("dashes", "plain", "none"), "dashes")
    page_number_place: str = setting(choice("outside", "center"), "outside")
    red: str = setting(pattern("[0-9A-Fa-f]{6}", "应为六位十六进制颜色，如 FF0000"), "FF0000")
    indent: int = setting(whole(0, 4), 2)
    head_top: float = setting(number(0, 120), 35.0)
    seal_indent: int = setting(whole(0, 10), 4)
    signature_indent: int = setting(whole(0, 10), 2)

    @property
    def width(self) -> float:
        """Width of the text block (版心) in points."""
        return (PAPER[0] - self.margin_left - self.margin_right) * POINTS_PER_MM

    @property
    def height(self) -> float:
        """Height of the text block (版心) in points."""
        return (PAPER[1] - self.margin_top - self.margin_bottom) * POINTS_PER_MM

    @property
    def changes(self) -> tuple[tuple[str, str | float], ...]:
        """Give the settings that differ from the standard's, in their order."""
        pairs = ((one.name, getattr(self, one.name), one.default) for one in fields(self))
        return tuple((name, value) for name, value, default in pairs if value != default)


# A title is to have at least so many characters on a line.
_TITLE_CHARACTERS = 8


def check_layout(layout: LayoutSettings, faults: Faults) -> None:
    """Note what cannot be laid out: characters, lines or heads for which the page has no room."""
    path = ("report", "layout")
    room = layout.width / layout.characters
    if room < layout.body_size * 0.9 or room > layout.body_size * 1.5:
        most, least = layout.width / layout.body_size / 0.9, layout.width / layout.body_size / 1.5
        faults.add(
            (*path, "characters"),
            f"版心宽 {layout.width / POINTS_PER_MM:.0f} 毫米、字号 {layout.body_size:g} 磅，"
            f"每行可排 {int(least) + 1} 至 {int(most)} 字，请改字数、字号或左右边距",
        )
    if layout.line_pitch is None and layout.height / layout.lines < layout.body_size:
        faults.add(
            (*path, "lines"),
            f"版心高 {layout.height / POINTS_PER_MM:.0f} 毫米、字号 {layout.body_size:g} 磅，"
            f"每页最多 {int(layout.height / layout.body_size)} 行",
        )
    if layout.line_pitch is not None and layout.line_pitch < layout.body_size:
        faults.add((*path, "line_pitch"), f"行距不能小于字号（{layout.body_size:g} 磅）")
    if layout.title_size * _TITLE_CHARACTERS > layout.width:
        faults.add(
            (*path, "title_size"),
            f"版心宽 {layout.width / POINTS_PER_MM:.0f} 毫米，"
            f"标题每行要能排 {_TITLE_CHARACTERS} 字，"
            f"字号最多 {int(layout.width / _TITLE_CHARACTERS)} 磅",
        )
    if layout.head_top * POINTS_PER_MM > layout.height / 2:
        most = int(layout.height / POINTS_PER_MM / 2)
        faults.add((*path, "head_top"), f"发文机关标志不能低过版心一半，最多 {most} 毫米")
