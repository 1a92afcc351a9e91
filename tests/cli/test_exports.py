"""Lists written to files, read again by other programs' readers."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Supervise

FORMULA = "=HYPERLINK(1)|表 <b>[a](b)"


@pytest.fixture
def office_with_list(office: Supervise) -> Supervise:
    """Give a ledger with a late issue, one within its date, and one that looks like a formula."""
    for line in (
        ("issue", "add", "JM-2024-0002", "--title", FORMULA, "--found-on", "2024-12-20"),
        ("issue", "assign", "JM-2024-0002", "--unit", "市水务局", "--due-on", "2025-01-20"),
        ("issue", "add", "JM-2024-0003", "--title", "井盖丢失", "--found-on", "2024-12-21"),
    ):
        assert office(*line).status == 0
    return office


def _sheet(path: Path) -> tuple[Any, int]:
    """Open the one sheet of a workbook, and find the row of its headings."""
    sheet = load_workbook(path)["问题清单"]
    return sheet, next(row[0].row for row in sheet if row[0].value == "编号")


def test_a_workbook_has_typed_cells_under_a_frozen_heading_with_filters(
    office_with_list: Supervise, tmp_path: Path
) -> None:
    path = tmp_path / "问题.xlsx"
    done = office_with_list("export", "issues", "--to", path, "--json")
    assert done.json == {"file": str(path), "rows": 3, "size": path.stat().st_size}
    sheet, head = _sheet(path)
    titles = [cell.value for cell in sheet[head]]
    rows = [dict(zip(titles, row, strict=True)) for row in sheet.iter_rows(min_row=head + 1)]
    late, future, unassigned = rows
    assert late["限期"].value == datetime(2024, 6, 20) and late["限期"].is_date
    assert (late["超期"].value, late["超期天数"].value) == ("超期194天", 194)
    assert late["超期"].fill.fgColor.rgb == "FFF8D7D2"
    assert future["事项"].data_type == "s" and future["事项"].value == FORMULA
    assert future["超期"].value is None and unassigned["限期"].value is None
    assert sheet.freeze_panes == f"C{head + 1}"
    assert sheet.print_title_rows == f"${head}:${head}" and sheet.print_options.gridLines
    assert "页" in (sheet.oddFooter.center.text or "")
    assert sheet.auto_filter.ref == f"A{head}:T{head + 3}"
    assert sheet.column_dimensions["B"].width > len(FORMULA)


def test_every_file_opens_with_what_it_is(office_with_list: Supervise, tmp_path: Path) -> None:
    head = office_with_list("verify", "--json").json["head"].split(":")
    code = f"{head[0]}:{head[1][:16]}"
    for ending in (".xlsx", ".csv", ".json", ".md"):
        path = tmp_path / f"问题{ending}"
        done = office_with_list("export", "issues", "--overdue", "--unit", "市住建局", "--to", path)
        assert done.status == 0, done.err
        if ending == ".xlsx":
            text = "\n".join(str(row[0].value) for row in _sheet(path)[0])
        else:
            text = path.read_bytes().decode("utf-8-sig")
        for word in ("问题清单", "市住建局", "超期", code, "JM-2024-0001"):
            assert word in text, (ending, word)
        assert "JM-2024-0002" not in text


def test_csv_is_safe_to_open_and_markdown_stays_text(
    office_with_list: Supervise, tmp_path: Path
) -> None:
    office_with_list("export", "issues", "--to", tmp_path / "a.csv")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert "'" + FORMULA in cells and FORMULA not in cells
    office_with_list("export", "issues", "--to", tmp_path / "a.md")
    text = (tmp_path / "a.md").read_text("utf-8")
    assert "<b>" not in text and "](b)" not in text.replace("\\]", "")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


def test_the_filters_are_those_of_the_list(office_with_list: Supervise, tmp_path: Path) -> None:
    for number, words in enumerate(
        (
            ("--stage", "发现"),
            ("--search", "路灯"),
            ("--as-of", "2024-06-10"),
            ("--sort", "-found_on", "--limit", "2"),
            ("--due-by", "2024-12-31"),
        )
    ):
        path = tmp_path / f"{number}.json"
        assert office_with_list("export", "issues", *words, "--to", path).status == 0
        told = json.loads(path.read_text("utf-8"))
        assert told["records"] == office_with_list("issue", "list", *words, "--json").json
        assert told["records"]


def test_units_and_interviews_have_lists_of_their_own(office: Supervise, tmp_path: Path) -> None:
    assert office("export", "units", "--to", tmp_path / "u.json").status == 0
    told = json.loads((tmp_path / "u.json").read_text("utf-8"))
    assert told["records"] == office("unit", "list", "--json").json
    assert office("export", "interviews", "--to", tmp_path / "i.xlsx").status == 0
    sheet = load_workbook(tmp_path / "i.xlsx")["约谈清单"]
    assert "单位" in [cell.value for row in sheet for cell in row]


def test_twice_the_same_list_is_the_same_file(office_with_list: Supervise, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        office_with_list("export", "issues", "--to", tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_what_cannot_be_written_is_said_before_anything_is_done(
    office_with_list: Supervise, tmp_path: Path
) -> None:
    taken = tmp_path / "a.csv"
    taken.write_text("我的")
    done = office_with_list("export", "issues", "--to", taken)
    assert done.status == 1 and "--force" in done.err and taken.read_text() == "我的"
    assert office_with_list("export", "issues", "--to", taken, "--force").status == 0
    done = office_with_list("export", "issues", "--to", tmp_path / "a.docx")
    assert done.status == 2 and ".xlsx" in done.err
    done = office_with_list("export", "issues", "--sort", "字数", "--to", tmp_path / "b.csv")
    assert done.status == 2 and not (tmp_path / "b.csv").exists()
    done = office_with_list("export", "issues", "--to", tmp_path / "无此夹" / "a.csv")
    assert done.status == 1 and "不存在" in done.err
