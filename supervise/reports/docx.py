"""Word documents (.docx) to GB/T 9704-2012, ready to be stamped; the same paper, the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from supervise.domain.pack_layout import PAPER
from supervise.reports import docx_heads as heads
from supervise.reports import docx_xml as xml
from supervise.reports.document import Document
from supervise.reports.docx_page import Writer
from supervise.reports.docx_styles import font_table, settings_xml, styles_xml
from supervise.reports.docx_xml import Ink, Shape, mm, paragraph, runs, twips
from supervise.reports.fitting import fitted
from supervise.reports.layout import one_line, safe_text
from supervise.reports.profile import Profile, profile_of
from supervise.reports.zipping import zipped

if TYPE_CHECKING:
    from docx.document import Document as Package

# A creation date is part of the format; a fixed one keeps the same paper the same bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_MARK_SIZE = 10.5
_MARK_LINE = 14.0
# The page number's dash stands 7 mm below the text block (7.5), in the middle of its line.
_NUMBER_DROP = 7.0
_GRID_LEADING = 1.6
_ODD, _EVEN, _FIRST = "default", "even", "first"


def render(document: Document) -> bytes:
    """Write a document as .docx. Raises BadInput for layout settings it does not know."""
    return render_all([document])


def render_all(documents: Sequence[Document]) -> bytes:
    """Write papers of one layout into one .docx, each numbered from 1 on a sheet of its own.

    Raises BadInput as `render` does.
    """
    import docx

    papers = [fitted(document, profile_of(document)) for document in documents]
    package = docx.Document()
    _strip(package, papers[0][1])
    _replace_body(package, "".join(_bodies(package, papers)))
    _describe(package, papers[0][0])
    out = io.BytesIO()
    package.save(out)
    return _repacked(out.getvalue())


def _bodies(package: Package, papers: list[tuple[Document, Profile]]) -> Iterator[str]:
    """Write each paper as sections of its own; the mark that ends one stands in a paragraph."""
    for n, (document, profile) in enumerate(papers):
        around = _Around(package, document, profile, follows=n > 0)
        yield Writer(document, profile, around.section).write(last=n == len(papers) - 1)


def _strip(package: Package, profile: Profile) -> None:
    """Take out of the library's template all that a paper has no use for; put in our styles."""
    from docx.oxml import parse_xml

    ours = {
        "styles": styles_xml(profile),
        "settings": settings_xml(),
        "fontTable": font_table(profile),
    }
    whole = package.part.package
    for key in [k for k, one in whole.rels.items() if one.reltype.endswith("/thumbnail")]:
        del whole.rels[key]
    for key, relation in list(package.part.rels.items()):
        text = ours.get(relation.reltype.rpartition("/")[2])
        if text is None:
            del package.part.rels[key]
        elif hasattr(relation.target_part, "_element"):
            relation.target_part._element = parse_xml(text)
        else:
            relation.target_part._blob = text.encode()


def _replace_body(package: Package, body: str) -> None:
    from docx.oxml import parse_xml

    root = package.element
    old = root.body
    root.replace(old, parse_xml(f"<w:body {xml.ROOT}>{body}</w:body>"))


def _describe(package: Package, document: Document) -> None:
    """Fill in what a file says of itself; nothing in it comes from the machine or the clock."""
    about = package.core_properties
    about.title = one_line(safe_text(document.title))[:255]
    about.author = one_line(safe_text(document.signature or document.head or ""))[:255]
    about.last_modified_by = about.comments = about.keywords = about.subject = ""
    about.created = about.modified = _CREATED.replace(tzinfo=None)
    about.revision = 1
    about.language = "zh-CN"


def _repacked(data: bytes) -> bytes:
    """Write the archive again without the time of day in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return zipped({name: old.read(name) for name in old.namelist()})


@dataclass(slots=True)
class _Around:
    """What stands round the text of each page: page numbers, marks, a letter's head and foot.

    `follows`: other papers come before this one in the same file.
    """

    package: Package
    document: Document
    profile: Profile
    follows: bool = False
    made: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def section(self, across: bool, first: bool) -> str:
        """Write the mark that ends a section: its paper, margins, grid and what is round it."""
        letter = first and self.document.style == "letter"
        kinds = [_ODD, _EVEN, _FIRST] if letter else [_ODD, _EVEN]
        found = "".join(self._reference("header", kind, across) for kind in kinds)
        found += "".join(self._reference("footer", kind, across) for kind in kinds)
        wide, high = mm(PAPER[0]), mm(PAPER[1])
        size = (
            f'w:w="{high}" w:h="{wide}" w:orient="landscape"'
            if across
            else (f'w:w="{wide}" w:h="{high}"')
        )
        # Page 1 after page 1: programs leave a page empty, so that it is the front of a sheet.
        count = '<w:pgNumType w:start="1"/>' if first and self.follows else ""
        return (
            f'<w:sectPr>{found}<w:type w:val="nextPage"/><w:pgSz {size}/>{self._margins(across)}'
            f'{count}<w:cols w:space="425"/>{"<w:titlePg/>" if letter else ""}'
            f"{self._grid()}</w:sectPr>"
        )

    def _grid(self) -> str:
        """Write the grid of lines; lines set closer have none: a tall font would take two."""
        loose = self.profile.pitch >= self.profile.settings.body_size * _GRID_LEADING
        kind = ' w:type="lines"' if loose else ""
        return f'<w:docGrid{kind} w:linePitch="{twips(self.profile.pitch)}"/>'

    def _margins(self, across: bool) -> str:
        """Give the margins; a page laid across has its upper edge at the binding (8)."""
        one = self.profile.settings
        sides = [one.margin_top, one.margin_right, one.margin_bottom, one.margin_left]
        if across:
            sides = [sides[3], sides[0], sides[1], sides[2]]
        top, right, bottom, left = (mm(side) for side in sides)
        line = self.profile.settings.page_number_size / 2
        footer = max(bottom - mm(_NUMBER_DROP) - twips(line), mm(8)) if not across else mm(8)
        letter = self.document.style == "letter"
        marked = twips(_MARK_LINE) if self.document.marks else 0
        header = heads.letter_distance() - marked if letter else max(top - mm(12), mm(8))
        return (
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
            f' w:header="{header}" w:footer="{footer}" w:gutter="0"/>'
        )

    def _reference(self, what: str, kind: str, across: bool) -> str:
        key = (what, kind, across and what == "footer")
        if key not in self.made:
            self.made[key] = self._add(what, self._content(what, kind, across))
        return f'<w:{what}Reference w:type="{kind}" r:id="{self.made[key]}"/>'

    def _add(self, what: str, content: str) -> str:
        from docx.oxml import parse_xml

        part = self.package.part
        add: Callable[[], tuple[Any, str]] = getattr(part, f"add_{what}_part")
        made, key = add()
        tag = "hdr" if what == "header" else "ftr"
        made._element = parse_xml(f"<w:{tag} {xml.ROOT}>{content}</w:{tag}>")
        return key

    def _content(self, what: str, kind: str, across: bool) -> str:
        if what == "header":
            marks = self._marks()
            head = one_line(safe_text(self.document.head or ""))
            letter = heads.letter_head(self.profile, head) if kind == _FIRST else ""
            return marks + letter or paragraph(Shape(off_grid=True, line=20))
        if kind == _FIRST:
            return heads.letter_foot(self.profile)
        if self.profile.settings.page_number == "none":
            return paragraph(Shape(off_grid=True, line=20))
        return self._turned_number(kind) if across else self._number(kind)

    def _marks(self) -> str:
        """Write the words no copy may lose over every page."""
        if not self.document.marks:
            return ""
        text = "".join(f"【{one_line(safe_text(mark))}】" for mark in self.document.marks)
        ink = Ink(self.profile.settings.heading_font, size=_MARK_SIZE, spacing=0)
        return paragraph(
            Shape(off_grid=True, line=twips(_MARK_LINE), align="left"), runs(text, ink)
        )

    def _number_runs(self) -> str:
        settings = self.profile.settings
        font = settings.page_number_font
        ink = Ink(font, font, settings.page_number_size, spacing=0)
        number = xml.field("PAGE", ink)
        if settings.page_number == "plain":
            return number
        return runs("— ", ink) + number + runs(" —", ink)

    def _number(self, kind: str) -> str:
        """Write the page number (7.5): odd pages on the right, even ones on the left."""
        settings = self.profile.settings
        line, char = twips(settings.page_number_size), twips(settings.page_number_size)
        shape = Shape(off_grid=True, line=line, align="center")
        if settings.page_number_place == "outside" and kind == _ODD:
            shape = Shape(off_grid=True, line=line, align="right", right=char)
        elif settings.page_number_place == "outside":
            shape = Shape(off_grid=True, line=line, align="left", left=char)
        return paragraph(shape, self._number_runs())

    def _turned_number(self, kind: str) -> str:
        """Write the number of a page laid across where it is on the paper held upright (8).

        The paper's lower edge is on the left then, its left edge on top.
        """
        settings = self.profile.settings
        size, char = twips(settings.page_number_size), twips(settings.page_number_size)
        wide = size + 120
        across = mm(settings.margin_bottom - _NUMBER_DROP) - wide // 2
        place = (
            f'<w:tblpPr w:vertAnchor="page" w:horzAnchor="page" w:tblpX="{across}"'
            f' w:tblpY="{mm(settings.margin_left)}"/>'
        )
        outside = settings.page_number_place == "outside"
        align = ("right" if kind == _ODD else "left") if outside else "center"
        shape = Shape(off_grid=True, align=align, left=char, right=char, line=size)
        turned = xml.CellShape(wide, direction="tbRl", tight=True)
        cells = [xml.cell(turned, paragraph(shape, self._number_runs()))]
        high = twips(self.profile.text_width())
        number = xml.table(
            [wide], [xml.row(cells, height=high, exact=True)], rule=0, margin=0, place=place
        )
        return number + paragraph(Shape(off_grid=True, line=20))
