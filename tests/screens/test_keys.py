"""Keys of one's own, and names typed in pinyin."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from screens import keys, pinyin
from screens.commands import SCOPES
from tests.screens.pinyin_table import spoken

COMMANDS = list(keys.every_command().values())
_SOME_KEYS = ["f7", "f9", "ctrl+e", "ctrl+f", "alt+x", "f13", "q", "escape", "ctrl+y", "？", ""]


@given(
    st.dictionaries(
        st.sampled_from([one.id for one in COMMANDS] + ["没有这个"]),
        st.one_of(st.sampled_from(_SOME_KEYS), st.integers(), st.text(max_size=5)),
        max_size=6,
    )
)
@example({"app.help": "f7", "app.overview": "f7", "units.issues": "f7", "units.filters": "0"}).via(
    "a key given away comes back when what it was changed for is refused"
)
def test_whatever_was_kept_no_page_has_a_key_twice(stored: dict[str, object]) -> None:
    found, problems = keys.usable(stored)
    assert len(problems) <= 1 and bool(problems) == (len(found) < len(stored))
    for scope, commands in SCOPES.items():
        if scope in {"app", "page"}:
            continue
        every = {one.id: one for one in (*commands, *SCOPES["page"], *SCOPES["app"])}.values()
        own = [k for one in every for k in keys.keys_of(one, found).split(",") if k]
        assert len(own) == len(set(own)), scope
    assert "escape" not in found.values()


@pytest.mark.parametrize("stored", [None, {}, [], "f9", 7])
def test_what_is_no_map_is_no_map(stored: object) -> None:
    found, problems = keys.usable(stored)
    assert found == {} and bool(problems) == (stored not in (None, {}))


def test_keys_may_change_places() -> None:
    found, problems = keys.usable({"issues.search": "f7", "issues.narrow": "f9"})
    assert not problems and found == {"issues.search": "f7", "issues.narrow": "f9"}


def test_every_name_is_found_by_its_initials_and_its_whole_pinyin() -> None:
    for text in spoken():
        name = "".join(char for char in text if "\u4e00" <= char <= "\u9fff")
        whole = "".join(lazy_pinyin(name))
        initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
        how = "python -m tests.screens.pinyin_table 重做拼音表"
        assert pinyin.score(whole, name) and pinyin.score(initials, name), f"{text}：{how}"
    assert (
        pinyin.score("cuib", "催办") == pinyin.score("cb", "催办") > pinyin.score("b", "催办") > 0
    )
    assert (
        pinyin.score("xyz", "催办") == pinyin.score("", "催办") == pinyin.score("催", "催办") == 0
    )
