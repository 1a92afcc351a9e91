"""The facts of an issue's complete file (事项完整卷)."""

from __future__ import annotations

from datetime import date

from supervise.domain.facts_files import FileFacts, InterviewLine, NoticeLine, StayFacts
from supervise.domain.facts_issues import IssueFacts
from supervise.domain.records import Stage
from supervise.services import issue_page
from supervise.services.paper_facts import issues
from supervise.services.session import Session


def files(session: Session, subjects: tuple[str, ...], unit: str | None = None) -> list[FileFacts]:
    """For 事项完整卷: issues in whatever stage; of a unit all that are not finished."""
    return [_file(session, one) for one in issues.whole(session, subjects, unit)]


def _file(session: Session, facts: IssueFacts) -> FileFacts:
    page = issue_page.whole(session, facts.code)
    label = session.pack.label
    return FileFacts(
        issue=facts,
        stays=tuple(
            StayFacts(label(Stage(o["stage"])), _day(o["entered"]), _or_none(o["left"]), o["days"])
            for o in page["stays"]
        ),
        notices=tuple(
            NoticeLine(
                o["period"],
                o["number"],
                _or_none(o["issued_on"]),
                o["unit"],
                o["polarity"],
                o["status"],
            )
            for o in reversed(page["notices"])
        ),
        interviews=tuple(
            InterviewLine(
                o["id"], o["unit"], tuple(o["periods"]), o["status_name"], _or_none(o["held_on"])
            )
            for o in reversed(page["interviews"])
        ),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
