"""What comes out of workbooks and text files: cells, row numbers, encodings."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from supervise.errors import SuperviseError
from supervise.services.tables.cells import (
    cell_text,
    column_index,
    column_letter,
    is_lossy,
)
from supervise.services.tables.reader import read_table


def rows_of(path: Path, sheet: str | None = None) -> list[tuple[int, tuple[object, ...]]]:
    with read_table(path, sheet) as table:
        return list(table.rows())


def test_cells_keep_their_kinds_and_rows_their_numbers(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["B3"], sheet["C3"] = "编号", "事项"
    sheet["B4"], sheet["C4"], sheet["D4"] = 7, True, datetime(2024, 6, 14, 9, 30)
    sheet["B6"], sheet["C6"], sheet["D6"] = 7.5, "文_x000D_字", date(2024, 6, 15)
    sheet["B9"] = 0
    book.save(tmp_path / "a.xlsx")
    assert rows_of(tmp_path / "a.xlsx") == [
        (3, ("", "编号", "事项", "")),
        (4, ("", 7.0, True, datetime(2024, 6, 14, 9, 30))),
        (6, ("", 7.5, "文\r字", date(2024, 6, 15))),
        (9, ("", 0.0, "", "")),
    ]


def test_true_and_one_in_a_column_stay_apart(tmp_path: Path) -> None:
    book = Workbook()
    for value in (1, True, 0, False, 1.0):
        book.active.append(["x", value])
    book.save(tmp_path / "a.xlsx")
    assert [type(row[1]) for _, row in rows_of(tmp_path / "a.xlsx")] == [
        float, bool, float, bool, float,
    ]  # fmt: skip


@pytest.mark.parametrize("number_format", [14, 22, 27, 31, 36, 50, 57, 58])
def test_chinese_date_formats_are_dates(tmp_path: Path, number_format: int) -> None:
    """Formats 27–36 and 50–58 are dates in Chinese spreadsheets and nowhere named in the file."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        style = book.add_format()
        style.set_num_format(number_format)
        book.add_worksheet().write_number(0, 0, 45717, style)
    (_, (cell,)) = rows_of(path)[0]
    assert cell_text(cell) == "2025-03-01"


def test_vertical_merges_are_filled_down(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["单位", "编号"], ["市住建局", "A"], [None, "B"], [None, "C"], ["市城管委", "D"]):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    book.save(tmp_path / "a.xlsx")
    units = [row[0] for _, row in rows_of(tmp_path / "a.xlsx")]
    assert units == ["单位", "市住建局", "市住建局", "市住建局", "市城管委"]


def test_ghost_rows_end_the_sheet(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["编号", "事项"])
    sheet["A900"] = "还在"
    sheet["A65000"] = "太远"
    book.save(tmp_path / "a.xlsx")
    assert [number for number, _ in rows_of(tmp_path / "a.xlsx")] == [1, 900]


def test_the_first_visible_sheet_with_headings_is_taken(tmp_path: Path) -> None:
    from supervise.services.tables.headings import plausible_header

    book = Workbook()
    book.active.title = "填表说明"
    book.active.append(["请先阅读本说明"])
    hidden = book.create_sheet("隐藏")
    hidden.append(["编号", "事项"])
    hidden.sheet_state = "hidden"
    book.create_sheet("空")
    book.create_sheet("问题台账").append(["编号", "事项"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    with read_table(path, None, plausible_header) as table:
        assert table.sheet == "问题台账"
        assert table.sheets == ("填表说明", "隐藏", "空", "问题台账")
    with read_table(path, " 隐藏 ") as table:
        assert table.sheet == "隐藏"
    with pytest.raises(SuperviseError, match="填表说明、隐藏、空、问题台账"):
        read_table(path, "别的")


def test_the_content_decides_not_the_ending(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["编号", "事项"])
    book.save(tmp_path / "a.csv")
    (tmp_path / "b.xlsx").write_text("编号\t事项\nA\t甲\n", encoding="utf-8")
    assert rows_of(tmp_path / "a.csv") == [(1, ("编号", "事项"))]
    assert rows_of(tmp_path / "b.xlsx")[1] == (2, ("A", "甲"))


# A BIFF8 workbook with one sheet: 编号 事项 发现日期 / 7 甲 2024-06-14. Nothing here can write one.
OLD_WORKBOOK = (
    b"eNrtWE1oE0EU/mazaX7Ib00LrRBDwai1PagXL+1WwfZkqOagiKCtCSK1qUQ9xIOt1pykIHhR8VKoBy+1XvxBD3oR"
    b"D0L9OQiCkFg8eVFQ9NBmffMyK2lEaEALlfmW+ebNe/N23s7v7r6cj5am77aXUYdeuFCxfWiq0QlKPqcQAdltW4pO"
    b"7qVka6wp+Lw0kE1uPAq+8MgxlONdhoE58ykx8IHSYZxCaiyXTawidnMMQ0LG0EMscJM0IbRxVM3Mx5jXMd/hmo+Z"
    b"+1gzxdxDdUviEOatVOdONYsPGh1sC0He9z77vGPNNrTguZzF41dEta4bu/Inhk6uMUPcDGAGNKAD2Vw2L8th3IIf"
    b"KBC6R0e7M5kSYjTYM/hmJ4Cvzqp+ktD61dULkP7Hcr3nD3ovDWK9/qphAhOwj/IiKSKAoCkthvicTk4tIglZlIns"
    b"rePf05RdThWumRCv0nOnP2Y3HBcQ28/65ebOm0Fk2WYQ5EUSIM4gzHKUl0qEolm8/eX13uFB6whrJvgAqB4TG2VU"
    b"sHFBepBziC0Gs4tSJ8tbmS/yXdez3M4co3lMeXKwRQn9k1znEluT1M4OxhtrU428meTip30P4sUFawvJswPlc7HZ"
    b"t9Y0OujYypC/vCbRJbrEjesSDy0nF2pLec/c9tv24jUiKnZbnYVhLMkFRYgyV0uyd8SvkqH6SnqLOu/zhp91UcRV"
    b"fcHesneqNoNi6n9moNdoxj3uur6aw9gPDQ0NDQ0NDQ0NjYYh1Gu5S30kuNVrv0f911miVNG/Sf5b7McYXWfoo3IP"
    b"cpTnUWho/rTCLZx7iRX6OP8LJQ5Q63mMYJjjGGl4/tJnm6h9nhU7Rv7eEmq0/Uojcf7j9n8Cb5jTig=="
)


@pytest.mark.parametrize("ending", ["xls", "et", "xlsx"])
def test_old_workbooks(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(zlib.decompress(base64.b64decode(OLD_WORKBOOK)))
    rows = rows_of(path)
    assert rows[0] == (1, ("编号", "事项", "发现日期"))
    assert [cell_text(cell) for cell in rows[1][1]] == ["7", "甲", "2024-06-14"]


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8（带 BOM）"),
        ("gb18030", "GB18030"),
        ("gbk", "GB18030"),
        ("utf-16", "UTF-16"),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, shown: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("编号,事项\n1,联通公司整改\n".encode(encoding))
    with read_table(path) as table:
        assert table.encoding == shown
        assert list(table.rows()) == [(1, ("编号", "事项")), (2, ("1", "联通公司整改"))]


def test_rare_characters_of_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,编号\n䶮㑇𠮷,1\n".encode("gb18030") + b"\xfe\x59\xfe\x61\xa6\xd9,2\n")
    rows = rows_of(path)
    assert rows[1][1][0] == "䶮㑇𠮷"
    assert rows[2][1][0] == "\u9fb4\u9fb5\ufe10"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_quotes_and_blank_lines(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.txt"
    lines = ["编号,事项,详情", "", 'A,甲,"第一行\n第二行;含,分隔"', "B,乙", ",,", "C,丙,多,余"]
    text = "\r\n".join(lines).replace("含,分隔", "含#分隔").replace(",", separator)
    path.write_text(text.replace("#", ","), encoding="utf-8", newline="")
    rows = rows_of(path)
    assert [number for number, _ in rows] == [1, 3, 4, 6]
    assert rows[1][1][:3] == ("A", "甲", "第一行\n第二行;含,分隔")
    assert rows[2][1][:3] == ("B", "乙", "")


@given(st.text(max_size=300))
def test_no_text_crashes_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("t", numbered=True) / "a.csv"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        rows = rows_of(path)
    except SuperviseError as error:
        assert error.message
    else:
        assert all(any(cell != "" for cell in row) for _, row in rows)


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("t", numbered=True) / "a.csv"
    path.write_bytes(data)
    try:
        rows_of(path)
    except SuperviseError as error:
        assert error.message


@given(st.one_of(st.integers(-(10**14), 10**14), st.dates(), st.booleans(), st.none()))
def test_cell_text_of_plain_values(value: int | date | bool | None) -> None:
    text = cell_text(value)
    if isinstance(value, bool):
        assert text in ("TRUE", "FALSE")
    elif isinstance(value, int):
        assert int(text) == value == int(cell_text(float(value)))
    elif isinstance(value, date):
        assert date.fromisoformat(text) == value
    else:
        assert text == ""


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_cell_text_of_floats_round_trips(value: float) -> None:
    assert float(cell_text(value)) == value


@given(st.text())
def test_cell_text_is_stable(text: str) -> None:
    assert cell_text(cell_text(text)) == cell_text(text)


@pytest.mark.parametrize("value", [420801199001011234.0, 10**15, -(10**16)])
def test_long_numbers_are_flagged(value: float) -> None:
    assert is_lossy(value)


def test_what_is_not_lossy() -> None:
    assert not any(map(is_lossy, [999999999999999.0, "420801199001011234", True, None]))


@given(st.integers(0, 16383))
def test_column_letters_round_trip(index: int) -> None:
    assert column_index(column_letter(index)) == index
    assert (column_letter(0), column_letter(26), column_letter(16383)) == ("A", "AA", "XFD")


def test_a_workbook_parser_loads_nothing_but_cells() -> None:
    import pickle

    from supervise.services.tables.workbook import _Frames

    payload = pickle.dumps(("rows", zipfile.ZipFile))
    with pytest.raises(pickle.UnpicklingError):
        _Frames(io.BytesIO(payload)).load()
