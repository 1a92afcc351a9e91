"""Columns fit the room there is, to the cell, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.widgets.columns import (
    Column,
    field,
    fitted,
    folded,
    folded_parts,
    layout,
    one_line,
)

TEXT = st.text(max_size=60)


@given(TEXT, st.integers(0, 40), st.booleans())
def test_fitted_text_is_exactly_as_wide_as_asked(text: str, width: int, right: bool) -> None:
    assert cell_len(fitted(one_line(text), width, right=right)) == width


@given(TEXT)
def test_one_line_cannot_move_the_cursor(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line and "\x1b" not in line and "\r" not in line


@given(TEXT, st.integers(2, 30))
def test_folded_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = folded(one_line(text), width)
    assert "".join(lines) == one_line(text)
    assert all(cell_len(line) <= width for line in lines)


@given(st.lists(st.text("企业，。（）JM-2024 \n", max_size=20), max_size=6), st.integers(2, 40))
def test_styled_text_folds_as_plain_text_does(texts: list[str], width: int) -> None:
    parts = [(text, f"s{number}") for number, text in enumerate(texts)]
    broken = folded_parts(parts, width)
    assert "".join(text for text, _ in broken) == "\n".join(folded("".join(texts), width))
    assert [style for _, style in broken] == [style for _, style in parts]


def test_folded_lines_keep_codes_whole_and_never_open_with_a_closing_mark() -> None:
    assert folded("限期见SC-2024-0001，已延", 16) == ["限期见", "SC-2024-0001，已", "延"]
    assert folded("一二三四。五", 8) == ["一二三", "四。五"]
    assert folded("一二三（四）五", 8) == ["一二三", "（四）五"]
    assert folded("SC-2024-0001", 5) == ["SC-20", "24-00", "01"]


@given(st.lists(st.tuples(st.integers(1, 30), st.booleans(), st.integers(0, 5)), min_size=1))
def test_layout_fills_the_room_or_drops_spare_columns(drawn: list[tuple[int, bool, int]]) -> None:
    columns = [
        Column(str(n), field("x"), width, grows=grows, spare=spare)
        for n, (width, grows, spare) in enumerate(drawn)
    ]
    shown = layout(columns, 78)
    kept = {column.title for column, _ in shown}
    assert all(column.title in kept for column in columns if column.spare == 0)
    assert all(width >= column.width for column, width in shown)
    total = sum(width for _, width in shown) + 2 * (len(shown) - 1)
    if total > 78:
        assert all(column.spare == 0 for column, _ in shown) or len(shown) == 1
    elif any(column.grows for column, _ in shown):
        assert total == 78
