"""The table of the loop: what is allowed when, and that every refusal says why and what is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from supervise.domain import due_moves, moves
from supervise.domain.records import ENDS, LOOP, STAGE_LABELS, Stage
from supervise.domain.stage import MOVES, allowed, close_gates, next_first, why_not
from tests.domain.walking import asked, closed, day, found, given, handed_in, passed

IN_STAGE = {
    Stage.DISCOVER: found(),
    Stage.RECTIFY: given(),
    Stage.REVIEW: handed_in(),
    Stage.FEEDBACK: passed(),
    Stage.CLOSED: closed(),
    Stage.REJECTED: moves.reject(found(), day(2)),
    Stage.MERGED: moves.merge(found(), day(2), replace(found(), id=2, code="JM-2024-0002")),
    Stage.TERMINATED: moves.terminate(given(), day(4)),
}
# As the scheme has it: the moves an issue without a complainant can make, stage by stage.
ALLOWED = {
    Stage.DISCOVER: {"accept", "assign", "escalate", "reject", "merge", "terminate", "correct"},
    Stage.RECTIFY: {
        "sign", "progress", "urge", "submit", "ask", "extend", "pause", "transfer", "reclassify",
        "escalate", "merge", "terminate", "correct",
    },
    Stage.REVIEW: {"pass", "return", "escalate", "merge", "terminate", "correct"},
    Stage.FEEDBACK: {"return", "reply", "feedback", "escalate", "terminate", "correct"},
    Stage.CLOSED: {"revisit", "reopen", "correct"},
    Stage.REJECTED: {"restore", "correct"},
    Stage.MERGED: {"restore", "correct"},
    Stage.TERMINATED: {"restore", "correct"},
}  # fmt: skip


@pytest.mark.parametrize("stage", list(Stage))
def test_each_stage_allows_the_moves_of_the_scheme_and_no_others(stage):
    assert {move.op for move in allowed(IN_STAGE[stage])} == ALLOWED[stage]


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("op", list(MOVES))
def test_a_refusal_says_why_and_what_is_allowed_now(stage, op):
    issue = IN_STAGE[stage]
    reason = why_not(issue, op)
    if op in ALLOWED[stage]:
        assert reason is None
        return
    assert reason is not None
    assert MOVES[op].title in reason
    if stage not in MOVES[op].sources:
        assert issue.code in reason
        assert f"“{STAGE_LABELS[stage]}”" in reason
        for move in allowed(issue):
            assert move.title in reason
    else:
        assert len(reason) > len(f"不能{MOVES[op].title}：。")


@pytest.mark.parametrize("op", list(MOVES))
def test_a_move_leads_out_of_its_stage_or_leaves_the_issue_where_it_is(op):
    move = MOVES[op]
    assert move.needs
    assert move.sources
    assert move.target is None or move.target in {*LOOP, *ENDS}


def test_nothing_skips_review_and_feedback_on_the_way_to_closing():
    ways = [move.sources for move in MOVES.values() if move.target is Stage.CLOSED]
    assert ways == [frozenset({Stage.FEEDBACK})]
    ways = [move.sources for move in MOVES.values() if move.target is Stage.FEEDBACK]
    assert ways == [frozenset({Stage.REVIEW})]


def test_closing_waits_for_the_reply_and_the_call_back():
    issue = passed(has_party=True)
    assert [("答复" in gate, "回访" in gate) for gate in close_gates(issue)] == [
        (True, False),
        (False, True),
    ]
    assert "答复" in why_not(issue, "close")
    answered = moves.feedback(moves.reply(issue, day(13), "已告知"), day(14), "满意")
    assert why_not(answered, "close") is None


def test_nobody_to_answer_still_has_to_be_recorded():
    assert "无诉求人" in why_not(passed(), "close")
    assert why_not(asked(), "close") is None


@pytest.mark.parametrize("op", ["submit", "extend", "reclassify", "transfer", "pause"])
def test_a_pause_holds_up_what_depends_on_the_clock(op):
    paused = due_moves.pause(given(), day(5), day(20))
    assert "暂停" in why_not(paused, op)
    assert why_not(paused, "resume") is None


def test_without_a_pause_there_is_nothing_to_resume():
    assert "没有在暂停计时" in why_not(given(), "resume")


@pytest.mark.parametrize("op", ["extend", "pause"])
def test_without_a_due_date_there_is_nothing_to_move(op):
    assert "没有限期" in why_not(given(due=None), op)


def _first(issue, count=1):
    return [move.op for move in next_first(issue)][:count]


def test_the_next_step_of_the_loop_is_offered_first_and_what_was_taken_last():
    assert _first(found(), 2) == ["accept", "assign"]
    accepted = moves.accept(found(), day(2), None, None)
    assert _first(accepted) == ["assign"]
    ops = [move.op for move in next_first(accepted)]
    assert ops[len(allowed(accepted)) - 1] == "accept"
    assert _first(given(), 2) == ["sign", "progress"]
    signed = moves.sign(given(), day(4))
    assert _first(signed, 3) == ["progress", "urge", "submit"]
    paused = due_moves.pause(signed, day(5), day(9))
    assert _first(paused) == ["resume"]
    assert _first(handed_in(), 2) == ["pass", "return"]
    assert _first(passed()) == ["feedback"]
    assert _first(passed(has_party=True)) == ["reply"]
    assert _first(asked()) == ["close"]
    assert _first(closed(), 2) == ["revisit", "reopen"]


@pytest.mark.parametrize("stage", list(Stage))
def test_every_move_is_offered_once_those_not_allowed_after_the_others(stage):
    issue = IN_STAGE[stage]
    offered = next_first(issue)
    assert len(offered) == len(MOVES) and {move.op for move in offered} == set(MOVES)
    count = len(allowed(issue))
    assert set(offered[:count]) == set(allowed(issue))
    refused = [move.op for move in offered[count:]]
    assert all(why_not(issue, op) for op in refused)
