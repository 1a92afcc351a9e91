"""What stands above the text of a .docx: red heads of four kinds, numbers, titles, the imprint."""

from __future__ import annotations

from collections.abc import Sequence

from supervise.domain.pack_layout import POINTS_PER_MM
from supervise.reports.docx_xml import (
    CellShape,
    Edge,
    Ink,
    Shape,
    cell,
    mm,
    paragraph,
    row,
    runs,
    tab,
    table,
    twips,
)
from supervise.reports.layout import Part, Role
from supervise.reports.profile import Profile
from supervise.reports.titles import title_lines

BLANK = paragraph(Shape())
# Rules of the 版记 (7.4.1), in eighths of a point: 0.35 mm and 0.25 mm.
_THICK, _THIN = 8, 6
_RED_RULE = 12
# The red number and the rule below it are 4 mm apart (7.2.7); the line itself leaves some of it.
_RULE_SPACE = 5
_LETTER_RULE = 170.0
_LETTER_TOP = 30.0
_LETTER_FOOT = 20.0


def upper_edge(profile: Profile, used: int) -> str:
    """Write the blank down to where a head begins, `used` lines being taken already."""
    left = profile.settings.head_top * POINTS_PER_MM - used * profile.pitch
    return paragraph(Shape(off_grid=True, line=twips(left))) if left > 1 else ""


def red_head(profile: Profile, text: str) -> str:
    """Write the head (发文机关标志, 7.2.4): red, centred, on one line however long the name."""
    size, share = profile.head(text)
    ink = Ink(
        profile.settings.title_font,
        size=size,
        color=profile.settings.red,
        spacing=0,
        scale=round(share * 100),
    )
    shape = Shape(align="center", off_grid=True, line=twips(size * 1.2))
    return paragraph(shape, runs(text, ink))


def number_line(profile: Profile, part: Part, red: bool) -> str:
    """Write the number (7.2.5), centred; with a signer (7.2.6) it moves to the left."""
    rule = Edge(_RED_RULE, _RULE_SPACE, profile.settings.red) if red else None
    if not part.right:
        return paragraph(Shape(align="center", bottom=rule), runs(part.text, Ink()))
    char = twips(profile.settings.body_size + profile.tracking)
    label, _, name = part.right.partition("：")
    content = (
        runs(part.text, Ink())
        + tab(Ink())
        + runs(f"{label}：", Ink())
        + runs(name, Ink(profile.settings.subheading_font))
    )
    end = twips(profile.text_width()) - char
    if rule is None:
        return paragraph(Shape(left=char, right_tab=end, align="left"), content)
    # A rule as wide as the text block needs a paragraph without the number's indents.
    line = paragraph(Shape(left=char, right_tab=end, align="left"), content)
    return line + red_rule(profile)


def red_rule(profile: Profile) -> str:
    """Write the red rule alone (7.2.7)."""
    rule = Edge(_RED_RULE, 0, profile.settings.red)
    return paragraph(Shape(off_grid=True, line=twips(_RULE_SPACE + 1), bottom=rule))


def bulletin_line(profile: Profile, part: Part) -> str:
    """Write the line of a bulletin (简报): its office on the left, its date on the right."""
    char = twips(profile.settings.body_size + profile.tracking)
    shape = Shape(left=char, right_tab=twips(profile.text_width()) - char, align="left")
    content = runs(part.text, Ink()) + tab(Ink()) + runs(part.right, Ink())
    return paragraph(shape, content) + red_rule(profile)


def title(profile: Profile, text: str, width: float) -> str:
    """Write the title (7.3.1): 2号小标宋, centred, its lines broken where the sense allows."""
    settings = profile.settings
    ink = Ink(settings.title_font, size=settings.title_size, spacing=0)
    fitting = int(width / settings.title_size)
    line = twips(max(profile.pitch, settings.title_size * 1.25))
    drawn = "\n".join(title_lines(text, fitting))
    shape = Shape(style="GwTitle", align="center", keep=True, line=line, outline=0, off_grid=True)
    return paragraph(shape, runs(drawn, ink))


def imprint(profile: Profile, found: Sequence[Part], style: str) -> str:
    """Write the 版记 (7.4), a table on the text block's lower edge; a letter's has no rules."""
    width = twips(profile.text_width())
    letter = style == "letter"
    kept = [part for part in found if not letter or part.role is not Role.PRINTED]
    rows = []
    for at, part in enumerate(kept):
        ends = (("top", _THICK if at == 0 else _THIN), ("bottom", _last(at, kept)))
        edges = tuple((name, Edge(0 if letter else size)) for name, size in ends)
        shape = CellShape(width, edges=(*edges, ("left", Edge(0)), ("right", Edge(0))))
        rows.append(row([cell(shape, _imprint_line(profile, part, width))]))
    # Placed on the page: relative to the margin LibreOffice would not let so wide a table float.
    place = (
        '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="page"'
        f' w:tblpX="{mm(profile.settings.margin_left)}" w:tblpYSpec="bottom"/>'
        '<w:tblOverlap w:val="never"/>'
    )
    return table([width], rows, rule=0, margin=0, place=place)


def _last(at: int, kept: Sequence[Part]) -> int:
    return _THICK if at == len(kept) - 1 else _THIN


def _imprint_line(profile: Profile, part: Part, width: int) -> str:
    ink = Ink(size=profile.settings.imprint_size, spacing=0)
    char = twips(profile.settings.imprint_size)
    hanging = char * 3 if part.role is Role.COPIES else 0
    shape = Shape(
        right_tab=width - char,
        off_grid=True,
        line=twips(profile.settings.imprint_size * 1.7),
        left=char + hanging,
        right=char,
        hanging=hanging,
        align="left",
    )
    right = tab(ink) + runs(part.right, ink) if part.right else ""
    return paragraph(shape, runs(part.text, ink) + right)


def letter_head(profile: Profile, text: str) -> str:
    """Write a letter's head (10.1): red, 30 mm below the paper's edge, over a double rule."""
    rule = Edge(24, 8, profile.settings.red, "thickThinSmallGap")
    return red_head(profile, text) + paragraph(_across(profile, rule))


def letter_foot(profile: Profile) -> str:
    """Write the double rule 20 mm above the lower edge of a letter's first page (10.1)."""
    rule = Edge(24, 0, profile.settings.red, "thinThickSmallGap")
    across = mm(_LETTER_RULE)
    frame = (
        f'<w:framePr w:w="{across}" w:h="60" w:hRule="exact" w:wrap="around" w:vAnchor="page"'
        f' w:hAnchor="page" w:xAlign="center" w:y="{mm(297 - _LETTER_FOOT) - 60}"/>'
    )
    return paragraph(Shape(frame=frame, off_grid=True, line=40, bottom=rule)) + paragraph(
        Shape(off_grid=True, line=40)
    )


def _across(profile: Profile, rule: Edge) -> Shape:
    """Shape an empty line whose rule is 170 mm wide, beyond the text block on either side."""
    left, right = (
        mm(20.0 - profile.settings.margin_left),
        mm(20.0 - profile.settings.margin_right),
    )
    return Shape(off_grid=True, line=40, left=left, right=right, bottom=rule)


def letter_distance() -> int:
    """Give how far below the paper's edge a letter's head begins, in twips."""
    return mm(_LETTER_TOP)
