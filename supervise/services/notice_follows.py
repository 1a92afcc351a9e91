"""What would follow from signing, correcting or withdrawing a notice, before it is done."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.explanations import Owed
from supervise.domain.ladder_changes import ladder_changes
from supervise.domain.ladder_records import Notice
from supervise.services import explanations
from supervise.services.ladder import Standing
from supervise.services.session import Session


def follows(session: Session, notice: Notice) -> tuple[str, ...]:
    """Say what changes on the ladder once a notice stands as given; nothing is written.

    Proposals for interviews, requests whose ground goes, written explanations.
    """
    series = session.pack.naming.series
    if notice.series != series:
        return (f"{notice.series}不计入连续被通报，约谈和书面说明不变。",)
    now = Standing(session)
    others = [one for one in now.notices if one.id != notice.id]
    then = Standing(session, sorted([*others, notice], key=lambda one: (one.period, one.id)))
    found = (
        *ladder_changes(now.proposals, then.proposals).sentences,
        *_requests(now, then),
        *_explanations(session, now, then),
    )
    return found or ("约谈和书面说明没有变化。",)


def _requests(now: Standing, then: Standing) -> Iterator[str]:
    """Name the requests and interviews whose ground would go or change."""
    for one in now.interviews:
        known = now.flags(one)
        name = now.board.units[one.unit_id].name
        yield from (f"约谈{name}：{flag}。" for flag in then.flags(one) if flag not in known)


def _explanations(session: Session, now: Standing, then: Standing) -> Iterator[str]:
    before = _by_unit(explanations.owed(session, now))
    after = _by_unit(explanations.owed(session, then))
    gone = [one.name for key, one in before.items() if key not in after]
    if gone:
        yield f"不再要求书面说明：{'、'.join(gone)}。"
    due: dict[str, list[str]] = {}
    for key, one in after.items():
        if key not in before:
            due.setdefault(one.due_on.isoformat(), []).append(one.name)
    for day, names in due.items():
        yield f"须书面说明（{day}前）：{'、'.join(names)}。"


def _by_unit(owed: list[Owed]) -> dict[tuple[int, int], Owed]:
    return {(one.notice_id, one.unit_id): one for one in owed}
