"""Units: found by name, alias or code; renamed, joined, and never mistaken for one another."""

from __future__ import annotations

import pytest

from supervise.errors import NotFound, Refused
from supervise.services import units
from tests.services.office import Office


def refused(code: str):
    return pytest.raises(Refused, check=lambda error: error.code == code)


def shown(office: Office, name: str) -> dict:
    return units.record(office.session.conn, units.find(office.session.conn, name))


def test_a_unit_is_found_by_name_alias_short_name_or_code(office):
    office.unit("荆门市发展和改革委员会", unit_id="U8", short="市发改委")
    office.do("unit.alias", unit="U8", alias="荆门市发改委")
    for name in ("荆门市发展和改革委员会", "市发改委", "荆门市发改委", "U8", " 荆门市 发改委 "):
        assert shown(office, name)["unit_id"] == "U8"
    with pytest.raises(NotFound):
        shown(office, "市发改")


def test_two_units_of_one_name_are_told_apart_by_their_codes(office):
    office.unit("综合执法队", unit_id="E1")
    office.unit("综合执法队", unit_id="E2")
    with refused("ambiguous_unit") as refusal:
        office.given(unit="综合执法队")
    assert "E1" in refusal.value.message
    assert "E2" in refusal.value.message
    code = office.do("issue.add", title="占道经营", on="2024-06-01")["code"]
    record = office.do("issue.assign", issue=code, unit="综合执法队", unit_id="E2")
    assert (record["unit"], record["unit_id"]) == ("综合执法队", "E2")
    other = office.do("issue.add", title="占道经营", on="2024-06-01")["code"]
    assert office.do("issue.assign", issue=other, unit_id="E1")["unit_id"] == "E1"


def test_a_name_or_a_code_is_not_given_twice_by_accident(office):
    with refused("code_taken"):
        office.unit("市园林局", unit_id="U1")
    with refused("name_taken"):
        office.unit("市住建局")


def test_a_renamed_unit_answers_to_both_names(office):
    code = office.given()
    record = office.do("unit.rename", unit="市住建局", name="市住房城建局", on="2024-07-01")
    assert (record["unit"], record["aliases"]) == ("市住房城建局", ["市住建局"])
    assert office.issue(code)["unit"] == "市住房城建局"
    assert shown(office, "市住建局")["unit"] == "市住房城建局"
    with pytest.raises(Refused, match="已是这个名称"):
        office.do("unit.rename", unit="市住建局", name="市住房城建局")
    office.verified()


def test_the_code_beside_a_new_spelling_records_it(office):
    code = office.do("issue.add", title="路灯不亮", on="2024-06-01")["code"]
    office.do("issue.assign", issue=code, unit="荆门市住建局", unit_id="U1")
    assert shown(office, "荆门市住建局")["unit"] == "市住建局"


def test_joined_records_leave_one_unit_that_answers_to_every_name(office):
    office.unit("市建委", unit_id="U9")
    code = office.given(unit="市建委")
    office.do("unit.alias", unit="市住建局", alias="市建委")
    assert shown(office, "市建委")["unit"] == "市住建局"
    assert office.issue(code)["unit"] == "市住建局"
    assert "市建委" in shown(office, "市住建局")["aliases"]
    active = {u["unit"] for u in units.listing(office.session.conn) if u["active"]}
    assert "市建委" not in active
    office.verified()


def test_a_bureau_answers_as_its_county_and_a_departments_office_for_itself(office):
    office.unit("甲县", kind="县市区")
    office.unit("甲县住建局", parent="甲县")
    office.unit("市房管中心", parent="市住建局")
    assert shown(office, "甲县住建局")["parent"] == "甲县"
    office.given(unit="甲县住建局")
    office.given(unit="市房管中心")
    office.do("notice.draft", period="2024-06")
    assert set(office.named("2024-06")) == {"甲县", "市房管中心"}
