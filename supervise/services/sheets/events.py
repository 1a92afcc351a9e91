"""What the events of a sheet tell beside changed fields, in words."""

from __future__ import annotations

from typing import Any

from supervise.services.sheets.status import STATES


def told(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """Say what was sent, taken over, found different or settled; nothing for other events."""
    found = []
    if "row_count" in (payload.get("set") or {}):
        found.append(("发出", f"{payload['set']['row_count']} 件{_items(payload)}"))
    taken = len(payload.get("taken", ())) + len(payload.get("items_taken", ()))
    if taken:
        found.append(("采用", f"{taken} 项"))
    if "differences" in payload and "row_count" not in payload:
        found.append(("差异", f"{len(payload['differences'])} 处"))
    for code, heading, status, _ in payload.get("settled", ()):
        found.append((f"{code} {heading}", STATES[status]))
    return found


def _items(payload: dict[str, Any]) -> str:
    """Say how many tasks and reports were sent beside the issues."""
    pages = [item[0] for item in payload.get("items", ())]
    tasks, duties = pages.count("task"), pages.count("duty")
    return (f"，任务 {tasks} 项" if tasks else "") + (f"，应报 {duties} 期" if duties else "")
