"""The schema: numbered, forward-only migrations, and the triggers that guard the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import clock_nodes, dispatch_tables, task_tables
from db.driver import CONTENTLESS_DELETE, Connection

if TYPE_CHECKING:
    from sqlite_utils import Migrations

APPLICATION_ID = 0x53565243  # "SVRC"
VERSION = 2

# Version 1; what came later stands below and is added by its own migration.
_TABLES = """
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  op TEXT NOT NULL,
  on_date TEXT NOT NULL CHECK (date(on_date) IS on_date),
  recorded_at TEXT NOT NULL,
  by_name TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  ref TEXT,
  payload TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX event_subject ON event (subject, subject_id);

CREATE TABLE unit (
  id INTEGER PRIMARY KEY,
  code TEXT UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('市直部门','县市区','开发区','垂管单位','司法机关',
    '公用企业','专项工作组','其他')),
  short TEXT,
  head TEXT,
  head_since TEXT,
  sort_order INTEGER,
  parent_id INTEGER REFERENCES unit (id),
  subject_id INTEGER NOT NULL,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  pending INTEGER NOT NULL DEFAULT 0 CHECK (pending IN (0, 1)),
  merged_into INTEGER REFERENCES unit (id),
  initials TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE unit_name (
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  from_on TEXT,
  until_on TEXT,
  PRIMARY KEY (key, unit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_name_unit ON unit_name (unit_id);

CREATE TABLE issue (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('discover','rectify','review','feedback','closed',
    'rejected','merged','terminated')),
  moved_on TEXT NOT NULL CHECK (date(moved_on) IS moved_on),
  found_on TEXT NOT NULL CHECK (date(found_on) IS found_on),
  detail TEXT,
  unit_id INTEGER REFERENCES unit (id),
  co_units TEXT NOT NULL DEFAULT '[]',
  source TEXT,
  source_no TEXT,
  batch TEXT,
  category TEXT,
  urgency TEXT,
  handler TEXT,
  instruction TEXT,
  has_party INTEGER NOT NULL DEFAULT 0 CHECK (has_party IN (0, 1)),
  accepted_on TEXT CHECK (date(accepted_on) IS accepted_on),
  assigned_on TEXT CHECK (date(assigned_on) IS assigned_on),
  due_on TEXT CHECK (date(due_on) IS due_on),
  original_due_on TEXT CHECK (date(original_due_on) IS original_due_on),
  term TEXT,
  signed_on TEXT CHECK (date(signed_on) IS signed_on),
  urged_on TEXT CHECK (date(urged_on) IS urged_on),
  urges INTEGER NOT NULL DEFAULT 0,
  extensions INTEGER NOT NULL DEFAULT 0,
  paused_on TEXT CHECK (date(paused_on) IS paused_on),
  pause_review_on TEXT CHECK (date(pause_review_on) IS pause_review_on),
  submitted_on TEXT CHECK (date(submitted_on) IS submitted_on),
  submitted_by TEXT,
  measures TEXT,
  reply TEXT,
  replied_on TEXT CHECK (date(replied_on) IS replied_on),
  satisfaction TEXT,
  feedback_on TEXT CHECK (date(feedback_on) IS feedback_on),
  closed_on TEXT CHECK (date(closed_on) IS closed_on),
  ended_on TEXT CHECK (date(ended_on) IS ended_on),
  returns INTEGER NOT NULL DEFAULT 0,
  reopens INTEGER NOT NULL DEFAULT 0,
  escalated TEXT,
  merged_into INTEGER REFERENCES issue (id),
  imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1))
) STRICT;
CREATE INDEX issue_stage ON issue (stage, id);
CREATE INDEX issue_unit ON issue (unit_id, stage);
CREATE INDEX issue_due ON issue (stage, due_on, unit_id, paused_on) WHERE stage = 'rectify';
CREATE INDEX issue_returned ON issue (returns) WHERE returns > 0;
CREATE INDEX issue_reopened ON issue (reopens) WHERE reopens > 0;

CREATE TABLE span (
  issue_id INTEGER NOT NULL REFERENCES issue (id),
  no INTEGER NOT NULL,
  stage TEXT NOT NULL,
  unit_id INTEGER,
  entered TEXT NOT NULL CHECK (date(entered) IS entered),
  due_on TEXT CHECK (date(due_on) IS due_on),
  left_on TEXT CHECK (date(left_on) IS left_on),
  outcome TEXT,
  PRIMARY KEY (issue_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX span_rectify ON span (left_on, due_on, unit_id, entered) WHERE stage = 'rectify';

CREATE TABLE shift (
  issue_id INTEGER NOT NULL REFERENCES issue (id),
  no INTEGER NOT NULL,
  span INTEGER NOT NULL,
  effective TEXT NOT NULL CHECK (date(effective) IS effective),
  before_on TEXT CHECK (date(before_on) IS before_on),
  after_on TEXT CHECK (date(after_on) IS after_on),
  op TEXT NOT NULL,
  PRIMARY KEY (issue_id, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE party (
  issue_id INTEGER PRIMARY KEY REFERENCES issue (id),
  name TEXT,
  contact TEXT,
  disclosure TEXT NOT NULL CHECK (disclosure IN ('可告知','保密','匿名')),
  salt TEXT,
  digest TEXT NOT NULL
) STRICT;

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  issue_id INTEGER NOT NULL REFERENCES issue (id),
  sha256 TEXT,
  name TEXT NOT NULL,
  size INTEGER,
  added_on TEXT NOT NULL CHECK (date(added_on) IS added_on)
) STRICT;
CREATE INDEX evidence_issue ON evidence (issue_id);

CREATE TABLE notice (
  id INTEGER PRIMARY KEY,
  period TEXT NOT NULL,
  series TEXT NOT NULL,
  periods TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('draft','issued','withdrawn')),
  cutoff TEXT NOT NULL CHECK (date(cutoff) IS cutoff),
  number TEXT,
  issued_on TEXT CHECK (date(issued_on) IS issued_on),
  delivered_on TEXT CHECK (date(delivered_on) IS delivered_on),
  withdrawn_on TEXT CHECK (date(withdrawn_on) IS withdrawn_on),
  seen INTEGER NOT NULL,
  basis TEXT,
  pack_version TEXT,
  layout INTEGER,
  figures TEXT,
  document TEXT
) STRICT;
CREATE INDEX notice_period ON notice (series, period);

CREATE TABLE decision (
  notice_id INTEGER NOT NULL REFERENCES notice (id),
  no INTEGER NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('name','exempt','restore','check')),
  reason TEXT,
  polarity TEXT,
  explain INTEGER CHECK (explain IN (0, 1)),
  result TEXT,
  by_name TEXT NOT NULL,
  on_date TEXT NOT NULL,
  PRIMARY KEY (notice_id, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE naming (
  notice_id INTEGER NOT NULL REFERENCES notice (id),
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL,
  polarity TEXT NOT NULL CHECK (polarity IN ('named','praised','noted')),
  origin TEXT NOT NULL CHECK (origin IN ('proposed','manual')),
  status TEXT NOT NULL CHECK (status IN ('effective','exempt','withdrawn')),
  reasons TEXT NOT NULL,
  check_result TEXT,
  exempt_reason TEXT,
  exempt_by TEXT,
  explain INTEGER NOT NULL DEFAULT 0 CHECK (explain IN (0, 1)),
  corrected_on TEXT,
  PRIMARY KEY (notice_id, unit_id, polarity)
) STRICT, WITHOUT ROWID;
CREATE INDEX naming_unit ON naming (unit_id);

CREATE TABLE explanation (
  notice_id INTEGER NOT NULL REFERENCES notice (id),
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  received_on TEXT,
  accepted_on TEXT,
  returned_on TEXT,
  reason TEXT,
  PRIMARY KEY (notice_id, unit_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE interview (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  periods TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('submitted','approved','declined','deferred',
    'scheduled','held','closed','void')),
  submitted_on TEXT,
  approved_on TEXT,
  declined_on TEXT,
  deferred_on TEXT,
  planned_on TEXT,
  held_on TEXT,
  due_on TEXT,
  closed_on TEXT,
  voided_on TEXT,
  leader TEXT,
  reason TEXT,
  ref TEXT
) STRICT;
CREATE INDEX interview_unit ON interview (unit_id);

CREATE TABLE referral (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  criterion TEXT NOT NULL,
  key TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('recorded','continued','dismissed')),
  decided_on TEXT,
  approver TEXT,
  recipient TEXT,
  reason TEXT,
  ref TEXT
) STRICT;

CREATE TABLE calendar_year (
  year INTEGER PRIMARY KEY,
  days TEXT NOT NULL,
  version TEXT NOT NULL
) STRICT;

CREATE TABLE pack (
  seq INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  text TEXT NOT NULL,
  from_on TEXT NOT NULL
) STRICT;

CREATE TABLE imported (
  key TEXT PRIMARY KEY,
  issue_id INTEGER NOT NULL REFERENCES issue (id),
  digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
  sha256 TEXT NOT NULL,
  seq INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  row_count INTEGER NOT NULL
) STRICT;

CREATE TABLE profile (
  name TEXT PRIMARY KEY,
  mapping TEXT NOT NULL
) STRICT;
"""

_MONTH = """
CREATE TABLE month_step (
  period TEXT NOT NULL,
  series TEXT NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('催报','收表','关账','核稿','会签','用印','印发','送达',
    '催收说明')),
  on_date TEXT NOT NULL CHECK (date(on_date) IS on_date),
  by_name TEXT NOT NULL,
  ref TEXT,
  note TEXT,
  PRIMARY KEY (period, series, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_moved ON issue (moved_on);
CREATE INDEX issue_handler ON issue (handler) WHERE handler IS NOT NULL;
CREATE INDEX event_told ON event (op, on_date, by_name, recorded_by);
"""

_CLEARANCE = """
CREATE TABLE clearance (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('可以公开','不予公开')),
  on_date TEXT NOT NULL CHECK (date(on_date) IS on_date),
  by_name TEXT NOT NULL,
  approver TEXT NOT NULL,
  ref TEXT,
  note TEXT,
  digests TEXT NOT NULL
) STRICT;
CREATE INDEX clearance_scope ON clearance (scope);
"""

# The units' sheets (发表—收表—对账): what was sent, what of it came back and was taken over.
_SHEETS = """
CREATE TABLE sheet (
  id INTEGER PRIMARY KEY,
  period TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  key TEXT NOT NULL,
  head TEXT NOT NULL,
  seen INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  sent_on TEXT NOT NULL CHECK (date(sent_on) IS sent_on),
  received_on TEXT CHECK (date(received_on) IS received_on),
  file TEXT
) STRICT;
CREATE INDEX sheet_period ON sheet (period, unit_id);
CREATE INDEX sheet_key ON sheet (key);

CREATE TABLE sheet_row (
  sheet_id INTEGER NOT NULL REFERENCES sheet (id),
  issue_id INTEGER NOT NULL REFERENCES issue (id),
  digest TEXT NOT NULL,
  stage TEXT NOT NULL,
  assigned_on TEXT,
  due_on TEXT,
  seen INTEGER NOT NULL,
  PRIMARY KEY (sheet_id, issue_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_row_issue ON sheet_row (issue_id);

CREATE TABLE sheet_taken (
  period TEXT NOT NULL,
  issue_id INTEGER NOT NULL REFERENCES issue (id),
  digest TEXT NOT NULL,
  PRIMARY KEY (period, issue_id, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE sheet_difference (
  sheet_id INTEGER NOT NULL REFERENCES sheet (id),
  code TEXT NOT NULL,
  heading TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('locked','foreign','refused','stale','conflict')),
  ours TEXT,
  theirs TEXT,
  last TEXT,
  message TEXT NOT NULL,
  step TEXT,
  status TEXT NOT NULL CHECK (status IN ('open','accepted','read')),
  PRIMARY KEY (sheet_id, code, heading)
) STRICT, WITHOUT ROWID;
"""

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

# Tables a replay of the log must reproduce, and the columns it orders them by.
DERIVED = {
    "meta": "key",
    "unit": "id",
    "unit_name": "key, unit_id",
    "issue": "id",
    "span": "issue_id, no",
    "shift": "issue_id, no",
    "evidence": "id",
    "notice": "id",
    "decision": "notice_id, no",
    "naming": "notice_id, unit_id, polarity",
    "explanation": "notice_id, unit_id",
    "interview": "id",
    "referral": "id",
    "calendar_year": "year",
    "pack": "seq",
    "imported": "key",
    "batch": "seq",
    "profile": "name",
    "month_step": "period, series, step",
    **dispatch_tables.DERIVED,
    "clearance": "id",
    "sheet": "id",
    "sheet_row": "sheet_id, issue_id",
    "sheet_taken": "period, issue_id, digest",
    "sheet_difference": "sheet_id, code, heading",
    **task_tables.DERIVED,
    **clock_nodes.DERIVED,
}


def statements(script: str) -> list[str]:
    """Split a script of plain statements (no triggers) at its semicolons."""
    return [part.strip() for part in script.split(";") if part.strip()]


def _search_table() -> str:
    keep = ", content='', contentless_delete=1" if CONTENTLESS_DELETE else ""
    return f"CREATE VIRTUAL TABLE issue_search USING fts5(body, tokenize='unicode61'{keep})"


def create_tables(conn: Connection, *, guards: bool = True) -> None:
    """Create the newest schema in an empty database; without guards for a replay beside it."""
    _create_first(conn, guards)
    add_month(conn)
    add_dispatch(conn)
    add_tasks(conn)
    add_clearance(conn)
    add_sheets(conn)
    add_clock_nodes(conn)


def _create_first(conn: Connection, guards: bool) -> None:
    """Create the tables of version 1."""
    for statement in statements(_TABLES):
        conn.execute(statement)
    conn.execute(_search_table())
    if guards:
        for trigger in GUARDS.values():
            conn.execute(trigger)


def add_month(conn: Connection) -> None:
    """Add the dated steps of a month, and the indexes of what moved, who has it, and the log."""
    for statement in statements(_MONTH):
        conn.execute(statement)


def add_clearance(conn: Connection) -> None:
    """Add the reviews (保密审查) that come before anything is made public."""
    for statement in statements(_CLEARANCE):
        conn.execute(statement)


def add_sheets(conn: Connection) -> None:
    """Add the sheets sent to units and what came back in them."""
    for statement in statements(_SHEETS):
        conn.execute(statement)


def add_tasks(conn: Connection) -> None:
    """Add tasks with their targets, and duties that come round."""
    for statement in statements(task_tables.TABLES):
        conn.execute(statement)


def add_clock_nodes(conn: Connection) -> None:
    """Add the dated nodes of clock sets that run beside the loop."""
    for statement in statements(clock_nodes.TABLES):
        conn.execute(statement)


def add_dispatch(conn: Connection) -> None:
    """Add meetings with their agenda and decisions, instructions of leaders, revisits."""
    for statement in statements(dispatch_tables.TABLES):
        conn.execute(statement)


def migrations() -> Migrations:
    """Give the numbered migrations, oldest first."""
    from sqlite_utils import Database, Migrations

    steps = Migrations("supervise")

    @steps()
    def m0001_ledger(db: Database) -> None:
        """Everything of the first version: log, issues, units, notices, interviews."""
        _create_first(db.conn, guards=True)

    @steps()
    def m0002_more(db: Database) -> None:
        """What version 2 added: the dated steps of each month's work, reviews before publishing."""
        add_month(db.conn)
        add_dispatch(db.conn)
        add_tasks(db.conn)
        add_clearance(db.conn)
        add_sheets(db.conn)
        add_clock_nodes(db.conn)

    return steps
