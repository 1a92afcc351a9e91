"""What the papers about many issues are made of: the lists, their public form, a single case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervise.domain.facts import OfficeFacts
from supervise.domain.facts_issues import IssueFacts


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A list of issues: which ones in words, the issues in order, and how they are looked at.

    `view` is one of 任务, 责任, 时限 for the three lists (三张清单), else "". `cleared_on`: the day
    of the review after which the list may be public.
    """

    office: OfficeFacts
    chosen: str
    issues: tuple[IssueFacts, ...]
    view: str = ""
    cleared_on: date | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One issue as a case for 曝光台: its masked facts, and the day of its review."""

    office: OfficeFacts
    issue: IssueFacts
    cleared_on: date


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What a reviewer is to look at before publication: the scope, and every text word by word."""

    office: OfficeFacts
    scope: str
    purpose: str
    texts: tuple[tuple[str, str], ...]
    result: str | None = None
    on: date | None = None
    by: str = ""
    approver: str = ""
