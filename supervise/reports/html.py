"""HTML on A4: one file with its own style, no script, nothing fetched, every text escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from supervise.reports.document import Document, Fields, Table, split_missing
from supervise.reports.layout import Part, Role, one_line, parts

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
.number { text-align: center; text-indent: 0; border-bottom: 0.6mm solid #c00;
  padding-bottom: 4mm; }
.addressees { text-indent: 0; }
.enclosed { white-space: pre-wrap; }
.signature, .date { text-align: right; text-indent: 0; margin-right: 2em; }
.signature, .enclosed-first { margin-top: 28.95pt; }
.attachment { font-family: SimHei, sans-serif; text-indent: 0; break-before: page;
  margin-top: 2em; }
.footer { font-size: 14pt; text-indent: 1em; border-top: 0.25mm solid #000; }
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
@media print { body { margin: 0; max-width: none; } mark { background: none; } }
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


def render(document: Document) -> str:
    """Draw a document as one self-contained HTML page."""
    drawn = parts(document)
    title = next(part.text for part in drawn if part.role is Role.TITLE)
    body = "\n".join(line for part in drawn for line in _drawn(part))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _drawn(part: Part) -> Iterator[str]:
    if part.table:
        yield from _table(part.table)
    elif part.fields:
        yield _fields(part.fields)
    elif part.role is Role.TITLE:
        yield f'<h1 class="title">{_text(part.text)}</h1>'
    elif part.role is Role.ATTACHMENT_TITLE:
        yield f'<h2 class="attachment-title">{_text(part.text)}</h2>'
    elif part.role is Role.HEADING:
        yield f"<h{part.level + 1}>{_text(part.text)}</h{part.level + 1}>"
    elif part.role is Role.PARAGRAPH:
        yield from (f"<p>{_text(line)}</p>" for line in part.text.split("\n"))
    else:
        yield f'<p class="{part.role.value}">{_text(part.text)}</p>'


def _text(value: str) -> str:
    return "".join(
        f"<mark>{escape(piece)}</mark>" if is_missing else escape(piece)
        for is_missing, piece in split_missing(value)
    )


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
