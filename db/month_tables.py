"""Tables of version 2: the steps of a month, reviews before publishing, sheets sent to units."""

from __future__ import annotations

MONTH = """
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
CREATE INDEX issue_merged ON issue (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX issue_handler ON issue (handler) WHERE handler IS NOT NULL;
CREATE INDEX event_told ON event (op, on_date, by_name, recorded_by);
"""

CLEARANCE = """
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
SHEETS = """
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

CREATE TABLE sheet_item (
  sheet_id INTEGER NOT NULL REFERENCES sheet (id),
  page TEXT NOT NULL CHECK (page IN ('task','duty')),
  code TEXT NOT NULL,
  term TEXT NOT NULL,
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  seen INTEGER NOT NULL,
  PRIMARY KEY (sheet_id, page, code, term)
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_item_code ON sheet_item (page, code);

CREATE TABLE sheet_item_taken (
  period TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (period, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE sheet_difference (
  sheet_id INTEGER NOT NULL REFERENCES sheet (id),
  code TEXT NOT NULL,
  heading TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('locked','foreign','refused','stale','conflict','decide')),
  ours TEXT,
  theirs TEXT,
  last TEXT,
  message TEXT NOT NULL,
  step TEXT,
  status TEXT NOT NULL CHECK (status IN ('open','accepted','read')),
  page TEXT NOT NULL CHECK (page IN ('issue','task','duty')),
  PRIMARY KEY (sheet_id, page, code, heading)
) STRICT, WITHOUT ROWID;
"""
