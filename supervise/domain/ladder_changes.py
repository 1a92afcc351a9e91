"""What a change of the namings does to the ladder: proposals for interviews that come and go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from supervise.domain.ladder import Proposal
from supervise.domain.ladder_words import months_text


@dataclass(frozen=True, slots=True)
class LadderChanges:
    """Proposals that vanish, that appear, and those whose months change (before, after)."""

    gone: tuple[Proposal, ...] = ()
    new: tuple[Proposal, ...] = ()
    moved: tuple[tuple[Proposal, Proposal], ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say it in words."""
        return (
            *(f"拟提请约谈{_about(one)}不再提出。" for one in self.gone),
            *(f"新提出拟提请约谈{_about(one)}。" for one in self.new),
            *(
                f"拟提请约谈{_about(one)}改为依据{months_text(after.periods)}。"
                for one, after in self.moved
            ),
        )


def _about(one: Proposal) -> str:
    return f"{one.name}（{months_text(one.periods)}）"


def ladder_changes(before: Iterable[Proposal], after: Iterable[Proposal]) -> LadderChanges:
    """Compare the proposals before and after: of one unit and sharing a month they are the same.

    A streak that falls in two keeps its first part; the other is new.
    """
    old, rest = list(before), list(after)
    gone, moved = [], []
    for one in old:
        same = next(_sharing(one, rest), None)
        if same is None:
            gone.append(one)
            continue
        rest.remove(same)
        if same.periods != one.periods:
            moved.append((one, same))
    return LadderChanges(tuple(gone), tuple(rest), tuple(moved))


def _sharing(one: Proposal, others: Sequence[Proposal]) -> Iterator[Proposal]:
    for other in others:
        if other.unit_id == one.unit_id and not set(one.periods).isdisjoint(other.periods):
            yield other
