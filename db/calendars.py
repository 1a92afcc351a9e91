"""The ledger's own calendar of working days, by year."""

from __future__ import annotations

import json
from typing import Any

from db.driver import Connection


def every(conn: Connection) -> dict[int, dict[str, Any]]:
    """Map each year kept to its days (date → [1 worked | 0 rest, name]) and whether it is known."""
    rows = conn.execute("SELECT year, days FROM calendar_year ORDER BY year")
    return {year: json.loads(days) for year, days in rows}
