"""Clocks of an issue beside the loop: what falls due when, what was done, what is late.

Each node rests on the term it was given when the set began: changing a pack moves none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from supervise.domain import clock
from supervise.domain.calendar import Calendar
from supervise.domain.clock import Term
from supervise.errors import BadInput, Refused

if TYPE_CHECKING:
    from supervise.domain.pack_clocksets import ClockSet


@dataclass(frozen=True, slots=True)
class Node:
    """One dated node of an issue's clock set.

    `start` is the day its term runs from, None until the node it comes `after` is done; then
    `due_on` is None too. `ref` is the number of the reply, the filing or the permit.
    """

    clocks: str
    name: str
    term: str
    after: str | None = None
    start: date | None = None
    due_on: date | None = None
    provisional: bool = False
    done_on: date | None = None
    ref: str | None = None

    def late(self, today: date) -> bool:
        """Whether the node was reached after its last day, or that day has passed without it."""
        return self.days_late(today) > 0

    def days_late(self, today: date) -> int:
        """Count the calendar days past its last day, to when it was reached or to today."""
        if self.due_on is None:
            return 0
        return max(((self.done_on or today) - self.due_on).days, 0)


def check(sets: Iterable[ClockSet]) -> Iterable[str]:
    """Say what is wrong with a pack's clock sets: names twice, nodes after no earlier node."""
    seen: set[str] = set()
    for one in sets:
        if one.name in seen:
            yield f"“{one.name}”写了两次"
        seen.add(one.name)
        known: set[str] = set()
        for node in one.nodes:
            if node.name in known:
                yield f"“{one.name}”的节点“{node.name}”写了两次"
            if node.after and node.after not in known:
                yield f"“{one.name}”的节点“{node.name}”排在“{node.after}”之后，前面没有这个节点"
            known.add(node.name)
        if not one.nodes:
            yield f"“{one.name}”没有节点"


def find(sets: Sequence[ClockSet], name: str) -> ClockSet:
    """Find a clock set by its name. Raises BadInput with all of them."""
    for one in sets:
        if one.name == name.strip():
            return one
    known = "、".join(one.name for one in sets)
    raise BadInput(f"没有“{name}”这套时限，可填：{known or '（规则包没有）'}。", code="no_clocks")


def begin(chosen: ClockSet, start: date, calendar: Calendar) -> tuple[Node, ...]:
    """Start the clocks of a set on a day; a node after another waits for that one."""
    return tuple(
        _running(
            Node(chosen.name, one.name, str(one.term), one.after or None),
            None if one.after else start,
            calendar,
        )
        for one in chosen.nodes
    )


def _running(node: Node, start: date | None, calendar: Calendar) -> Node:
    if start is None:
        return replace(node, start=None, due_on=None, provisional=False)
    due, provisional = clock.due_on(start, Term.parse(node.term), calendar)
    return replace(node, start=start, due_on=due, provisional=provisional)


def last_day(nodes: Sequence[Node], calendar: Calendar) -> tuple[date, bool]:
    """Give the day the whole set ends if each node waited for is done on its last day.

    With it whether that day is provisional: some day on the way lies in a year without a list.
    """
    planned: list[Node] = []
    for node in nodes:
        before = next((one for one in planned if one.name == node.after), None)
        if node.due_on is None and before is not None:
            node = _running(node, before.done_on or before.due_on, calendar)
        planned.append(node)
    days = [(one.due_on, one.provisional) for one in planned if one.due_on is not None]
    return max(day for day, _ in days), any(provisional for _, provisional in days)


def reach(
    nodes: Sequence[Node], name: str, on: date, ref: str | None, calendar: Calendar
) -> tuple[Node, ...]:
    """Record that a node was reached on a day; again, to correct it. What comes after starts then.

    Raises BadInput for a node the set has not, Refused for one whose time has not come.
    """
    node = next((one for one in nodes if one.name == name.strip()), None)
    if node is None:
        known = "、".join(one.name for one in nodes)
        raise BadInput(f"没有“{name}”这个节点，可填：{known}。", code="no_node")
    if node.start is None:
        raise Refused(f"“{node.name}”在“{node.after}”之后起算，请先记“{node.after}”。")
    if on < node.start:
        raise Refused(f"{node.name}日期 {on} 早于起算日 {node.start}，请核对日期。")
    done = replace(node, done_on=on, ref=ref or node.ref)
    early = [one for one in nodes if one.after == node.name and one.done_on and one.done_on < on]
    if early:
        raise Refused(f"“{early[0].name}”已记 {early[0].done_on}，{node.name}不能晚于这一天。")
    changed = [done if one is node else one for one in nodes]
    return tuple(_running(one, on, calendar) if one.after == node.name else one for one in changed)


def moved(nodes: Sequence[Node], calendar: Calendar) -> tuple[Node, ...]:
    """Give the nodes under another calendar: dates still ahead move later, never earlier."""
    found = []
    for node in nodes:
        new = _running(node, node.start, calendar)
        waiting = node.done_on is None and node.due_on is not None and new.due_on is not None
        later = waiting and (new.due_on or date.min) >= (node.due_on or date.max)
        found.append(new if later else node)
    return tuple(found)
