"""What every opening of a ledger asks for: its format, and the triggers that guard the log."""

from __future__ import annotations

APPLICATION_ID = 0x53565243  # "SVRC"
VERSION = 2

GUARDS = {
    "event_keep_update": """CREATE TRIGGER event_keep_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    "event_keep_delete": """CREATE TRIGGER event_keep_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    "event_keep_chain": """CREATE TRIGGER event_keep_chain BEFORE INSERT ON event
WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM event), 0) + 1
  OR NEW.prev IS NOT coalesce((SELECT hash FROM event ORDER BY seq DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'the log goes on from its head only'); END""",
}
