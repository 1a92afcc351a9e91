"""What is offered next: on towards the end first."""

from __future__ import annotations

import pytest

from supervise.domain import interviews
from supervise.services.choices import of_interview


@pytest.mark.parametrize(
    ("status", "next_steps"),
    [
        ("proposed", ["submit"]),
        ("submitted", ["approve", "decline", "defer"]),
        ("approved", ["schedule", "hold", "decline"]),
        ("scheduled", ["hold", "schedule", "decline", "defer"]),
        ("held", ["close"]),
    ],
)
def test_the_steps_of_an_interview_begin_with_the_next(status: str, next_steps: list[str]) -> None:
    offered = of_interview({"status": status})
    allowed = [one.op.verb for one in offered if one.why_not is None]
    assert allowed[: len(next_steps)] == next_steps
    assert [one.why_not is None for one in offered[: len(allowed)]] == [True] * len(allowed)


def test_a_refusal_names_first_what_leads_on() -> None:
    reason = interviews.why_not("approved", "close")
    assert reason is not None and "现在可以：安排约谈、约谈、不予约谈、暂缓约谈" in reason
