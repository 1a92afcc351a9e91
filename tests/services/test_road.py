"""A notice's way from draft to delivery: one place that knows it, and dates out of order told."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.road import ROAD, RoadStep, out_of_order, road
from supervise.reports import papers
from supervise.reports.export import export
from supervise.services import months
from tests.services.office import Office

DAY = date(2024, 11, 1)


@given(st.dictionaries(st.sampled_from(ROAD), st.integers(0, 9)))
def test_dates_in_order_are_never_complained_of_and_others_always(days: dict[str, int]) -> None:
    way = road(RoadStep(what, DAY + timedelta(days=number)) for what, number in days.items())
    assert [one.what for one in way] == list(ROAD)
    dated = [one.on for one in way if one.on]
    assert bool(list(out_of_order(way))) == (dated != sorted(dated))


def test_month_paper_and_notice_tell_the_same_dates(office: Office) -> None:
    office.today = date(2024, 11, 12)
    office.given(due="2024-10-18", on="2024-10-08")
    office.do("notice.draft", period="2024-10", on="2024-11-01", by="赵拟")
    for step, day, by in (("核稿", 4, "钱核"), ("会签", 5, "孙会")):
        office.do("notice.record", period="2024-10", step=step, on=f"2024-11-{day:02d}", by=by)
    office.do(
        "notice.issue", period="2024-10", number="示优通〔2024〕9号", on="2024-11-06", by="李签"
    )
    office.do("notice.record", period="2024-10", step="用印", on="2024-11-07", by="周印")
    office.do("notice.record", period="2024-10", step="印发", on="2024-11-08", by="吴发")
    office.do("notice.record", period="2024-10", step="送达", on="2024-11-11", by="郑送")
    assert not office.warned()

    shown = office.notice("2024-10")
    days = [1, 4, 5, 6, 7, 8, 11]
    assert [(one["step"], one["on"]) for one in shown["road"]] == [
        (step, f"2024-11-{day:02d}") for step, day in zip(ROAD, days, strict=True)
    ]
    assert [one["by"] for one in shown["road"]] == [
        "赵拟", "钱核", "孙会", "李签", "周印", "吴发", "郑送",
    ]  # fmt: skip
    assert not any(one["warning"] for one in shown["road"])

    steps = {one.step: one for one in months.progress(office.session, "2024-10").steps}
    assert steps["拟稿"].done_on == date(2024, 11, 1)
    assert (steps["会签"].done_on, steps["会签"].note) == (date(2024, 11, 5), "11-04 核稿")
    assert steps["签发"].done_on == date(2024, 11, 6)
    delivered = steps["印发送达"]
    assert (delivered.done_on, delivered.note) == (date(2024, 11, 11), "11-07 用印、11-08 印发")

    ((_, sheet),) = papers.documents(office.session, "routing", ("2024-10",))
    text = export(sheet, ".txt").decode()
    for by, day in zip(("赵拟", "钱核", "孙会", "李签", "周印", "吴发", "郑送"), days, strict=True):
        assert f"{by}，2024年11月{day}日" in text


def test_a_step_before_the_one_it_rests_on_is_warned_of(office: Office) -> None:
    office.today = date(2024, 11, 12)
    office.do("notice.draft", period="2024-10", on="2024-11-04")
    office.do("notice.record", period="2024-10", step="会签", on="2024-11-01")
    assert "会签日期 2024-11-01 早于拟稿日期 2024-11-04" in office.warned()
    office.do("notice.record", period="2024-10", step="会签", on="2024-11-05")
    assert not office.warned()
    office.do("notice.draft", period="2024-10", on="2024-11-06")
    said = {one["step"]: one["warning"] for one in office.notice("2024-10")["road"]}
    assert "重新拟稿之后应再办" in str(said["会签"]) and said["拟稿"] is None
