"""What a person narrows a list of issues by: in the office's words, to be shown and to be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from supervise.domain.stage_names import STAGE_LABELS
from supervise.errors import SuperviseError
from supervise.services.registry import Field
from supervise.services.session import Session
from supervise.services.windows import Filter, view

_STAGES = {label: stage for stage, label in STAGE_LABELS.items()}
FIELDS = (
    Field("stages", "阶段", "words", choices=tuple(_STAGES), help="整改、复核……多个用顿号分开"),
    Field("units", "责任单位", "units", help="名称、代码或拼音首字母，多个用顿号分开"),
    Field("categories", "类别", "words", help="多个用顿号分开"),
    Field("urgencies", "紧急程度", "words", help="紧急、平急、疑难"),
    Field("sources", "来源", "words", help="来源渠道，多个用顿号分开"),
    Field("handler", "经办人"),
    Field("due_from", "限期自", "date"),
    Field("due_to", "限期至", "date"),
    Field("found_from", "发现自", "date"),
    Field("found_to", "发现至", "date"),
    Field("overdue", "超期", choices=("是",)),
    Field("min_returns", "退回不少于", "int", help="次数"),
    Field("reopened", "反弹重办", choices=("是",)),
    Field("month", "通报月份", "month", help="这个月的通报点名或拟点名所涉的事项，如 2024-11"),
)
_LABELS = {field.name: field.label for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Every part that is set narrows the list; units stand by their names, stages by their labels.

    `month`: the issues for which that month's notice names a unit, or would.
    """

    stages: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    handler: str = ""
    due_from: date | None = None
    due_to: date | None = None
    found_from: date | None = None
    found_to: date | None = None
    overdue: bool = False
    min_returns: int = 0
    reopened: bool = False
    month: str = ""

    def chips(self) -> list[tuple[str, str]]:
        """List what is set, part by part: its name, and the words for it."""
        return [
            (name, _words(name, getattr(self, name))) for name in _LABELS if getattr(self, name)
        ]

    def without(self, name: str) -> Narrowing:
        """Give the same without one part."""
        blank: Any = getattr(NOTHING, name)
        return replace(self, **{name: blank})

    def stored(self) -> dict[str, object]:
        """Give what is set as plain data that can be kept."""
        return {name: _plain(value) for name, value in asdict(self).items() if value}

    @classmethod
    def read(cls, data: object) -> Narrowing:
        """Read what was kept; what makes no sense is left out."""
        found = NOTHING
        for field in fields(cls):
            value = data.get(field.name) if isinstance(data, Mapping) else None
            kept = _readers[type(getattr(NOTHING, field.name))](field.name, value)
            if kept:
                change: Any = {field.name: kept}
                found = replace(found, **change)
        return found


def _words(name: str, value: Any) -> str:
    if value is True:
        return _LABELS[name]
    if name == "min_returns":
        return f"退回 {value} 次以上"
    said = "、".join(value) if isinstance(value, tuple) else str(value)
    return f"{_LABELS[name]} {said}"


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def _texts(name: str, value: object) -> object:
    items = [str(one) for one in value] if isinstance(value, list | tuple) else []
    return tuple(one for one in items if name != "stages" or one in _STAGES)


def _day(_: str, value: object) -> object:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _number(_: str, value: object) -> object:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _text(name: str, value: object) -> object:
    from supervise.domain.dates import parse_period

    if name != "month" or not isinstance(value, str):
        return value if isinstance(value, str) else ""
    try:
        return parse_period(value)
    except ValueError:
        return ""


NOTHING = Narrowing()
_readers: dict[type, Callable[[str, object], object]] = {
    tuple: _texts,
    str: _text,
    bool: lambda _, value: value is True,
    int: _number,
    type(None): _day,
}


def chosen(
    session: Session, key: str, narrowing: Narrowing, search: str = "", sort: str = "code"
) -> Filter:
    """Give the filter of a named list, narrowed, searched and sorted.

    Raises NotFound or BadInput for a unit nobody knows.
    """
    base = view(session, key)
    if narrowing == NOTHING:
        return replace(base, search=search or None, sort=sort)
    return replace(_filter(session, narrowing), search=search or None, sort=sort, also=base)


def _filter(session: Session, narrowing: Narrowing) -> Filter:
    from supervise.services import behind_notices, units

    codes = behind_notices.codes(session, narrowing.month) if narrowing.month else None
    return Filter(
        stages=tuple(_STAGES[label] for label in narrowing.stages),
        unit_ids=tuple(units.find(session.conn, name).id for name in narrowing.units),
        categories=narrowing.categories,
        urgencies=narrowing.urgencies,
        sources=narrowing.sources,
        handler=narrowing.handler or None,
        due_from=narrowing.due_from,
        due_to=narrowing.due_to,
        found_from=narrowing.found_from,
        found_to=narrowing.found_to,
        overdue=narrowing.overdue,
        min_returns=narrowing.min_returns,
        reopened=narrowing.reopened,
        codes=codes,
    )


def count(session: Session, key: str, narrowing: Narrowing, search: str) -> int | None:
    """Count what a kept list shows; None where it can't be told, as of a unit that is gone."""
    from supervise.services import windows

    try:
        return windows.count(session, chosen(session, key, narrowing, search))
    except SuperviseError:
        return None
