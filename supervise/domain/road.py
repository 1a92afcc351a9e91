"""A notice's way from draft to delivery (发文办理): its dated steps, and whether their order holds.

The order is that of 党政机关公文处理工作条例 (2012), Articles 20, 22 and 25: 起草、审核、会签、
签发、用印、印制、分发.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

ROAD = ("拟稿", "核稿", "会签", "签发", "用印", "印发", "送达")


@dataclass(frozen=True, slots=True)
class RoadStep:
    """One step of the way: the day it was done, who did it, its number; None where not known."""

    what: str
    on: date | None = None
    by: str | None = None
    ref: str | None = None


def road(known: Iterable[RoadStep]) -> tuple[RoadStep, ...]:
    """Put steps into the order of the way; of one told twice the last holds, others stay open."""
    found = {one.what: one for one in known}
    return tuple(found.get(what, RoadStep(what)) for what in ROAD)


def out_of_order(way: Iterable[RoadStep]) -> Iterator[tuple[str, str]]:
    """Give each step that is dated before one it rests on, with what is wrong in a sentence."""
    latest: RoadStep | None = None
    for step in way:
        if step.on is None:
            continue
        if latest is not None and latest.on is not None and step.on < latest.on:
            again = "重新拟稿之后应再办，或" if latest.what == "拟稿" else ""
            said = f"{step.what}日期 {step.on} 早于{latest.what}日期 {latest.on}"
            yield step.what, f"{said}：{again}请核对日期。"
            continue
        latest = step
