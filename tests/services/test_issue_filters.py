"""Filters of a list: any of them together show what all of them show, and words find units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import issue_lists as store
from db import issues
from db.issue_lists import Filter
from supervise.domain.overdue import is_overdue
from supervise.domain.records import STAGE_LABELS, Issue, Stage
from supervise.services import behind_notices, narrowing, windows
from supervise.services.narrowing import NOTHING, Narrowing
from supervise.services.session import Session

TODAY = date(2024, 12, 31)
DAYS = st.dates(date(2024, 1, 1), date(2025, 2, 1))


@pytest.fixture(scope="module")
def city(demo_ledger):
    with Session(demo_ledger, TODAY, recorder="经办员") as session:
        yield session


@pytest.fixture(scope="module")
def every(city) -> list[Issue]:
    return [line.issue for line in store.select(city.conn, Filter(), TODAY)]


def some(values) -> st.SearchStrategy[tuple]:
    return st.lists(st.sampled_from(sorted(values)), max_size=3, unique=True).map(tuple)


def fits(issue: Issue, chosen: Filter) -> bool:
    """Tell in plain words what each part of a filter asks for."""
    due, found = issue.due_on, issue.found_on
    return all(
        (
            not chosen.stages or issue.stage in chosen.stages,
            not chosen.unit_ids or issue.unit_id in chosen.unit_ids,
            not chosen.categories or issue.category in chosen.categories,
            not chosen.urgencies or issue.urgency in chosen.urgencies,
            not chosen.sources or issue.source in chosen.sources,
            not chosen.handler or issue.handler == chosen.handler,
            not chosen.overdue or is_overdue(issue, TODAY),
            not chosen.open_only or not issue.stage.ended,
            chosen.due_by is None
            or (issue.stage is Stage.RECTIFY and due is not None and due <= chosen.due_by),
            chosen.due_from is None or (due is not None and due >= chosen.due_from),
            chosen.due_to is None or (due is not None and due <= chosen.due_to),
            chosen.found_from is None or found >= chosen.found_from,
            chosen.found_to is None or found <= chosen.found_to,
            issue.returns >= chosen.min_returns,
            not chosen.reopened or issue.reopens > 0,
            not chosen.unvisited or (issue.stage is Stage.FEEDBACK and issue.feedback_on is None),
            chosen.codes is None or issue.code in chosen.codes,
            chosen.also is None or fits(issue, chosen.also),
        )
    )


@settings(max_examples=150)
@given(data=st.data())
def test_filters_together_show_what_fits_them_all(city, every, data):
    maybe = st.none() | DAYS
    parts = {
        "stages": some(Stage),
        "unit_ids": some({one.unit_id for one in every if one.unit_id}),
        "categories": some({one.category for one in every if one.category}),
        "urgencies": some(("紧急", "平急", "疑难")),
        "sources": some({one.source for one in every if one.source}),
        "handler": st.sampled_from([None, "无此人", *{one.handler for one in every}]),
        "overdue": st.booleans(),
        "open_only": st.booleans(),
        "due_by": maybe,
        "due_from": maybe,
        "due_to": maybe,
        "found_from": maybe,
        "found_to": maybe,
        "min_returns": st.integers(0, 3),
        "reopened": st.booleans(),
        "unvisited": st.booleans(),
        "codes": st.none() | some({one.code for one in every}),
    }
    names = data.draw(st.lists(st.sampled_from(sorted(parts)), max_size=3, unique=True))
    chosen = Filter(**{name: data.draw(parts[name], label=name) for name in names})
    if data.draw(st.booleans(), label="also"):
        name = data.draw(st.sampled_from(sorted(parts)))
        chosen = replace(chosen, also=Filter(**{name: data.draw(parts[name])}))
    sort = data.draw(st.sampled_from(sorted(store.SORTS)))
    sort = data.draw(st.sampled_from([sort, f"-{sort}"]), label="sort")
    wanted = [one.code for one in every if fits(one, chosen)]
    shown = [line.code for line in store.lines(city.conn, replace(chosen, sort=sort), TODAY)]
    assert sorted(shown) == sorted(wanted)
    assert store.count(city.conn, chosen, TODAY) == len(wanted)
    page = store.page(city.conn, replace(chosen, sort=sort, limit=7, offset=3), TODAY)
    assert page.total == len(wanted)
    assert [line.code for line in page.lines] == shown[3:10]


@given(words=st.lists(st.sampled_from(("办理", "住建", "szj", "2024", "？", "局 办")), max_size=3))
@settings(max_examples=40)
def test_every_word_must_fit(city, every, words):
    known = {one.code for one in every}
    for word in " ".join(words).split():
        known &= {line.code for line in store.lines(city.conn, Filter(search=word), TODAY)}
    chosen = Filter(search=" ".join(words) or None, open_only=True)
    wanted = {one.code for one in every if one.code in known and not one.stage.ended}
    if any(word != "？" for word in words) or not words:
        page = store.page(city.conn, replace(chosen, limit=1000), TODAY)
        found = {line.code for line in page.lines}
        assert found == (wanted if "？" not in words else found) and page.total == len(found)


def test_a_unit_is_found_by_its_initials_its_names_and_its_ticket(city, every):
    def found(words: str) -> set[str]:
        return {line.code for line in store.lines(city.conn, Filter(search=words), TODAY)}

    unit, name, letters = city.conn.execute(
        "SELECT id, name, initials FROM unit WHERE id IN (SELECT unit_id FROM issue) LIMIT 1"
    ).fetchone()
    its = {one.code for one in every if one.unit_id == unit}
    assert its and its <= found(letters) and its <= found(letters[1:].upper())
    assert its <= found(f"{letters} {name}") <= found(name)
    ticket = next(one for one in every if one.source_no)
    assert ticket.code in found(ticket.source_no)


def test_named_lists_are_what_they_say(city, every):
    def codes(key: str) -> set[str]:
        return {row["code"] for row in windows.window(city, windows.view(city, key), 0, 10_000)}

    period = behind_notices.month(city)
    named = set(behind_notices.codes(city, period))
    assert named and codes("proposed") == named
    late = {one.code for one in issues.by_codes(city.conn, sorted(named)).values()}
    assert late == named
    assert codes("to-assign") == {one.code for one in every if one.stage is Stage.DISCOVER}
    assert codes("mine") == {one.code for one in every if one.handler == "经办员"}
    for key in windows.VIEWS:
        assert windows.count(city, windows.view(city, key)) == len(codes(key))


NARROWINGS = st.builds(
    Narrowing,
    stages=some(STAGE_LABELS.values()),
    units=st.lists(st.text(min_size=1, max_size=5), max_size=2).map(tuple),
    categories=st.lists(st.text(min_size=1, max_size=5), max_size=2).map(tuple),
    handler=st.text(max_size=5),
    due_from=st.none() | DAYS,
    overdue=st.booleans(),
    min_returns=st.integers(0, 5),
    month=st.sampled_from(["", "2024-11"]),
)


@given(NARROWINGS)
def test_a_narrowing_can_be_kept_and_taken_apart(kept):
    assert Narrowing.read(kept.stored()) == kept
    left = kept
    for name, words in kept.chips():
        assert words
        left = left.without(name)
    assert left == NOTHING and not left.chips()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(list(Narrowing.__slots__)), inner, max_size=5)
        ),
    )
)
def test_settings_that_make_no_sense_are_left_out(data):
    found = Narrowing.read(data)
    assert Narrowing.read(found.stored()) == found


def test_a_narrowed_list_stays_within_the_named_one(city, every):
    late = windows.window(city, windows.view(city, "overdue"), 0, 1)
    unit = late[0]["unit"]
    chosen = narrowing.chosen(city, "overdue", Narrowing(units=(unit,), overdue=True))
    shown = windows.window(city, chosen, 0, 1000)
    assert shown and {row["stage"] for row in shown} == {"rectify"}
    assert {row["unit"] for row in shown} == {unit}
    assert narrowing.count(city, "all", Narrowing(units=("没有这个单位",)), "") is None
    month = behind_notices.month(city)
    by_month = narrowing.chosen(city, "all", Narrowing(month=month))
    assert windows.count(city, by_month) == windows.count(city, windows.view(city, "proposed"))
