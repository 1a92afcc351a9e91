"""Batch files: JSON Lines, CSV and workbooks say the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from supervise.errors import BadInput, SuperviseError
from supervise.services.tables.batch import read_batch, read_named

OPS = {"交办": "issue.assign", "签收": "issue.sign"}
FIELDS = {
    "编号": "issue", "责任单位": "unit", "限期": "due_on", "日期": "on", "说明": "note",
    "属实": "upheld", "配合单位": "co_units",
}  # fmt: skip
EXPECTED = {
    "op": "issue.assign", "issue": "JM-2024-0007", "unit": "市住建局", "due_on": "2024-06-28",
    "on": "2024-06-14",
}  # fmt: skip


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    other = {"操作": "签收", "编号": "JM-1", "upheld": True, "co_units": ["甲\x1b", "乙"]}
    text = "\ufeff" + json.dumps(EXPECTED) + "\n\n" + json.dumps(other, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")
    assert read_batch(path, OPS, FIELDS) == (
        [
            (1, EXPECTED),
            (3, {"op": "issue.sign", "issue": "JM-1", "upheld": True, "co_units": ["甲", "乙"]}),
        ],
        [],
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "b.csv"
    path.write_text(
        "操作,编号,unit,限期,日期\n交办,JM-2024-0007,市住建局,2024-06-28,2024-06-14\n,,,,\n"
        "issue.sign,JM-1,,,\n",
        encoding=encoding,
    )
    rows, errors = read_batch(path, OPS, FIELDS)
    assert rows == [(2, EXPECTED), (4, {"op": "issue.sign", "issue": "JM-1"})]
    assert errors == []


def test_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["批量操作"])
    book.active.append(["操作", "编号", "责任单位", "限期", "日期", "属实"])
    book.active.append(["交办", "JM-2024-0007", "市住建局", date(2024, 6, 28), "2024-06-14", None])
    book.active.append(["签收", 7, None, None, None, False])
    path = tmp_path / "b.xlsx"
    book.save(path)
    rows, errors = read_batch(path, OPS, FIELDS)
    assert rows == [(3, EXPECTED), (4, {"op": "issue.sign", "issue": "7", "upheld": False})]
    assert errors == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('{"op": "issue.sign", "issue": "A", "issue": "B"}', "两次"),
        ('{"op": "issue.sign", "issue": "A", "编号": "B"}', "重复"),
        ('{"op": "issue.sign", }', "个字符处"),
        ("[1, 2]", "JSON 对象"),
        ('{"issue": "A"}', "op"),
        ('{"op": 3}', "op"),
        ('{"op": "issue.sign", "issue": NaN}', "NaN"),
        ('{"op": "issue.sign", "issue": {"a": 1}}', "“issue”"),
        ('{"op": ' + "[" * 100_000, "JSON"),
        ('{"op": "a", "n": ' + "9" * 5000 + "}", "数字太长"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, word: str) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text('{"op": "issue.sign", "issue": "A"}\n' + line + "\n", encoding="utf-8")
    rows, errors = read_batch(path, OPS, FIELDS)
    assert [number for number, _ in rows] == [1]
    assert [error.row for error in errors] == [2]
    assert word in errors[0].message


def test_rows_without_an_operation_and_long_numbers_are_named(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["操作", "编号"], [None, "A"], ["签收", 420801199001011234]):
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    rows, errors = read_batch(tmp_path / "b.xlsx", OPS, FIELDS)
    assert rows == []
    assert [(error.row, error.column) for error in errors] == [(2, "操作"), (3, "编号")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("编号,日期\nA,2024-06-01\n", "“操作”"),
        ("操作,编号,天气\n签收,A,晴\n", "天气"),
        ("操作,编号,issue\n签收,A,B\n", "重复的列"),
    ],
)
def test_headings_that_cannot_be_understood(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "b.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=word):
        read_batch(path, OPS, FIELDS)


def test_json_lines_must_be_utf8(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text('{"op": "签收"}', encoding="gb18030")
    with pytest.raises(BadInput, match="UTF-8"):
        read_batch(path, OPS, FIELDS)


def test_any_table_of_known_columns_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "u.csv"
    path.write_text("单位名称（全称）,代码\n市住建局,U1\n市城管委,\n", encoding="utf-8")
    names = {"单位名称": "unit", "代码": "unit_id"}
    assert read_named(path, names, needed=("unit",)).rows == [
        (2, {"unit": "市住建局", "unit_id": "U1"}),
        (3, {"unit": "市城管委"}),
    ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=4))
def test_no_lines_crash(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.mktemp("t") / "b.jsonl"
    path.write_text("{" + "\n".join(lines), encoding="utf-8")
    try:
        rows, errors = read_batch(path, OPS, FIELDS)
    except SuperviseError as error:
        assert error.message
    else:
        assert all("op" in values for _, values in rows)
        assert all(error.row and error.message for error in errors)
