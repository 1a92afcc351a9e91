"""保密审查: who reviewed what before it was made public, and which texts they looked at."""

from __future__ import annotations

from db import clearances as store
from db import ids
from supervise.domain.publicity import Clearance, parse_span, span_label
from supervise.errors import NotCleared, Refused
from supervise.services import publicity
from supervise.services.session import Session
from supervise.services.work import Record, Work


def scope_of(session: Session, text: str) -> str:
    """Read what a review is about: a month, a quarter, or an issue. Raises NotFound."""
    span = parse_span(text)
    return span if span else publicity.issue(session, text).code


def words(scope: str) -> str:
    """Write a scope as a sentence does."""
    span = parse_span(scope)
    return f"{span_label(span)}公开版" if span else f"{scope}的曝光台案例"


def record(work: Work, scope: str, result: str, approver: str) -> Record:
    """记录保密审查: keep who reviewed and who approved, and the digests of the texts as they are.

    Recording again replaces the earlier review. Raises Refused where one person does both.
    """
    if approver == work.actor:
        raise Refused(
            "保密审查须两人：批准人不能是审查人本人，请在“审查人”（--by）写明另一人。",
            code="same_person",
        )
    session = work.session
    scope = scope_of(session, scope)
    digests = sorted(publicity.digest(one) for one in publicity.texts(session, scope))
    if not digests:
        raise Refused(f"{words(scope)}没有可公开的内容，不需审查。", code="nothing_to_print")
    key = ids.next_id(work.conn, "clearance")
    values = {
        "scope": scope,
        "result": result,
        "on_date": work.on.isoformat(),
        "by_name": work.actor,
        "approver": approver,
        "ref": work.ref,
        "note": work.note,
        "digests": digests,
    }
    work.record("clearance", key, {"set": values, "new": True})
    return _record_of(store.every(work.conn)[-1])


def _record_of(one: Clearance) -> Record:
    return {
        "id": one.id,
        "scope": one.scope,
        "result": one.result,
        "on": one.on.isoformat(),
        "by": one.by,
        "approver": one.approver,
        "ref": one.ref,
        "note": one.note,
        "texts": len(one.digests),
    }


def listing(session: Session) -> list[Record]:
    """List the reviews as JSON records, oldest first."""
    return [_record_of(one) for one in store.every(session.conn)]


def require(session: Session, scope: str) -> Clearance:
    """Give the review after which a scope may be public.

    Raises NotCleared where there is none, where it said no, and where texts are new since.
    """
    found, name = store.last(session.conn, scope), words(scope)
    if found is None:
        raise NotCleared(
            f"{name}还没有保密审查记录，不能出具；先审查，再记录"
            f"（supervise clearance record {scope} --result 可以公开 --approver 批准人）。",
            scope,
        )
    if not found.cleared:
        raise NotCleared(f"{name}{found.on}保密审查的结论是“{found.result}”，不能出具。", scope)
    new = [
        one for one in publicity.texts(session, scope) if publicity.digest(one) not in found.digests
    ]
    if new:
        raise NotCleared(
            f"{name}在{found.on}保密审查之后有{len(new)}处文字新增或改动"
            f"（{'、'.join(one.code for one in new[:3])}），请重新审查并记录。",
            scope,
        )
    return found
