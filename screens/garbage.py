"""Looking for garbage while the hands rest: the collector stops everything for 20 to 100 ms."""

from __future__ import annotations

import gc
from time import monotonic

# Seconds without a key after which nobody is in the middle of something; after which nobody is
# there.
RESTING, AWAY = 1.0, 60.0
# Objects made since the last look: too few to look, and so many that it can't wait.
FEW, MANY = 2_000, 1_000_000


class Garbage:
    """Collects at rest what was made since the last time; the collector itself is switched off."""

    def __init__(self) -> None:
        self._touched = monotonic()
        self._kept = False

    def touched(self) -> None:
        """Note that a key or the mouse was used."""
        self._touched = monotonic()

    def look(self, *, keep: bool) -> None:
        """Collect if it is time.

        With `keep`, what is left will stay and is not gone through again until nobody is there.
        """
        rested, made = monotonic() - self._touched, gc.get_count()[0]
        if self._kept and rested > AWAY:
            gc.unfreeze()
            self._kept = False
        elif made < (FEW if rested > RESTING else MANY):
            return
        gc.collect()
        if keep and rested < AWAY:
            gc.freeze()
            self._kept = True
