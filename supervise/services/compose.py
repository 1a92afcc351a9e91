"""Papers made of facts: drafts computed now, issued ones as they were frozen.

The builders lie one floor up and are named by lazy paths, like the functions of the registry.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from db import notices as store
from supervise.domain.ladder_records import Notice
from supervise.services import naming, notice_facts
from supervise.services.session import Session

LAYOUT = 1
_BUILDERS = {
    "notice": "supervise.reports.notice:notice_document",
    "basis": "supervise.reports.basis:basis_document",
}
_CHECK = "supervise.reports.checks:check_document"
Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frozen:
    """What an issued notice keeps for ever: its document trees, and the figures it printed."""

    documents: dict[str, Tree]
    figures: dict[str, Any]


def _named(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


def _built(kind: str, facts: Any) -> Tree:
    document = _named(_BUILDERS[kind])(facts)
    tree: Tree = import_module("supervise.reports.document").to_json(document)
    return tree


def freeze(session: Session, notice: Notice, board: naming.Board) -> Frozen:
    """Build an issued notice's papers once and for all."""
    facts = notice_facts.gather(session, notice, board)
    for sentence in _named(_CHECK)(facts):
        session.warn(f"通报核对：{sentence}")
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
