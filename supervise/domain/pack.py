"""A rule pack: how one city runs its loop, as frozen, checked settings read from TOML.

`schema = 1` is readable for ever: fields may be added with a default, none removed or re-read.
Settings that no document fixes are the office's own (本办设定) and say so.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field, replace
from functools import lru_cache

from supervise.domain import clocksets
from supervise.domain.pack_clocksets import CLOCKSETS, ClockSet
from supervise.domain.pack_layout import check_layout
from supervise.domain.pack_settings import (
    NAMING_CRITERIA,
    REFERRAL_CRITERIA,
    Basis,
    Cadence,
    City,
    ClockSettings,
    Criterion,
    ExplanationSettings,
    ExtensionSettings,
    Ground,
    InterviewSettings,
    Labels,
    MonthSettings,
    NamingSettings,
    PauseSettings,
    ReferralSettings,
    ReportSettings,
    Separation,
    SubmitSettings,
    Target,
)
from supervise.domain.records import STAGE_LABELS, Stage
from supervise.domain.toml_records import (
    Faults,
    many,
    pattern,
    read_record,
    record,
    setting,
    simple,
    text,
    unreadable,
    whole,
)
from supervise.errors import BadInput

# A pack is a page or two; more is some other file.
_LONGEST = 200_000
_TEXT = simple(text)


@dataclass(frozen=True, slots=True)
class Pack:
    """All the settings of a rule pack, with the text they were read from and its version.

    `version` is the author's, `version_id` the digest of the text that decisions cite.
    """

    schema: int = setting(whole(1, 1))
    title: str = setting(_TEXT)
    version: str = setting(_TEXT)
    source: str = setting(_TEXT)
    code_prefix: str = setting(pattern(r"[A-Z]{2,6}", "应为 2 至 6 个大写字母，如 JM"))
    basis: Basis = setting(record(Basis))
    city: City = setting(record(City))
    clock: ClockSettings = setting(record(ClockSettings))
    naming: NamingSettings = setting(record(NamingSettings))
    name: str = setting(pattern(r"[\w-]{1,40}", "应为字母、数字或汉字，不超过 40 个"), "")
    labels: Labels = setting(record(Labels), Labels())
    extension: ExtensionSettings = setting(record(ExtensionSettings), ExtensionSettings())
    pause: PauseSettings = setting(record(PauseSettings), PauseSettings())
    review: Separation = setting(record(Separation), Separation())
    close: Separation = setting(record(Separation), Separation())
    submit: SubmitSettings = setting(record(SubmitSettings), SubmitSettings())
    explanation: ExplanationSettings = setting(record(ExplanationSettings), ExplanationSettings())
    month: MonthSettings = setting(record(MonthSettings), MonthSettings())
    interview: InterviewSettings = setting(record(InterviewSettings), InterviewSettings())
    referral: ReferralSettings = setting(record(ReferralSettings), ReferralSettings())
    report: ReportSettings = setting(record(ReportSettings), ReportSettings())
    targets: tuple[Target, ...] = setting(many(record(Target)), ())
    cadence: tuple[Cadence, ...] = setting(many(record(Cadence)), ())
    clockset: tuple[ClockSet, ...] = setting(many(record(ClockSet)), CLOCKSETS)
    text: str = field(default="", repr=False)
    version_id: str = ""

    def label(self, stage: Stage) -> str:
        """Give the pack's word for a stage, by default the office's."""
        return self.labels.stages.get(stage.value, STAGE_LABELS[stage])


def pack_version(text: str) -> str:
    """Give the version decisions cite: the first 12 hex digits of the text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@lru_cache(maxsize=32)
def parse_pack(text: str, name: str) -> Pack:
    """Read a rule pack from TOML; `name` is what it goes by unless its text says otherwise.

    Raises BadInput with every mistake: its line, its key, what may stand there.
    """
    faults = Faults(text)
    pack = read_record(Pack, _table(text, name), faults)
    if pack is not None:
        _check_kinds(pack, faults)
        check_layout(pack.report.layout, faults)
        _check_duties(pack, faults)
    if pack is None or faults.rows:
        raise _refusal(name, faults)
    return replace(_completed(pack, name), text=text, version_id=pack_version(text))


def _table(text: str, name: str) -> dict[str, object]:
    if len(text) > _LONGEST:
        raise BadInput(f"规则包 {name} 太大（{len(text)} 字），不像规则包文件。", code="bad_pack")
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise BadInput(f"规则包 {name} 的括号嵌套太深，请检查。", code="bad_pack") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"规则包 {name} {unreadable(error)}", code="bad_pack") from None


def _check_kinds(pack: Pack, faults: Faults) -> None:
    for kind in set(pack.naming.never) & set(pack.naming.by_hand):
        faults.add(("naming", "by_hand"), f"“{kind}”已在 never 中，请只留一处")
    for problem in clocksets.check(pack.clockset):
        faults.add(("clockset",), problem)


def _check_duties(pack: Pack, faults: Faults) -> None:
    """Note reports that can't come round as they stand, and names that stand twice."""
    seen: set[str] = set()
    for at, one in enumerate(pack.cadence):
        if not one.owed_by:
            continue
        try:
            _ = one.rhythm
        except BadInput as error:
            faults.add(("cadence", at, "every"), error.message.rstrip("。"))
        if one.name in seen:
            faults.add(("cadence", at, "name"), f"“{one.name}”已有一项，应报单位请写在一处")
        seen.add(one.name)


def _refusal(name: str, faults: Faults) -> BadInput:
    rows = sorted(faults.rows, key=lambda row: row.row)
    told = "；".join(f"第 {row.row} 行 {row.column}：{row.message}" for row in rows[:10])
    more = f"；另有 {len(rows) - 10} 处" if len(rows) > 10 else ""
    return BadInput(
        f"规则包 {name} 有 {len(rows)} 处要改：{told}{more}。", code="bad_pack", rows=rows
    )


def _completed(pack: Pack, name: str) -> Pack:
    """Add what a text leaves out: criteria not mentioned are off."""
    criteria = {key: pack.naming.criteria.get(key, Criterion()) for key in NAMING_CRITERIA}
    grounds = {key: pack.referral.criteria.get(key, Ground()) for key in REFERRAL_CRITERIA}
    return replace(
        pack,
        name=pack.name or name,
        naming=replace(pack.naming, criteria=criteria),
        referral=replace(pack.referral, criteria=grounds),
    )
