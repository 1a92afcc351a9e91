"""Issues as they stood at the end of a day, whatever was done with them since.

Where an issue lay, with whom, and since when it was given out stands in its stays. What the
complainant was told and said is read from the log: an issue sent back forgets it.
"""

from __future__ import annotations

# An issue that moved after the day stood then where its stay of that day says, and with whom.
STAY = (
    "(SELECT s.{column} FROM span s WHERE s.issue_id = i.id"
    " AND s.entered <= :day AND s.left_on > :day ORDER BY s.no DESC LIMIT 1)"
)
STAGE = f"CASE WHEN i.moved_on <= :day THEN i.stage ELSE {STAY.format(column='stage')} END"
# The stay of the day, where it goes on too: units may have merged since without a move.
_LAY = (
    "(SELECT s.unit_id FROM span s WHERE s.issue_id = i.id"
    " AND s.entered <= :day AND (s.left_on IS NULL OR s.left_on > :day) ORDER BY s.no DESC LIMIT 1)"
)
_MERGED_SINCE = "(SELECT max(on_date) FROM event WHERE op = 'unit.merge') > :day"
# In 发现 a unit is only proposed: until the issue is given out it lies with nobody.
UNIT = (
    f"CASE WHEN i.moved_on > :day OR {_MERGED_SINCE} THEN {_LAY}"
    " WHEN i.stage <> 'discover' THEN i.unit_id END"
)
# Given out, or handed on, by the day; taken up again from an end, an issue is not given out.
_GIVEN_OUT = """(
  SELECT s.entered FROM span s JOIN span p ON p.issue_id = s.issue_id AND p.no = s.no - 1
  WHERE s.issue_id = i.id AND s.stage = 'rectify' AND s.entered <= :day
    AND p.outcome IN ('assign', 'transfer') AND NOT EXISTS (
      SELECT 1 FROM span r WHERE r.issue_id = s.issue_id AND r.no > s.no
        AND r.stage = 'discover' AND r.entered <= :day)
  ORDER BY s.no DESC LIMIT 1)"""
# The last that the log of that day says of a column; a step names only what it changes.
_SAID = """(
  SELECT json_extract(e.payload, '$.set.{column}') FROM event e
  WHERE e.subject = 'issue' AND e.subject_id = i.id AND e.seq <= {seq}
    AND json_type(e.payload, '$.set.{column}') IS NOT NULL
  ORDER BY e.seq DESC LIMIT 1)"""
_STEP = """(
  SELECT max(e.seq) FROM event e
  WHERE e.subject = 'issue' AND e.subject_id = i.id AND e.on_date <= :day
    AND json_type(e.payload, '$.set.{column}') IS NOT NULL)"""


def _told(column: str, by: str) -> str:
    """Give a column as the last step by the day left it; `by` is the one that dates it."""
    said = _SAID.format(column=column, seq=_STEP.format(column=by))
    since = f"i.moved_on > :day OR i.{by} > :day"
    return f"CASE WHEN {since} THEN {said} ELSE i.{column} END"


# A complainant comes with another issue that is joined to this one, and goes with it.
_JOINED_SINCE = (
    "SELECT e.subject_id FROM event e"
    " WHERE e.op IN ('issue.merge', 'issue.restore', 'issue.reopen')"
    " AND e.on_date > :day AND json_type(e.payload, '$.set.has_party') IS NOT NULL"
)
_OWN = """coalesce((
  SELECT json_extract(e.payload, '$.set.has_party') FROM event e
  WHERE e.subject = 'issue' AND e.subject_id = i.id
    AND json_type(e.payload, '$.set.has_party') IS NOT NULL
    AND NOT (e.op IN ('issue.merge', 'issue.restore', 'issue.reopen') AND e.on_date > :day)
  ORDER BY e.seq DESC LIMIT 1), 0)"""
_HAS_PARTY = f"CASE WHEN i.id IN ({_JOINED_SINCE}) THEN {_OWN} ELSE i.has_party END"

# One row for each issue known by the end of :day.
KNOWN = f"""
SELECT i.id,
  {STAGE} AS stage,
  {UNIT} AS unit_id,
  CASE WHEN i.moved_on > :day THEN {_GIVEN_OUT} ELSE i.assigned_on END AS assigned_on,
  {_HAS_PARTY} AS has_party,
  {_told("replied_on", "replied_on")} AS replied_on,
  {_told("feedback_on", "feedback_on")} AS feedback_on,
  {_told("satisfaction", "feedback_on")} AS satisfaction
FROM issue i WHERE i.found_on <= :day
"""

# The date of a stay in 整改 (s) at the end of :day: as it was before it moved later on.
_LATER = "FROM shift f WHERE f.issue_id = s.issue_id AND f.span = s.no AND f.effective > :day"
DUE = (
    f"CASE WHEN s.left_on <= :day OR NOT EXISTS (SELECT 1 {_LATER}) THEN s.due_on"
    f" ELSE (SELECT f.before_on {_LATER} ORDER BY f.no LIMIT 1) END"
)
# 首次提交: the first stay in 整改 that was not handed on by the day to another unit, or to its
# successor.
NOT_HANDED_ON = (
    "stage = 'rectify' AND entered <= :day"
    " AND NOT (coalesce(outcome, '') IN ('transfer', 'unit_merge') AND left_on <= :day)"
)
# A pause begun in time and still open keeps the date of a stay (s) of an issue (i) from coming.
PAUSED = f"s.left_on IS NULL AND i.paused_on <= {DUE}"
