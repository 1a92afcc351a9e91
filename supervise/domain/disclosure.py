"""Who may learn of a complainant when nobody said so."""

from __future__ import annotations

from collections.abc import Iterable

# What units may be told of a complainant, the most first.
_LEVELS = ("可告知", "保密", "匿名")
_CONFIDENTIAL = ("举报", "监督员")


def preset(source: str | None) -> str:
    """Give 保密 for reports (举报) and what supervisors bring in, else 可告知."""
    if source and any(word in source for word in _CONFIDENTIAL):
        return "保密"
    return "可告知"


def strictest(levels: Iterable[str]) -> str:
    """Give the one of several that tells units the least."""
    return max(levels, key=_LEVELS.index)
