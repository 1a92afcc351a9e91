"""The parts of a paper as WordprocessingML, on the grid of the standard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from supervise.reports import docx_heads as heads
from supervise.reports.document import Document
from supervise.reports.docx_tables import chart_xml, form_xml, table_xml
from supervise.reports.docx_xml import Ink, Shape, paragraph, runs, twips
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

_ALIGNS = {"center": "center", "right": "right", "left": "left"}


@dataclass(slots=True)
class Writer:
    """Writes one paper's body; `section` gives the mark that ends a section.

    It is told whether the section lies across, and whether it is the paper's first.
    """

    document: Document
    profile: Profile
    section: Callable[[bool, bool], str]
    out: list[str] = field(default_factory=list)
    across: bool = False
    first_section: bool = True
    before: Role | None = None

    def write(self, last: bool = True) -> str:
        """Write the whole paper; `last`: no other follows in the file."""
        found = [pair for pair in oriented(self.document) if pair[1].role is not Role.MARK]
        if self.document.style == "plain":
            found = number_below_title(found)
        imprint = [part for _, part in found if part.role in IMPRINT]
        body = [pair for pair in found if pair[1].role not in IMPRINT]
        self.across = body[0][0] if body else False
        for at, (across, part) in enumerate(body):
            follows = body[at + 1][1].role if at + 1 < len(body) else None
            turned = across != self.across
            if turned:
                self._turn(across)
            self._part(part, follows, turned)
            self.before = part.role
        if imprint and self.across != self.document.landscape:
            self._turn(self.document.landscape)
            # The imprint floats beside this line, not beside the one that ends the section.
            self.out.append(paragraph(Shape(off_grid=True, line=20)))
        if imprint:
            self.out.append(heads.imprint(self.profile, imprint, self.document.style))
        if imprint or self.before in (Role.TABLE, Role.FORM, Role.CHART):
            self.out.append(paragraph(Shape(off_grid=True, line=20)))
        mark = self.section(self.across, self.first_section)
        self.out.append(mark if last else paragraph(Shape(off_grid=True, line=20, section=mark)))
        return "".join(self.out)

    @property
    def room(self) -> float:
        """Width of the text block of the page being written, in points."""
        return self.profile.text_width(self.across)

    @property
    def char(self) -> float:
        """Width of a character of the text, in points."""
        return self.profile.settings.body_size + self.profile.tracking

    def _turn(self, across: bool) -> None:
        """End a section, so that the next page lies the other way."""
        mark = self.section(self.across, self.first_section)
        self.out.append(paragraph(Shape(off_grid=True, line=20, section=mark)))
        self.across, self.first_section = across, False

    def _part(self, part: Part, follows: Role | None, turned: bool) -> None:
        if part.table:
            self.out += table_xml(self.profile, part.table, self.room)
        elif part.form:
            self.out += form_xml(self.profile, part.form, self.room)
        elif part.chart:
            self.out += chart_xml(self.profile, part.chart, self.room)
        elif part.role in (Role.URGENCY, Role.HEAD, Role.NUMBER, Role.ISSUE):
            self._top(part, follows)
        elif part.role is Role.TITLE:
            self._title(part, follows)
        elif part.role in (Role.ATTACHMENT, Role.ATTACHMENT_TITLE):
            self._attachment(part, turned)
        elif part.role is Role.BREAK:
            self.out.append(paragraph(Shape(off_grid=True, line=20, new_page=True)))
        else:
            self._text(part, follows)

    def _top(self, part: Part, follows: Role | None) -> None:
        """Write a part of the head in the way of the paper's style."""
        style, profile = self.document.style, self.profile
        red = style in RED_STYLES
        if part.role is Role.URGENCY:
            ink = Ink(profile.settings.heading_font)
            self.out.append(paragraph(Shape(align="left"), runs(part.text, ink)))
        elif part.role is Role.HEAD and style == "letter":
            return
        elif part.role is Role.HEAD and red:
            used = 1 if self.before is Role.URGENCY else 0
            self.out += [heads.upper_edge(profile, used), heads.red_head(profile, part.text)]
            if follows is not Role.NUMBER:
                self.out += [heads.BLANK, heads.red_rule(profile)]
        elif part.role is Role.HEAD:
            ink = Ink(profile.settings.title_font)
            self.out.append(paragraph(Shape(align="center"), runs(part.text, ink)))
        elif part.role is Role.ISSUE:
            self.out.append(heads.bulletin_line(profile, part))
        else:
            self._number(part, red)

    def _number(self, part: Part, red: bool) -> None:
        style = self.document.style
        if not red or style == "letter":
            self.out.append(paragraph(Shape(align="right"), runs(part.text, Ink())))
            return
        if self.before is Role.HEAD:
            # 7.2.5: two lines below the head; a bulletin's number stands closer to it.
            self.out += [heads.BLANK] * (1 if style == "brief" else 2)
        ruled = style != "brief" or not self.document.issue
        self.out.append(heads.number_line(self.profile, part, ruled))

    def _title(self, part: Part, follows: Role | None) -> None:
        if self.document.style in RED_STYLES and self.before in HEAD_ENDS:
            # A form's title stands a line nearer to the rule.
            self.out += [heads.BLANK] * (1 if follows is Role.FORM else 2)
        self.out.append(heads.title(self.profile, part.text, self.room))
        if follows not in (Role.FORM, Role.STAMP, Role.NUMBER):
            self.out.append(heads.BLANK)

    def _attachment(self, part: Part, turned: bool) -> None:
        """Write 附件 flush left on a new page, its title centred on the third line (7.3.7)."""
        if part.role is Role.ATTACHMENT:
            shape = Shape(new_page=not turned, keep=True, align="left")
            ink = Ink(self.profile.settings.heading_font)
            self.out += [paragraph(shape, runs(part.text, ink)), heads.BLANK]
        else:
            self.out += [heads.title(self.profile, part.text, self.room), heads.BLANK]

    def _text(self, part: Part, follows: Role | None) -> None:
        if part.fields:
            self._fields(part)
        elif part.role is Role.ADDRESSEES:
            self.out.append(paragraph(Shape(align="both"), runs(part.text, Ink())))
        elif part.role is Role.HEADING:
            self._heading(part)
        elif part.role is Role.ENCLOSED:
            self._enclosed(part)
        elif part.role in (Role.SIGNATURE, Role.DATE):
            self._signed(part)
        else:
            self._paragraph(part, follows)

    def _indented(self, **more: object) -> Shape:
        indent = self.profile.settings.indent
        first = {"first": twips(indent * self.char), "first_chars": indent * 100}
        return Shape(**first, **more)  # type: ignore[arg-type]

    def _paragraph(self, part: Part, follows: Role | None) -> None:
        keep = follows in SIGNED and self.profile.is_short(part.text, self.room)
        align = _ALIGNS.get(part.align)
        shape = Shape(align=align, keep=keep) if align else self._indented(keep=keep)
        self.out += [paragraph(shape, runs(line, Ink())) for line in part.text.split("\n")]

    def _heading(self, part: Part) -> None:
        settings = self.profile.settings
        fonts = {1: settings.heading_font, 2: settings.subheading_font}
        ink = Ink(fonts.get(part.level, settings.body_font))
        shape = self._indented(style=f"Heading{part.level}", keep=True, outline=part.level)
        self.out.append(paragraph(shape, runs(part.text, ink)))

    def _fields(self, part: Part) -> None:
        assert part.fields is not None
        if part.role is Role.STAMP:
            size = self.profile.settings.table_size
            told = stamp_text(part.fields, STAMP_SHARE * self.room / size)
            shape = Shape(align="center", off_grid=True, line=twips(size * 1.6))
            self.out += [paragraph(shape, runs(told, Ink(size=size, spacing=0))), heads.BLANK]
            return
        label_ink = Ink(self.profile.settings.heading_font)
        for label, value in part.fields.items:
            content = runs(f"{one_line(label)}：", label_ink) + runs(value, Ink())
            self.out.append(paragraph(self._indented(), content))

    def _enclosed(self, part: Part) -> None:
        """Write a line of the 附件说明, continued under the name's first character (7.3.4)."""
        if self.before is not Role.ENCLOSED:
            self.out.append(paragraph(Shape(keep=True)))
        hanging = 3 + (len(self.document.attachments) > 1)
        left = twips((self.profile.settings.indent + hanging) * self.char)
        shape = Shape(left=left, hanging=twips(hanging * self.char), keep=True, align="left")
        self.out.append(paragraph(shape, runs(part.text, Ink())))

    def _signed(self, part: Part) -> None:
        document = self.document
        unit, day = one_line(document.signature or ""), one_line(document.date or "")
        sealed = document.sealed and bool(unit)
        if self.before not in (Role.SIGNATURE, Role.DATE):
            # The seal's upper edge is to stand within one line of the text (7.3.5.1).
            self.out += [paragraph(Shape(keep=True))] * (2 if sealed else 1)
        middles = self.profile.signature(unit, day, sealed)
        middle = middles[0] if part.role is Role.SIGNATURE else middles[1]
        half = min(self.profile.width_of(part.text) / 2 + self.char, middle + self.char)
        shape = Shape(
            left=max(twips(self.room - middle - half), 0),
            right=twips(middle - half),
            align="center",
            keep=part.role is Role.SIGNATURE,
        )
        self.out.append(paragraph(shape, runs(part.text, Ink())))
