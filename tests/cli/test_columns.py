"""Tables on a narrow terminal: nothing wider than it, nothing lost, codes and dates whole."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from supervise.cli.columns import GAP, fitted
from supervise.text import cells

HEADINGS = ("编号", "事项", "责任单位", "限期", "超期天数")
ROW = (
    "SC-2024-0346",
    "示川木犀公司农产品冷链设施补助验收后未拨付",
    "市农业农村局",
    "2024-10-18",
    "74",
)
WORDS = st.text("企业反映办事慢，。（） A3-", max_size=20).map(lambda text: text.strip() or "—")


def test_a_table_that_fits_is_left_as_it_is() -> None:
    widths, broken = fitted([HEADINGS, ROW], 100)
    assert widths == [12, 42, 12, 10, 8]
    assert all(len(lines) == 1 for row in broken for lines in row)


def test_codes_and_dates_stay_whole_on_eighty_columns_and_below() -> None:
    for room in range(46, 81):
        widths, broken = fitted([HEADINGS, ROW], room)
        assert sum(widths) + GAP * 4 <= room
        assert broken[1][0] == ["SC-2024-0346"]
        assert broken[1][3] == ["2024-10-18"]


def test_headings_give_way_before_values() -> None:
    widths, broken = fitted([HEADINGS, ROW], 88)
    assert broken[0][4] == ["超期", "天数"]
    assert broken[1][1] == [ROW[1]]
    assert sum(widths) + GAP * 4 <= 88


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6), st.integers(20, 90))
def test_every_table_fits_and_loses_nothing(rows: list[tuple[str, ...]], room: int) -> None:
    widths, broken = fitted(rows, room)
    assert sum(widths) + GAP * 2 <= room
    for row, lines in zip(rows, broken, strict=True):
        for text, pieces, width in zip(row, lines, widths, strict=True):
            assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)
            assert all(cells(piece) <= width for piece in pieces)
