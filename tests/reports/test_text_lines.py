"""Lines of text: as wide as asked at most, nothing lost, codes and dates whole where they fit."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from supervise.reports.text import wrap
from supervise.text import cells

CODE = re.compile(r"[A-Z]{2}-\d{4}-\d{4,7}")
PARTS = st.one_of(
    st.text("企业反映办事慢，。、（）", min_size=1, max_size=8),
    st.from_regex(r"[A-Z]{2}-2024-[0-9]{4,7}", fullmatch=True),
    st.sampled_from(["2024年11月25日", "2024-12-31", " ", "\n"]),
)


@given(st.lists(PARTS, max_size=12).map("".join), st.integers(2, 60))
def test_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines) == text.replace("\n", "")
    assert all(cells(line) <= width for line in lines)


@given(st.lists(PARTS, max_size=12).map("。".join), st.integers(20, 60))
def test_codes_that_fit_a_line_stay_whole(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert [found for line in lines for found in CODE.findall(line)] == CODE.findall(text)


def test_a_code_longer_than_the_line_is_broken_somewhere() -> None:
    assert "".join(wrap("编号JM-2024-0000030", 8)) == "编号JM-2024-0000030"
    assert wrap("编号JM-2024-0000030", 16) == ["编号", "JM-2024-0000030"]


@given(st.lists(PARTS, max_size=12).map("企".join), st.integers(20, 60))
def test_no_line_begins_with_a_closing_mark(text: str, width: int) -> None:
    whole = re.sub("[，。、（）]+", "，", text)
    for line in whole.split("\n"):
        assert all(not one.startswith("，") for one in wrap(line, width)[1:])


def test_a_bracket_goes_with_what_it_holds_and_figures_stay_whole() -> None:
    text = "上月82.3%（303/368），上升0.5个百分点"
    for width in range(16, cells(text)):
        lines = wrap(text, width)
        assert not any(line.endswith("（") or line.startswith(("）", "，")) for line in lines)
        for figure in ("82.3%", "303/368", "0.5"):
            assert any(figure in line for line in lines), (width, lines)
