"""The loop 发现—整改—复核—反馈—销号: which move leads where, and why one is not allowed now.

One table drives the refusals of the command line, the greyed moves on screen and the batch reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervise.domain.records import ENDS, STAGE_LABELS, Issue, Stage
from supervise.errors import Refused

OPEN = frozenset(Stage) - ENDS
ANY = frozenset(Stage)
_S = Stage


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: the operation, its name, where it starts, where it leads.

    `target` is None where the issue stays in its stage. `needs` says in words what it asks for.
    """

    op: str
    title: str
    sources: frozenset[Stage]
    target: Stage | None
    needs: str


MOVES: dict[str, Move] = {
    move.op: move
    for move in (
        Move("accept", "受理", frozenset({_S.DISCOVER}), None, "审查结论、类别、紧急程度"),
        Move("assign", "交办", frozenset({_S.DISCOVER}), _S.RECTIFY, "责任单位，限期或本办时限"),
        Move("sign", "签收", frozenset({_S.RECTIFY}), None, "签收日期"),
        Move("progress", "进展", frozenset({_S.RECTIFY}), None, "进展情况"),
        Move("urge", "催办", frozenset({_S.RECTIFY}), None, "催办日期"),
        Move("submit", "报请复核", frozenset({_S.RECTIFY}), _S.REVIEW, "整改措施及完成情况"),
        Move("pass", "复核通过", frozenset({_S.REVIEW}), _S.FEEDBACK, "复核人、复核方式"),
        Move(
            "return",
            "复核退回",
            frozenset({_S.REVIEW, _S.FEEDBACK}),
            _S.RECTIFY,
            "未达到的要求，新限期",
        ),
        Move("reply", "答复", frozenset({_S.FEEDBACK}), None, "答复诉求人的内容"),
        Move("feedback", "回访", frozenset({_S.FEEDBACK}), None, "满意情况"),
        Move("close", "销号", frozenset({_S.FEEDBACK}), _S.CLOSED, "各环节齐备，批准人"),
        Move("revisit", "回头看", frozenset({_S.CLOSED}), None, "结果：稳定或反弹"),
        Move("reopen", "反弹重办", frozenset({_S.CLOSED}), _S.RECTIFY, "反弹情况，新限期"),
        Move("ask", "申请延期", frozenset({_S.RECTIFY}), None, "申请的新限期、理由"),
        Move("extend", "延期", frozenset({_S.RECTIFY}), None, "新限期、理由、申请日期"),
        Move("pause", "暂停计时", frozenset({_S.RECTIFY}), None, "理由、复核暂停的日期"),
        Move("resume", "恢复计时", frozenset({_S.RECTIFY}), None, "恢复日期"),
        Move("transfer", "转办", frozenset({_S.RECTIFY}), _S.RECTIFY, "新的责任单位、理由"),
        Move("reclassify", "调整定级", frozenset({_S.RECTIFY}), None, "新的紧急程度、理由"),
        Move("escalate", "提级", OPEN, None, "提请的层级"),
        Move("reject", "不予受理", frozenset({_S.DISCOVER}), _S.REJECTED, "不予受理的理由"),
        Move("merge", "合并办理", OPEN - {_S.FEEDBACK}, _S.MERGED, "并入的事项"),
        Move("terminate", "终止办理", OPEN, _S.TERMINATED, "终止的理由"),
        Move("restore", "恢复", ENDS - {_S.CLOSED}, _S.DISCOVER, "恢复的理由"),
        Move("correct", "更正", ANY, None, "更正的栏目、新值、理由"),
    )
}


def close_gates(issue: Issue) -> tuple[str, ...]:
    """List what still stands between an issue and 销号, in words; empty when nothing does.

    Source: the loop of the city's scheme (复核、反馈 before 销号); a complainant, where there is
    one, is answered before being asked.
    """
    gates = []
    if issue.has_party and issue.replied_on is None:
        gates.append("尚未答复诉求人（答复）")
    if issue.feedback_on is None:
        gates.append("尚未记录回访结果（回访；没有诉求人的记“无诉求人”）")
    return tuple(gates)


def _guard(issue: Issue, op: str) -> str | None:
    """Say what besides the stage forbids the move, or None."""
    paused = issue.paused_on is not None
    if op in {"submit", "extend", "reclassify", "transfer"} and paused:
        return "正在暂停计时，请先恢复计时"
    if op == "pause" and paused:
        return "已在暂停计时"
    if op == "resume" and not paused:
        return "没有在暂停计时"
    if op in {"ask", "extend", "pause"} and issue.due_on is None:
        return "没有限期，无从延期或暂停"
    if op == "close" and (gates := close_gates(issue)):
        return "；".join(gates)
    return None


def why_not(issue: Issue, op: str) -> str | None:
    """Say why a move is not allowed now and what is, or None when it is allowed."""
    move = MOVES[op]
    if issue.stage in move.sources:
        reason = _guard(issue, op)
        return None if reason is None else f"不能{move.title}：{reason}。"
    sources = "、".join(STAGE_LABELS[s] for s in Stage if s in move.sources)
    titles = "、".join(m.title for m in allowed(issue)) or "无"
    return (
        f"不能{move.title}：事项 {issue.code} 现在“{issue.stage.label}”，"
        f"{move.title}须在“{sources}”时办理。现在可以：{titles}。"
    )


def require(issue: Issue, op: str, on: date) -> None:
    """Refuse a move that the loop does not allow now, or one dated before the last move.

    Raises Refused with the code not_allowed or before_last_move.
    """
    reason = why_not(issue, op)
    if reason:
        raise Refused(reason, code="not_allowed")
    if on < issue.moved_on:
        raise Refused(
            f"不能{MOVES[op].title}：日期 {on} 早于事项 {issue.code} 上一步的日期"
            f" {issue.moved_on}，"
            "请核对日期，或先更正上一步。",
            code="before_last_move",
        )


# The steps that leave an issue in its stage and are taken once, by the fact that keeps their day.
_ONCE = {
    "accept": "accepted_on",
    "sign": "signed_on",
    "reply": "replied_on",
    "feedback": "feedback_on",
}
# What is done only when something goes otherwise than it should.
_ASIDE = frozenset(("ask", "extend", "pause", "transfer", "reclassify", "escalate", "reject",
                    "merge", "terminate", "correct"))  # fmt: skip


def taken_on(issue: Issue, op: str) -> date | None:
    """Give the day on which a step was taken that need not be taken again in this stage."""
    day: date | None = getattr(issue, _ONCE[op]) if op in _ONCE else None
    return day if issue.stage in MOVES[op].sources else None


def rank(issue: Issue, op: str) -> int:
    """Say how near the loop's next step a step is that is allowed now: 0 is offered first."""
    if taken_on(issue, op) is not None:
        return 3
    # A complainant is answered where there is one; what was passed is seldom sent back.
    seldom = (op == "return" and issue.stage is Stage.FEEDBACK) or (
        op == "reply" and not issue.has_party
    )
    if seldom or op in _ASIDE:
        return 2
    return 0 if op == "resume" else 1


def next_first(issue: Issue) -> tuple[Move, ...]:
    """List the moves as they are offered: the loop's next step, the rest, what was taken already.

    What is not allowed now comes last, in the loop's order.
    """
    open_now = {move.op: rank(issue, move.op) for move in allowed(issue)}
    return tuple(sorted(MOVES.values(), key=lambda move: open_now.get(move.op, 9)))


def allowed(issue: Issue) -> tuple[Move, ...]:
    """List the moves allowed now, in the loop's order."""
    return tuple(
        move
        for op, move in MOVES.items()
        if issue.stage in move.sources and _guard(issue, op) is None
    )
