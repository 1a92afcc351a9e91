"""What stands on the ladder now: namings that count, interviews, proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from db import ladder as ladder_store
from db import notices as notice_store
from db import packs as pack_store
from supervise.domain import ladder, naming, remarks
from supervise.domain.ladder import LadderRules, Proposal
from supervise.domain.ladder_as_of import interview_as_of, notice_as_of
from supervise.domain.ladder_records import Interview, Naming, Notice
from supervise.domain.pack import Pack, parse_pack
from supervise.services.naming import Board
from supervise.services.session import Session


def rules_of(pack: Pack) -> LadderRules:
    """Give a pack's settings for what follows a naming."""
    criteria = pack.referral.criteria
    return LadderRules(
        months=pack.interview.months,
        gap=pack.interview.gap,
        criteria=frozenset(name for name, one in criteria.items() if one.on),
        named_again_months=pack.referral.named_again_months,
        same_matter_months=pack.referral.same_matter_months,
        same_matter_window=pack.referral.same_matter_window,
        returned_times=pack.referral.returned_times,
    )


class Standing:
    """The namings, interviews and proposals of a ledger, read once.

    `supposed`: notices to reckon with instead of the ledger's own. `as_of`: what was decided by
    the end of that day counts, and no more.
    """

    def __init__(
        self,
        session: Session,
        supposed: Sequence[Notice] | None = None,
        as_of: date | None = None,
    ) -> None:
        self.session = session
        self.conn = session.conn
        self.board = Board(session)
        self._supposed = supposed
        self._as_of = as_of

    def subject(self, unit_id: int) -> int:
        """Give the id of the subject that answers for a unit today."""
        return self.board.accountable(unit_id).id

    @cached_property
    def notices(self) -> list[Notice]:
        """The notices of the series that the ladder climbs on."""
        if self._supposed is not None:
            return list(self._supposed)
        found = notice_store.every(self.conn, self.session.pack.naming.series)
        return [notice_as_of(one, self._as_of) for one in found] if self._as_of else found

    @cached_property
    def namings(self) -> tuple[Naming, ...]:
        """The effective namings, each under its accountable subject as it is today."""
        found = naming.effective_namings(self.notices, self.session.pack.naming.series)
        return tuple(replace(one, unit_id=self.board.accountable(one.unit_id).id) for one in found)

    @cached_property
    def notice_periods(self) -> frozenset[str]:
        """The months with an issued notice."""
        return frozenset(
            period
            for notice in self.notices
            if notice.status == "issued"
            for period in notice.periods or (notice.period,)
        )

    @cached_property
    def interviews(self) -> list[Interview]:
        """The interviews people asked for, under the unit as it is today."""
        known = ladder_store.interviews(self.conn)
        if self._as_of:
            then = (interview_as_of(one, self._as_of) for one in known)
            known = [one for one in then if one is not None]
        return [replace(one, unit_id=self.board.accountable(one.unit_id).id) for one in known]

    @cached_property
    def proposals(self) -> tuple[Proposal, ...]:
        """One proposal for each streak, under the pack in force when it was completed."""
        return ladder.proposals_in_force(
            self.namings, self.notice_periods, self.interviews, self._rules_on
        )

    @cached_property
    def _packs(self) -> list[tuple[date, LadderRules]]:
        found = pack_store.every(self.conn)
        return [(one.from_on, rules_of(parse_pack(one.text, one.name))) for one in found]

    def _rules_on(self, day: date) -> LadderRules:
        """Give the rules in force on a day; before the first pack, the first one's."""
        known = [rules for from_on, rules in self._packs if from_on <= day]
        return known[-1] if known else self._packs[0][1]

    def basis(self, interview: Interview) -> tuple[Naming, ...]:
        """Give the namings an interview rests on, later months of its streak included."""
        rules = rules_of(self.session.pack)
        return ladder.basis(interview, self.namings, self.notice_periods, self.interviews, rules)

    @cached_property
    def remarks(self) -> dict[int, list[str]]:
        """What kept namings of a unit apart, by unit: months without a notice, reorganisations."""
        found: dict[int, list[str]] = {}
        rules = rules_of(self.session.pack)
        for one in remarks.remarks(
            self.namings, self.notice_periods, self.interviews, rules, self.board.units
        ):
            found.setdefault(one.unit_id, []).append(one.sentence)
        return found

    def warnings(self, proposal: Proposal) -> list[str]:
        """Give what a person should weigh before submitting a proposal."""
        unit = self.board.units.get(proposal.unit_id)
        beside = self.remarks.get(proposal.unit_id, [])
        return [*proposal.warnings, *beside, *remarks.unit_warnings(unit, proposal.periods)]

    def unproposed(self) -> list[str]:
        """Give the remarks about units of which nothing is proposed, each with the unit's name."""
        proposed = {one.unit_id for one in self.proposals}
        return [
            f"{self.board.units[key].name}：{sentence}"
            for key, sentences in self.remarks.items()
            if key not in proposed
            for sentence in sentences
        ]

    def flags(self, interview: Interview) -> list[str]:
        """Say where the ground of an interview has gone since, and what became of the unit."""
        corrected = remarks.corrected_periods(
            self.notices, interview.unit_id, lambda key: self.board.accountable(key).id
        )
        unit = self.board.units.get(interview.unit_id)
        return [
            *remarks.open_request_flags(interview, self.namings, corrected),
            *remarks.since_request(interview, unit, self.basis(interview)),
        ]
