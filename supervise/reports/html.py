"""HTML on A4: one file with its own style, no script, nothing fetched, every text escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from supervise.reports.document import Document, Fields, Form, Table, split_missing
from supervise.reports.grids import GridCell, form_rows
from supervise.reports.html_charts import chart_lines
from supervise.reports.layout import Part, Role, number_below_title, one_line, parts
from supervise.reports.titles import title_lines
from supervise.text import cells

# Page, margins and type sizes: GB/T 9704-2012, 5.1, 5.2 and 7.
_STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { max-width: 156mm; margin: 20mm auto; color: #000; background: #fff;
  font: 16pt/28.95pt FangSong, "仿宋_GB2312", STFangsong, "Noto Serif CJK SC", serif; }
p { margin: 0; text-indent: 2em; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5 { margin: 0; font-size: 16pt; font-weight: normal; text-indent: 2em;
  break-after: avoid; overflow-wrap: anywhere; }
h1.title, h2.attachment-title { font: bold 22pt/1.5 SimSun, "Noto Serif CJK SC", serif;
  text-align: center; text-indent: 0; margin: 1em 0; }
h2 { font-family: SimHei, "Noto Sans CJK SC", sans-serif; }
h3 { font-family: KaiTi, "楷体_GB2312", STKaiti, serif; }
.mark { color: #b00; font-family: SimHei, sans-serif; text-indent: 0; }
.head { color: #c00; font: bold 26pt/1.4 SimSun, serif; text-align: center; text-indent: 0; }
.head.long { font-size: 18pt; white-space: nowrap; }
.number { text-align: center; text-indent: 0; border-bottom: 0.6mm solid #c00;
  padding-bottom: 4mm; }
.plain .head { color: #000; font-size: 16pt; }
.plain .number { text-align: right; border: 0; padding: 0; }
.brief .number { border: 0; padding: 0; }
.brief .issue { border-bottom: 0.6mm solid #c00; padding-bottom: 4mm; }
.letter .head { border-bottom: 1.2mm double #c00; padding-bottom: 4mm; }
.letter .number { text-align: right; border: 0; padding: 0; }
.urgency { font-family: SimHei, "Noto Sans CJK SC", sans-serif; text-indent: 0; }
.ends { display: flex; justify-content: space-between; text-indent: 0; padding: 0 1em; }
.to-left { text-indent: 0; }
.to-center { text-indent: 0; text-align: center; }
.to-right { text-indent: 0; text-align: right; }
.addressees { text-indent: 0; }
.enclosed { white-space: pre-wrap; }
.signature, .date { text-align: right; text-indent: 0; margin-right: 2em; }
.signature, .enclosed-first { margin-top: 28.95pt; }
.attachment { font-family: SimHei, sans-serif; text-indent: 0; break-before: page;
  margin-top: 2em; }
.copies, .footer, .printed { font-size: 14pt; text-indent: 0; padding: 0 1em;
  border-top: 0.25mm solid #000; }
.break { break-before: page; border: 0; border-top: 0.25mm dashed #888; margin: 2em 0; }
table.form td, table.form th { font-size: 12pt; line-height: 1.6; font-weight: normal;
  vertical-align: middle; }
table.form th { font-family: SimHei, "Noto Sans CJK SC", sans-serif; text-align: center; }
table.form td.top { vertical-align: top; }
table.form td.foot { vertical-align: bottom; text-align: right; border-top: 0; }
table.form td.open { border-bottom: 0; }
figure { margin: 1em 0; break-inside: avoid; }
figcaption { text-align: center; font: bold 12pt/1.6 SimHei, "Noto Sans CJK SC", sans-serif; }
svg { display: block; width: 100%; height: auto; font-size: 11px;
  font-family: FangSong, "Noto Serif CJK SC", serif; }
table { width: 100%; border-collapse: collapse; font-size: 10.5pt; line-height: 1.4;
  margin: 0.6em 0; }
caption { font-weight: bold; padding: 0.3em; }
th, td { border: 0.25mm solid #000; padding: 0.2em 0.4em; overflow-wrap: anywhere; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.right { text-align: right; }
.center { text-align: center; }
.note { font-size: 12pt; }
dl { margin: 0.5em 0; }
dl div { display: flex; }
dt { flex: none; width: 8em; color: #444; }
dd { margin: 0; overflow-wrap: anywhere; }
mark { background: #fe6; }
@page across { size: A4 landscape; margin: 28mm 37mm 26mm 35mm; }
.across { page: across; }
@media print { body { margin: 0; max-width: none; } mark { background: none; }
  .break { border: 0; margin: 0; } }
"""
# The first layout that has this style; older papers are drawn as they were.
_OWN_STYLES = 2
# Room for handwriting in a form, by lines.
_TALLEST = 20
_TITLE_CHARACTERS = 20
# A head of more cells is set smaller, so that it keeps to one line.
_LONG_HEAD = 32
_PAPERS = ("official", "brief", "letter", "minutes", "plain")
_STYLE += "".join(f".h{n} {{ height: {n * 1.7:.1f}em; }}\n" for n in range(2, _TALLEST + 1))
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


def render(document: Document) -> str:
    """Draw a document as one self-contained HTML page, as its own layout has it."""
    if document.layout < _OWN_STYLES:
        from supervise.reports import html_first

        return html_first.render(document, _text, lambda part: _drawn(part, 0))
    drawn = _placed(document)
    title = next(part.text for part in drawn if part.role is Role.TITLE)
    body = "\n".join(line for at, part in enumerate(drawn) for line in _drawn(part, at))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body class="{_body_class(document)}">\n{body}\n</body>\n</html>\n'
    )


def _placed(document: Document) -> tuple[Part, ...]:
    """Give the parts as they stand on the page: an internal paper's number below its title."""
    drawn = parts(document)
    if document.style != "plain":
        return drawn
    return tuple(part for _, part in number_below_title([(False, part) for part in drawn]))


def _body_class(document: Document) -> str:
    style = document.style if document.style in _PAPERS else "official"
    return f"{style} across" if document.landscape else style


def _drawn(part: Part, at: int) -> Iterator[str]:
    if part.table:
        yield from _table(part.table)
    elif part.fields:
        yield _fields(part.fields)
    elif part.form:
        yield from _form(part.form)
    elif part.chart:
        yield from chart_lines(part.chart, at)
    elif part.role is Role.BREAK:
        yield '<hr class="break">'
    elif part.role is Role.TITLE:
        yield f'<h1 class="title">{_title(part.text)}</h1>'
    elif part.role is Role.ATTACHMENT_TITLE:
        yield f'<h2 class="attachment-title">{_title(part.text)}</h2>'
    elif part.role is Role.HEADING:
        yield f"<h{part.level + 1}>{_text(part.text)}</h{part.level + 1}>"
    elif part.role is Role.PARAGRAPH:
        align = f' class="to-{part.align}"' if part.align in ("left", "center", "right") else ""
        yield from (f"<p{align}>{_text(line)}</p>" for line in part.text.split("\n"))
    elif part.right:
        ends = f"<span>{_text(part.text)}</span><span>{_text(part.right)}</span>"
        yield f'<p class="{part.role.value} ends">{ends}</p>'
    else:
        long = part.role is Role.HEAD and cells(part.text) > _LONG_HEAD
        kind = f"{part.role.value} long" if long else part.role.value
        yield f'<p class="{kind}">{_text(part.text)}</p>'


def _text(value: str) -> str:
    return "".join(
        f"<mark>{escape(piece)}</mark>" if is_missing else escape(piece)
        for is_missing, piece in split_missing(value)
    )


def _title(value: str) -> str:
    """Break a title as it is broken on paper; a screen too narrow for that breaks it again."""
    return "<br>".join(map(_text, title_lines(value, _TITLE_CHARACTERS)))


def _breaking(value: str) -> str:
    return "<br>".join(_text(line) for line in value.split("\n"))


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    if table.caption:
        yield f"<caption>{_text(one_line(table.caption))}</caption>"
    heads = "".join(f'<th scope="col">{_breaking(c.title)}</th>' for c in table.columns)
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    kinds = [f' class="{c.align}"' if c.align in ("right", "center") else "" for c in table.columns]
    for row in table.rows:
        pairs = zip(kinds, row, strict=False)
        drawn = "".join(f"<td{kind}>{_breaking(str(cell))}</td>" for kind, cell in pairs)
        yield f"<tr>{drawn}</tr>"
    yield "</tbody>\n</table>"
    if table.note:
        yield f'<p class="note">注：{_text(one_line(table.note))}</p>'


def _fields(fields: Fields) -> str:
    pairs = "\n".join(
        f"<div><dt>{_text(one_line(label))}</dt><dd>{_breaking(value)}</dd></div>"
        for label, value in fields.items
    )
    return f"<dl>\n{pairs}\n</dl>"


def _form(form: Form) -> Iterator[str]:
    yield '<table class="form">'
    if form.caption:
        yield f"<caption>{_text(one_line(form.caption))}</caption>"
    total = sum(form.widths) or 1
    yield "".join(f'<col width="{width * 100 // total}%">' for width in form.widths)
    for row in form_rows(form):
        drawn = "".join(_form_cell(cell, row.lines) for cell in row.cells)
        yield f"<tr>{drawn}</tr>"
    yield "</table>"


def _form_cell(cell: GridCell, lines: int) -> str:
    kinds = [f"h{min(lines, _TALLEST)}"] if lines > 1 and cell.rows == 1 else []
    kinds += ["foot"] * (not cell.top) + ["open"] * (not cell.bottom)
    kinds += ["top"] * (not cell.middle and cell.top)
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    look = f' class="{" ".join(kinds)}"' if kinds else ""
    tag = "th" if cell.label else "td"
    return f"<{tag}{spans}{look}>{_breaking(cell.text)}</{tag}>"
