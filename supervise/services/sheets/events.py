"""What the events of a sheet tell beside changed fields, in words."""

from __future__ import annotations

from typing import Any

from supervise.services.sheets.status import STATES


def told(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """Say what was sent, taken over, found different or settled; nothing for other events."""
    found = []
    if "row_count" in (payload.get("set") or {}):
        found.append(("发出", f"{payload['set']['row_count']} 件"))
    if "taken" in payload:
        found.append(("采用", f"{len(payload['taken'])} 项"))
    if "differences" in payload and "row_count" not in payload:
        found.append(("差异", f"{len(payload['differences'])} 处"))
    for code, heading, status in payload.get("settled", ()):
        found.append((f"{code} {heading}", STATES[status]))
    return found
