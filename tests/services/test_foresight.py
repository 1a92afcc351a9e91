"""Looking ahead to a cut-off, and back under other rules."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise import packs
from supervise.errors import Refused
from supervise.services import foresight, simulation
from tests.services.office import Office

UNITS = ("市住建局", "市水务局", "市城管局")
START = date(2024, 4, 1)
# An issue: which unit, given out and due so many days after the start, handed in so many later.
Life = tuple[int, int, int, int | None]
lives = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 80), st.integers(1, 40),
        st.none() | st.integers(0, 60),
    ),
    max_size=12,
)  # fmt: skip


@contextmanager
def _office(empty_ledger: Path) -> Iterator[Office]:
    with TemporaryDirectory() as folder:
        office = Office(Path(shutil.copy(empty_ledger, Path(folder) / "ledger.db")))
        for name in UNITS:
            office.unit(name)
        yield office
        office.close()


def _live(office: Office, life: Life, until: date) -> None:
    """Give an issue out and hand it in, as far as that happened by a day."""
    unit, start, term, handed = life
    on = START + timedelta(days=start)
    if on > until:
        return
    due = on + timedelta(days=term)
    code = office.given(UNITS[unit], due.isoformat(), on.isoformat())
    if handed is not None and (day := on + timedelta(days=handed)) <= until:
        office.submit(code, day.isoformat())


def _ahead(office: Office, on: date | None = None) -> dict[str, list[str]]:
    """Map each unit that would be named to its issues."""
    return {
        one["unit"]: sorted(code for reason in one["reasons"] for code in reason["issues"])
        for one in foresight.warn(office.session, on)["units"]
    }


@given(lives)
@settings(max_examples=25, deadline=None)
def test_on_the_last_day_it_says_what_the_draft_says_on_the_next(
    empty_ledger: Path, found: list[Life]
) -> None:
    last = date(2024, 6, 30)
    with _office(empty_ledger) as office:
        office.today = last
        for life in found:
            _live(office, life, last)
        ahead = _ahead(office)
        office.today = last + timedelta(days=1)
        office.do("notice.draft", period="2024-06")
        assert ahead == {unit: sorted(codes) for unit, codes in office.named("2024-06").items()}


@given(lives)
@settings(max_examples=15, deadline=None)
def test_under_the_ledgers_own_rules_nothing_is_otherwise(
    empty_ledger: Path, found: list[Life]
) -> None:
    with _office(empty_ledger) as office:
        office.today = date(2024, 7, 31)
        for life in found:
            _live(office, life, office.today)
        for period, day in (("2024-04", "05-06"), ("2024-05", "06-05"), ("2024-06", "07-05")):
            office.publish(period, f"2024-{day}")
        told = simulation.simulate(office.session, "jingmen", "2024-04", "2024-06")
        for month in told["months"]:
            assert month["named"] == month["would"] and month["issued"]
            assert not month["added"] and not month["dropped"]
        assert told["interviews"]["would"] == told["interviews"]["happened"]


def test_what_decides_it_is_told_by_the_harm_it_does(office: Office) -> None:
    office.today = "2024-06-20"
    young = office.given(due="2024-06-25", on="2024-06-10")
    old = office.given(due="2024-06-28", on="2024-05-06")
    office.given(due="2024-07-01")
    office.given("市水务局", "2024-06-30", "2024-06-03")
    told = foresight.warn(office.session)
    assert (told["cutoff"], told["period"]) == ("2024-06-30", "2024-06")
    first, second = told["units"]
    assert [one["code"] for one in first["issues"]] == [old, young]
    assert [one["days_waited"] for one in first["issues"]] == [45, 10]
    assert not first["issues"][0]["overdue"]
    assert second["unit"] == "市水务局" and second["interview"] is None
    assert _ahead(office, date(2024, 6, 26)) == {"市住建局": [young]}


def test_who_would_reach_an_interview_comes_first(office: Office) -> None:
    office.given("市水务局", "2024-05-20", "2024-05-06")
    office.publish("2024-05", "2024-06-05")
    office.today = "2024-06-20"
    office.given("市住建局", "2024-06-10", "2024-02-05")
    reaching, other = foresight.warn(office.session)["units"]
    assert (reaching["unit"], reaching["interview"]) == ("市水务局", "new")
    assert reaching["periods"] == ["2024-05", "2024-06"]
    assert (other["unit"], other["interview"]) == ("市住建局", None)
    office.today = "2024-07-31"
    office.publish("2024-06", "2024-07-05")
    units = foresight.warn(office.session)["units"]
    assert {one["unit"]: one["interview"] for one in units} == {
        "市水务局": "lengthened",
        "市住建局": "new",
    }


@given(lives)
@settings(max_examples=15, deadline=None)
def test_a_past_day_is_told_as_it_was_told_on_that_day(
    empty_ledger: Path, found: list[Life]
) -> None:
    last = date(2024, 5, 31)
    with _office(empty_ledger) as office:
        office.given("市水务局", "2024-03-20", "2024-03-06")
        office.today = last
        for life in found:
            _live(office, life, last)
        for period, day in (("2024-03", "04-03"), ("2024-04", "05-06")):
            office.publish(period, f"2024-{day}")
        told = foresight.warn(office.session)
        office.today = date(2024, 8, 30)
        for life in found:
            _live(office, (life[0], life[1] + 62, *life[2:]), office.today)
        for period, day in (("2024-05", "06-05"), ("2024-06", "07-05")):
            office.publish(period, f"2024-{day}")
        for one in office.session.conn.execute("SELECT code FROM issue WHERE stage = 'rectify'"):
            office.submit(one[0], "2024-08-30")
        office.do("interview.submit", unit="市水务局", on="2024-08-02")
        office.do(
            "notice.correct", period="2024-04", unit="市水务局", action="撤销", reason="有误"
        )  # fmt: skip
        assert foresight.warn(office.session, last) == told


def test_a_past_day_keeps_its_own_rules_dates_and_decisions(office: Office, tmp_path: Path) -> None:
    moved = office.given(due="2024-06-20", on="2024-06-03")
    office.do("issue.extend", issue=moved, due_on="2024-07-10", reason="须招标", on="2024-06-18")
    late = office.given("市水务局", "2024-06-20", "2024-06-03")
    office.do("notice.draft", period="2024-06", on="2024-07-01")
    office.do("notice.exempt", period="2024-06", unit="市水务局", reason="上级叫停", by="赵六")
    stricter = packs.load("jingmen").replace("min_count = 1", "min_count = 2")
    (tmp_path / "stricter.toml").write_text(stricter, "utf-8")
    office.today = "2025-01-10"
    office.do("pack.use", name=str(tmp_path / "stricter.toml"))
    assert foresight.warn(office.session, date(2024, 6, 17))["units"] == []
    (told,) = foresight.warn(office.session, date(2024, 6, 30))["units"]
    assert [one["code"] for one in told["issues"]] == [late]
    assert told["issues"][0]["days_waited"] == 27


def test_a_cutoff_beyond_the_calendar_says_so(office: Office) -> None:
    office.today = "2024-12-31"
    assert not foresight.warn(office.session)["provisional"]
    assert foresight.warn(office.session, date(2029, 1, 31))["provisional"]


def test_decisions_about_a_draft_hold_ahead_too(office: Office) -> None:
    office.today = "2024-06-20"
    office.given(due="2024-06-10")
    office.do("notice.draft", period="2024-06")
    office.do("notice.exempt", period="2024-06", unit="市住建局", reason="上级叫停", by="赵六")
    office.do("notice.name", period="2024-06", unit="市城管局", reason="未报送方案")
    (told,) = foresight.warn(office.session)["units"]
    assert (told["unit"], told["origin"], told["issues"]) == ("市城管局", "manual", [])


def test_kinds_that_are_never_named_are_told_apart(office: Office) -> None:
    office.unit("市营商专班", kind="专项工作组")
    office.today = "2024-06-20"
    code = office.given("市营商专班", "2024-06-10")
    told = foresight.warn(office.session)
    assert told["units"] == []
    (held,) = told["held_back"]
    assert held["issues"] == [code] and "专项工作组" in held["why"]


def test_what_came_in_at_the_end_of_a_month_and_was_sent_back(office: Office) -> None:
    office.today = "2024-07-10"
    rushed, early, good = (office.given(due="2024-07-20", on="2024-06-03") for _ in range(3))
    office.submit(rushed, "2024-06-28")
    office.submit(early, "2024-06-27")
    office.submit(good, "2024-06-30")
    for code in (rushed, early):
        office.do("issue.return", issue=code, reason="措施不实", on="2024-07-02")
    (told,) = foresight.warn(office.session)["rushed"]
    assert (told["issue"], told["handed_in"]) == (rushed, "2024-06-28")
    assert (told["unit"], told["returned_on"]) == ("市住建局", "2024-07-02")


def test_other_rules_name_others(office: Office, tmp_path: Path) -> None:
    office.given("市住建局", "2024-05-20", "2024-05-06")
    for _ in range(2):
        office.given("市水务局", "2024-05-20", "2024-05-06")
    for period, day in (("2024-05", "2024-06-05"), ("2024-06", "2024-07-05")):
        office.publish(period, day)
    stricter = packs.load("jingmen").replace("min_count = 1", "min_count = 2")
    path = tmp_path / "stricter.toml"
    path.write_text(stricter, "utf-8")
    told = simulation.simulate(office.session, str(path), "2024-05", "2024-07")
    assert told["mark"] == "内部测算"
    may, june, july = told["months"]
    for month in (may, june):
        assert [one["unit"] for one in month["dropped"]] == ["市住建局"]
        assert [one["unit"] for one in month["would"]] == ["市水务局"]
    assert not july["issued"] and july["named"] == [] and july["would"]
    assert len(told["interviews"]["happened"]) == 2
    assert [one["periods"] for one in told["interviews"]["would"]] == [
        ["2024-05", "2024-06", "2024-07"]
    ]
    assert office.session.pack.naming.criteria["overdue"].min_count == 1


def test_a_correction_stands_in_what_is_worked_out(office: Office) -> None:
    office.given("市住建局", "2024-05-20", "2024-05-06")
    office.publish("2024-05", "2024-06-05")
    office.do(
        "notice.correct", period="2024-05", unit="市住建局", action="撤销", reason="限期有误"
    )  # fmt: skip
    office.do(
        "notice.correct", period="2024-05", unit="市城管局", action="增列", reason="漏列"
    )  # fmt: skip
    (month,) = simulation.simulate(office.session, "jingmen", "2024-05", "2024-05")["months"]
    assert [one["unit"] for one in month["would"]] == ["市城管局"]
    assert month["would"] == month["named"]


@pytest.mark.parametrize(
    ("since", "until"), [("2024-05", "2024-04"), ("2024-12", "2025-01"), ("2015-01", "2024-11")]
)
def test_months_that_cannot_be_worked_out_are_refused(
    office: Office, since: str, until: str
) -> None:
    with pytest.raises(Refused):
        simulation.simulate(office.session, "jingmen", since, until)


def test_reports_nobody_was_asked_for_then_can_not_be_told(office: Office, tmp_path: Path) -> None:
    office.today = "2024-08-15"
    text = packs.load("gaoxin")
    head = "[naming.criteria.unreported]\n"
    asks = text.replace(f"{head}on = false", f"{head}on = true")
    (tmp_path / "asks.toml").write_text(asks, "utf-8")

    def untold(pack: str) -> list[dict[str, str]]:
        told = simulation.simulate(office.session, pack, "2024-06", "2024-07")
        found: list[dict[str, str]] = told["untold"]
        return found

    assert untold("gaoxin") == []  # a missed report names nobody
    never = {"duty": "上报项目进展", "since": "2024-08-15"}
    assert untold(str(tmp_path / "asks.toml")) == [never]
    office.do("pack.use", name=str(tmp_path / "asks.toml"), on="2024-07-01")
    assert untold(str(tmp_path / "asks.toml")) == [{**never, "since": "2024-07-01"}]
    office.do("pack.use", name="jingmen", on="2024-08-01")
    assert untold("jingmen") == []


def test_a_month_still_to_be_issued_is_told_because_no_streak_counts_it(office: Office) -> None:
    office.given("市水务局", "2024-05-20", "2024-05-06")
    office.today = "2024-06-03"
    june = date(2024, 6, 30)
    assert foresight.warn(office.session)["unissued"] is None  # nothing was ever issued or begun
    office.do("notice.draft", period="2024-05", on="2024-06-03")
    told = foresight.warn(office.session)
    assert told["unissued"] == "2024-05" and told["units"][0]["interview"] is None
    office.today = "2024-06-05"
    office.do("notice.issue", period="2024-05", on="2024-06-05")
    told = foresight.warn(office.session, june)
    assert told["unissued"] is None and told["units"][0]["interview"] == "new"
    # Looked at from May, June is the month still to be issued, though nobody began it.
    assert foresight.warn(office.session, date(2024, 7, 31))["unissued"] == "2024-06"
