"""Papers made of facts: drafts computed now, issued ones as they were frozen.

The builders lie one floor up and are named by lazy paths, like the functions of the registry.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from db import notices as store
from supervise.domain.facts import NoticeFacts
from supervise.domain.ladder_records import Notice
from supervise.errors import Refused
from supervise.services import notice_facts
from supervise.services.session import Session

LAYOUT = 1
_BUILDERS = {
    "notice": "supervise.reports.notice:notice_document",
    "basis": "supervise.reports.basis:basis_document",
}
_CHECK = "supervise.reports.checks:check_document"
_CONTRADICTIONS = "supervise.reports.checks:contradictions"
_BLANKS = "supervise.reports.checks:blanks"
Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frozen:
    """What an issued notice keeps for ever: its document trees, and the figures it printed."""

    documents: dict[str, Tree]
    figures: dict[str, Any]


def _named(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


def _built(kind: str, facts: NoticeFacts) -> Tree:
    """Build a paper of a notice. Raises Refused where a notice's sums or months contradict."""
    if kind == "notice":
        for sentence in _named(_CONTRADICTIONS)(facts):
            raise Refused(f"不能出具调度通报：{sentence}", code="does_not_add_up")
    document = _named(_BUILDERS[kind])(facts)
    tree: Tree = import_module("supervise.reports.document").to_json(document)
    return tree


def disagreements(facts: NoticeFacts) -> tuple[str, ...]:
    """List what does not agree between title, text, tables and figures of a notice."""
    return tuple(_named(_CHECK)(facts))


def blanks(facts: NoticeFacts) -> tuple[str, ...]:
    """List what is still to be filled in on a notice."""
    return tuple(_named(_BLANKS)(facts))


def freeze(facts: NoticeFacts) -> Frozen:
    """Build an issued notice's papers once and for all."""
    documents = {kind: _built(kind, facts) for kind in _BUILDERS}
    figures = {
        "rates": [[one.name, one.numerator, one.denominator] for one in facts.figures],
        "stages": [[one.name, one.count] for one in facts.stages],
        "total": facts.total,
    }
    return Frozen(documents, figures)


def tree(session: Session, notice: Notice, kind: str) -> Tree:
    """Give a paper of a notice as a document tree: frozen when issued, else built now."""
    if notice.status != "draft":
        kept = store.frozen(session.conn, notice.id)
        if kept is not None:
            found: Tree = kept[0][kind]
            return found
    return _built(kind, notice_facts.gather(session, notice))
