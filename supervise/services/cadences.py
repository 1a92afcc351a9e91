"""Since when the rule packs in force have asked for something to come round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from db import packs as pack_store
from supervise.domain.pack_settings import Cadence
from supervise.services.packs import parse
from supervise.services.session import Session


def asked_since(
    session: Session, names: set[str], asks: Callable[[Cadence], bool]
) -> dict[str, date]:
    """Find since when each cadence is asked for without a break: the day of the earliest such pack.

    `asks` tells whether a pack's cadence asks for it. What no pack in force asks for, as under one
    that is only being tried, begins today.
    """
    found: dict[str, date] = {}
    unbroken = set(names)
    for one in reversed(pack_store.recorded(session.conn)):
        unbroken &= {c.name for c in parse(one.text, one.name).cadence if asks(c)}
        for name in unbroken:
            found[name] = min(one.from_on, found.get(name, one.from_on))
    return {name: found.get(name, session.today) for name in names}
