"""PDF: the same text as the paper, pages on the grid, one page where one is asked, PDF/A."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from supervise.errors import Refused
from supervise.reports import docx, pdf
from supervise.reports.document import Column, Document, Heading, Paragraph, Table
from supervise.reports.export import ending_of, export_all
from supervise.reports.fitting import fitted
from supervise.reports.layout import Role, parts
from supervise.reports.notice import notice_document
from supervise.reports.profile import profile_of

from .conftest import issued_facts, need_for, notice_facts
from .test_docx import FULL, LETTER, PLAIN, POINTS, UPWARD, WIDE, read_pdf


@pytest.fixture(autouse=True)
def _written_here():
    need_for(".pdf")


@pytest.fixture
def read(tmp_path):
    """Set a document and read where its words stand."""
    if not shutil.which("pdftotext"):
        pytest.skip("没有 pdftotext：apt install poppler-utils")

    def at(document):
        path = tmp_path / "a.pdf"
        path.write_bytes(pdf.render(document))
        return read_pdf(path)

    return at


def text_of(printed) -> str:
    return "".join(word.text for page in printed.pages for word in page)


def pages(data: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b", data))


def test_a_full_page_has_22_lines_of_28_characters(read):
    lines = [line for line in read(FULL).lines(1).values() if not line.startswith("—")]
    assert len(lines) == 22
    assert lines.count("国" * 28) >= 20


@pytest.mark.parametrize("before", range(14, 24, 2))
@pytest.mark.parametrize("length", [1, 5, 9])
def test_a_signature_never_stands_on_a_page_of_its_own(read, before, length):
    """7.3.5.4: no page bears the signature without text; 此页无正文 is not written."""
    blocks = (*(Paragraph("正文一段。"),) * before, Paragraph("最后一段要求。" * 4 * length))
    printed = read(replace(UPWARD, blocks=blocks, attachments=()))
    last = next(
        text
        for text in ("".join(word.text for word in page) for page in printed.pages)
        if UPWARD.date in text
    )
    assert "正文一段" in last or "最后一段要求" in last


def test_page_numbers_stand_outside_7_mm_below_the_text(read):
    printed = read(FULL)
    for number, (words, (wide, high)) in enumerate(
        zip(printed.pages, printed.sizes, strict=True), 1
    ):
        found = [w for w in words if w.top > 265 * POINTS and w.text in ("—", str(number))]
        left, right = min(w.left for w in found), max(w.right for w in found)
        middle = sum((w.top + w.bottom) / 2 for w in found) / len(found)
        assert abs(middle - (high - 28 * POINTS)) < 2 * POINTS
        edge = right - (wide - 26 * POINTS - 14) if number % 2 else left - (28 * POINTS + 14)
        assert abs(edge) < 3


def test_a_wide_attachment_lies_across_with_its_number_on_the_paper_s_lower_edge(read):
    printed = read(WIDE)
    at = next(n for n, (wide, high) in enumerate(printed.sizes) if wide > high)
    number = [w for w in printed.pages[at] if w.text == str(at + 1) and w.left < 35 * POINTS]
    assert (number[0].top > printed.sizes[at][1] / 2) == bool((at + 1) % 2)


def test_several_papers_in_one_file_each_begin_a_sheet_as_page_one(tmp_path):
    """A paper of an odd number of pages is followed by an empty back, without a number."""
    short = replace(PLAIN, blocks=(Paragraph("甲"),), attachments=(), marks=("内部资料",))
    alone = [pages(pdf.render(one)) for one in (short, LETTER, FULL)]
    assert alone[0] == 1
    path = tmp_path / "a.pdf"
    path.write_bytes(export_all([short, LETTER, FULL], ".pdf"))
    printed = read_pdf(path)
    fronts = [0, 2, 2 + alone[1] + alone[1] % 2]
    assert len(printed.pages) == fronts[2] + alone[2]
    assert not printed.pages[1]
    assert any("示例市人民政府文件" in word.text for word in printed.pages[fronts[1]])
    for front in (fronts[0], fronts[2]):
        assert "—1—" in printed.lines(front).values()
    assert "—2—" in printed.lines(fronts[2] + 1).values()


@pytest.mark.parametrize(
    "document",
    [notice_document(notice_facts()), notice_document(issued_facts()), UPWARD, LETTER, PLAIN],
    ids=["draft", "issued", "upward", "letter", "plain"],
)
def test_the_pdf_says_what_the_paper_says(read, document):
    found = re.sub(r"\s|—\d+—", "", text_of(read(document)))
    for part in parts(document):
        if document.style == "letter" and part.role is Role.PRINTED:
            continue  # 10.1: a letter says who printed it nowhere
        for text in [part.text, part.right, *_cells(part)]:
            said = re.sub(r"\s", "", text)
            assert said in found or all(line in found for line in _short(said)), said


def _cells(part) -> list[str]:
    table = part.table
    return [str(c) for row in table.rows for c in row] if table and len(table.rows) < 3 else []


def _short(text: str) -> list[str]:
    """Cut a text to what no end of a line can part: single characters in their order."""
    return [text[at : at + 2] for at in range(0, len(text) - 1, 2)]


def test_made_twice_it_is_the_same_bytes_and_archival():
    document = notice_document(notice_facts())
    data = pdf.render(document)
    assert data == pdf.render(document)
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in data


def test_a_sign_that_no_font_has_is_seen_to_be_missing(read):
    assert "好〓好" in text_of(read(Document("题", (Paragraph("好\U000103a0好"),))))


def test_text_is_never_markup(read):
    text = '#eval("1+1") *粗* $x$ \\ @ref <label> = 题 // 注 `码` #include "/etc/passwd"'
    found = text_of(read(Document("题", (Paragraph(text),))))
    assert re.sub(r"\s", "", text) in found.replace("\u200b", "")


def test_without_typst_or_a_chinese_font_it_says_what_to_install(monkeypatch):
    pdf._fonts.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(pdf, "_CHINESE", frozenset())
        with pytest.raises(Refused, match="fonts-noto-cjk"):
            pdf.render(Document("题"))
    pdf._fonts.cache_clear()
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "typst", None)
        with pytest.raises(Refused, match=r'pip install "supervise\[pdf\]"'):
            ending_of("通报.pdf")


BRIEF = Document(
    "2024年11月优化营商环境工作专报",
    head="工作专报",
    issue="第7期",
    signature="示例市优化营商环境工作领导小组办公室",
    date="2024年12月9日",
    style="brief",
    pages=1,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(st.integers(0, 1500), max_size=9),
    rows=st.integers(0, 30),
    word=st.sampled_from(["环境", "abcdefghij", "，。", "1"]),
)
@example(texts=[451, 1310, 121, 195, 149, 345, 0, 156, 126], rows=0, word="abcdefghij")
def test_one_page_is_one_page_whatever_the_data(texts, rows, word):
    blocks = [Heading(1, "突出问题"), *(Paragraph(word * (n // len(word))) for n in texts)]
    if rows:
        columns = (Column("单位"), Column("事项"))
        blocks.append(Table(columns, tuple((f"第{n}局", word * 30) for n in range(rows))))
    document = replace(BRIEF, blocks=tuple(blocks))
    assert pages(pdf.render(document)) == 1
    assert docx.render(document)


def test_what_is_cut_is_seen_to_be_cut_and_what_fits_is_left_alone():
    short = replace(BRIEF, blocks=(Paragraph("一切正常。"),))
    assert fitted(short, profile_of(short))[0] == short
    long = replace(BRIEF, blocks=(Paragraph("环境" * 2000), Paragraph("不动。")))
    cut, closer = fitted(long, profile_of(long))
    assert cut.blocks[0].text.endswith("…") and cut.blocks[1] == long.blocks[1]
    assert closer.pitch < profile_of(long).pitch
