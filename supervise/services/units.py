"""Units: found by name, alias or code; added, renamed, joined and merged."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from db import ids
from db import units as store
from db.driver import Connection
from db.names import name_key
from supervise.domain.facts import COUNTY_KINDS
from supervise.domain.records import UNIT_KINDS, Unit
from supervise.errors import NotFound, Refused
from supervise.services import handover
from supervise.services.work import Record, Work


def near(conn: Connection, text: str) -> str:
    """Ask whether one of at most three known names like `text` is meant; empty when none is."""
    from difflib import get_close_matches

    known = list(dict.fromkeys(one.name for one in store.names(conn)))
    alike = [name for name in known if text in name or name in text]
    meant = (alike or get_close_matches(text, known))[:3]
    return f"是不是{'、'.join(f'“{name}”' for name in meant)}？" if meant else ""


def find(conn: Connection, name: str | None, code: str | None = None) -> Unit:
    """Find the one unit a person means: its code decides, a name must fit only one.

    Raises NotFound when there is none, Refused when a name fits two; both name the remedy.
    """
    if code:
        unit = store.by_code(conn, code.strip())
        if unit is None:
            raise NotFound(f"没有代码为“{code}”的单位，请用 supervise unit list 查代码。")
        return unit
    assert name is not None
    text = name.strip()
    by_code = store.by_code(conn, text)
    found = {by_code.id: by_code} if by_code else {u.id: u for u in store.by_name(conn, text)}
    if not found:
        meant = near(conn, text)
        raise NotFound(
            f"没有名为“{text}”的单位，{meant}请核对名称，或先新增（supervise unit add）。"
        )
    live = {key: unit for key, unit in found.items() if unit.active} or found
    if len(live) > 1:
        options = "、".join(f"{u.name}({u.code or '无代码'})" for u in live.values())
        raise Refused(f"“{text}”对应多个单位：{options}。请用单位代码指明。", code="ambiguous_unit")
    return next(iter(live.values()))


def record(conn: Connection, unit: Unit) -> Record:
    """Give a unit as the JSON record of `unit list`."""
    aliases = [n.name for n in store.names(conn, unit.id) if n.name != unit.name]
    parent = store.get(conn, unit.parent_id).name if unit.parent_id else None
    return _record(unit, aliases, parent)


def _record(unit: Unit, aliases: list[str], parent: str | None) -> Record:
    return {
        "unit": unit.name,
        "unit_id": unit.code,
        "kind": unit.kind,
        "aliases": aliases,
        "parent": parent,
        "active": unit.active,
        "head": unit.head,
        "short": unit.short,
        "order": unit.order,
        "pending": unit.pending,
    }


def listing(conn: Connection) -> list[Record]:
    """List every unit in the city's order as JSON records."""
    everyone = store.every(conn)
    names = {unit.id: unit.name for unit in everyone}
    aliases: dict[int, list[str]] = {}
    for item in store.names(conn):
        if item.name != names[item.unit_id]:
            aliases.setdefault(item.unit_id, []).append(item.name)
    return [
        _record(u, aliases.get(u.id, []), names.get(u.parent_id) if u.parent_id else None)
        for u in everyone
    ]


def initials(name: str) -> str:
    """Give a name's pinyin initials, for finding a unit by typing letters."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def stored(unit: Unit) -> Record:
    """Give a unit as the columns its event carries."""
    values: dict[str, Any] = asdict(unit)
    values.pop("id")
    values["sort_order"] = values.pop("order")
    values["active"], values["pending"] = int(unit.active), int(unit.pending)
    if unit.head_since:
        values["head_since"] = unit.head_since.isoformat()
    return {**values, "initials": initials(unit.name)}


def add(
    work: Work,
    unit: str,
    unit_id: str | None = None,
    kind: str = "市直部门",
    head: str | None = None,
    parent: str | None = None,
    short: str | None = None,
    order: int | None = None,
    pending: bool = False,
) -> Record:
    """Register a unit; a county's bureau answers as its county."""
    new = create(work, unit, unit_id, kind, head, parent, short, order, pending)
    return record(work.conn, new)


def create(
    work: Work,
    name: str,
    code: str | None = None,
    kind: str = "市直部门",
    head: str | None = None,
    parent: str | None = None,
    short: str | None = None,
    order: int | None = None,
    pending: bool = False,
) -> Unit:
    """Append the event that registers a unit, and give it.

    Raises Refused when its code is taken, or a unit without a code already goes by the name.
    """
    if kind not in UNIT_KINDS:
        raise Refused(f"单位类别“{kind}”不认识，可填：{'、'.join(UNIT_KINDS)}。")
    taken = store.by_code(work.conn, code) if code else None
    if taken:
        raise Refused(f"单位代码“{code}”已属于{taken.name}。", code="code_taken")
    if code is None and store.by_name(work.conn, name):
        raise Refused(
            f"已有名为“{name}”的单位；确是另一单位的，请写明单位代码。", code="name_taken"
        )
    above = find(work.conn, parent) if parent else None
    key = ids.next_id(work.conn, "unit")
    of_county = above and (above.kind in COUNTY_KINDS or above.subject_id != above.id)
    subject = above.subject_id if above and of_county else key
    unit = Unit(
        key,
        name,
        code,
        kind,
        short,
        head,
        work.on if head else None,
        order,
        above.id if above else None,
        subject,
        True,
        pending,
    )
    names = [[name, None, None]]
    if short and name_key(short) != name_key(name):
        names.append([short, None, None])
    work.record("unit", key, {"set": stored(unit), "new": True, "names": names})
    return unit


def rename(work: Work, unit: str, name: str, unit_id: str | None = None) -> Record:
    """Give a unit a new name; it stays the same unit, and the months it was named go on.

    Raises Refused for the name it bears, for another unit's where it has no code of its own, and
    for a day before the present name began.
    """
    found = find(work.conn, unit, unit_id)
    if name == found.name:
        raise Refused(f"{found.name}已是这个名称。")
    others = [u for u in store.by_name(work.conn, name) if u.id != found.id]
    if others and found.code is None:
        raise Refused(f"“{name}”已是另一单位（{others[0].code or '无代码'}）的名称。")
    begun = store.terms(work.conn, found.id)[-1].since
    if begun is not None and work.on < begun:
        raise Refused(f"更名日期 {work.on} 早于现名称启用的日期 {begun}。", code="before_last_move")
    until = work.on.isoformat()
    payload = {
        "set": {"name": name, "initials": initials(name)},
        "was": {"name": found.name},
        "names": [[found.name, None, until], [name, until, None]],
    }
    work.record("unit", found.id, payload)
    handover.reindex(work, found.id)
    return record(work.conn, store.get(work.conn, found.id))


def correct(
    work: Work,
    unit: str | None = None,
    unit_id: str | None = None,
    kind: str | None = None,
    head: str | None = None,
    parent: str | None = None,
    short: str | None = None,
    order: int | None = None,
    code: str | None = None,
) -> Record:
    """更正单位: change what is recorded of a unit; one that was 待核 is checked by it.

    A new head counts from the operation's day. The name is changed by `rename` alone.
    """
    found = find(work.conn, unit, unit_id)
    changes: dict[str, Any] = {"pending": False}
    given = {"kind": kind, "head": head, "short": short, "order": order, "code": code}
    changes |= {name: value for name, value in given.items() if value is not None}
    if head is not None and head != found.head:
        changes["head_since"] = work.on
    if code is not None and code != found.code and store.by_code(work.conn, code):
        raise Refused(f"单位代码“{code}”已属于其他单位。", code="code_taken")
    if parent is not None:
        changes |= _under(work, found, parent)
    after = replace(found, **changes)
    if after == found:
        raise Refused(f"{found.name}没有改动。", code="unchanged")
    before, now = stored(found), stored(after)
    payload: Record = {
        "set": {name: value for name, value in now.items() if before[name] != value},
        "was": {name: value for name, value in before.items() if now[name] != value},
    }
    if short is not None:
        payload["names"] = [[short, None, None]]
    work.record("unit", found.id, payload)
    return record(work.conn, store.get(work.conn, found.id))


def _under(work: Work, unit: Unit, parent: str) -> dict[str, Any]:
    """Give the fields that put a unit under another; a county answers for its bureaus."""
    above = find(work.conn, parent)
    if above.id == unit.id or above.subject_id == unit.id:
        raise Refused(f"{unit.name}不能归到自己或下级单位之下。")
    counted = above.kind in COUNTY_KINDS or above.subject_id != above.id
    return {"parent_id": above.id, "subject_id": above.subject_id if counted else unit.id}


def alias(work: Work, unit: str, alias: str, unit_id: str | None = None) -> Record:
    """Record another spelling of the same body.

    When the alias is itself a registered unit, the two records are one body: issues and namings
    of the other move here, and the months they were named join. Raises Refused for a name that
    several units bear.
    """
    found = find(work.conn, unit, unit_id)
    others = [u for u in store.by_name(work.conn, alias) if u.id != found.id and u.active]
    if len(others) > 1:
        raise Refused(f"“{alias}”对应多个单位，请先用代码分清。", code="ambiguous_unit")
    if others:
        _refuse_gone(found)
        _join(work, others[0], found)
    else:
        work.record("unit", found.id, {"names": [[alias, None, None]]})
    return record(work.conn, store.get(work.conn, found.id))


def note_spelling(work: Work, unit: Unit, name: str) -> None:
    """Record a new spelling that came beside a known code; a known one is left alone."""
    if any(u.id == unit.id for u in store.by_name(work.conn, name)):
        return
    work.record("unit", unit.id, {"names": [[name, None, None]], "spelling": True})


def merge(work: Work, unit: str, into: str, unit_id: str | None = None) -> Record:
    """Merge a unit into another (机构改革): open issues move, the months it was named do not.

    Raises Refused for itself, and for a unit that is gone already.
    """
    old, new = find(work.conn, unit, unit_id), find(work.conn, into)
    if old.id == new.id:
        raise Refused("不能把单位并入它自己。")
    for body in (old, new):
        _refuse_gone(body)
    payload = {"set": {"active": 0, "merged_into": new.id}, "was": {"active": 1}}
    work.record("unit", old.id, payload)
    handover.move_open(work, old.id, new.id)
    return record(work.conn, store.get(work.conn, old.id))


def _refuse_gone(unit: Unit) -> None:
    """Let nothing be merged into a unit that is gone: two would end in each other."""
    if not unit.active:
        raise Refused(f"{unit.name}已并入其他单位。", code="inactive_unit")


def _join(work: Work, old: Unit, new: Unit) -> None:
    """Make two records of one body one: everything of the old one counts as the new one's."""
    names = [[n.name, None, None] for n in store.names(work.conn, old.id)]
    payload = {"set": {"active": 0, "merged_into": new.id, "subject_id": new.subject_id}}
    work.record("unit", old.id, payload)
    work.record("unit", new.id, {"names": names, "joined": old.id})
    handover.join_open(work, old.id, new.id)
