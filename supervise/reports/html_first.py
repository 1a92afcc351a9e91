"""HTML of the first layout: how papers stored under it are drawn for ever.

A notice issued under the first layout keeps the bytes that its .html had then: neither the style
nor a line below changes with what later layouts can do.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from html import escape

from supervise.reports.document import Document
from supervise.reports.layout import Part, Role, parts

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


def render(
    document: Document, text: Callable[[str], str], block: Callable[[Part], Iterator[str]]
) -> str:
    """Draw a document as one HTML page: `text` draws running text, `block` tables and fields."""
    drawn = parts(document)
    title = next(part.text for part in drawn if part.role is Role.TITLE)
    body = "\n".join(line for part in drawn for line in _drawn(part, text, block))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _drawn(
    part: Part, text: Callable[[str], str], block: Callable[[Part], Iterator[str]]
) -> Iterator[str]:
    if part.table or part.fields:
        yield from block(part)
    elif part.role is Role.TITLE:
        yield f'<h1 class="title">{text(part.text)}</h1>'
    elif part.role is Role.ATTACHMENT_TITLE:
        yield f'<h2 class="attachment-title">{text(part.text)}</h2>'
    elif part.role is Role.HEADING:
        yield f"<h{part.level + 1}>{text(part.text)}</h{part.level + 1}>"
    elif part.role is Role.PARAGRAPH:
        yield from (f"<p>{text(line)}</p>" for line in part.text.split("\n"))
    else:
        yield f'<p class="{part.role.value}">{text(part.text)}</p>'
