"""Rows of an import: converted, completed, checked, each fault with its row and column."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from supervise.errors import BadInput, RowError, SuperviseError
from supervise.services.tables.convert import to_date
from supervise.services.tables.rows import DraftRow
from supervise.services.tables.source import open_import

TODAY = date(2026, 11, 22)
HEADINGS = ["编号", "事项", "责任单位", "发现日期", "交办日期", "限期", "报请复核日期", "销号日期"]


def save(path: Path, *rows: list[object]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def read(path: Path, **named: str) -> tuple[list[DraftRow], list[RowError]]:
    with open_import(path, mapping_overrides=named, today=TODAY) as source:
        batches = list(source.batches())
    return [r for b in batches for r in b.rows], [e for b in batches for e in b.errors]


def draft(tmp_path: Path, *cells: object) -> DraftRow:
    rows, errors = read(save(tmp_path / "a.xlsx", HEADINGS, list(cells)))
    assert errors == []
    return rows[0]


def faults(tmp_path: Path, *cells: object) -> list[tuple[str | None, str]]:
    rows, errors = read(save(tmp_path / "a.xlsx", HEADINGS, list(cells)))
    assert rows == []
    assert {error.row for error in errors} == {2}
    return [(error.column, error.message) for error in errors]


def test_a_row_is_read_whole(tmp_path: Path) -> None:
    row = draft(
        tmp_path, "JM-1", " 充电桩\n建设 ", "市住建局", date(2024, 6, 1), "2024/6/2",
        "2024年6月20日", datetime(2024, 6, 18, 17, 30), 45463,
    )  # fmt: skip
    assert row == DraftRow(
        row=2,
        code="JM-1",
        title="充电桩 建设",
        unit="市住建局",
        found_on=date(2024, 6, 1),
        assigned_on=date(2024, 6, 2),
        due_on=date(2024, 6, 20),
        submitted_on=date(2024, 6, 18),
        closed_on=date(2024, 6, 20),
    )


def test_blank_dates_are_completed(tmp_path: Path) -> None:
    row = draft(tmp_path, 7.0, "甲", "市住建局", None, "2024-06-02", "-", None, "2024-06-20")
    assert (row.code, row.found_on, row.due_on) == ("7", date(2024, 6, 2), None)
    assert row.submitted_on == row.closed_on == date(2024, 6, 20)


def test_a_unit_without_a_date_of_assignment_stays_proposed(tmp_path: Path) -> None:
    row = draft(tmp_path, "A", "甲", "市住建局", "2024-06-01")
    assert (row.unit, row.assigned_on) == ("市住建局", None)


@pytest.mark.parametrize(
    ("cells", "column", "word"),
    [
        (("A", "甲", "乙", "2024-06-03", "2024-06-02"), "交办日期", "早于发现日期 2024-06-03"),
        (("A", "甲", "乙", None, "2024-06-03", None, "2024-06-02"), "报请复核日期", "早于交办日期"),
        (("A", "甲", "乙", None, "2024-06-03", None, None, "2024-06-02"), "报请复核日期", "早于"),
        (
            ("A", "甲", "乙", None, "2024-06-03", None, "2024-06-05", "2024-06-04"),
            "销号日期",
            "早于",
        ),
        (("A", "甲", "乙", "2026-11-23"), "发现日期", "晚于今天"),
        (("A", "甲", "乙", None, None, None, "2024-06-02"), "报请复核日期", "没有交办日期"),
        (("A", "甲", None, None, "2024-06-02"), "责任单位", "没有责任单位"),
        (("A", None, "乙"), "事项", "缺少事项"),
        ((None, "甲", "乙"), "编号", "缺少编号"),
        (("A", "甲", "乙", "2024-02-30"), "发现日期", "2024-02-30"),
        (("A", "甲", "乙", "近期"), "发现日期", "近期"),
        (("A", "甲", "乙", 7), "发现日期", "7"),
        (("A", "甲", "乙", "0204-06-01"), "发现日期", "年份"),
        ((420801199001011234, "甲", "乙"), "编号", "文本格式"),
    ],
)
def test_a_fault_names_its_row_and_column(
    tmp_path: Path, cells: tuple[object, ...], column: str, word: str
) -> None:
    ((found, message), *_) = faults(tmp_path, *cells)
    assert found == column
    assert word in message


def test_formula_errors_are_named(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", HEADINGS, ["A", "#REF!", "乙"], ["#N/A", "甲"])
    _, errors = read(path)
    assert [(error.row, error.column) for error in errors] == [(2, "事项"), (3, "编号")]
    assert all("公式错误" in error.message for error in errors)


def test_due_dates_may_lie_ahead(tmp_path: Path) -> None:
    assert draft(tmp_path, "A", "甲", "乙", None, "2024-06-01", "2027-01-01").due_on == date(
        2027, 1, 1
    )


def test_every_fault_of_a_file_is_told(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.csv",
        ["问题台账"],
        HEADINGS,
        ["A", "甲", "乙", "坏", "也坏"],
        ["B", "甲", "乙", "2024-06-01"],
        [],
        [None, None, "乙"],
    )
    rows, errors = read(path)
    assert [row.code for row in rows] == ["B"]
    assert [(error.row, error.column) for error in errors] == [
        (3, "发现日期"), (3, "交办日期"), (6, "编号"), (6, "事项"),
    ]  # fmt: skip


def test_footers_and_repeated_headings_are_no_rows(tmp_path: Path) -> None:
    rows = [HEADINGS, ["A", "甲"], HEADINGS, ["B", "乙"], ["合计：2件"], ["\u3000", " "]]
    rows += [["合 计", "2"]]
    path = save(tmp_path / "a.xlsx", *rows)
    with open_import(path, today=TODAY) as source:
        (batch,) = source.batches()
        assert [row.code for row in batch.rows] == ["A", "B"]
        assert batch.errors == []
        assert source.warnings == ["跳过合计、签名、重复表头等 4 行。"]


def test_one_column_may_feed_several_fields(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", ["NO", "TEXT", "T"], ["1.0", "甲", "2024-06-01 08:00:00"])
    rows, errors = read(path, code="NO", title="TEXT", detail="B", found_on="3", assigned_on="T",
                        unit="TEXT")  # fmt: skip
    assert errors == []
    assert (rows[0].code, rows[0].title, rows[0].detail) == ("1", "甲", "甲")
    assert rows[0].found_on == rows[0].assigned_on == date(2024, 6, 1)


def test_helpers_and_disclosure(tmp_path: Path) -> None:
    headings = ["编号", "事项", "配合单位", "是否保密"]
    path = save(
        tmp_path / "a.csv",
        headings,
        ["A", "甲", "市住建局、市城管委；市住建局\n市公安局 市水务局", "是"],
        ["B", "乙", "", "否"],
        ["C", "丙", "", "也许"],
    )
    rows, errors = read(path)
    assert rows[0].co_units == ("市住建局", "市城管委", "市公安局", "市水务局")
    assert [row.disclosure for row in rows] == ["保密", "可告知"]
    assert [(error.row, error.column) for error in errors] == [(4, "是否保密")]


def test_a_long_title_keeps_its_whole_text_in_the_detail(tmp_path: Path) -> None:
    long = "长" * 600
    path = save(tmp_path / "a.xlsx", ["编号", "事项"], ["A", long], ["B", "短"])
    rows, _ = read(path)
    assert len(rows[0].title or "") == 500
    assert rows[0].detail == long
    assert rows[1].detail is None


def test_too_long_a_detail_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", ["编号", "事项", "详情"], ["A", "甲", "长" * 20_001])
    assert "20000" in read(path)[1][0].message


def test_escapes_and_invisible_characters_are_cleaned(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", ["编号", "事项"], ["A\x1b[2J\u200b1", "\x1b]0;名\x07甲\u202e"])
    rows, _ = read(path)
    assert (rows[0].code, rows[0].title) == ("A1", "甲")


def test_a_file_without_codes_is_drafted_without(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", ["序号", "事项", "责任单位"], [1, "甲", "乙"], [2, "丙", "乙"])
    rows, errors = read(path)
    assert [(row.code, row.title) for row in rows] == [(None, "甲"), (None, "丙")]
    assert errors == []


@pytest.mark.parametrize(("needed", "label"), [(("title",), "事项"), (("code", "title"), "编号")])
def test_a_needed_column_that_is_missing_lists_those_there_are(
    tmp_path: Path, needed: tuple[str, ...], label: str
) -> None:
    path = save(tmp_path / "a.csv", ["序号", "责任单位", "来源"], [1, "乙", "热线"])
    with pytest.raises(BadInput, match=f"“{label}”.*--map {needed[0]}=列名.*A 序号、B 责任单位"):
        open_import(path, today=TODAY, required=needed)


def test_doubtful_choices_are_told(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", ["序号", "事项", "事项"], ["X-1", "甲", "乙"])
    with open_import(path, today=TODAY) as source:
        assert source.columns == {"code": "序号", "title": "事项"}
        assert ["序号" in text or "B 列" in text for text in source.warnings] == [True, True]


def test_rows_come_in_portions_with_their_count(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", ["编号", "事项"], *[[f"A{i}", "甲"] for i in range(4500)])
    with open_import(path, today=TODAY) as source:
        counts = [(len(batch.rows), source.done) for batch in source.batches()]
        assert counts == [(1999, 1999), (2000, 3999), (501, 4500)]
        assert source.total >= 4500


def test_equal_texts_of_a_large_file_are_right_after_forgetting(tmp_path: Path) -> None:
    rows = [[f"A{i}", f"甲{i % 7000}", "坏" if i == 9000 else "2024-06-01"] for i in range(16_000)]
    path = save(tmp_path / "a.csv", ["编号", "事项", "发现日期"], *rows)
    drafts, errors = read(path)
    assert len(drafts) == 15_999
    assert [error.row for error in errors] == [9002]
    assert drafts[-1].title == f"甲{15_999 % 7000}"


def test_foreign_dates(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", ["编号", "事项", "发现日期"], ["A", "甲", "3/4/2024"])
    for order, expected in (("dmy", date(2024, 4, 3)), ("mdy", date(2024, 3, 4))):
        with open_import(path, today=TODAY, date_order=order) as source:
            assert next(source.batches()).rows[0].found_on == expected


@given(st.dates(date(1980, 1, 1), date(2100, 12, 31)))
def test_a_date_reads_the_same_however_written(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    texts = [
        f"{day}",
        f"{day} 08:30:00",
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
    ]
    for cell in (*texts, day, datetime(day.year, day.month, day.day, 23), serial, str(serial)):
        if not isinstance(cell, int) and not str(cell).isdecimal() or 20_000 <= serial < 80_000:
            assert to_date(cell) == day


CELLS = st.one_of(st.none(), st.text(max_size=20), st.floats(), st.integers(), st.dates(),
                  st.booleans(), st.datetimes())  # fmt: skip


@given(CELLS)
def test_no_cell_crashes_a_date(cell: object) -> None:
    try:
        day = to_date(cell)  # type: ignore[arg-type]
    except ValueError as error:
        assert str(error)
    else:
        assert day is None or 1980 <= day.year <= 2100


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=8), min_size=1, max_size=6))
def test_no_table_of_texts_crashes(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("t") / "a.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    try:
        drafts, errors = read(path)
    except SuperviseError as error:
        assert error.message
    else:
        assert all(row.code and row.title for row in drafts)
        assert not {row.row for row in drafts} & {error.row for error in errors}
