"""Run every `bench_*.py` and print its results; exit status 1 when an aim is missed."""

from __future__ import annotations

import compileall
import gc
import importlib
import pkgutil
import sys
from collections.abc import Iterator

import benchmarks
from benchmarks import Limit, Ratio, ledgers
from supervise.text import pad

HEADINGS = ("name", "ours", "floor", "ratio", "aim", "verdict")
WIDTHS = (66, 10, 10, 7, 7, 7)


def modules(wanted: list[str]) -> Iterator[str]:
    """Name the benchmark modules; with words given, those whose name holds one of them."""
    for module in pkgutil.iter_modules(benchmarks.__path__):
        name = module.name
        if name.startswith("bench_") and (not wanted or any(word in name for word in wanted)):
            yield name


def cells_of(result: Ratio | Limit) -> tuple[str, ...]:
    """Write one result as the cells of a line, times in milliseconds."""
    verdict = "met" if result.met else "MISSED"
    if isinstance(result, Limit):
        unit = result.unit
        return result.name, f"{result.value:.1f} {unit}", "", "", f"{result.aim:g} {unit}", verdict
    return (
        result.name,
        f"{result.ours * 1000:.1f} ms",
        f"{result.floor * 1000:.1f} ms",
        f"{result.ratio:.2f}",
        f"{result.aim:.2f}",
        verdict,
    )


def line(cells: tuple[str, ...]) -> str:
    """Set cells under one another: the name to the left, numbers to the right."""
    columns = zip(cells, WIDTHS, strict=True)
    return "  ".join(pad(text, width, right=at > 0) for at, (text, width) in enumerate(columns))


def main() -> int:
    """Run the benchmarks named on the command line, or all of them."""
    gc.set_threshold(50_000, 20, 50)  # as the program does for itself
    for name in ("db", "screens", "supervise"):  # as an installed program is
        compileall.compile_dir(ledgers.ROOT / name, quiet=1)
    print(line(HEADINGS), flush=True)
    missed = 0
    for name in modules(sys.argv[1:]):
        for result in importlib.import_module(f"benchmarks.{name}").run():
            print(line(cells_of(result)), flush=True)
            missed += not result.met
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
