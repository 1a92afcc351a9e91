"""Word documents: what the file says of fonts, margins and grid, and what it looks like printed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import defaultdict
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.shared import Mm, Pt

from supervise.reports.document import (
    Attachment,
    Box,
    Break,
    Chart,
    Column,
    Document,
    Form,
    Heading,
    Paragraph,
    Table,
    missing,
)
from supervise.reports.docx import render, render_all
from supervise.reports.notice import notice_document
from tests.once import Once

from .conftest import issued_facts, notice_facts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "示例市优化营商环境工作领导小组办公室"
TEXT = "优化营商环境是一项系统工程，各地各部门要提高站位。"
COLUMNS = (Column("单位"), Column("事项"), Column("限期"), Column("超期天数", "right"))
ROWS = tuple((f"第{n}局", TEXT * 2, "2024年11月5日", n) for n in range(1, 31))
POINTS = 72 / 25.4

FULL = Document(
    "关于印发示例市优化营商环境工作方案的通知",
    tuple(Paragraph("国" * 28 * 22) for _ in range(3)),
    head="示例市人民政府文件",
    number="示政发〔2024〕7号",
    addressees="各县（市、区）人民政府",
    signature="示例市人民政府",
    date="2024年12月5日",
    copies=("市委办公室",),
    printed=("示例市人民政府办公室", "2024年12月5日"),
)
WIDE = replace(
    FULL,
    blocks=(
        Heading(1, "总体情况"),
        Heading(2, "市直单位"),
        Heading(3, "市住建局"),
        Paragraph(TEXT),
    ),
    attachments=(
        Attachment("情况表", (Table(COLUMNS, ROWS, note="截至今日。"),), landscape=True),
        Attachment("说明", (Paragraph(TEXT),)),
    ),
)
UPWARD = replace(
    FULL,
    title=f"{OFFICE}关于提请约谈市住建局主要负责同志的请示",
    head=f"{OFFICE}文件",
    blocks=(Paragraph("妥否，请批示。"),),
    signer="王某某",
    urgency="特急",
    signature=OFFICE,
    notes=("联系人：李某，0000-0000000",),
)
LETTER = replace(FULL, style="letter", blocks=(Paragraph(TEXT * 30),))
FORM = Form(
    (3, 5, 3, 5),
    (
        (Box("编号", label=True), Box("J-1"), Box("单位", label=True), Box("市住建局")),
        (Box("批准意见", label=True), Box("同意。", 3, lines=5, foot="签名：　　年　月　日")),
    ),
    "整改销号审批表",
)
CHARTS = tuple(
    Chart(kind, "件数", ("新增", "销号"), (("7月", (3, 2)), ("8月", (5, None))), limits=(4,))
    for kind in ("bars", "stack", "grid", "line")
)
PLAIN = Document(
    "审批表", (FORM, *CHARTS, Break(), Paragraph(missing("日期"))), style="plain", marks=("草稿",)
)


def xml(document: Document, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(render(document))) as file:
        return ElementTree.fromstring(file.read(name))


def opened(document: Document):
    return docx.Document(io.BytesIO(render(document)))


def test_page_margins_and_grid_are_the_standard_s():
    for section in opened(FULL).sections:
        assert abs(section.page_width - Mm(210)) < Pt(0.1)
        assert abs(section.page_height - Mm(297)) < Pt(0.1)
        for side, length in (("top", 37), ("bottom", 35), ("left", 28), ("right", 26)):
            assert abs(getattr(section, f"{side}_margin") - Mm(length)) < Pt(0.1), side
    root = xml(FULL)
    grid = root.find(f".//{W}docGrid")
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "579")
    normal = opened(FULL).styles["Normal"]
    assert normal.font.size == Pt(16)
    spacing = normal.element.find(f"{W}rPr/{W}spacing")
    assert spacing.get(f"{W}val") == "-5"
    line = normal.element.find(f"{W}pPr/{W}spacing")
    assert (line.get(f"{W}line"), line.get(f"{W}lineRule")) == ("579", "exact")


def test_fonts_are_named_for_east_asian_text():
    fonts = defaultdict(set)
    for run in xml(WIDE).iter(f"{W}r"):
        named = run.find(f"{W}rPr/{W}rFonts")
        if named is not None and named.get(f"{W}eastAsia"):
            assert named.get(f"{W}hint") == "eastAsia"
            text = "".join(t.text or "" for t in run.iter(f"{W}t"))
            fonts[named.get(f"{W}eastAsia")].add(text)
    assert "示例市人民政府文件" in fonts["方正小标宋简体"]
    assert {"一、总体情况", "附件1", "附件2"} <= fonts["黑体"]
    assert "（一）市直单位" in fonts["楷体_GB2312"]
    assert "1.市住建局" in fonts["仿宋_GB2312"]
    normal = opened(WIDE).styles["Normal"].element.find(f"{W}rPr/{W}rFonts")
    assert normal.get(f"{W}eastAsia") == "仿宋_GB2312"


def test_text_is_indented_by_two_characters():
    found = [p for p in xml(WIDE).iter(f"{W}p") if TEXT in "".join(p.itertext())]
    indent = found[0].find(f"{W}pPr/{W}ind")
    assert indent.get(f"{W}firstLineChars") == "200"


def test_page_numbers_stand_outside_and_tables_lie_across():
    package = opened(WIDE)
    assert package.settings.odd_and_even_pages_header_footer
    first = package.sections[0]
    for footer, align in ((first.footer, "right"), (first.even_page_footer, "left")):
        [paragraph] = footer.paragraphs
        assert paragraph.text == "— 1 —"
        assert paragraph._p.find(f"{W}pPr/{W}jc").get(f"{W}val") == align
        assert {run.font.size for run in paragraph.runs} == {Pt(14)}
        assert "PAGE" in "".join(t.text for t in paragraph._p.iter(f"{W}instrText"))
    wide = package.sections[1]
    assert wide.page_width > wide.page_height
    assert abs(wide.left_margin - Mm(35)) < Pt(0.1)
    [turned] = [d.get(f"{W}val") for d in wide.footer._element.iter(f"{W}textDirection")]
    assert turned == "tbRl"


def test_tables_repeat_their_head_and_keep_their_widths():
    table = next(xml(WIDE).iter(f"{W}tbl"))
    rows = table.findall(f"{W}tr")
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert rows[1].find(f"{W}trPr/{W}tblHeader") is None
    assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
    columns = [int(c.get(f"{W}w")) for c in table.find(f"{W}tblGrid")]
    assert len(columns) == 4
    assert abs(sum(columns) - Mm(225).twips) < 40
    last = rows[1].findall(f"{W}tc")[3]
    assert last.find(f".//{W}jc").get(f"{W}val") == "right"
    assert last.find(f".//{W}snapToGrid").get(f"{W}val") == "0"


def test_a_form_leaves_room_and_a_placeholder_is_yellow():
    root = xml(PLAIN)
    form = next(root.iter(f"{W}tbl"))
    heights = [int(h.get(f"{W}val")) for h in form.iter(f"{W}trHeight")]
    assert len(heights) == 3
    assert sum(heights[1:]) > 5 * 12 * 20
    assert [m.get(f"{W}val") for m in form.iter(f"{W}vMerge")] == ["restart", "continue"]
    marked = [
        "".join(run.itertext())
        for run in root.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}highlight") is not None
    ]
    assert marked == ["【待填:日期】"]
    header = opened(PLAIN).sections[0].header
    assert header.paragraphs[0].text == "【草稿】"


def test_a_chart_is_a_table_without_pictures():
    with zipfile.ZipFile(io.BytesIO(render(PLAIN))) as file:
        assert not [name for name in file.namelist() if "media" in name or "embed" in name]
    fills = {one.get(f"{W}fill") for one in xml(PLAIN).iter(f"{W}shd")}
    assert len(fills) > 3
    told = " ".join("".join(p.itertext()) for p in xml(PLAIN).iter(f"{W}p"))
    assert "—" in told and "新增（界线 4件）" in told


def test_the_order_of_properties_is_the_schema_s():
    order = ["pStyle", "keepNext", "pageBreakBefore", "pBdr", "tabs", "snapToGrid"]
    order += ["spacing", "ind", "jc", "outlineLvl", "sectPr"]
    for document in (FULL, WIDE, UPWARD, LETTER, PLAIN):
        for found in xml(document).iter(f"{W}pPr"):
            names = [child.tag.removeprefix(W) for child in found]
            assert names == sorted(names, key=order.index)


@pytest.mark.parametrize("facts", [notice_facts, issued_facts])
def test_the_same_paper_is_the_same_bytes_and_names_no_machine(facts):
    document = notice_document(facts())
    data = render(document)
    assert data == render(document)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = file.read("docProps/core.xml").decode()
    assert "python-docx" not in core and "2000-01-01" in core


def test_several_papers_in_one_file_keep_their_heads_and_begin_at_page_one():
    """Each has its own sections, marks and head; all but the first restart the page number."""
    papers = [LETTER, replace(LETTER, marks=("内部资料",)), WIDE]
    alone = [len(list(xml(one).iter(f"{W}sectPr"))) for one in papers]
    data = render_all(papers)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        body = ElementTree.fromstring(file.read("word/document.xml"))
        around = [file.read(one).decode() for one in file.namelist() if "word/header" in one]
    starts = [one.find(f"{W}pgNumType") is not None for one in body.iter(f"{W}sectPr")]
    assert len(starts) == sum(alone)
    assert [at for at, fresh in enumerate(starts) if fresh] == [alone[0], sum(alone[:2])]
    assert sum("示例市人民政府文件" in one for one in around) == 2
    assert any("内部资料" in one for one in around)
    assert data == render_all(papers)


def test_an_office_s_own_layout_is_used():
    own = replace(FULL, profile=(("margin_top", 30.0), ("body_font", "仿宋"), ("lines", 24)))
    assert abs(opened(own).sections[0].top_margin - Mm(30)) < Pt(0.1)
    normal = opened(own).styles["Normal"].element
    assert normal.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "仿宋"
    assert normal.find(f"{W}pPr/{W}spacing").get(f"{W}line") == "548"


@dataclass(frozen=True)
class Word:
    """A word of a printed page and where it stands, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Printed:
    """A paper turned into PDF: its pages' words, and their widths and heights."""

    pages: list[list[Word]]
    sizes: list[tuple[float, float]]

    def lines(self, page: int) -> dict[int, str]:
        """Give a page's text line by line, by where each stands."""
        found = defaultdict(list)
        for word in self.pages[page]:
            found[round(word.top)].append(word)
        return {
            top: "".join(w.text for w in sorted(words, key=lambda w: w.left))
            for top, words in sorted(found.items())
        }


def read_pdf(path: Path) -> Printed:
    """Read where every word of a PDF stands."""
    done = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, check=True, timeout=60
    )
    pages, sizes = [], []
    for line in done.stdout.decode().splitlines():
        if found := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line):
            sizes.append((float(found[1]), float(found[2])))
            pages.append([])
        pattern = r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*)</word>'
        if found := re.search(pattern, line):
            pages[-1].append(Word(unescape(found[5]), *map(float, found.groups()[:4])))
    return Printed(pages, sizes)


PRINTED = {"full": FULL, "wide": WIDE, "upward": UPWARD, "letter": LETTER, "plain": PLAIN}


def _print(folder: Path) -> None:
    """Turn all papers into PDF with one run of the office program."""
    for name, document in PRINTED.items():
        (folder / f"{name}.docx").write_bytes(render(document))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            *sorted(folder.glob("*.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=100,
    )


@pytest.fixture(scope="session")
def printed(once: Once) -> dict[str, Printed]:
    """Give all papers as the office program lays them out."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        pytest.skip("没有 LibreOffice 或 pdftotext：apt install libreoffice-writer poppler-utils")
    folder = once("printed", _print)
    return {name: read_pdf(folder / f"{name}.pdf") for name in PRINTED}


def text_lines(page: dict[int, str]) -> list[str]:
    return [line for line in page.values() if not line.startswith("—")]


def test_a_full_page_has_22_lines_of_28_characters(printed):
    lines = text_lines(printed["full"].lines(1))
    assert len(lines) == 22
    assert lines.count("国" * 28) >= 20


def test_page_numbers_are_right_on_odd_and_left_on_even_pages(printed):
    paper = printed["full"]
    for number, (words, (wide, high)) in enumerate(zip(paper.pages, paper.sizes, strict=True), 1):
        found = [word for word in words if word.text in ("—", str(number), f"—{number}—")]
        found = [word for word in found if word.top > 265 * POINTS]
        assert found, number
        left, right = min(w.left for w in found), max(w.right for w in found)
        middle = sum((w.top + w.bottom) / 2 for w in found) / len(found)
        assert abs(middle - (high - 28 * POINTS)) < 2 * POINTS
        if number % 2:
            assert abs(right - (wide - 26 * POINTS - 14)) < 4
        else:
            assert abs(left - (28 * POINTS + 14)) < 4


def test_the_number_of_a_page_laid_across_is_where_it_is_on_the_paper(printed):
    paper = printed["wide"]
    at = next(n for n, (wide, high) in enumerate(paper.sizes) if wide > high)
    number = [w for w in paper.pages[at] if w.text in (str(at + 1), f"—{at + 1}—")]
    number = [w for w in number if w.left < 35 * POINTS]
    assert number, "left of the text, which is the lower edge of the paper held upright"
    below = number[0].top > paper.sizes[at][1] / 2
    assert below == bool((at + 1) % 2)


def test_the_imprint_stands_on_the_lower_edge_of_the_last_page(printed):
    paper = printed["full"]
    copies = [w for w in paper.pages[-1] if w.text.startswith("抄送")]
    issued = [w for w in paper.pages[-1] if w.text.endswith("印发")]
    edge = paper.sizes[-1][1] - 35 * POINTS
    assert copies[0].bottom < issued[0].top + 4
    assert edge - 30 < issued[0].bottom <= edge + 1


def test_a_letter_has_no_number_on_its_first_page(printed):
    paper = printed["letter"]
    first = [line for line in paper.lines(0).values() if re.fullmatch("—1—", line)]
    assert len(paper.pages) > 1 and not first
    head = [w for w in paper.pages[0] if w.text.startswith("示例市人民政府文件")]
    assert 28 * POINTS < head[0].top < 34 * POINTS


def test_an_upward_paper_names_its_signer_beside_the_number(printed):
    found = [line for line in printed["upward"].lines(0).values() if "签发人" in line]
    assert found == ["示政发〔2024〕7号签发人：王某某"]
    urgent = [w for w in printed["upward"].pages[0] if w.text == "特急"]
    assert abs(urgent[0].left - 28 * POINTS) < 3
    dated = [w for w in printed["upward"].pages[0] if "5日" in w.text or w.text == "日"][-1]
    unit = [w for w in printed["upward"].pages[0] if w.text == OFFICE][-1]
    assert unit.bottom < dated.bottom
