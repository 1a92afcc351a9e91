"""The tables of version 1, as they were: a ledger of that version is made from this text alone."""

from __future__ import annotations

TABLES = """
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
