"""Every format draws the same document, the same bytes each time, and text from outside as text."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.reports.basis import basis_document
from supervise.reports.document import (
    Attachment,
    Box,
    Break,
    Chart,
    Column,
    Document,
    Fields,
    Form,
    Heading,
    Paragraph,
    Table,
    from_json,
    missing,
)
from supervise.reports.export import ENDINGS, export
from supervise.reports.interview import interview_document
from supervise.reports.lists import list_document
from supervise.reports.notice import notice_document
from supervise.reports.terminal import renderable
from supervise.text import cells

from .conftest import interview_facts, issued_facts, need_for, notice_facts

HOSTILE = (
    "见附件[/x] [市局]x[/市局] [a]",
    "\x1b]0;title\x07\x1b[2J\x9b31m红",
    '=HYPERLINK("http://evil.example","点")',
    "＝1+1",
    "@SUM(1)",
    " -2+3",
    "\u202e倒\u2066序\u200b",
    "长" * 8000,
    "a|b|\n| c",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "# 题\n- 项\n1. 二\n***粗***`码`",
    "{matrix} {0} %s",
    "]]>&amp;&#x27;\"'",
    "\ufffe\uffff\ud800",
    "𠮷" * 20000,
    "第一行\r\n第二行\u2028第三行",
    "_x0041_",
)
BINARY = (".xlsx", ".docx", ".pdf", ".json")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


def with_text(text: str) -> Document:
    """Put one text in every place a document has."""
    table = Table((Column(text), Column("数", "right")), ((text, 3),), text, text)
    short = text[:300]
    form = Form((1, 2), ((Box(short, label=True), Box(short, lines=3, foot=short)),), short)
    charts = [
        Chart(kind, short, (short, "乙"), ((short, (3, None)),), short, short, (2,))
        for kind in ("bars", "stack", "grid", "line")
    ]
    return Document(
        text,
        (
            Heading(1, text),
            Paragraph(text),
            Fields(((text, text),)),
            table,
            form,
            *charts,
            Break(short),
        ),
        head=text,
        number=text,
        addressees=text,
        signature=text,
        date=text,
        notes=(text,),
        footer=(text,),
        marks=(text,),
        stamp=((text, text),),
        internal=True,
        attachments=(Attachment(short, (Paragraph(short, "right"),), landscape=True),),
        signer=short,
        urgency=short,
        copies=(short,),
        printed=(short, short),
    )


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".csv"])
def test_golden_notice(golden, ending):
    golden(f"notice{ending}", export(notice_document(notice_facts()), ending))


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".csv"])
def test_golden_issued_notice_and_basis_sheet(golden, ending):
    golden(f"issued{ending}", export(notice_document(issued_facts()), ending))
    if ending == ".txt":
        golden("basis.txt", export(basis_document(notice_facts()), ending))
        golden("interview.txt", export(interview_document(interview_facts()), ending))


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_document_gives_the_same_bytes(ending):
    need_for(ending)
    document = notice_document(notice_facts())
    again = from_json(json.loads(export(document, ".json"))["document"])
    assert export(document, ending) == export(again, ending)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_drawn(ending, text):
    need_for(ending)
    # Setting pages takes its time: a few of them tell as much as hundreds.
    data = export(with_text(text[:4000] if ending == ".pdf" else text), ending)
    if ending not in BINARY:
        assert not CONTROL.search(data.decode("utf-8"))


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=60))
def test_no_text_stops_a_format(ending, text):
    need_for(ending)
    assert export(with_text(text), ending)


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = set()
        self.names = set()
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_html_holds_no_script_and_fetches_nothing(text):
    page = _Tags()
    page.feed(export(with_text(text), ".html").decode())
    assert not page.tags & {"script", "img", "link", "iframe", "a", "object"}
    assert not {n for n in page.names if n.startswith("on") or n in ("src", "href", "style")}


def test_html_policy_matches_its_style():
    import base64
    import hashlib

    page = export(Document("题"), ".html").decode()
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert 'lang="zh-CN"' in page
    assert "@import" not in style and "url(" not in style


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_svg_is_sound_and_fetches_nothing(text):
    data = export(with_text(text), ".svg").decode()
    root = ElementTree.fromstring(data)
    assert not [e for e in root.iter() if e.tag.endswith(("script", "image", "foreignObject"))]
    assert "@font-face" not in data and "href" not in data.replace(HOSTILE[2], "")
    assert not re.search(r"url\((?!#)", re.sub(r"<text.*?</text>", "", data, flags=re.S))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_xlsx_has_no_formula_and_no_link(text):
    book = openpyxl.load_workbook(io.BytesIO(export(with_text(text), ".xlsx")))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in found} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in found)
    assert {cell.value for cell in found if isinstance(cell.value, int)} == {3}


def test_xlsx_keeps_text_as_written_and_freezes_the_heads():
    document = list_document(
        "清单", issued_facts().cutoff, "9:ab", ["编号", "件数"], [("=1+1", 5), ("0012", 6)]
    )
    book = openpyxl.load_workbook(io.BytesIO(export(document, ".xlsx")))
    assert book.sheetnames == ["清单"]
    rows = [list(row) for row in book["清单"].iter_rows(values_only=True)]
    assert rows[:4] == [
        ["清单", None],
        ["截至：2024年11月30日", None],
        ["条数：2", None],
        ["台账校验码：9:ab", None],
    ]
    assert rows[4:] == [["编号", "件数"], ["=1+1", 5], ["0012", 6]]
    assert book["清单"].freeze_panes == "A6"


def test_xlsx_sheets_of_a_notice():
    book = openpyxl.load_workbook(io.BytesIO(export(notice_document(notice_facts()), ".xlsx")))
    assert book.sheetnames[0] == "正文"
    assert len(book.sheetnames) == 3
    assert all(len(name) <= 31 for name in book.sheetnames)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_csv_cells_cannot_run(text):
    data = export(with_text(text), ".csv")
    assert data.startswith(b"\xef\xbb\xbf")
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert not cell.lstrip(" \u3000").startswith(("=", "+", "-", "@", "＝", "\t", "\r"))


def test_csv_says_what_it_is_before_the_rows():
    document = list_document(
        "问题清单", issued_facts().cutoff, "9:ab", ["编号", "件数"], [("甲", -5)], demo=True
    )
    assert export(document, ".csv").decode("utf-8-sig").split("\r\n") == [
        "问题清单",
        "标记,演示数据",
        "截至,2024年11月30日",
        "条数,1",
        "台账校验码,9:ab",
        "",
        "编号,件数",
        "甲,-5",
        "",
    ]


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".svg"])
def test_lists_open_with_their_stamp_in_every_format(ending):
    document = list_document("问题清单", issued_facts().cutoff, "9:ab", ["编号"], [("甲",)])
    text = re.sub(r"<[^>]+>|&#160;|\s", "", export(document, ending).decode())
    assert "问题清单" in text
    assert "台账校验码" in text
    assert "9:ab" in text


def test_text_tables_are_aligned_by_cells_and_lose_nothing():
    rows = (("甲县", "长" * 300, 5), ("a", "b\nc", 12))
    table = Table((Column("单位"), Column("事项"), Column("天数", "right")), rows)
    lines = export(Document("题", (table,)), ".txt").decode().splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("---"))
    assert cells(lines[start]) <= 120
    assert sum(line.count("长") for line in lines) == 300
    assert all(cells(line) <= cells(lines[start]) for line in lines[start:])
    assert all(cells(line) == cells(lines[start]) for line in lines if line.endswith(("5", "12")))


def test_markdown_tables_keep_their_columns():
    for text in HOSTILE:
        drawn = export(Document("题", (Table((Column(text), Column("数")), ((text, 1),)),)), ".md")
        table = [line for line in drawn.decode().splitlines() if line.startswith("| ")]
        assert len(table) == 3
        assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {3}


def test_markdown_escapes_what_opens_a_line():
    drawn = export(Document("题", (Paragraph(HOSTILE[10]), Paragraph("[点](http://x)"))), ".md")
    assert "\\# 题\\\n\\- 项\\\n1\\. 二\\\n\\*\\*\\*粗\\*\\*\\*\\`码\\`" in drawn.decode()
    assert "\\[点\\](http://x)" in drawn.decode()
    assert b"<script" not in export(with_text(HOSTILE[9]), ".md")


@pytest.mark.parametrize("width", [20, 80, 200])
def test_the_terminal_shows_markup_as_text(width):
    from rich.console import Console

    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=False, markup=True)
    for text in HOSTILE:
        console.print(renderable(with_text(text)))
    shown = out.getvalue()
    assert not CONTROL.search(shown)
    assert "[/x]" in shown
    assert all(cells(line) <= width for line in shown.splitlines())


def test_placeholders_stand_out_on_the_page():
    page = export(Document("题", (Paragraph(f"根据{missing('文号')}"),)), ".html").decode()
    assert "根据<mark>【待填:文号】</mark>" in page


@pytest.mark.parametrize("width", range(40, 60))
def test_a_placeholder_stands_out_on_the_terminal_where_it_is_broken_too(width):
    from rich.console import Console

    asked = missing("批准情况，如经市政府同意")
    for before in ("", "【说明】", "【待填:", "a[/x]"):
        said = f"{before}{'根据' * 3}{asked}，现将{missing('文号')}通报如下。"
        console = Console(file=io.StringIO(), width=width, force_terminal=True, markup=False)
        page = renderable(Document("题", (Paragraph(said),)))
        found = [piece for line in console.render_lines(page, pad=False) for piece in line]
        assert "".join(piece.text for piece in found).endswith(said)
        yellow = "".join(one.text for one in found if one.style and one.style.color)
        assert yellow.endswith(asked + missing("文号")), before


def test_json_carries_the_record_and_the_tree():
    told = json.loads(export(Document("题"), "x.json", {"period": "2024-11"}))
    assert told["period"] == "2024-11"
    assert from_json(told["document"]) == Document("题")
