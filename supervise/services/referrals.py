"""屡督不改研判提示: candidates for discipline inspection, and what a person decided about them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from db import events, ids, issue_lists
from db import issues as issue_store
from db import ladder as store
from supervise.domain.ladder_records import Interview, Referral
from supervise.domain.records import Issue
from supervise.domain.referral import CRITERIA, ReferralCandidate, referral_candidates
from supervise.errors import Refused
from supervise.services import units
from supervise.services.ladder import Standing, rules_of
from supervise.services.session import Session
from supervise.services.work import Record, Work


def _promise_open(standing: Standing, interview: Interview) -> bool:
    """Tell whether any issue the interview was about is still open."""
    codes = {code for n in standing.basis(interview) for r in n.reasons for code in r.issues}
    found = issue_store.by_codes(standing.conn, sorted(codes)).values()
    return not codes or any(not issue.stage.ended for issue in found)


def _candidates(standing: Standing) -> tuple[ReferralCandidate, ...]:
    rules = rules_of(standing.session.pack)
    held = [one for one in standing.interviews if one.status == "held"]
    issues: tuple[tuple[int, Issue], ...] = ()
    if "returned_overdue" in rules.criteria:
        issues = tuple(_returned(standing, rules.returned_times))
    return referral_candidates(
        standing.namings,
        standing.interviews,
        rules,
        standing.session.today,
        {one.id: _promise_open(standing, one) for one in held},
        issues,
    )


def _returned(standing: Standing, times: int) -> Iterator[tuple[int, Issue]]:
    chosen = issue_lists.Filter(open_only=True, min_returns=times)
    for line in issue_lists.select(standing.conn, chosen, standing.session.today):
        if line.issue.unit_id is not None:
            yield standing.board.accountable(line.issue.unit_id).id, line.issue


def _of_candidate(standing: Standing, one: ReferralCandidate) -> Record:
    unit = standing.board.units[one.unit_id]
    return {
        "id": None,
        "unit": unit.name,
        "unit_id": unit.code,
        "criterion": one.criterion,
        "status": "candidate",
        "basis": list(one.basis),
        "since": one.since.isoformat(),
    }


def _basis(standing: Standing, one: Referral) -> list[str]:
    """Give the facts a decision was made on, as its event keeps them."""
    payload: Record = events.of(standing.conn, "referral", one.id)[0].payload
    return list(payload["basis"])


def _of_referral(standing: Standing, one: Referral) -> Record:
    unit = standing.board.units[one.unit_id]
    return {
        "id": one.id,
        "unit": unit.name,
        "unit_id": unit.code,
        "criterion": one.criterion,
        "status": one.status,
        "basis": _basis(standing, one),
        "decided_on": one.decided_on.isoformat() if one.decided_on else None,
        "approver": one.approver,
        "recipient": one.recipient,
        "reason": one.reason,
        "ref": one.ref,
    }


def _undecided(standing: Standing) -> list[ReferralCandidate]:
    decided = {one.key for one in store.referrals(standing.conn)}
    return [one for one in _candidates(standing) if one.key not in decided]


def listing(session: Session) -> list[Record]:
    """List candidates first, then what was decided, as JSON records."""
    standing = Standing(session)
    found = [_of_candidate(standing, one) for one in _undecided(standing)]
    return found + [_of_referral(standing, one) for one in store.referrals(session.conn)]


def board(session: Session) -> list[Record]:
    """List the same with the clause each criterion rests on, how it is read, and how long it is so.

    `clause` and `reading` (口径) are the rule pack's; `days` counts from the day the criterion was
    first met, for those not decided yet.
    """
    grounds = session.pack.referral.criteria
    return [
        {
            **one,
            "clause": grounds[one["criterion"]].clause,
            "reading": grounds[one["criterion"]].label,
            "days": _days(one, session.today),
        }
        for one in listing(session)
    ]


def _days(one: Record, today: date) -> int | None:
    since = one.get("since")
    return (today - date.fromisoformat(since)).days if since else None


def _decide(
    work: Work,
    unit: str | None,
    unit_id: str | None,
    criterion: str,
    status: str,
    approver: str | None = None,
    recipient: str | None = None,
    reason: str | None = None,
) -> Record:
    standing = Standing(work.session)
    found = units.find(work.conn, unit, unit_id)
    subject = standing.board.accountable(found.id)
    mine = [
        one
        for one in _undecided(standing)
        if one.unit_id == subject.id and one.criterion == criterion
    ]
    if not mine:
        raise Refused(
            f"{subject.name}现在没有“{CRITERIA[criterion]}”的研判提示。", code="not_candidate"
        )
    key = ids.next_id(work.conn, "referral")
    values = {
        "unit_id": subject.id,
        "criterion": criterion,
        "key": mine[0].key,
        "status": status,
        "decided_on": work.on.isoformat(),
        "approver": approver,
        "recipient": recipient,
        "reason": reason,
        "ref": work.ref,
    }
    basis = list(mine[0].basis)
    work.record("referral", key, {"set": values, "new": True, "basis": basis})
    decided = next(one for one in store.referrals(work.conn) if one.id == key)
    return _of_referral(standing, decided)


def record(
    work: Work,
    criterion: str,
    approver: str,
    recipient: str,
    unit: str | None = None,
    unit_id: str | None = None,
) -> Record:
    """记录移送: who approved and who received it; nothing of any investigation.

    Raises Refused where the one who records it approved it.
    """
    if approver == work.actor:
        raise Refused(
            "移送须两人签字：批准人不能是办理人本人，请在“办理人”（--by）写明另一人。",
            code="same_person",
        )
    return _decide(work, unit, unit_id, criterion, "recorded", approver, recipient)


def continue_(
    work: Work,
    criterion: str,
    reason: str,
    unit: str | None = None,
    unit_id: str | None = None,
) -> Record:
    """继续督办: looked at, supervised further; the same facts are not proposed again."""
    return _decide(work, unit, unit_id, criterion, "continued", reason=reason)


def dismiss(
    work: Work,
    criterion: str,
    reason: str,
    unit: str | None = None,
    unit_id: str | None = None,
) -> Record:
    """不予移送: looked at, not referred; the same facts are not proposed again."""
    return _decide(work, unit, unit_id, criterion, "dismissed", reason=reason)
