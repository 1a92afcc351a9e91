"""Saved ways to read one office's file: which of its columns feeds which field."""

from __future__ import annotations

from collections.abc import Mapping

from db import profiles as store
from supervise.services.work import Work


def put(work: Work, name: str, mapping: Mapping[str, str]) -> None:
    """Save a mapping under a name, over what was saved there."""
    before = store.get(work.conn, name) or {}
    merged = {**before, **mapping}
    if merged != before:
        work.record("profile", 0, {"name": name, "mapping": merged})
