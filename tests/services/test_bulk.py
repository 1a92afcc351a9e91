"""One step on many issues: what is seen beforehand is what happens, and all of it or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import issues as store
from supervise.domain import stage
from supervise.errors import ChangedMeanwhile, Refused
from supervise.services import bulk
from supervise.services.arguments import typed
from supervise.services.choices import of_issue
from supervise.services.registry import OPERATIONS
from supervise.services.session import Session
from supervise.services.work import perform, step, working
from tests.services.office import Office

MANY = 2000


def plan(office: Office, op: str, codes: list[str], **fields: object) -> bulk.Plan:
    """See a step on many issues beforehand, by a session that can only read."""
    values = typed(OPERATIONS[op], {"issue": "x", **fields})
    with Session(office.path, office.today) as reading:
        return bulk.preview(reading, op, codes, values)


def verdicts(outcomes: tuple[bulk.Outcome, ...]) -> list[tuple[object, ...]]:
    return [(one.code, one.why_not, one.after, one.new_due, one.warnings) for one in outcomes]


@pytest.fixture
def mixed(office: Office) -> list[str]:
    """Give five issues: one found, two given out, one handed in, one ended."""
    found = office.do("issue.add", title="路灯不亮", found_on="2024-06-03", on="2024-06-03")["code"]
    given_out = [office.given(), office.given("市水务局")]
    handed = office.given()
    office.submit(handed, "2024-06-20")
    ended = office.given()
    office.do("issue.terminate", issue=ended, reason="企业注销", on="2024-06-20")
    return [found, *given_out, handed, ended]


def test_each_issue_is_told_what_will_happen_or_why_not(office, mixed):
    seen = plan(office, "issue.terminate", [*mixed, "没有-1", mixed[0]], reason="企业注销")
    assert [one.code for one in seen.outcomes] == [*mixed, "没有-1"]
    assert [one.fits for one in seen.outcomes] == [True, True, True, True, False, False]
    assert seen.outcomes[0].words == "由“发现”转入“终止办理”"
    assert "现在“终止办理”" in seen.outcomes[4].words
    assert "没有-1" in seen.outcomes[5].words


def test_a_new_date_is_told_beside_the_old_one(office, mixed):
    due = "2024-07-15"
    seen = plan(
        office, "issue.extend", mixed, due_on=due, reason="雨季", asked_on="2024-06-20",
        on="2024-06-25",
    )  # fmt: skip
    assert {one.words for one in seen.fitting} == {
        f"仍在“整改”，记下延期，限期由 2024-06-28 改为 {due}"
    }
    assert len(seen.fitting) == 2
    back = plan(office, "issue.return", [mixed[3]], reason="未整改到位", due_on=due, on=due)
    assert back.outcomes[0].words.startswith(f"由“复核”转入“整改”，限期 {due}")


def test_nothing_is_done_while_some_are_refused_unless_they_are_left_out(office, mixed):
    seen = plan(office, "issue.urge", mixed)
    head = office.head()
    with pytest.raises(Refused) as refusal:
        bulk.carry_out(office.session, seen)
    assert refusal.value.code == "some_refused" and office.head() == head
    done = bulk.carry_out(office.session, seen, skip_refused=True)
    assert office.head() == head + 2
    assert verdicts(done.plan.outcomes) == verdicts(seen.outcomes)
    assert done.check_code.startswith(f"{head + 2}:")
    office.verified()


def test_seeing_beforehand_writes_nothing(office, mixed):
    before = office.log()
    for op in (f"issue.{name}" for name in stage.MOVES):
        plan(office, op, mixed, **_values(op))
    correction = {"field": "诉求人", "value": "钱某", "reason": "登记有误"}
    assert plan(office, "issue.correct", mixed, **correction).fitting
    assert office.log() == before
    office.verified()


def test_what_changed_meanwhile_stops_it_all(office, mixed):
    seen = plan(office, "issue.urge", mixed[1:3])
    office.do("issue.sign", issue=mixed[2], on="2024-12-30")
    head = office.head()
    with pytest.raises(Refused) as refusal:
        bulk.carry_out(office.session, seen)
    assert refusal.value.code == "changed_meanwhile"
    assert f"{mixed[2]} 在您看过之后有变动：市水务局于 2024-12-30 签收" in refusal.value.message
    assert office.head() == head


def test_what_comes_out_otherwise_stops_it_all(office, mixed):
    """No event of the issue, but the unit it would go to is gone."""
    seen = plan(office, "issue.transfer", mixed[1:2], unit="市水务局", reason="职责调整")
    office.do("unit.merge", unit="市水务局", into="市城管局")
    head = office.head()
    with pytest.raises(Refused) as refusal:
        bulk.carry_out(office.session, seen)
    assert refusal.value.code == "changed_meanwhile" and "已并入" in refusal.value.message
    assert office.head() == head


def test_it_can_be_stopped_before_the_end(office, mixed):
    class Stop(Refused):
        pass

    def stop(*_: object) -> None:
        raise Stop("停下")

    seen = plan(office, "issue.urge", mixed)
    head = office.head()
    with pytest.raises(Stop):
        bulk.carry_out(office.session, seen, skip_refused=True, progress=stop)
    assert office.head() == head
    office.verified()


def test_warnings_belong_to_the_issue_they_are_about(office, mixed):
    seen = plan(office, "issue.pause", mixed, reason="等待上级批复")
    assert all("暂停在到期" in one.words for one in seen.fitting)
    bulk.carry_out(office.session, seen, skip_refused=True)
    assert office.warned() == ""


def test_the_moves_offered_tell_how_many_they_fit(office, mixed):
    issues = store.by_codes(office.session.conn, mixed).values()
    offered = {one.op.verb: one for one in bulk.choices(office.session, mixed)}
    assert offered["urge"].needs.startswith("2 件可办，3 件不能")
    assert offered["correct"].needs.startswith("5 件可办；")
    assert offered["revisit"].why_not is not None
    for name in stage.MOVES:
        fits = sum(stage.why_not(issue, name) is None for issue in issues)
        assert offered[name].needs.startswith(f"{fits} 件可办")


def test_the_moves_of_many_stand_in_the_order_of_one(office, mixed):
    """Received and signed for, an issue has other steps next than before: so have many."""
    accepted = office.do("issue.add", title="停水", found_on="2024-06-03", on="2024-06-03")["code"]
    office.do("issue.accept", issue=accepted, on="2024-06-03")
    signed = office.given()
    office.do("issue.sign", issue=signed, on="2024-06-04")
    paused = office.given()
    office.do("issue.pause", issue=paused, reason="等待批复")
    for code in (*mixed, accepted, signed, paused):
        alone = [one.op.verb for one in of_issue(office.session, code)]
        assert [one.op.verb for one in bulk.choices(office.session, [code])] == alone
    both = [one.op.verb for one in bulk.choices(office.session, [mixed[1], signed])]
    assert both[:4] == ["sign", "progress", "urge", "submit"]
    with_found = [one.op.verb for one in bulk.choices(office.session, [mixed[1], accepted])]
    assert with_found.index("submit") < with_found.index("merge") < with_found.index("accept")


def test_how_to_take_it_back_is_told():
    assert "“恢复计时”" in bulk.taking_back(OPERATIONS["issue.pause"])
    assert "更正" in bulk.taking_back(OPERATIONS["issue.urge"])


def test_a_step_on_stale_knowledge_is_refused_and_says_what_happened(office):
    code = office.given()
    seen = office.issue(code)["events"][-1]["seq"]
    office.do("issue.submit", issue=code, measures="已整改", on="2024-06-20")
    head = office.head()
    with pytest.raises(ChangedMeanwhile) as refusal:
        perform(office.session, "issue.urge", {"issue": code}, seen=seen)
    assert refusal.value.newest == office.head() == head
    assert "市住建局于 2024-06-20 报请复核，经办甲录入。现在“复核”" in refusal.value.message
    with pytest.raises(Refused) as refusal:
        perform(office.session, "issue.urge", {"issue": code}, seen=head)
    assert refusal.value.code == "not_allowed"
    other = office.given()
    perform(office.session, "issue.pass", {"issue": code, "by": "王五"}, seen=head)
    assert office.issue(code)["stage"] == "feedback" and office.issue(other)["stage"] == "rectify"


def test_an_interview_and_a_unit_that_changed_meanwhile(office):
    for period, on in (("2024-06", "2024-07-01"), ("2024-07", "2024-08-01")):
        office.given(due=f"{period}-20", on=f"{period}-03")
        office.publish(period, on)
    which = str(office.do("interview.submit", unit="市住建局")["id"])
    seen = office.head()
    perform(office.session, "interview.defer", {"unit": which, "reason": "出差"}, seen=seen)
    with pytest.raises(ChangedMeanwhile) as refusal:
        perform(office.session, "interview.approve", {"unit": which}, seen=seen)
    assert f"约谈 {which}在您看过之后有变动：经办甲于" in refusal.value.message
    assert "暂缓约谈" in refusal.value.message
    perform(office.session, "interview.approve", {"unit": which}, seen=refusal.value.newest)
    office.do("unit.correct", unit="市水务局", head="王某")
    with pytest.raises(ChangedMeanwhile, match="市水务局在您看过之后有变动"):
        perform(office.session, "unit.rename", {"unit": "市水务局", "name": "市水利局"}, seen=seen)


def _values(op: str) -> dict[str, object]:
    """Fill in what an operation asks for."""
    samples = {
        "date": "2025-01-20",
        "unit": "市水务局",
        "bool": "是",
        "issue": "JM-2024-0003",
    }
    given: dict[str, object] = {}
    for field in OPERATIONS[op].fields:
        if field.required and not field.subject:
            choice = field.choices[0] if field.choices else samples.get(field.kind, "理由")
            given[field.name] = choice
    return given | ({"field": "经办人", "value": "钱某"} if op == "issue.correct" else {})


@pytest.fixture(scope="module")
def crowd(empty_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a ledger of two thousand issues given out; tests work on copies."""
    path = Path(shutil.copy(empty_ledger, tmp_path_factory.mktemp("crowd") / "ledger.db"))
    own = Office(path)
    own.unit("市水务局")
    own.unit("市住建局")
    with working(own.session) as work:
        for number in range(MANY):
            step(work, "issue.add", {"title": "道路塌陷", "issue": f"甲-{number:04d}"})
            if number % 7:
                step(work, "issue.assign", {"issue": f"甲-{number:04d}", "unit": "市住建局"})
    own.close()
    return path


def test_two_thousand_at_once(crowd, tmp_path):
    own = Office(Path(shutil.copy(crowd, tmp_path / "ledger.db")))
    codes = [f"甲-{number:04d}" for number in range(MANY)]
    told: list[tuple[str, int, int]] = []
    seen = plan(own, "issue.transfer", codes, unit="市水务局", reason="职责调整")
    assert (len(seen.fitting), len(seen.refused)) == (1714, 286)
    done = bulk.carry_out(
        own.session, seen, skip_refused=True, progress=lambda *said: told.append(said)
    )
    assert verdicts(done.plan.outcomes) == verdicts(seen.outcomes)
    assert told[-1] == ("办理", 1714, 1714)
    own.verified()
    own.close()


_STEPS = st.sampled_from(sorted(stage.MOVES))


@settings(max_examples=30)
@given(
    history=st.lists(st.tuples(st.integers(0, 5), _STEPS), max_size=14),
    name=_STEPS,
    order=st.permutations(range(6)),
)
def test_what_was_seen_is_what_happens(empty_ledger, history, name, order):
    """Whatever became of six issues before: the verdicts are those of carrying it out."""
    path = empty_ledger.with_name("property.db")
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    own = Office(Path(shutil.copy(empty_ledger, path)))
    try:
        own.unit("市水务局")
        codes = [own.given("市水务局", "2025-01-10", "2024-12-02") for _ in range(6)]
        for number, verb in history:
            op = f"issue.{verb}"
            try:
                own.do(op, issue=codes[number], **_values(op))
            except Refused:
                continue
        _compare(own, f"issue.{name}", [codes[number] for number in order])
    finally:
        own.close()


def _compare(own: Office, op: str, codes: list[str]) -> None:
    head = own.head()
    seen = plan(own, op, codes, **_values(op))
    assert own.head() == head
    own.verified()
    if not seen.fitting:
        with pytest.raises(Refused):
            bulk.carry_out(own.session, seen, skip_refused=True)
        return
    done = bulk.carry_out(own.session, seen, skip_refused=True)
    assert verdicts(done.plan.outcomes) == verdicts(seen.outcomes)
    for one in done.plan.fitting:
        record = own.issue(one.code)
        assert (record["stage_name"], record["due_on"]) == (one.after, one.new_due)
    for one in done.plan.refused:
        with pytest.raises(Refused) as refusal:
            own.do(op, issue=one.code, **_values(op))
        assert refusal.value.message == one.why_not
    own.verified()
