"""The lists a user opens: those every office has, and the user's own; how each of them looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from screens.issue_columns import Shape
from supervise.services.narrowing import NOTHING, Narrowing
from supervise.services.windows import VIEWS
from supervise.text import clean_line

KEPT = "issues"
OWN = "own:"
LONGEST_NAME = 20
GROUPS = (
    ("all", "open", "mine"),
    (
        "overdue", "soon", "to-assign", "to-review", "to-visit", "returned", "proposed",
        "reopened", "escalated", "instructed", "to-revisit", "nodes-late",
    ),
    ("discover", "rectify", "review", "feedback", "closed", "ended"),
)  # fmt: skip
_TITLES = {**VIEWS, "soon": "三日内到期", "overdue": "超期", "returned": "退回两次以上"}
# A list that opens on what is to be done first is sorted by date until the user says otherwise.
_BY_DATE = frozenset({"overdue", "soon", "rectify", "proposed"})


@dataclass(frozen=True, slots=True)
class Own:
    """A list of the user's own: what it is made from, what narrows it, what it searches for."""

    name: str
    view: str = "all"
    narrowing: Narrowing = NOTHING
    search: str = ""

    @property
    def key(self) -> str:
        """The key the list goes by."""
        return f"{OWN}{self.name}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered of a user's lists: their own, and the shape of each by its key."""

    own: tuple[Own, ...] = ()
    shapes: Mapping[str, Shape] = field(default_factory=dict)

    def shape(self, key: str) -> Shape:
        """Give how a list looks."""
        usual = Shape(sort="due_on") if key in _BY_DATE else Shape()
        return self.shapes.get(key) or usual

    def find(self, key: str) -> Own | None:
        """Give the user's own list of this key."""
        return next((one for one in self.own if one.key == key), None)

    def title(self, key: str) -> str:
        """Give the name of a list."""
        return key.removeprefix(OWN) if key.startswith(OWN) else _TITLES[key]

    def with_shape(self, key: str, shape: Shape) -> Kept:
        """Remember how a list looks."""
        return replace(self, shapes={**self.shapes, key: shape})

    def with_own(self, own: Own, shape: Shape) -> Kept:
        """Add a list of the user's own, or put it in place of the one of its name."""
        rest = tuple(one for one in self.own if one.key != own.key)
        return Kept((*rest, own), {**self.shapes, own.key: shape})

    def renamed(self, key: str, name: str) -> Kept:
        """Give one of the user's own lists another name."""
        own = tuple(replace(one, name=name) if one.key == key else one for one in self.own)
        moved = {f"{OWN}{name}" if k == key else k: shape for k, shape in self.shapes.items()}
        return Kept(own, moved)

    def without(self, key: str) -> Kept:
        """Forget one of the user's own lists."""
        own = tuple(one for one in self.own if one.key != key)
        return Kept(own, {k: shape for k, shape in self.shapes.items() if k != key})

    def name_problem(self, name: str, besides: str = "") -> str:
        """Say why a list can't go by a name; empty when it can."""
        if not name:
            return "请输入清单的名称。"
        if len(name) > LONGEST_NAME:
            return f"名称太长，最多 {LONGEST_NAME} 字。"
        taken = [self.title(key) for key in VIEWS if key in _TITLES]
        taken += [one.name for one in self.own if one.key != besides]
        return f"已有名为“{name}”的清单。" if name in taken else ""

    def stored(self) -> dict[str, object]:
        """Give it as plain data that can be kept."""
        own = [
            {
                "name": one.name,
                "view": one.view,
                "search": one.search,
                "narrowing": one.narrowing.stored(),
            }
            for one in self.own
        ]
        return {"own": own, "shapes": {k: shape.stored() for k, shape in self.shapes.items()}}

    @classmethod
    def read(cls, data: object) -> Kept:
        """Read what was kept; what makes no sense is left out."""
        if not isinstance(data, Mapping):
            return cls()
        listed, shaped = data.get("own"), data.get("shapes")
        own = {one.key: one for one in map(_own, listed if isinstance(listed, list) else []) if one}
        known = {*_TITLES, *own}
        shapes = shaped if isinstance(shaped, Mapping) else {}
        return cls(tuple(own.values()), {k: Shape.read(v) for k, v in shapes.items() if k in known})


def _own(data: object) -> Own | None:
    if not isinstance(data, Mapping):
        return None
    name, view = clean_line(str(data.get("name") or "")), str(data.get("view"))
    if not name or view not in _TITLES:
        return None
    search = clean_line(str(data.get("search") or ""))
    return Own(name[:LONGEST_NAME].strip(), view, Narrowing.read(data.get("narrowing")), search)
