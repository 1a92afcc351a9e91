"""Which step takes another one back: nothing is deleted, but most of what is done can be undone."""

from __future__ import annotations

from supervise.services.registry import OPERATIONS

# A step, and the one to take when it was a mistake.
REVERSE = {
    "issue.add": "issue.correct",
    "issue.accept": "issue.correct",
    "issue.assign": "issue.transfer",
    "issue.submit": "issue.return",
    "issue.pass": "issue.return",
    "issue.pause": "issue.resume",
    "issue.reject": "issue.restore",
    "issue.merge": "issue.restore",
    "issue.terminate": "issue.restore",
    "issue.extend": "issue.correct",
    "issue.reclassify": "issue.reclassify",
    "notice.name": "notice.exempt",
    "notice.exempt": "notice.restore",
    "notice.issue": "notice.withdraw",
    "explanation.receive": "explanation.return",
    "interview.submit": "interview.void",
    "interview.schedule": "interview.schedule",
    "unit.rename": "unit.rename",
}


def hint(op: str) -> str:
    """Say which step takes an operation back; empty where none does."""
    back = REVERSE.get(op)
    if back is None:
        return ""
    if back == op:
        return "办错了可再办一次改过来。"
    return f"办错了可用“{OPERATIONS[back].title}”。"
