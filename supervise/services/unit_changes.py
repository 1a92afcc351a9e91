"""What a rename, another spelling or a merger of a unit would move, said before it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from db import issues as issue_store
from db import units as store
from supervise.domain import ladder
from supervise.domain.ladder_records import INTERVIEW_OPEN
from supervise.domain.ladder_words import months_text
from supervise.domain.records import Unit
from supervise.errors import Refused, SuperviseError
from supervise.services import units
from supervise.services.ladder import Standing, rules_of
from supervise.services.notice_preview import Preview as Looked
from supervise.services.session import Session
from supervise.text import first_of

_SHOWN = 5
_NEEDED = {"unit.rename": "name", "unit.alias": "alias", "unit.merge": "into"}


@dataclass(frozen=True, slots=True)
class Preview:
    """What an operation on a unit would move and what it would leave where it is.

    `into` is the unit that takes over, None where nothing leaves its record. `open` are the codes
    of the issues not finished that the unit leads, `supports` how many it supports. `named` are
    the months it was named in, `into_named` the other's; `joins`: they count together from then
    on. `running`: months that would newly run on and be proposed for an interview. `interviews`
    are those under way, `names` its other spellings, `bureaus` the units under it.
    """

    op: str
    unit: str
    into: str | None
    open: tuple[str, ...]
    supports: int
    named: tuple[str, ...]
    into_named: tuple[str, ...]
    joins: bool
    running: tuple[str, ...]
    interviews: int
    names: tuple[str, ...]
    bureaus: tuple[str, ...]


def preview(session: Session, op: str, values: Mapping[str, Any]) -> Preview:
    """Say what `unit.rename`, `unit.alias` or `unit.merge` would do; nothing is changed.

    Raises NotFound or Refused where the unit or the other one can't be found, or a merger is of
    a unit into itself; the rest is refused by the operation, in the same words as ever.
    """
    unit = units.find(session.conn, values.get("unit"), values.get("unit_id"))
    return _PREVIEWS[op](session, unit, values)


def look(op: str, values: Mapping[str, Any]) -> Callable[[Session], Looked]:
    """Give the task that says what an operation would do as far as it is filled in.

    Why it can't be done stands in what is confirmed; nothing is said before both are named.
    """

    def task(session: Session) -> Looked:
        if not all(values.get(name) for name in ("unit", _NEEDED[op])):
            return Looked()
        try:
            return Looked(follows=sentences(preview(session, op, values)))
        except SuperviseError as error:
            return Looked(record=(("不能办理", error.message),))

    return task


def _rename(session: Session, unit: Unit, values: Mapping[str, Any]) -> Preview:
    return _gather(session, "unit.rename", unit, None)


def _alias(session: Session, unit: Unit, values: Mapping[str, Any]) -> Preview:
    spelt = store.by_name(session.conn, str(values["alias"]))
    others = [one for one in spelt if one.id != unit.id and one.active]
    if not others:
        return _gather(session, "unit.alias", unit, None)
    return _gather(session, "unit.alias", others[0], unit)


def _merge(session: Session, unit: Unit, values: Mapping[str, Any]) -> Preview:
    into = units.find(session.conn, str(values["into"]))
    if into.id == unit.id:
        raise Refused("不能把单位并入它自己。")
    return _gather(session, "unit.merge", unit, into)


_PREVIEWS: dict[str, Callable[[Session, Unit, Mapping[str, Any]], Preview]] = {
    "unit.rename": _rename,
    "unit.alias": _alias,
    "unit.merge": _merge,
}


def _gather(session: Session, op: str, unit: Unit, into: Unit | None) -> Preview:
    standing = Standing(session)
    found = [
        issue
        for key in issue_store.open_ids_of_unit(session.conn, unit.id)
        if (issue := issue_store.by_id(session.conn, key)) is not None
    ]
    joins = op != "unit.merge"
    return Preview(
        op=op,
        unit=unit.name,
        into=into.name if into else None,
        open=tuple(issue.code for issue in found if issue.unit_id == unit.id),
        supports=sum(issue.unit_id != unit.id for issue in found),
        named=_named(standing, unit),
        into_named=_named(standing, into) if into else (),
        joins=joins,
        running=_running(standing, unit, into) if into and joins else (),
        interviews=sum(
            one.unit_id == unit.id and one.status in INTERVIEW_OPEN | {"held"}
            for one in standing.interviews
        ),
        names=tuple(n.name for n in store.names(session.conn, unit.id) if n.name != unit.name),
        bureaus=tuple(
            one.name for one in standing.board.units.values() if one.parent_id == unit.id
        ),
    )


def _named(standing: Standing, unit: Unit) -> tuple[str, ...]:
    own = {p for one in standing.namings if one.unit_id == unit.id for p in one.periods}
    return tuple(sorted(own))


def _running(standing: Standing, unit: Unit, into: Unit) -> tuple[str, ...]:
    """Give the months that would be proposed once two records are one, and are not now."""
    here = standing.board.accountable(into.id).id

    def moved(key: int) -> int:
        return here if key == unit.id else key

    then = ladder.proposals(
        [replace(one, unit_id=moved(one.unit_id)) for one in standing.namings],
        standing.notice_periods,
        [replace(one, unit_id=moved(one.unit_id)) for one in standing.interviews],
        rules_of(standing.session.pack),
    )
    now = {period for one in standing.proposals if one.unit_id == here for period in one.periods}
    months = {period for one in then if one.unit_id == here for period in one.periods}
    return tuple(sorted(months)) if months - now else ()


def sentences(found: Preview) -> tuple[str, ...]:
    """Say in sentences what moves and what stays, what concerns people first."""
    match found.op:
        case "unit.rename":
            return (*_issues_stay(found), *_renamed(found), *_codes(found))
        case "unit.alias" if found.into is None:
            return ("只多记一种写法：事项、点名和约谈都不变。",)
        case "unit.alias":
            return (*_joined(found), *_streak(found), *_codes(found))
        case _:
            return (*_merged(found), *_codes(found))


def _issues(found: Preview) -> str:
    helped = f"、配合办理 {found.supports} 件" if found.supports else ""
    return f"未办结事项 {len(found.open)} 件{helped}"


def _codes(found: Preview) -> tuple[str, ...]:
    return (f"所涉事项：{first_of(found.open, _SHOWN)}。",) if found.open else ()


def _months(periods: tuple[str, ...]) -> str:
    return months_text(periods) if periods else "未被点名"


def _issues_stay(found: Preview) -> tuple[str, ...]:
    return (f"{_issues(found)}仍由该单位办理，清单改印新名称。",)


def _renamed(found: Preview) -> tuple[str, ...]:
    kept = "、".join((found.unit, *found.names))
    return (
        f"被点名的月份不因更名中断：{_months(found.named)}。",
        f"原名称、别名仍可查到：{kept}。已签发的通报仍印当时的名称。",
    )


def _joined(found: Preview) -> tuple[str, ...]:
    names = "、".join((found.unit, *found.names))
    return (
        f"“{found.unit}”与“{found.into}”是同一单位，两条记录合为一条。",
        f"{_issues(found)}归到{found.into}名下，不算转办，限期不变。",
        f"{names}成为{found.into}的别名。",
        f"约谈在办 {found.interviews} 件一并归入。" if found.interviews else "没有在办的约谈。",
    )


def _streak(found: Preview) -> tuple[str, ...]:
    together = months_text(sorted({*found.named, *found.into_named}))
    counted = f"被点名的月份合并计算：{together}。" if together else "两条记录都未被点名。"
    if not found.running:
        return (counted,)
    return (counted, f"合并后{months_text(found.running)}达到提请约谈的条件，将列为拟提请。")


def _merged(found: Preview) -> list[str]:
    said = [
        f"{_issues(found)}移交{found.into}，限期不变；已办结的仍记在{found.unit}名下。",
        f"{found.unit}被点名的月份不承继：{_months(found.named)}。",
        f"{found.into}自己的月份照旧：{_months(found.into_named)}。",
        f"名称和别名不并入{found.into}：{'、'.join((found.unit, *found.names))}。",
    ]
    if found.interviews:
        said.append(f"约谈在办 {found.interviews} 件仍记在{found.unit}名下，约谈对象须人工确认。")
    if found.bureaus:
        said.append(f"下属单位不随之移动，须另行更正所属：{'、'.join(found.bureaus)}。")
    return said
