"""签发前七查: a clean matter raises nothing, and each doubt raises its own question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from supervise.domain.questions import MatterFacts, seven_questions

CLEAN = MatterFacts(
    signed_on=date(2024, 6, 4),
    urges=1,
    urged_on=date(2024, 6, 20),
    given_days=15,
    class_days=15,
    check="无异议",
)


def doubts(**changes) -> list[str]:
    return [one.name for one in seven_questions(replace(CLEAN, **changes)) if not one.ok]


def test_there_are_seven_and_a_clean_matter_raises_none():
    assert len(seven_questions(CLEAN)) == 7
    assert doubts() == []
    assert all(one.answer.endswith("。") for one in seven_questions(CLEAN))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"signed_on": None}, "签收"),
        ({"urges": 0}, "催办"),
        ({"given_days": 14}, "时限"),
        ({"given_days": None}, "时限"),
        ({"extension_asked_on": date(2024, 6, 18)}, "延期"),
        ({"handed_in_on": date(2024, 7, 2)}, "复核"),
        ({"entered_late": ("6月28日报请复核",)}, "补录"),
        ({"check": "有异议"}, "核对"),
        ({"check": "未回复"}, "核对"),
        ({"check": None}, "核对"),
    ],
)
def test_each_doubt_is_raised(changes, name):
    assert doubts(**changes) == [name]


def test_what_was_decided_or_reviewed_raises_none():
    asked = date(2024, 6, 18)
    assert doubts(extension_asked_on=asked, extension_decided_on=asked) == []
    assert doubts(handed_in_on=asked, reviewed_on=date(2024, 6, 25)) == []
    assert doubts(class_days=None) == []
