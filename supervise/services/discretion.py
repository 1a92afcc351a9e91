"""Who complained stays out of papers unless units may know; texts that name them are blotted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from db import issues, parties
from db.driver import Connection
from db.parties import Party
from supervise.domain import publicity
from supervise.domain.facts_issues import PartyFacts

OPEN = "可告知"
BLOT = "×××"
_SHORTEST = 2


def party(conn: Connection, issue_id: int) -> PartyFacts:
    """Say who complained as far as a paper may: the name only where `disclosure` is 可告知."""
    found = parties.together(parties.every(conn, issue_id))
    if found is None:
        return PartyFacts()
    if found.redacted:
        return PartyFacts(standing="信息已删除")
    if found.disclosure != OPEN:
        return PartyFacts(standing=f"{found.disclosure}，不予提供")
    return PartyFacts(found.name, found.contact, OPEN)


def veil(conn: Connection, issue_id: int) -> Callable[[str], str]:
    """Give a function that blots the complainant out of a text, where units may not know.

    People write names into titles and notes too. A single character is left: it is no name.
    """
    return blotter(parties.every(conn, issue_id))


def blotter(known: Sequence[Party]) -> Callable[[str], str]:
    """Give the same for complainants who are known already; one that may not be told hides all."""
    if all(one.disclosure == OPEN for one in known):
        return _as_it_is
    told = {word for one in known for word in (one.name, one.contact)}
    words = [word for word in told if word and len(word) >= _SHORTEST]
    words.sort(key=len, reverse=True)

    def blotted(text: str) -> str:
        for word in words:
            text = text.replace(word, BLOT)
        return text

    return blotted if words else _as_it_is


def veil_all(conn: Connection, codes: Iterable[str]) -> Callable[[Any], Any]:
    """Give a function that blots the complainants of several issues out of every text in data."""
    found = issues.by_codes(conn, sorted(set(codes)))
    veils = [veil(conn, issue.id) for issue in found.values()]

    def blotted(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, str):
            for one in veils:
                value = one(value)
        elif isinstance(value, dict):
            value = {key: blotted(part) for key, part in value.items()}
        elif isinstance(value, list | tuple):
            value = [blotted(part) for part in value]
        return value

    return blotted


def public_veil(conn: Connection, issue_id: int, bodies: Collection[str]) -> Callable[[str], str]:
    """Give a function that masks a text for the public, whatever units may know.

    `bodies` are the names of public bodies, which stay. A pattern can miss a name: nothing is
    printed before a person has reviewed it.
    """
    known = parties.every(conn, issue_id)
    words = [word for one in known for word in (one.name, one.contact) if word]

    def masks(text: str) -> str:
        return publicity.masked(text, words, bodies)

    return masks


def _as_it_is(text: str) -> str:
    return text
