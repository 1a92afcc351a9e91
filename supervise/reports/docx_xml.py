"""WordprocessingML in small pieces, each with its children in the order the schema asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from supervise.reports.document import split_missing

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = f'xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}"'
_ILLEGAL = {**dict.fromkeys(range(32)), 0xFFFE: None, 0xFFFF: None, 9: " ", 10: "\n"}


def twips(points: float) -> int:
    """Convert points to twentieths of a point."""
    return round(points * 20)


def mm(length: float) -> int:
    """Convert millimetres to twips."""
    return round(length * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Ink:
    """How characters look; what is None stays as the style has it.

    `font` is the East Asian font by name, `size` in points, `scale` in percent of the width.
    """

    font: str | None = None
    latin: str | None = None
    size: float | None = None
    color: str | None = None
    bold: bool = False
    spacing: int | None = None
    scale: int | None = None
    highlight: bool = False


def run_properties(ink: Ink) -> str:
    """Write character properties (rPr)."""
    # The hint makes quotation marks and dashes, which both scripts have, as wide as Chinese.
    names = ""
    if ink.latin:
        names += f" w:ascii={quoteattr(ink.latin)} w:hAnsi={quoteattr(ink.latin)}"
    if ink.font:
        names += f" w:eastAsia={quoteattr(ink.font)}"
    found = [f'<w:rFonts w:hint="eastAsia"{names}/>']
    if ink.bold:
        found.append("<w:b/><w:bCs/>")
    if ink.color:
        found.append(f'<w:color w:val="{ink.color}"/>')
    if ink.spacing is not None:
        found.append(f'<w:spacing w:val="{ink.spacing}"/>')
    if ink.scale is not None and ink.scale != 100:
        found.append(f'<w:w w:val="{ink.scale}"/>')
    if ink.size is not None:
        half = round(ink.size * 2)
        found.append(f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>')
    if ink.highlight:
        found.append('<w:highlight w:val="yellow"/>')
    return f"<w:rPr>{''.join(found)}</w:rPr>"


def runs(text: str, ink: Ink) -> str:
    """Write a text as runs; newlines become breaks, placeholders stand out in yellow."""
    lit = Ink(
        ink.font, ink.latin, ink.size, ink.color, ink.bold, ink.spacing, ink.scale, highlight=True
    )
    return "".join(
        f"<w:r>{run_properties(lit if is_missing else ink)}{_pieces(piece)}</w:r>"
        for is_missing, piece in split_missing(text.translate(_ILLEGAL))
    )


def _pieces(text: str) -> str:
    lines = text.split("\n")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)


def tab(ink: Ink) -> str:
    """Write a tab character."""
    return f"<w:r>{run_properties(ink)}<w:tab/></w:r>"


def field(code: str, ink: Ink) -> str:
    """Write a field that the word processor fills in, such as PAGE."""
    look = run_properties(ink)
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{look}<w:t>1</w:t></w:r>"
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )


@dataclass(frozen=True, slots=True)
class Edge:
    """A rule beside a paragraph or cell: eighths of a point thick, `space` points away."""

    size: int
    space: int = 0
    color: str = "auto"
    kind: str = "single"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph stands: lengths in twips, `first` and the chars in hundredths of a 字."""

    style: str | None = None
    keep: bool = False
    new_page: bool = False
    frame: str = ""
    top: Edge | None = None
    bottom: Edge | None = None
    right_tab: int | None = None
    off_grid: bool = False
    line: int | None = None
    before: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    first_chars: int = 0
    hanging: int = 0
    align: str | None = None
    outline: int | None = None
    section: str = ""


def paragraph(shape: Shape, content: str = "") -> str:
    """Write a paragraph; its properties come in the schema's order."""
    found = []
    if shape.style:
        found.append(f'<w:pStyle w:val="{shape.style}"/>')
    found += ["<w:keepNext/>"] * shape.keep + ["<w:pageBreakBefore/>"] * shape.new_page
    found.append(shape.frame)
    if shape.top or shape.bottom:
        found.append(f"<w:pBdr>{edge('top', shape.top)}{edge('bottom', shape.bottom)}</w:pBdr>")
    if shape.right_tab is not None:
        found.append(f'<w:tabs><w:tab w:val="right" w:pos="{shape.right_tab}"/></w:tabs>')
    if shape.off_grid:
        found.append('<w:snapToGrid w:val="0"/>')
    found += [_spacing(shape), _indents(shape)]
    if shape.align:
        found.append(f'<w:jc w:val="{shape.align}"/>')
    if shape.outline is not None:
        found.append(f'<w:outlineLvl w:val="{shape.outline}"/>')
    found.append(shape.section)
    return f"<w:p><w:pPr>{''.join(found)}</w:pPr>{content}</w:p>"


def edge(name: str, rule: Edge | None) -> str:
    """Write one border of a paragraph or cell."""
    if rule is None:
        return ""
    if rule.size == 0:
        return f'<w:{name} w:val="nil"/>'
    return (
        f'<w:{name} w:val="{rule.kind}" w:sz="{rule.size}" w:space="{rule.space}"'
        f' w:color="{rule.color}"/>'
    )


def _spacing(shape: Shape) -> str:
    before = f' w:before="{shape.before}"' if shape.before else ""
    line = f' w:line="{shape.line}" w:lineRule="exact"' if shape.line else ""
    return f"<w:spacing{before}{line}/>" if before or line else ""


def _indents(shape: Shape) -> str:
    found = ""
    for name, value in (("left", shape.left), ("right", shape.right), ("hanging", shape.hanging)):
        found += f' w:{name}="{value}"' if value else ""
    if shape.first:
        found += f' w:firstLineChars="{shape.first_chars}" w:firstLine="{shape.first}"'
    return f"<w:ind{found}/>" if found else ""


@dataclass(frozen=True, slots=True)
class CellShape:
    """How a cell of a table stands: width in twips, columns and rows it covers, its rules."""

    width: int
    columns: int = 1
    merge: str = ""
    edges: tuple[tuple[str, Edge], ...] = ()
    fill: str = ""
    align: str = "center"
    direction: str = ""
    tight: bool = False


def cell(shape: CellShape, content: str) -> str:
    """Write a cell of a table; `content` is its paragraphs."""
    found = [f'<w:tcW w:w="{shape.width}" w:type="dxa"/>']
    if shape.columns > 1:
        found.append(f'<w:gridSpan w:val="{shape.columns}"/>')
    if shape.merge:
        found.append(f'<w:vMerge w:val="{shape.merge}"/>')
    if shape.edges:
        rules = dict(shape.edges)
        drawn = (edge(name, rules.get(name)) for name in ("top", "left", "bottom", "right"))
        found.append(f"<w:tcBorders>{''.join(drawn)}</w:tcBorders>")
    if shape.fill:
        found.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{shape.fill}"/>')
    if shape.tight:
        sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
        found.append(f"<w:tcMar>{sides}</w:tcMar>")
    if shape.direction:
        found.append(f'<w:textDirection w:val="{shape.direction}"/>')
    found.append(f'<w:vAlign w:val="{shape.align}"/>')
    return f"<w:tc><w:tcPr>{''.join(found)}</w:tcPr>{content}</w:tc>"


def row(cells: Iterable[str], *, height: int = 0, head: bool = False, exact: bool = False) -> str:
    """Write a row that no page break may cut; a `head` row is repeated on every page."""
    found = "<w:cantSplit/>"
    if height:
        rule = "exact" if exact else "atLeast"
        found += f'<w:trHeight w:val="{height}" w:hRule="{rule}"/>'
    if head:
        found += "<w:tblHeader/>"
    return f"<w:tr><w:trPr>{found}</w:trPr>{''.join(cells)}</w:tr>"


def table(
    widths: Iterable[int], rows: Iterable[str], *, rule: int = 4, margin: int = 60, place: str = ""
) -> str:
    """Write a table of fixed column widths, centred, ruled all over unless `rule` is 0."""
    columns = list(widths)
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in columns)
    lines = edge_all(("top", "left", "bottom", "right", "insideH", "insideV"), rule)
    sides = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    centred = "" if place else '<w:jc w:val="center"/>'
    return (
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{sum(columns)}" w:type="dxa"/>{centred}'
        f'{lines}<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def edge_all(names: tuple[str, ...], size: int) -> str:
    """Write a table's borders, all of one thickness; none for 0."""
    if not size:
        return ""
    return f"<w:tblBorders>{''.join(edge(name, Edge(size)) for name in names)}</w:tblBorders>"
