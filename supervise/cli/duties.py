"""Periodic duties: duty list, show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from supervise.cli import diagnostics, output
from supervise.cli.answer import show_record
from supervise.cli.front import Front

if TYPE_CHECKING:
    from supervise.services.duty_records import Matrix

_COLUMNS = 6
_NONE = "还没有定期报送事项。可用 supervise duty add 设定，或在规则包的 [[cadence]] 里写应报单位。"


def list_(
    front: Front,
    duty: str | None = None,
    unit: str | None = None,
    state: str | None = None,
    period: str | None = None,
    as_of: date | None = None,
) -> None:
    """List the reports owed: for a program one a row, for a person units by periods."""
    from supervise.services import duty_records, units

    narrowed = any((unit, state, period))
    with front.session() as session:
        body = units.find(session.conn, unit).id if unit else None
        if front.json or narrowed:
            records = duty_records.listing(session, duty, body, state, period, as_of)
        else:
            matrices = duty_records.matrices(session, _COLUMNS, as_of)
    if front.json:
        output.document(records)
    elif narrowed:
        from supervise.cli.answer import show_list

        show_list(front, "duty", records)
    else:
        _drawn([one for one in matrices if duty in {None, one.duty.name}])


def _drawn(matrices: list[Matrix]) -> None:
    """Write each duty as a table of units by periods."""
    if not matrices:
        diagnostics.say(_NONE)
    for one in matrices:
        output.lines(f"{one.duty.name}：{one.duty.rhythm.words}，{one.duty.clause}")
        rows = [
            [unit.name, *(_cell(one, unit.id, round_.key) for round_ in one.periods)]
            for unit in one.units
        ]
        output.table(["单位", *(round_.heading for round_ in one.periods)], rows)
        output.lines("")


def _cell(matrix: Matrix, unit_id: int, period: str) -> str:
    found = matrix.cells.get((unit_id, period))
    if found is None:
        return ""
    late = found["state"] == "submitted" and found["late_days"]
    return f"{found['state_name']}（迟{found['late_days']}天）" if late else found["state_name"]


def show(front: Front, duty: str) -> None:
    """Show one duty: its rhythm, who owes it, and how its reports stand."""
    from supervise.services import duty_records

    with front.session() as session:
        found = duty_records.described(session, duty_records.find(session, duty))
        reports = duty_records.listing(session, duty)
    show_record(front, "duty", {**found, "reports": reports})
