"""What can be done now: the operations of a thing, each with the reason why not where it can't."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from db import issues as store
from supervise.domain import interviews, stage
from supervise.domain.records import STAGE_LABELS, Issue, Stage
from supervise.errors import NotFound
from supervise.services.registry import OPERATIONS, Operation
from supervise.services.session import Session

_DRAFT = frozenset(
    {"notice.name", "notice.exempt", "notice.restore", "notice.check", "notice.issue"}
)
_ISSUED = frozenset({"notice.correct", "notice.withdraw"})
_ABOUT_ENTRY = frozenset({"notice.exempt", "notice.restore", "notice.check"})
_NOTICE_WORDS = {"draft": "拟稿", "issued": "已签发", "withdrawn": "已撤回", "none": "未拟稿"}


@dataclass(frozen=True, slots=True)
class Choice:
    """An operation that may be offered: `needs` in words, `why_not` where it is refused now.

    `brief` says the reason in a few words, for a list.
    """

    op: Operation
    needs: str = ""
    why_not: str | None = None
    brief: str = ""


def _sorted(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Put what is allowed first."""
    return tuple(sorted(choices, key=lambda choice: choice.why_not is not None))


def of_issue(session: Session, code: str) -> tuple[Choice, ...]:
    """List the moves of an issue: what is next in the loop first, what is not allowed now last."""
    issue = store.get(session.conn, code)
    if issue is None:
        raise NotFound(f"没有编号为“{code}”的事项。")
    moves = (
        Choice(
            OPERATIONS[f"issue.{move.op}"],
            _needs(issue, move),
            stage.why_not(issue, move.op),
            _brief(issue, move),
        )
        for move in stage.next_first(issue)
    )
    return (*moves, *_nodes(session, issue))


def _needs(issue: Issue, move: stage.Move) -> str:
    taken = stage.taken_on(issue, move.op)
    return move.needs if taken is None else f"{taken} 已办；{move.needs}"


def _nodes(session: Session, issue: Issue) -> Iterable[Choice]:
    """Offer to record a node where the issue carries clocks of its own."""
    from db import clock_nodes

    nodes = clock_nodes.of(session.conn, issue.id)
    if nodes:
        waiting = [one.name for one in nodes if one.done_on is None]
        yield Choice(OPERATIONS["issue.node"], f"节点：{'、'.join(waiting or ['更正已记的'])}")


def _brief(issue: Issue, move: stage.Move) -> str:
    if issue.stage in move.sources:
        return ""
    return f"须在{'、'.join(STAGE_LABELS[one] for one in Stage if one in move.sources)}时办理"


def of_notice(notice: Mapping[str, Any] | None) -> tuple[Choice, ...]:
    """List the steps of a month's notice; None where there is none yet."""
    status = "none" if notice is None else str(notice["status"])
    steps = (op for op in OPERATIONS.values() if op.noun == "notice")
    return _sorted(Choice(op, op.help, _notice_reason(op, status)) for op in steps)


def _notice_reason(op: Operation, status: str) -> str | None:
    now = f"不能{op.title}：这个月的通报现在“{_NOTICE_WORDS[status]}”，"
    if op.name in _DRAFT and status != "draft":
        return f"{now}须在“拟稿”时办理。"
    if op.name in _ISSUED and status != "issued":
        return f"{now}须在“已签发”时办理。"
    if op.name == "notice.draft" and status == "issued":
        return f"{now}要改动请用更正通报或撤回通报。"
    return None


def of_entry(
    notice: Mapping[str, Any] | None, entry: Mapping[str, Any] | None
) -> tuple[Choice, ...]:
    """List the steps of a month's notice, those about one unit judged by its entry."""
    steps = (
        one if one.why_not else Choice(one.op, one.needs, _entry_reason(one.op, entry))
        for one in of_notice(notice)
    )
    return _sorted(steps)


def _entry_reason(op: Operation, entry: Mapping[str, Any] | None) -> str | None:
    if op.name not in _ABOUT_ENTRY:
        return None
    if entry is None or "polarity" not in entry:
        return f"不能{op.title}：没有选中名单上的单位。"
    by_hand = any(one["criterion"] == "manual" for one in entry["reasons"])
    if op.verb == "restore" and entry["status"] != "exempt" and not by_hand:
        return f"不能恢复点名：{entry['unit']}没有免予点名，也不是人工列入。"
    if op.verb == "exempt" and (entry["polarity"], entry["status"]) != ("named", "effective"):
        return f"不能免予点名：{entry['unit']}现在没有拟点名。"
    return None


def of_explanation(owed: Mapping[str, Any] | None) -> tuple[Choice, ...]:
    """List the steps of a unit's written explanation; None where it owes none."""
    steps = (op for op in OPERATIONS.values() if op.noun == "explanation")
    return _sorted(Choice(op, op.help, _explanation_reason(op, owed)) for op in steps)


def _explanation_reason(op: Operation, owed: Mapping[str, Any] | None) -> str | None:
    if owed is None:
        return f"不能{op.title}：所选单位没有应交的书面说明。"
    waiting = owed["status"] in {"owed", "returned"}
    if op.verb == "receive" and not waiting:
        return f"不能{op.title}：{owed['unit']}的书面说明已收到。"
    if op.verb in {"accept", "return"} and owed["status"] != "received":
        return f"不能{op.title}：{owed['unit']}没有待收阅的书面说明。"
    return None


# The steps of an interview that do not lead on to its end.
_ASIDE = frozenset({"decline", "defer", "void"})


def of_interview(interview: Mapping[str, Any] | None) -> tuple[Choice, ...]:
    """List the steps of an interview: on towards 办结 first, then those that leave that way.

    An interview whose day is set already may be given another; next is that it is held.
    """
    if interview is None:
        return ()
    status = str(interview["status"])
    choices = []
    for op in (op for op in OPERATIONS.values() if op.noun == "interview"):
        choices.append(Choice(op, op.help, _interview_reason(op, status)))
    again = {"schedule"} if status == "scheduled" else set()
    choices.sort(key=lambda one: (one.op.verb in _ASIDE, one.op.verb in again))
    return _sorted(choices)


def _interview_reason(op: Operation, status: str) -> str | None:
    if op.verb == "submit":
        now = interviews.STATUS_LABELS[status]
        return None if status == "proposed" else f"不能提请约谈：现在“{now}”，已经提请过。"
    if status == "proposed":
        return f"不能{op.title}：还没有提请约谈。现在可以：提请约谈。"
    return interviews.why_not(status, op.verb)
