"""The program's styles: each sheet is parsed once for each theme, and those needed later ahead."""

from __future__ import annotations

from asyncio import sleep as give_way
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from time import monotonic, sleep

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

HERE = Path(__file__).parent
Colours = tuple[tuple[str, str], ...]
# More than there are sheets and widgets with styles of their own.
_SHEETS = 512
# Seconds between two sheets parsed in a thread: the interface takes its turn, and can draw a page.
_TURN = 0.02
# What was parsed under each set of colours, for every window: the ledger that is opened after this
# one is shown sooner.
_PARSED: dict[Colours, LRUCache[tuple, list[RuleSet]]] = {}  # type: ignore[type-arg]
# Seconds for which what is on the screen is styled in one go; then a key is heard.
_SPELL = 0.01
# Seconds in which all that waits by then is heard: a key is handed on several times on its way.
MOMENT = 0.001


class Styles(Stylesheet):
    """A stylesheet that remembers what was parsed under each set of colours.

    The library parses every sheet again whenever a page is opened for the first time or after the
    theme was changed, 60 to 100 ms in which no key is heard.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._colours: Colours | None = None
        super().__init__()
        self.set_variables(dict(variables))

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other colours; what was parsed under them before is taken up again."""
        key = _key(variables)
        if key == self._colours:
            return
        self._colours = key
        self._parse_cache = LRUCache(1)
        super().set_variables(variables)
        self._parse_cache = _PARSED.setdefault(key, LRUCache(_SHEETS))
        self._require_parse = True

    def reparse(self) -> None:
        """Parse what is new under these colours, if anything is."""
        if self._require_parse:
            self.parse()

    async def update_in_turns(self, nodes: Iterable[DOMNode], *, animate: bool) -> None:
        """Style nodes, some at a time: keys are heard in between."""
        left = iter(tuple(nodes))
        for node in left:
            await give_way(MOMENT)
            self.update_nodes(chain((node,), _for_a_spell(left)), animate=animate)

    def prepare(self, paths: Iterable[Path]) -> None:
        """Parse sheets that will be read later; called in a thread, it changes no style."""
        for path in paths:
            before = len(self._parse_cache)
            self._parse_rules(path.read_text("utf-8"), (str(path), ""))
            if len(self._parse_cache) != before:
                sleep(_TURN)

    def prepare_for(self, variables: Mapping[str, str]) -> None:
        """Parse all there is under other colours too; called in a thread, it changes no style."""
        known = _PARSED.setdefault(_key(variables), LRUCache(_SHEETS))
        other = Stylesheet(variables=dict(variables))
        other._parse_cache = known
        for place, source in list(self.source.items()):
            before = len(known)
            other._parse_rules(
                source.content, place, source.is_defaults, source.tie_breaker, source.scope
            )
            if len(known) != before:
                sleep(_TURN)


def _for_a_spell(nodes: Iterator[DOMNode]) -> Iterator[DOMNode]:
    until = monotonic() + _SPELL
    while monotonic() < until and (node := next(nodes, None)) is not None:
        yield node


def _key(variables: Mapping[str, str]) -> Colours:
    return tuple(sorted(variables.items()))


def sheets() -> list[Path]:
    """Give the sheets of all pages and dialogs."""
    return sorted((*HERE.glob("*.tcss"), *HERE.glob("dialogs/*.tcss")))
