"""Forms, charts and layout settings in the formats that open in a browser or a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.pack_layout import LayoutSettings
from supervise.errors import BadInput
from supervise.reports.columns import column_widths
from supervise.reports.document import (
    Box,
    Column,
    Document,
    Fields,
    Form,
    Paragraph,
    Table,
    from_json,
    to_json,
)
from supervise.reports.export import export
from supervise.reports.layout import Role, parts, stamp_text
from supervise.reports.profile import GB9704, Profile, dressed, profile_of
from supervise.reports.titles import title_lines
from supervise.text import cells

from .test_docx import CHARTS, FORM, FULL, PLAIN


def test_charts_in_a_page_are_drawn_and_told_apart_without_colour():
    page = export(Document("图", CHARTS), ".html").decode()
    drawn = re.findall(r"<svg.*?</svg>", page, re.S)
    assert len(drawn) == 4
    for one in drawn:
        root = ElementTree.fromstring(one)
        shown = [text.text for text in root.iter("text")]
        assert {"3", "5", "7月"} <= set(shown)
        used = set(re.findall(r"url\(#(\w+)\)", one))
        assert used <= {pattern.get("id") for pattern in root.iter("pattern")}
        greys = {c for c in re.findall(r'fill="#(\w+)"', one) if len(c) in (3, 6)}
        assert all(len(set(re.findall("..", c if len(c) == 6 else c * 2))) == 1 for c in greys)
    assert "—" in drawn[0], "an unknown value is a dash, not nothing"
    names = re.findall(r'id="(\w+)"', page)
    assert len(names) == len(set(names))


def test_a_form_is_a_table_on_the_page_and_a_sheet_in_a_workbook():
    page = export(Document("表", (FORM,), style="plain"), ".html").decode()
    assert '<table class="form">' in page and 'rowspan="2"' in page
    assert page.index("同意。") < page.index("签名：")
    book = openpyxl.load_workbook(io.BytesIO(export(PLAIN, ".xlsx")))
    sheet = book["整改销号审批表"]
    told = {cell.value for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"编号", "J-1", "同意。", "签名：　　年　月　日"} <= told
    assert any(one.min_row != one.max_row for one in sheet.merged_cells.ranges)


def test_a_form_with_rows_too_long_or_too_short_is_still_drawn():
    odd = Form((1, 1), ((Box("甲", 5), Box("乙")), (), (Box("丙", 0, foot="丁"),)))
    for ending in (".docx", ".html", ".xlsx", ".txt", ".md", ".csv"):
        assert export(Document("表", (odd,)), ending)


def test_without_tables_csv_gives_forms_and_charts_as_cells():
    document = Document("表", (FORM, *CHARTS[:1]), style="plain")
    rows = list(csv.reader(io.StringIO(export(document, ".csv").decode("utf-8-sig"))))
    assert ["编号", "J-1", "单位", "市住建局"] in rows
    assert ["8月", "5", "—"] in rows


@given(
    widths=st.lists(st.integers(0, 90), min_size=1, max_size=12),
    texts=st.lists(st.text("汉字abc 12", max_size=40), min_size=1, max_size=12),
)
def test_columns_fill_the_page_and_none_vanishes(widths, texts):
    columns = tuple(Column(text, width=width or None) for width, text in zip(widths, texts))  # noqa: B905
    table = Table(columns, (tuple(texts),) * 3)
    found = column_widths(table, 42.0)
    assert len(found) == len(columns)
    assert abs(sum(found) - 42.0) < 0.01
    assert min(found) > 0


@given(st.text("关于的和与市县工作情况通报2024年月（）《》、", max_size=150), st.integers(8, 30))
def test_titles_lose_nothing_and_fit_their_lines(title, characters):
    lines = title_lines(title, characters)
    assert "".join(lines) == title
    assert all(cells(line) <= characters * 2 for line in lines)


def test_titles_are_broken_where_the_sense_allows():
    office = "示川市优化营商环境工作领导小组办公室"
    assert title_lines(f"{office}关于提请约谈市住建局主要负责同志的请示", 20) == (
        office,
        "关于提请约谈市住建局主要负责同志的请示",
    )
    assert title_lines("关于2024年11月优化营商环境工作调度情况的通报", 20) == (
        "关于2024年11月优化营商环境",
        "工作调度情况的通报",
    )


def test_a_long_name_is_narrowed_and_then_set_smaller():
    short, long = GB9704.head("工作专报"), GB9704.head("示" * 18)
    assert short == (42.0, 1.0)
    assert long[0] < 42 and long[1] < 1
    assert long[0] * long[1] * 18 <= GB9704.settings.width


def test_an_office_s_layout_is_kept_in_the_paper():
    settings = replace(LayoutSettings(), lines=24, red="C00000")
    paper = from_json(to_json(dressed(FULL, settings)))
    assert paper.profile == (("lines", 24), ("red", "C00000"))
    assert profile_of(paper) == Profile(settings)
    assert profile_of(FULL) == GB9704
    with pytest.raises(BadInput, match="版式设定“later”"):
        profile_of(replace(FULL, profile=(("later", 1),)))


STAMP = (
    ("统计截止", "2024年11月30日"),
    ("查询日期", "2024年12月31日"),
    ("台账校验码", "4074:65b38b75fd105c49"),
)


def test_a_stamp_ends_its_lines_between_two_items():
    pairs = [f"{label}：{value}" for label, value in STAMP]
    assert stamp_text(Fields(STAMP), 99) == "　".join(pairs)
    assert stamp_text(Fields(STAMP), 27) == f"{pairs[0]}　{pairs[1]}\n{pairs[2]}"
    long = (STAMP[0], ("规则包", "很长的名称" * 4), STAMP[2])
    assert stamp_text(Fields(long), 32).splitlines()[0] == f"{pairs[0]}　{pairs[2]}"
    assert stamp_text(Fields(STAMP), 3) == "\n".join(pairs)


def test_an_undated_internal_paper_says_above_who_made_it():
    paper = Document(
        "依据表", (Paragraph("无。"),), signature="市优化办", stamp=STAMP, internal=True
    )
    roles = [part.role for part in parts(paper)]
    assert Role.SIGNATURE not in roles and roles.index(Role.STAMP) == 1
    assert "编制单位：市优化办" in export(paper, ".txt").decode()
    dated = replace(paper, date="2024年12月5日")
    assert Role.SIGNATURE in [part.role for part in parts(dated)]
    assert "编制单位" not in export(dated, ".txt").decode()
