"""The texts that would be public, masked, and what tells whether they changed since a review."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from db import quarters
from supervise.domain.facts_issues import IssueFacts, PartyFacts, Submission
from supervise.domain.publicity import first_day, last_day, parse_span
from supervise.domain.records import Issue, Stage
from supervise.errors import NotFound, Refused
from supervise.services import discretion
from supervise.services.paper_facts.issues import Reader
from supervise.services.session import Session

_NEVER = frozenset({Stage.DISCOVER, Stage.REJECTED, Stage.MERGED, Stage.TERMINATED})


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one issue as it would be public."""

    code: str
    text: str


def issue(session: Session, code: str) -> Issue:
    """Find the issue of a case. Raises NotFound, and Refused for one not given out."""
    reader = Reader(session)
    try:
        found = reader.by_code(code)
    except NotFound:
        raise NotFound(
            f"“{code}”不是月份、季度（2024-Q4）或事项编号，请用 supervise issue list 查编号。"
        ) from None
    if found.stage in _NEVER:
        raise Refused(
            f"{found.code}现在“{found.stage.label}”，不作为曝光台案例。", code="not_allowed"
        )
    return found


def of_span(session: Session, span: str, reader: Reader | None = None) -> list[IssueFacts]:
    """Give the issues assigned in a month or a quarter as the public may read them."""
    reader = reader or Reader(session)
    codes = quarters.assigned(session.conn, first_day(span), last_day(span))
    return [public(reader, reader.by_code(code)) for code in codes]


def public(reader: Reader, one: Issue) -> IssueFacts:
    """Give an issue without anybody's name: no complainant, no office hands, texts masked.

    The numbers it bears elsewhere stay out too: by them a complainant could be found.
    """
    facts = reader.facts(one)
    bodies = set(reader.names.values()) | {reader.office.office, reader.office.city}
    mask = discretion.public_veil(reader.session.conn, one.id, bodies)

    def text(value: str | None) -> str | None:
        return mask(value) if value else None

    def handed_in(given: Submission) -> Submission:
        return replace(given, by="", verdict_by="", measures=text(given.measures), note=None)

    return replace(
        facts,
        title=mask(facts.title),
        detail=text(facts.detail),
        submissions=tuple(map(handed_in, facts.submissions)),
        head=None,
        source_no=None,
        handler=None,
        instruction=None,
        party=PartyFacts(),
        conclusion=None,
        assigned_ref=None,
        extensions=(),
        pauses=(),
        progress=(),
        reply=None,
        closed_by="",
        evidence=(),
        due_story=(),
        steps=(),
    )


def texts(session: Session, scope: str) -> Iterator[Text]:
    """Give every free text that a scope would make public, masked as it would be printed."""
    reader = Reader(session)
    span = parse_span(scope)
    if span:
        for one in of_span(session, span, reader):
            yield Text(one.code, one.title)
        return
    facts = public(reader, issue(session, scope))
    for told in (facts.title, facts.detail, *(one.measures for one in facts.submissions)):
        if told:
            yield Text(facts.code, told)


def digest(one: Text) -> str:
    """Give what stands for a text reviewed: the first half of the SHA-256 of issue and text."""
    return hashlib.sha256(f"{one.code}\x1f{one.text}".encode()).hexdigest()[:32]
