"""Rates, closed books, the asking of units: of the demo's year, held against other counts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import figures
from db import rates as store
from supervise.domain.formulas import APPROVED, FALLEN_DUE, FORMULAS
from supervise.domain.rates import Rate, rates
from supervise.domain.records import Stage
from supervise.errors import BadInput, Refused, UsageError
from supervise.services import books, rate_sheet, stats
from supervise.services.paper_facts import quarter
from supervise.services.session import Session
from tests.services.office import Office

TODAY = date(2024, 12, 31)
OPEN = (Stage.RECTIFY, Stage.REVIEW, Stage.FEEDBACK)


@pytest.fixture(scope="module")
def city(demo_ledger: Path) -> Iterator[Session]:
    with Session(demo_ledger, TODAY) as session:
        yield session


def _rates(session: Session, **asked: object) -> dict[str, tuple[int, int, bool]]:
    return {
        f"{one['name']}{one['basis'] or ''}": (one["numerator"], one["denominator"], one["printed"])
        for one in rate_sheet.rates(session, **asked)["rates"]
    }


@given(data=st.data())
def test_no_numerator_exceeds_its_denominator(city: Session, data: st.DataObject) -> None:
    day = date(2024, 1, 1) + timedelta(days=data.draw(st.integers(0, 365)))
    since = data.draw(st.none() | st.integers(0, 200).map(lambda n: day - timedelta(days=n)))
    units = data.draw(st.none() | st.sets(st.integers(1, 70)))
    counts, more = store.counts(city.conn, day, since, units)
    for formula in FORMULAS:
        numerator, denominator = formula.of(counts, more)
        assert 0 <= numerator <= denominator
    if since is None and units is None:
        assert counts == figures.counts(city.conn, day)
        whole = {one.name: one for one in rates(counts)}
        printed = [("销号率", ""), ("按期办结率", APPROVED)]
        for formula in (one for one in FORMULAS if (one.name, one.basis) in printed):
            assert Rate(formula.name, *formula.of(counts, more)) == whole[formula.name]


def test_closing_is_told_both_of_all_given_out_and_of_those_fallen_due(office: Office) -> None:
    """C05: which are the denominator is not said; the notice prints the one, the sheet both."""
    closed = office.given(due="2024-06-14", on="2024-06-03")
    office.given(due="2024-06-20", on="2024-06-03")
    office.given(due="2025-01-31", on="2024-06-03")
    office.submit(closed, "2024-06-10")
    office.do("issue.pass", issue=closed, by="李四", on="2024-06-11")
    office.do("issue.feedback", issue=closed, satisfaction="无诉求人", on="2024-06-11")
    office.do("issue.close", issue=closed, by="赵六", on="2024-06-12")
    found = {
        one["basis"]: (one["numerator"], one["denominator"], one["target"])
        for one in rate_sheet.rates(office.session, period="2024-06")["rates"]
        if one["name"] == "销号率"
    }
    assert found == {None: (1, 3, 98.0), FALLEN_DUE: (1, 2, 98.0)}


def test_groups_make_up_the_whole(city: Session) -> None:
    whole = _rates(city)
    kinds = (
        "市直部门",
        "县市区",
        "开发区",
        "垂管单位",
        "司法机关",
        "公用企业",
        "专项工作组",
        "其他",
    )
    parts = [_rates(city, kind=kind) for kind in kinds]
    for name, (numerator, denominator, _) in whole.items():
        # A kind of units without a clock of its own has no rate of it.
        own = [part[name] for part in parts if name in part]
        assert sum(one[0] for one in own) == numerator
        assert sum(one[1] for one in own) == denominator


def test_the_figures_of_november_are_those_its_notice_printed(city: Session) -> None:
    found = _rates(city, period="2024-11")
    assert found["销号率"] == (353, 388, True)
    assert found["按期办结率按批准时限"] == (303, 368, True)
    assert found["按期办结率按原时限"] == (301, 368, False)
    assert found["满意率"] == (252, 282, True)
    told = rate_sheet.rates(city, period="2024-11")
    assert (told["cutoff"], told["frozen"], told["unreached"]) == ("2024-11-30", True, 11)
    closing = told["rates"][0]
    assert (closing["target"], closing["met"]) == (98.0, False)
    assert "减去合并办理" in closing["definition"]["denominator"]
    assert [one["numerator"] for one in stats.stats(city, "2024-11")["rates"]] == [
        found[name][0] for name in ("销号率", "按期办结率按批准时限", "满意率", "回访率")
    ]


def test_a_closed_period_never_changes_whatever_is_entered_later(office: Office) -> None:
    office.today = "2024-07-05"
    first = office.given(due="2024-06-14")
    office.given("市水务局", "2024-06-20")
    office.submit(first, "2024-06-12")
    office.publish("2024-06", "2024-07-05")
    before = _rates(office.session, period="2024-06")
    assert before["按期办结率按批准时限"] == (1, 2, True)
    late = office.given("市城管局", "2024-06-18", "2024-06-04")
    office.submit(late, "2024-06-17")
    after = _rates(office.session, period="2024-06")
    assert {name: one for name, one in after.items() if one[2]} == {
        name: one for name, one in before.items() if one[2]
    }
    assert _rates(office.session, period="2024-06", units=("市城管局",))["按期办结率按批准时限"][
        :2
    ] == (1, 1)


LATER = st.lists(
    st.tuples(
        st.sampled_from(("issue.add", "issue.submit", "issue.pass", "issue.terminate")),
        st.integers(0, 5),
        st.integers(1, 40),
    ),
    max_size=8,
)


@given(later=LATER)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_later_entry_moves_a_rate_that_was_printed(
    empty_ledger: Path, tmp_path_factory: pytest.TempPathFactory, later: list[tuple[str, int, int]]
) -> None:
    path = tmp_path_factory.mktemp("closed") / "ledger.db"
    office = Office(Path(shutil.copy(empty_ledger, path)))
    office.unit("市住建局")
    office.today = "2024-07-05"
    codes = [office.given(due="2024-06-14") for _ in range(3)]
    office.submit(codes[0], "2024-06-12")
    office.publish("2024-06", "2024-07-05")
    before = _rates(office.session, period="2024-06")
    office.today = "2024-08-31"
    for op, which, number in later:
        code, on = codes[which % len(codes)], date(2024, 6, 4) + timedelta(days=number)
        try:
            if op == "issue.add":
                codes.append(
                    office.given(due="2024-06-20", on=min(on, date(2024, 6, 19)).isoformat())
                )
            else:
                more = {
                    "issue.submit": {"measures": "补录"},
                    "issue.terminate": {"reason": "撤诉"},
                }.get(op, {})
                office.do(op, issue=code, on=on.isoformat(), **more)
        except Refused:
            continue
    after = _rates(office.session, period="2024-06")
    assert [one for one in before.items() if one[1][2]]
    assert {name: one for name, one in after.items() if one[2]} == {
        name: one for name, one in before.items() if one[2]
    }
    office.verified()
    office.close()


def test_an_extension_counts_for_one_reading_and_not_for_the_other(office: Office) -> None:
    office.today = "2024-07-31"
    code = office.given(due="2024-06-28")
    office.do("issue.extend", issue=code, due_on="2024-07-10", reason="待批", on="2024-06-25")
    office.submit(code, "2024-07-09")
    found = _rates(office.session)
    assert found["按期办结率按批准时限"][:2] == (1, 1)
    assert found["按期办结率按原时限"][:2] == (0, 1)


def test_rates_of_clock_sets_stand_beside_with_their_targets(office: Office) -> None:
    office.today = "2024-07-31"
    for number in range(3):
        code = office.do(
            "issue.add", title="来信", found_on="2024-06-03", on="2024-06-03", clocks="信访"
        )["code"]
        office.do("issue.assign", issue=code, unit="市住建局", on="2024-06-04")
        if number:
            day = f"2024-06-{7 + 5 * number:02d}"  # 12, a day late, and 17
            office.do("issue.node", issue=code, node="程序性回复", done_on=day, on=day)
    office.do("issue.node", issue=code, node="程序性回复", done_on="2024-06-11")
    told = rate_sheet.rates(office.session)["rates"]
    (procedural,) = [one for one in told if one["name"] == "程序性回复率"]
    assert (procedural["numerator"], procedural["denominator"]) == (1, 3)
    assert (procedural["target"], procedural["comparison"], procedural["met"]) == (100, "=", False)
    assert not [one for one in told if one["name"] == "实体性答复率"]  # due in September
    assert not [
        one for one in _rates(office.session, units=("市水务局",)) if one.endswith("性回复率")
    ]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"period": "2024-11", "first": "2024-10"}, UsageError),
        ({"last": "2024-10"}, UsageError),
        ({"first": "2024-10", "last": "2024-09"}, BadInput),
        ({"period": "2025-01"}, Refused),
    ],
)
def test_periods_that_mean_nothing_are_refused(
    city: Session, asked: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        rate_sheet.rates(city, **asked)


@pytest.mark.parametrize("when", ["2024-06", "2024-11", "2024Q4", "2024年第一季度", "2024-q2"])
def test_the_books_of_a_period_agree_with_the_stages_at_both_ends(city: Session, when: str) -> None:
    found = books.books(city, when)
    assert all(line.account.adds_up for line in found.lines)
    assert found.total.adds_up
    assert found.waiting.adds_up
    before = figures.by_stage(city.conn, found.span.first - timedelta(days=1))
    after = figures.by_stage(city.conn, found.span.last)
    assert found.total.opening == sum(before[stage] for stage in OPEN)
    assert found.total.remaining == sum(after[stage] for stage in OPEN)
    assert found.waiting.opening == before[Stage.DISCOVER]
    assert found.waiting.remaining == after[Stage.DISCOVER]


def test_the_last_quarter_is_closed_with_what_moved_between_units(city: Session) -> None:
    record = books.balance_record(books.books(city, "2024Q4"))
    total = record["total"]
    assert (total["opening"], total["added"], total["closed"], total["remaining"]) == (
        36, 123, 121, 38,
    )  # fmt: skip
    assert sum(one["issues"] for one in record["transfers"]) == total["moved_in"] == 3
    mine = books.balance_record(books.books(city, "2024Q4", ("市发展和改革局",)))
    assert [one["from"] for one in mine["transfers"]] == ["市发展和改革局"] * 3
    assert mine["waiting"] is None
    with pytest.raises(BadInput, match="2024Q4"):
        books.span(city, "第五季度")
    with pytest.raises(Refused, match="还没有到"):
        books.span(city, "2025Q1")


def test_the_quarters_report_closes_the_same_books(city: Session) -> None:
    (facts,) = quarter.quarter(city, ("2024-Q4",))
    assert facts.total.reopened == 6
    whole = books.books(city, "2024Q4").everything
    assert (facts.total.opening, facts.total.added + facts.total.reopened) == (
        whole.opening,
        whole.added,
    )
    assert (facts.total.closed, facts.total.ended, facts.total.remaining) == (
        whole.closed,
        whole.ended,
        whole.remaining,
    )


def test_asking_is_counted_by_kind_ranked_and_repeats_marked(city: Session) -> None:
    period, lines = books.burden_table(city, "2024-11")
    record = books.burden_record(period, lines)
    first, *_ = record["units"]
    assert (first["rank"], first["unit"], first["total"], first["repeats"]) == (1, "试湾区", 8, 1)
    assert [one["rank"] for one in record["units"]] == sorted(
        one["rank"] for one in record["units"]
    )
    assert all(sum(one["counts"].values()) == one["total"] for one in record["units"])
    assert all(one["repeats"] < one["total"] or not one["repeats"] for one in record["units"])
    assert record["total"] == sum(one["total"] for one in record["units"])
