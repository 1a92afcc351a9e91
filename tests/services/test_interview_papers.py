"""What an interview's record prints of each step: who, when, why not."""

from __future__ import annotations

from supervise.services import interview_facts
from tests.services.office import Office


def test_every_step_says_what_was_decided(office: Office) -> None:
    office.given(due="2024-06-28")
    office.publish("2024-06", "2024-07-02")
    office.publish("2024-07", "2024-08-02")
    unit = {"unit": "市住建局"}
    office.do("interview.submit", **unit, on="2024-08-05", ref="请示1号", note="一并附清单")
    office.do("interview.defer", **unit, on="2024-08-06", reason="防汛期间")
    office.do("interview.approve", **unit, on="2024-08-20", leader="市领导甲")
    office.do("interview.schedule", **unit, on="2024-08-21", planned_on="2024-08-26")
    office.do("interview.hold", **unit, on="2024-08-26", due_on="2024-09-20")
    steps = interview_facts.gather(office.session, "市住建局").steps
    assert [step.note for step in steps] == [
        "一并附清单",
        "防汛期间",
        "约谈领导：市领导甲",
        "计划 2024-08-26",
        "承诺 2024-09-20 前完成",
    ]
