"""A document as data: title, numbered headings, paragraphs, tables, attachments, signature.

An issued notice is stored as this tree and drawn again for ever, so the tree holds finished text
only, reads back exactly as it was written, and carries the number of the layout it was made for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from supervise.errors import BadInput

LAYOUT = 2
Cell = str | int
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; its number (一、 （一） 1. （1）) is given when drawn."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; a newline in it begins a new line.

    `align`: `body` (indented by two characters), `left`, `center` or `right`.
    """

    text: str
    align: str = "body"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, `left`, `right` or `center`, and the cells it would like."""

    title: str
    align: str = "left"
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: whole numbers stay numbers where the format has them, all else is text."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    caption: str | None = None
    note: str | None = None
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Pairs of a label and a value, one a line."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a form: a `label`, or what is filled in; `span` grid columns wide.

    `lines` is the room it leaves for handwriting, in lines of running text; `foot` stands at the
    lower edge on the right (签名、日期).
    """

    text: str
    span: int = 1
    label: bool = False
    lines: int = 1
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A ruled form (审批表): rows of boxes on a grid whose columns have relative `widths`."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Box, ...], ...]
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures, readable in black and white.

    `kind`: `bars` (one bar a row), `stack` (the series of a row end to end), `grid` (rows ×
    series as shaded cells), `line` (series over the rows, in order). A value of None is unknown.
    `limits` are a value for each series to be compared with, drawn as a mark.
    """

    kind: str
    title: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...] = ()
    unit: str = "件"
    note: str | None = None
    limits: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins on a new page.

    With a `title` it is a paper of its own in the same file: the title is printed like a
    document's, below the lines of `above` (its head, its number), and the headings below it are
    numbered afresh.
    """

    title: str = ""
    above: tuple[str, ...] = ()


Block = Heading | Paragraph | Table | Fields | Form | Chart | Break


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment (附件) with its own title; its headings are numbered afresh.

    A `landscape` attachment is laid across the page, for wide tables.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document.

    `head` is the issuing body printed at the top, `addressees` the 主送 line without its colon,
    `footer` the 版记, `marks` are words no copy may lose (演示数据, 草稿). `stamp` says what the
    figures are: as of when, 台账校验码; it is printed on `internal` papers and before every
    exported list, never on the page of an official notice.

    `style`: `official` (文件式: red head, 文号, rule), `brief` (简报式: `issue` is its 期号,
    between two rules with office and date), `letter` (信函格式), `minutes` (纪要), `plain`
    (internal papers and forms: no red). `signer` is the 签发人 of papers that go upward, `urgency`
    the 紧急程度. `sealed`: room is left for a seal (7.3.5.1). `copies` are the 抄送, `printed` the
    印发 line of the 版记; `footer` are further lines of it. `pages`: the paper must fill exactly so
    many. `profile` are the layout settings in which the office departs from the standard.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    head: str | None = None
    number: str | None = None
    addressees: str | None = None
    attachments: tuple[Attachment, ...] = ()
    signature: str | None = None
    date: str | None = None
    notes: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    stamp: tuple[tuple[str, str], ...] = ()
    internal: bool = False
    style: str = "official"
    issue: str | None = None
    signer: str | None = None
    urgency: str | None = None
    sealed: bool = True
    copies: tuple[str, ...] = ()
    printed: tuple[str, str] | None = None
    pages: int | None = None
    landscape: bool = False
    profile: tuple[tuple[str, str | float], ...] = ()
    layout: int = LAYOUT


_TYPES: dict[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "table": Table,
    "fields": Fields,
    "form": Form,
    "chart": Chart,
    "break": Break,
}
_TYPE_NAMES: dict[type, str] = {block: name for name, block in _TYPES.items()}
# What the second layout added to what there was.
_LATER: dict[type, frozenset[str]] = {
    Document: frozenset(
        {"style", "issue", "signer", "urgency", "sealed"}
        | {"copies", "printed", "pages", "landscape", "profile"}
    ),
    Attachment: frozenset({"landscape"}),
    Paragraph: frozenset({"align"}),
    Table: frozenset({"landscape"}),
}
_MISSING = re.compile("【待填:[^】]*】")


def missing(what: str) -> str:
    """Give the placeholder for something a person has yet to fill in, such as a 文号."""
    return f"【待填:{what}】"


def split_missing(text: str) -> Iterator[tuple[bool, str]]:
    """Cut text into pieces, each with whether it is a placeholder, so that these can stand out."""
    at = 0
    for found in _MISSING.finditer(text):
        if found.start() > at:
            yield False, text[at : found.start()]
        yield True, found.group()
        at = found.end()
    if at < len(text):
        yield False, text[at:]


def count_missing(document: Document) -> int:
    """Count the placeholders still to be filled in anywhere in a document."""
    found = 0

    def count(text: str) -> str:
        nonlocal found
        found += len(_MISSING.findall(text))
        return text

    map_text(document, count)
    return found


def map_text(value: _T, change: Callable[[str], str]) -> _T:
    """Give the same tree with `change` applied to every text in it."""
    result: Any = value
    if isinstance(value, str):
        result = change(value)
    elif isinstance(value, tuple):
        result = tuple(map_text(item, change) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        named = {f.name: map_text(getattr(value, f.name), change) for f in fields(value)}
        result = replace(value, **named)
    return result  # type: ignore[no-any-return]


def to_json(document: Document) -> dict[str, Any]:
    """Give a document as plain dicts and lists, each block with its `type`.

    One of the first layout has the fields that there were then, and no others.
    """
    plain = _plain(document, _LATER if document.layout < 2 else {})
    assert isinstance(plain, dict)
    return plain


def canonical(document: Document) -> str:
    """Give the one JSON text of a document: keys sorted, no blanks, Chinese as it is."""
    return json.dumps(to_json(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(data: dict[str, Any]) -> Document:
    """Read a document back; `from_json(to_json(d)) == d`.

    Raises BadInput where the data is no document or of a later layout.
    """
    try:
        document = _document(data)
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"存档文书的内容不完整，无法读取（{error}）。") from error
    if document.layout > LAYOUT:
        raise BadInput(f"存档文书的版式 {document.layout} 由更新版本的程序生成，请先升级本程序。")
    return document


def _plain(value: object, without: dict[type, frozenset[str]]) -> object:
    if isinstance(value, tuple):
        return [_plain(item, without) for item in value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    left_out = without.get(type(value), frozenset())
    record = {
        f.name: _plain(getattr(value, f.name), without)
        for f in fields(value)
        if f.name not in left_out
    }
    name = _TYPE_NAMES.get(type(value))
    return {"type": name, **record} if name else record


def _document(data: dict[str, Any]) -> Document:
    given = dict(data)
    return Document(
        **given
        | {
            "blocks": _blocks(given["blocks"]),
            "attachments": tuple(
                Attachment(a["title"], _blocks(a["blocks"]), a.get("landscape", False))
                for a in given["attachments"]
            ),
            "stamp": _pairs(given["stamp"]),
            "notes": tuple(given["notes"]),
            "footer": tuple(given["footer"]),
            "marks": tuple(given["marks"]),
            "copies": tuple(given.get("copies", ())),
            "printed": tuple(given["printed"]) if given.get("printed") else None,
            "profile": tuple((name, value) for name, value in given.get("profile", ())),
        }
    )


def _blocks(data: list[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(_block(dict(item)) for item in data)


def _block(given: dict[str, Any]) -> Block:
    kind = _TYPES[given.pop("type")]
    if kind is Table:
        given["columns"] = tuple(Column(**column) for column in given["columns"])
        given["rows"] = tuple(tuple(row) for row in given["rows"])
    elif kind is Fields:
        given["items"] = _pairs(given["items"])
    elif kind is Form:
        given["widths"] = tuple(given["widths"])
        given["rows"] = tuple(tuple(Box(**box) for box in row) for row in given["rows"])
    elif kind is Break:
        given["above"] = tuple(given.get("above", ()))
    elif kind is Chart:
        given["series"] = tuple(given["series"])
        given["rows"] = tuple((label, tuple(values)) for label, values in given["rows"])
        given["limits"] = tuple(given["limits"])
    return kind(**given)


def _pairs(data: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in data)
