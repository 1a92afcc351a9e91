"""Tables of version 2 for meetings, instructions of leaders and revisits."""

from __future__ import annotations

TABLES = """
CREATE TABLE meeting (
  id INTEGER PRIMARY KEY,
  tier TEXT NOT NULL CHECK (tier IN ('专项组','优化办','分管市领导','常务副市长','专题会议',
    '主要领导')),
  held_on TEXT NOT NULL CHECK (date(held_on) IS held_on),
  status TEXT NOT NULL CHECK (status IN ('open','closed','void')),
  theme TEXT,
  unit_id INTEGER REFERENCES unit (id),
  leader TEXT,
  opened_on TEXT CHECK (date(opened_on) IS opened_on),
  closed_on TEXT CHECK (date(closed_on) IS closed_on),
  summary TEXT,
  ref TEXT
) STRICT;
CREATE INDEX meeting_held ON meeting (tier, held_on);

CREATE TABLE agenda_item (
  meeting_id INTEGER NOT NULL REFERENCES meeting (id),
  no INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('picked','dropped')),
  issue_id INTEGER REFERENCES issue (id),
  task TEXT,
  topic TEXT,
  reasons TEXT NOT NULL,
  note TEXT,
  PRIMARY KEY (meeting_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX agenda_item_issue ON agenda_item (issue_id);

CREATE TABLE resolution (
  meeting_id INTEGER NOT NULL REFERENCES meeting (id),
  no INTEGER NOT NULL,
  text TEXT NOT NULL,
  decided_on TEXT NOT NULL CHECK (date(decided_on) IS decided_on),
  issue_id INTEGER REFERENCES issue (id),
  task TEXT,
  unit_id INTEGER REFERENCES unit (id),
  due_on TEXT CHECK (date(due_on) IS due_on),
  action TEXT,
  answered_on TEXT CHECK (date(answered_on) IS answered_on),
  answer TEXT,
  answered_by TEXT,
  PRIMARY KEY (meeting_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX resolution_issue ON resolution (issue_id);
CREATE INDEX issue_escalated ON issue (stage, id) WHERE escalated IS NOT NULL;

CREATE TABLE instruction (
  id INTEGER PRIMARY KEY,
  leader TEXT NOT NULL,
  on_date TEXT NOT NULL CHECK (date(on_date) IS on_date),
  gist TEXT NOT NULL,
  ref TEXT,
  report_by TEXT CHECK (date(report_by) IS report_by),
  issue_id INTEGER REFERENCES issue (id),
  task TEXT,
  unit_id INTEGER REFERENCES unit (id),
  answered_on TEXT CHECK (date(answered_on) IS answered_on),
  answer TEXT,
  interim INTEGER NOT NULL DEFAULT 0 CHECK (interim IN (0, 1)),
  closed_on TEXT CHECK (date(closed_on) IS closed_on)
) STRICT;
CREATE INDEX instruction_issue ON instruction (issue_id);

CREATE TABLE revisit_plan (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  period TEXT NOT NULL,
  since TEXT NOT NULL,
  method TEXT NOT NULL,
  seed INTEGER,
  population INTEGER NOT NULL,
  on_date TEXT NOT NULL CHECK (date(on_date) IS on_date),
  by_name TEXT NOT NULL
) STRICT;

CREATE TABLE revisit_item (
  plan_id INTEGER NOT NULL REFERENCES revisit_plan (id),
  no INTEGER NOT NULL,
  issue_id INTEGER NOT NULL REFERENCES issue (id),
  unit_id INTEGER REFERENCES unit (id),
  checker_id INTEGER REFERENCES unit (id),
  closed_on TEXT,
  PRIMARY KEY (plan_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX revisit_item_issue ON revisit_item (issue_id);
"""

# What a replay of the log must reproduce, and the columns each is ordered by.
DERIVED = {
    "meeting": "id",
    "agenda_item": "meeting_id, no",
    "resolution": "meeting_id, no",
    "instruction": "id",
    "revisit_plan": "id",
    "revisit_item": "plan_id, no",
}
