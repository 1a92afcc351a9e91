"""Papers made of the ledger: gathered, looked through, laid out, each with a name for its file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from supervise.errors import BadInput, Refused, SuperviseError
from supervise.reports.document import Block, Break, Document, Paragraph
from supervise.reports.paper_list import PAPERS, SUBJECTS, Paper, find, listing
from supervise.reports.profile import dressed

if TYPE_CHECKING:
    from supervise.services.session import Session

__all__ = [
    "PAPERS",
    "SUBJECTS",
    "Named",
    "Paper",
    "changed_since",
    "documents",
    "file_stem",
    "find",
    "listing",
    "refusal",
    "together",
]

# Those that are not made for one unit of many.
_WHOLE = frozenset({"period", "issue", "interview", "span", "quarter", "scope", "referral", "none"})
# Kept as they were when the notice was signed.
_FROZEN = frozenset({"notice", "basis"})
Named = tuple[str, Document]


@cache
def _function(path: str) -> Callable[..., Any]:
    module, _, name = path.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def documents(
    session: Session,
    key: str,
    subjects: Sequence[str] = (),
    unit: str | None = None,
    *,
    reading: bool = False,
) -> list[Named]:
    """Make the papers of a kind for what a person named, each with the stem of its file's name.

    `reading`: for a session that only reads, which makes no papers of a referral. Raises Refused
    when the facts of one do not add up, and whatever the gathering refuses.
    """
    paper = find(key, reading=reading)
    named = _asked(paper, tuple(subjects), unit)
    build, found = _function(paper.build), []
    for facts in _function(paper.gather)(session, named, unit):
        _refuse_contradictions(paper, facts)
        document = _dressed(session, build(facts), facts)
        found.append((_stem(paper, document, facts), document))
    return _apart(found)


def refusal(
    session: Session,
    key: str,
    subjects: Sequence[str] = (),
    unit: str | None = None,
    *,
    reading: bool = False,
) -> SuperviseError | None:
    """Give why a paper can't be made now for what a person named, or None; nothing is laid out."""
    try:
        paper = find(key, reading=reading)
        named = _asked(paper, tuple(subjects), unit)
        for facts in _function(paper.gather)(session, named, unit):
            _refuse_contradictions(paper, facts)
    except SuperviseError as error:
        return error
    return None


def changed_since(session: Session, key: str, subjects: Sequence[str]) -> list[str]:
    """Say what the frozen papers of a month cannot: that the notice was withdrawn or corrected."""
    if find(key).key not in _FROZEN:
        return []
    from supervise.services import notice_records
    from supervise.services.paper_facts.office import month

    return notice_records.changes_since_issue(notice_records.find(session, month(tuple(subjects))))


def _asked(paper: Paper, subjects: tuple[str, ...], unit: str | None) -> tuple[str, ...]:
    """Look whether what a person named fits the paper. Raises BadInput where it does not."""
    if paper.subject in {"interview", "referral"} and unit and not subjects:
        return (unit,)
    if paper.subject in _WHOLE and unit:
        raise BadInput(f"{paper.title}不分单位，请不要写 --unit。", code="bad_field")
    if paper.subject == "none" and subjects:
        raise BadInput(f"{paper.title}不用写对象。", code="bad_field")
    if paper.subject == "issue" and len(subjects) != 1:
        raise BadInput(f"{paper.title}请写一个事项编号。", code="bad_field")
    return subjects


def _refuse_contradictions(paper: Paper, facts: object) -> None:
    problems = _function(paper.check)(facts) if paper.check else ()
    if problems:
        raise Refused(f"不能出具{paper.title}：{problems[0]}", code="does_not_add_up")


def _dressed(session: Session, document: Document, facts: object) -> Document:
    """Give a paper made now the office's own layout; a tree that was kept has its own already."""
    if isinstance(facts, dict):
        return document
    return dressed(document, session.pack.report.layout)


_NOT_IN_NAMES = re.compile(r"[\\/:*?\"<>|\s\x00-\x1f\x7f]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST = 60


def file_stem(text: str) -> str:
    """Make a text fit to name a file on any system: no path, no hidden file, not too long."""
    from supervise.text import clean_line

    stem = _NOT_IN_NAMES.sub("_", clean_line(text)).strip("._ ")[:_LONGEST].rstrip("._ ")
    return f"_{stem}" if not stem or _RESERVED.match(stem) else stem


def _stem(paper: Paper, document: Document, facts: object) -> str:
    if not paper.each:
        return file_stem(document.title)
    for name in paper.each.split("."):
        facts = getattr(facts, name)
    return file_stem(f"{paper.title} {facts}").replace(" ", "_")


def _apart(found: list[Named]) -> list[Named]:
    """Number what would bear one name twice; names differing in case alone count as one."""
    times = Counter(stem.casefold() for stem, _ in found)
    seen: Counter[str] = Counter()
    named = []
    for stem, document in found:
        key = stem.casefold()
        seen[key] += 1
        named.append((f"{stem}-{seen[key]}" if times[key] > 1 else stem, document))
    return named


def together(papers: Sequence[Document]) -> Document:
    """Put several papers into one document, each on a page of its own under its own title.

    What the first bears (marks, layout) holds for all; the others' head, number, addressees,
    signature and attachments stand in the text.
    """
    first, *rest = papers
    if not rest:
        return first
    blocks = [*_closed(first)]
    for paper in rest:
        above = tuple(filter(None, (paper.head, paper.number)))
        blocks += [Break(paper.title, above), *_opened(paper), *_closed(paper)]
    return replace(
        first,
        blocks=tuple(blocks),
        attachments=(),
        signature=None,
        date=None,
        notes=(),
        pages=None,
    )


def _opened(paper: Document) -> Iterator[Block]:
    if paper.addressees:
        yield Paragraph(f"{paper.addressees}：", "left")


def _closed(paper: Document) -> Iterator[Block]:
    yield from paper.blocks
    for text in (paper.signature, paper.date):
        if text:
            yield Paragraph(text, "right")
    yield from (Paragraph(f"（{note}）") for note in paper.notes)
    for attachment in paper.attachments:
        yield Break(attachment.title)
        yield from attachment.blocks
