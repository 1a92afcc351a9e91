"""What a month's notice may name units for beside issues: tasks not done, reports not made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from db import tasks as store
from supervise.domain import duties as duty_rules
from supervise.domain import task_lights
from supervise.domain.naming import Finding
from supervise.services import duty_records
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.services.naming import Board

# The criteria met by something else than issues.
CRITERIA_BESIDE = frozenset({"task", "unreported"})
# How a report that was not made is told, once the cut-off is past.
NOT_MADE = "，至截止日未报"


def gathered(
    session: Session,
    criteria: frozenset[str],
    since: date,
    cutoff: date,
    board: Board,
    named_on: date,
) -> Iterator[Finding]:
    """Give what met the criteria `task` and `unreported`, those of them that are switched on.

    Units bear the names of the day `named_on`.
    """
    if "task" in criteria:
        yield from of_tasks(session, since, cutoff, board, named_on)
    if "unreported" in criteria:
        yield from of_reports(session, since, cutoff, board, named_on)


def of_tasks(
    session: Session, since: date, cutoff: date, board: Board, named_on: date
) -> Iterator[Finding]:
    """Find who leads a task of which something fell due in the months covered and was not there.

    A task that nobody leads yet is nobody's failure; one led by a unit that was merged by the
    cut-off is with the unit that took over, as open issues are.
    """
    misses = task_lights.misses(store.every(session.conn), since, cutoff)
    together: dict[tuple[int, date], list[task_lights.Miss]] = defaultdict(list)
    for miss in misses:
        together[miss.task.id, miss.due_on].append(miss)
    for found in together.values():
        leads = found[0].task.leads
        heirs = (board.taken_over(one, cutoff) for one in leads)
        for unit_id in dict.fromkeys(heirs):
            yield Finding(board.subject(unit_id, named_on), "task", note=task_lights.note(found))


def of_reports(
    session: Session, since: date, cutoff: date, board: Board, named_on: date
) -> Iterator[Finding]:
    """Find who owed a report that fell due in the months covered and was not made by the cut-off.

    A unit merged by the cut-off owes nothing more, one merged later still did. The periods of one
    duty stand in one sentence.
    """
    missing: dict[tuple[int, str], list[str]] = defaultdict(list)
    known = duty_records.known(session)
    for one in duty_records.board(session, known, cutoff, partial(board.taken_over, by=cutoff)):
        in_the_months = since <= one.round.due_on <= cutoff
        if in_the_months and duty_rules.unreported(one.round.due_on, one.report, cutoff):
            due = one.round.due_on
            missing[one.unit.id, one.duty.name].append(f"{due.month}月{due.day}日")
    for (unit_id, duty), days in missing.items():
        note = f"“{duty}”应于{'、'.join(days)}报送{NOT_MADE}"
        yield Finding(board.subject(unit_id, named_on), "unreported", note=note)
