"""What is looked at before signing, and what a change of the namings does to the ladder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.before_issue import VERDICTS, Picture, checks, refusals
from supervise.domain.facts import Basis, EntryFacts, NoticeFacts, Question
from supervise.domain.ladder import Proposal
from supervise.domain.ladder_changes import ladder_changes
from supervise.domain.ladder_records import Notice

CUTOFF = date(2024, 6, 30)
TODAY = date(2024, 7, 10)
HOUSING = EntryFacts("市住建局", check="无异议", questions=(Question("签收", "已签收。"),))
EXEMPT = EntryFacts("市水务局", status="exempt")
FACTS = NoticeFacts(
    city="某市",
    office="某办",
    period="2024-06",
    cutoff=CUTOFF,
    as_of=TODAY,
    status="issued",
    number="〔2024〕6号",
    addressees=("市直各单位",),
    basis=Basis("方案", "1号", "正式"),
    entries=(HOUSING,),
)
CALM = Picture(FACTS, date(2024, 7, 3), TODAY)


def before(number: str | None, issued: str = "2024-06-04", **changes: str) -> Notice:
    """Give a notice that was signed before."""
    day = date.fromisoformat(issued)
    known = Notice(1, "2024-05", day, status="issued", number=number, issued_on=day)
    return replace(known, **changes)


def bulletin(number: str | None) -> Picture:
    return replace(CALM, facts=replace(FACTS, number=number))


def verdicts(picture: Picture) -> dict[str, str]:
    return {one.name: one.verdict for one in checks(picture)}


def with_entry(**changes: object) -> Picture:
    return replace(CALM, facts=replace(FACTS, entries=(replace(HOUSING, **changes),)))


def test_a_number_that_is_free_is_not_spoken_of():
    assert "文号" not in verdicts(replace(CALM, others=(before("〔2024〕5号"),)))
    assert "文号" not in verdicts(
        replace(bulletin("第3期"), others=(before("第3期", "2023-04-03"),))
    )
    assert "文号" not in verdicts(replace(bulletin(None), others=(before(None),)))


def test_a_notice_in_order_passes_everything():
    assert set(verdicts(CALM).values()) == {"ok"}
    assert all(one.says for one in checks(CALM))


@pytest.mark.parametrize(
    ("name", "picture", "verdict"),
    [
        ("名单", replace(CALM, changes=("市水务局（点名）不再列入。",)), "refuse"),
        ("名单", replace(CALM, facts=replace(FACTS, entries=())), "warn"),
        ("文表", replace(CALM, disagreements=("各环节件数之和3与总件数4不符。",)), "warn"),
        ("依据", replace(CALM, facts=replace(FACTS, basis=Basis("方案"))), "warn"),
        ("批准", with_entry(kind="县市区"), "warn"),
        ("核对", with_entry(check=None), "warn"),
        ("核对", with_entry(check="有异议"), "warn"),
        ("核对", replace(with_entry(check="未回复"), check_required=True), "refuse"),
        ("核对", replace(CALM, facts=replace(FACTS, entries=(HOUSING, EXEMPT))), "ok"),
        ("签发前七查", with_entry(questions=(Question("催办", "从未催办。", False),)), "warn"),
        ("签发前七查", with_entry(questions=(Question("核对", "未回复。", False),)), "ok"),
        ("上期", replace(CALM, facts=replace(FACTS, last_month=None)), "warn"),
        ("文号", replace(CALM, others=(before("〔2024〕6号"),)), "refuse"),
        ("文号", replace(CALM, others=(before("[2024] ６号", "2023-12-29"),)), "refuse"),
        ("文号", replace(CALM, others=(before("〔2024〕6号", status="withdrawn"),)), "warn"),
        ("文号", replace(CALM, others=(before("〔2024〕6号", series="曝光台"),)), "warn"),
        ("文号", replace(bulletin("第3期"), others=(before("第3期"),)), "refuse"),
        ("待填", replace(CALM, missing=("联系人",)), "warn"),
        ("待填", replace(CALM, facts=replace(FACTS, number=None)), "warn"),
    ],
)
def test_each_check_speaks_for_itself(name, picture, verdict):
    found = verdicts(picture)
    assert found.pop(name) == verdict
    assert name == "名单" or set(found.values()) == {"ok"}


def test_a_changed_list_says_what_changed_and_which_entries_explain_it():
    picture = replace(
        CALM, changes=("市水务局（点名）不再列入。",), because=("JM-1 2024-06-28 提请复核",)
    )
    (refusal,) = refusals(checks(picture))
    assert refusal.code == "changed_since_draft"
    assert "市水务局（点名）不再列入。其间录入：JM-1 2024-06-28 提请复核。" in refusal.refusal


@given(st.integers(-5, 15), st.none() | st.integers(-5, 15))
def test_a_notice_is_dated_after_the_cut_off_and_delivered_after_it_is_dated(signed, delivered):
    on = CUTOFF + timedelta(days=signed)
    delivered_on = None if delivered is None else CUTOFF + timedelta(days=delivered)
    found = checks(replace(CALM, on=on, delivered_on=delivered_on))
    fits = CUTOFF < on <= TODAY and (delivered_on is None or on <= delivered_on <= TODAY)
    assert (not refusals(found)) is fits
    assert all(one.verdict in VERDICTS and one.says for one in found)


# -- what follows ----------------------------------------------------------------------------------

MONTHS = tuple(f"2024-{month:02}" for month in range(1, 13))


@st.composite
def proposals(draw: st.DrawFn) -> tuple[Proposal, ...]:
    """Draw proposals as the ladder makes them: the months of one unit's never overlap."""
    found = []
    for unit in draw(st.lists(st.integers(1, 3), unique=True)):
        cuts = sorted(draw(st.lists(st.integers(0, 12), min_size=2, max_size=4, unique=True)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            months = MONTHS[start:end]
            found.append(Proposal(unit, f"单位{unit}", months, (), TODAY))
    return tuple(found)


@given(proposals())
def test_no_change_says_nothing(found):
    assert ladder_changes(found, found).sentences == ()


@given(proposals(), proposals())
def test_what_goes_one_way_comes_the_other_and_nothing_is_lost(before, after):
    there, back = ladder_changes(before, after), ladder_changes(after, before)
    kept = [one for one in before if one in after]
    assert {one.unit_id for one in there.gone} <= {one.unit_id for one in before}
    assert len(there.gone) + len(there.moved) + len(kept) == len(before)
    assert len(there.new) + len(there.moved) + len(kept) == len(after)
    assert len(there.gone) - len(there.new) == len(back.new) - len(back.gone)
    for one, other in there.moved:
        assert one.unit_id == other.unit_id and set(one.periods) & set(other.periods)
