"""What each user's dashboard remembers between visits: views, columns, keys, theme, recent files.

It lies in the user's own settings folder and never in the ledger: it is no record of the office.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from supervise.config import preferences_path


def load(path: Path | None = None) -> dict[str, Any]:
    """Read the preferences; a missing or damaged file is as good as none."""
    try:
        found = json.loads((path or preferences_path()).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def save(values: Mapping[str, Any], path: Path | None = None) -> None:
    """Write the preferences, whole or not at all. Raises OSError."""
    import secrets

    target = path or preferences_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        part.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", "utf-8")
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
