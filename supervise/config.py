"""Where things are: the ledger's default path, and what the environment says."""

from __future__ import annotations

import os
from pathlib import Path


def default_ledger() -> Path:
    """Give the ledger's path when none is named: `ledger.db` in the user's data folder."""
    named = os.environ.get("SUPERVISE_LEDGER")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("supervise", appauthor=False) / "ledger.db"


def evidence_folder(ledger: Path) -> Path:
    """Give the folder beside a ledger in which its evidence files lie under their hashes."""
    return ledger.with_name(ledger.name + ".evidence")


def preferences_path() -> Path:
    """Give the file in which the dashboard keeps a user's own settings (SUPERVISE_PREFERENCES)."""
    named = os.environ.get("SUPERVISE_PREFERENCES")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("supervise", appauthor=False) / "dashboard.json"
