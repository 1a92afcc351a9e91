"""Whose papers these are: the office, the rules it works under, the ledger's state."""

from __future__ import annotations

from db import events
from supervise.domain import facts as paper
from supervise.domain.dates import parse_period
from supervise.errors import BadInput
from supervise.services import ledger
from supervise.services.session import Session


def office(session: Session) -> paper.OfficeFacts:
    """Give what every paper may cite of the office and its rule pack."""
    pack = session.pack
    return paper.OfficeFacts(
        city=pack.city.name,
        office=pack.city.office,
        as_of=session.today,
        superior=pack.city.superior,
        leader=pack.city.leader,
        contact=pack.city.contact,
        clock=pack.clock.source,
        sign_term=pack.clock.sign.label,
        basis=paper.Basis(pack.basis.document, pack.basis.number, pack.basis.status),
        code=events.head_code(session.conn),
        pack_title=pack.title,
        pack_version=pack.version_id,
        demo=ledger.is_demo(session),
    )


def month(subjects: tuple[str, ...]) -> str:
    """Read the one month a paper is about. Raises BadInput when it is none."""
    if len(subjects) != 1:
        raise BadInput("请写一个月份，如 2024-11。", code="bad_field")
    try:
        return parse_period(subjects[0])
    except ValueError as error:
        raise BadInput(f"月份不对：{error}。", code="bad_field") from None
