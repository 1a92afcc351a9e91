"""The same question asked two ways: the store's queries agree with the rules, over any history.

Who missed a date at a cut-off is asked of SQL when a notice is drafted and of the rules when an
issue is shown; they must never differ, for a name hangs on it.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import figures, issue_lists
from db import issues as store
from supervise.domain.naming import NamingRules, Subject, candidate, criteria_met
from supervise.domain.overdue import rectify_span_as_of, span_as_of
from supervise.domain.records import Stage
from supervise.errors import BadInput, Refused
from supervise.services import importing, issue_records, stats
from tests.services.office import Office

ONE = timedelta(days=1)
START, TODAY = date(2024, 5, 1), date(2024, 9, 30)
UNITS = ("市住建局", "市水务局", "市城管局", "市园林局")
OPS = {
    "assign": 4, "submit": 2, "pass": 1, "feedback": 1, "close": 1, "return": 2, "reopen": 1,
    "extend": 2, "pause": 2, "resume": 2, "transfer": 1, "reclassify": 2, "correct": 2,
    "terminate": 1, "restore": 1, "merge": 1, "accept": 1,
}  # fmt: skip
TABLE = """编号,事项,责任单位,发现日期,交办日期,限期,报请复核日期,销号日期,紧急程度
老-1,路灯不亮,市住建局,2024-05-03,2024-05-06,2024-06-03,,,
老-2,路面破损,市水务局,2024-05-03,2024-05-06,,,,平急
老-3,管道漏水,市城管局,2024-05-03,,2024-05-20,,,
老-4,标线不清,市园林局,2024-05-03,2024-05-06,2024-06-03,2024-06-10,2024-06-20,
老-5,井盖缺失,市园林局,2024-05-03,2024-05-06,2024-06-03,2024-06-01,,
"""


class History:
    """Takes steps at random; what a rule refuses is left out."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.chance = office, random.Random(seed)
        self.codes = [line["code"] for line in listed(office)]
        self.day = START + 10 * ONE

    def run(self, steps: int) -> None:
        for _ in range(steps):
            self.day = min(self.day + self.chance.choice([0, 0, 1, 2, 4]) * ONE, TODAY)
            with suppress(Refused, BadInput):
                self.step()

    def step(self) -> None:
        chance = self.chance
        if chance.random() < 0.1:
            on = self.day - chance.randint(0, 9) * ONE
            self.codes.append(self.office.do("issue.add", title="新事项", on=on)["code"])
            return
        if chance.random() < 0.03:
            op = chance.choice(["merge", "alias"])
            one, other = chance.sample(UNITS, 2)
            into = {"merge": "into", "alias": "alias"}[op]
            self.office.do(f"unit.{op}", unit=one, on=self.day, **{into: other})
            return
        (op,) = chance.choices(list(OPS), list(OPS.values()))
        on = self.day - chance.choice([0, 0, 0, 1, 3, 8]) * ONE
        fields = {name: self.value(name, on) for name in FIELDS.get(op, ())}
        if op == "correct":
            fields |= {"field": chance.choice(["due_on", "assigned_on", "submitted_on", "unit"])}
            is_unit = fields["field"] == "unit"
            fields["value"] = chance.choice(UNITS) if is_unit else self.near(on)
        common = {"note": "按规定办理"} | ({"reason": "按规定办理"} if op in REASONS else {})
        self.office.do(f"issue.{op}", issue=chance.choice(self.codes), on=on, **fields, **common)

    def near(self, on: date) -> date:
        return on + self.chance.randint(-20, 25) * ONE

    def value(self, name: str, on: date) -> object:
        match name:
            case "unit":
                return self.chance.choice(UNITS)
            case "due_on":
                return self.chance.choice([None, on + self.chance.randint(0, 20) * ONE])
            case "asked_on":
                return on - self.chance.randint(0, 15) * ONE
            case "urgency":
                return self.chance.choice(["紧急", "平急", "疑难"])
            case "satisfaction":
                return self.chance.choice(["满意", "不满意", "无诉求人"])
            case "upheld":
                return self.chance.choice([True, False])
            case _:
                return self.chance.choice(self.codes)


FIELDS = {
    "assign": ("unit", "due_on"),
    "transfer": ("unit", "due_on"),
    "extend": ("due_on", "asked_on"),
    "return": ("due_on",),
    "reopen": ("due_on",),
    "reclassify": ("urgency",),
    "feedback": ("satisfaction", "upheld"),
    "merge": ("into",),
}
REASONS = {
    "return", "reopen", "extend", "pause", "transfer", "reclassify", "correct", "terminate",
    "restore", "feedback",
}  # fmt: skip


def listed(office: Office, **chosen) -> list[dict]:
    return list(issue_records.listing(office.session, issue_lists.Filter(**chosen)))


@pytest.fixture(scope="module")
def begun(empty_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ledger with four units and five imported issues."""
    folder = tmp_path_factory.mktemp("two_ways")
    path, table = folder / "ledger.db", folder / "旧台账.csv"
    shutil.copy(empty_ledger, path)
    table.write_text(TABLE, encoding="utf-8")
    office = Office(path, TODAY)
    importing.run(office.session, table, importing.Options(add_units=True))
    office.close()
    return path


def issues_of(office: Office):
    ids = [row[0] for row in office.session.conn.execute("SELECT id FROM issue ORDER BY id")]
    return [store.by_id(office.session.conn, key) for key in ids]


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_queries_and_rules_agree_over_any_history(begun, tmp_path_factory, seed):
    path = tmp_path_factory.mktemp("history") / "ledger.db"
    shutil.copy(begun, path)
    office = Office(path, TODAY)
    History(office, seed).run(60)
    everything = issues_of(office)
    stays_follow_each_other(everything)
    for day in [START + n * ONE for n in range(0, 153, 4)] + [date(2024, 5, 31), date(2024, 6, 30)]:
        agree(office, everything, day)
    overdue = {line["code"] for line in listed(office, overdue=True)}
    assert overdue == {line["code"] for line in listed(office) if line["overdue"]}
    assert stats.stats(office.session)["issues"]["overdue"] == sum(
        line["overdue"] for line in listed(office, stages=(Stage.RECTIFY,))
    )
    office.verified()
    office.close()


def agree(office: Office, everything, day: date) -> None:
    conn = office.session.conn
    found = {one.code: one.unit_id for one in store.missed(conn, day)}
    expected = {}
    for issue in everything:
        facts = candidate(issue, day, Subject(0, ""))
        if facts is not None and "overdue" in criteria_met(facts, NamingRules(), day, day):
            expected[issue.code] = rectify_span_as_of(issue, day).unit_id
    assert found == expected, day

    stays = [stay for issue in everything if (stay := span_as_of(issue, day)) is not None]
    stages = figures.by_stage(conn, day)
    assert {stage: n for stage, n in stages.items() if n} == Counter(s.stage for s in stays), day
    assert sum(stages.values()) == sum(issue.spans[0].entered <= day for issue in everything)
    as_of = Counter(Stage(line["stage"]) for line in listed(office, as_of=day))
    assert as_of == {stage: n for stage, n in stages.items() if n}, day


def stays_follow_each_other(everything) -> None:
    for issue in everything:
        joined = [one.found_on for one in everything if one.merged_into == issue.id]
        for before, after in zip(issue.spans, issue.spans[1:], strict=False):
            assert before.entered <= before.left == after.entered, issue.spans
        assert issue.spans[-1].left is None
        assert issue.spans[-1].stage == issue.stage
        assert issue.spans[-1].entered >= issue.moved_on
        earliest = min([issue.spans[0].entered, *joined])
        assert issue.found_on in {issue.spans[0].entered, earliest}
        assert issue.found_on == earliest or issue.closed_on


@pytest.mark.parametrize("day", ["2024-06-30", "2024-07-09"])
def test_a_date_first_set_later_does_not_reach_back(office, day):
    """An issue that came without a date got one in July: in June it had none to miss."""
    table = office.path.with_name("旧台账.csv")
    table.write_text(TABLE.splitlines()[0] + "\n" + TABLE.splitlines()[2], encoding="utf-8")
    importing.run(office.session, table, importing.Options(add_units=True))
    office.do("issue.reclassify", issue="老-2", urgency="紧急", reason="调整", on="2024-07-10")
    assert office.issue("老-2")["due_on"] == "2024-05-09"
    office.do("notice.draft", period="2024-06", cutoff=day)
    assert office.named("2024-06") == {}
    office.do("notice.draft", period="2024-07")
    assert office.named("2024-07") == {"市水务局": ["老-2"]}
