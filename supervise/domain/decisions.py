"""What people decide about a notice in draft: exemptions, additions, answers to the 核对单."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from supervise.domain.ladder_records import Entry
from supervise.domain.naming import in_city_order
from supervise.domain.records import CRITERIA, Reason


@dataclass(frozen=True, slots=True)
class Exempt:
    """免予点名: not named this time, for a reason, approved by another than the drafter.

    `explain`: the unit owes a written explanation all the same.
    """

    unit_id: int
    reason: str
    by: str
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """An exemption taken back."""

    unit_id: int


@dataclass(frozen=True, slots=True)
class Added:
    """A unit put on the notice by a person: named, praised or noted, with the reason."""

    unit_id: int
    name: str
    reason: str
    polarity: str = "named"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a unit answered to the 核对单: 无异议, 有异议 or 未回复."""

    unit_id: int
    result: str


Decision = Exempt | Restored | Added | Checked
Entries = dict[tuple[int, str], Entry]


def merge_decisions(
    proposed: Iterable[Entry],
    decisions: Iterable[Decision],
    orders: Mapping[int, int | None] | None = None,
) -> tuple[Entry, ...]:
    """Apply what people decided, in the order they decided it, to what the rules propose.

    A decision about a unit no longer on the notice has no effect. `orders` gives each unit's place
    in the city's 机构序列; without it, names decide.
    """
    entries: Entries = {(entry.unit_id, entry.polarity): entry for entry in proposed}
    for decision in decisions:
        if isinstance(decision, Added):
            _add(entries, decision)
        elif (key := _key_of(entries, decision)) is not None:
            entries[key] = _decided(entries[key], decision)
    return in_city_order(entries.values(), orders or {})


def _key_of(entries: Entries, decision: Exempt | Restored | Checked) -> tuple[int, str] | None:
    if (decision.unit_id, "named") in entries:
        return decision.unit_id, "named"
    others = [key for key in entries if key[0] == decision.unit_id]
    return others[0] if others and isinstance(decision, Checked) else None


def _decided(entry: Entry, decision: Exempt | Restored | Checked) -> Entry:
    if isinstance(decision, Checked):
        return replace(entry, check=decision.result)
    if isinstance(decision, Restored):
        return replace(entry, status="effective", exempt_reason=None, exempt_by=None, explain=False)
    return replace(
        entry,
        status="exempt",
        exempt_reason=decision.reason,
        exempt_by=decision.by,
        explain=decision.explain,
    )


def _add(entries: Entries, added: Added) -> None:
    key, reason = (added.unit_id, added.polarity), Reason("manual", note=added.reason)
    there = entries.get(key)
    if there is None:
        entries[key] = Entry(
            added.unit_id, added.name, added.polarity, origin="manual", reasons=(reason,)
        )
    elif reason not in there.reasons:
        entries[key] = replace(there, reasons=(*there.reasons, reason))


_STATUSES = {"effective": "列入", "exempt": "免予点名", "withdrawn": "撤销"}
_POLARITIES = {"named": "点名", "praised": "表扬", "noted": "提示"}


def difference(seen: Iterable[Entry], now: Iterable[Entry]) -> tuple[str, ...]:
    """Say in sentences what changed on a draft since somebody looked at it; none: nothing did."""
    before = {(entry.unit_id, entry.polarity): entry for entry in seen}
    after = {(entry.unit_id, entry.polarity): entry for entry in now}
    gone = [f"{_title(before[key])}不再列入。" for key in before if key not in after]
    new = [
        f"新列入{_title(after[key])}：{_why(after[key])}。" for key in after if key not in before
    ]
    changed = [
        f"{_title(after[key])}：{'；'.join(changes)}。"
        for key in after
        if key in before and (changes := _changes(before[key], after[key]))
    ]
    return tuple(new + gone + changed)


def _title(entry: Entry) -> str:
    return f"{entry.name}（{_POLARITIES[entry.polarity]}）"


def _why(entry: Entry) -> str:
    return "、".join(
        CRITERIA.get(reason.criterion, reason.criterion)
        + (f"{reason.count}件" if reason.issues else "")
        for reason in entry.reasons
    )


def _changes(before: Entry, after: Entry) -> list[str]:
    changes = []
    if before.status != after.status:
        changes.append(f"由{_STATUSES[before.status]}改为{_STATUSES[after.status]}")
    if before.check != after.check:
        changes.append(f"核对结果由{before.check or '未核对'}变为{after.check or '未核对'}")
    old = {reason.criterion: reason for reason in before.reasons}
    new = {reason.criterion: reason for reason in after.reasons}
    for criterion in dict.fromkeys([*old, *new]):
        changes += _reason_changes(criterion, old.get(criterion), new.get(criterion))
    if not changes and before != after:
        changes.append("名称或事由有变化")
    return changes


def _reason_changes(criterion: str, before: Reason | None, after: Reason | None) -> list[str]:
    label = CRITERIA.get(criterion, criterion)
    old = set(before.issues) if before else set()
    new = set(after.issues) if after else set()
    changes = []
    if after is not None and new - old:
        changes.append(f"{label}增加{'、'.join(sorted(new - old))}")
    elif after is not None and before is None:
        changes.append(f"增加{label}")
    if old - new:
        changes.append(f"{label}减少{'、'.join(sorted(old - new))}")
    elif before is not None and after is None:
        changes.append(f"不再有{label}")
    return changes
