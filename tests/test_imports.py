"""What a start costs: no command but the dashboard may load the heavy libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    "textual",
    "rich",
    "sqlite_utils",
    "pydantic",
    "docx",
    "xlsxwriter",
    "python_calamine",
    "pypinyin",
    "typst",
)

IMPORTED = """
import importlib, json, sys
heavy, names = set(json.loads(sys.argv[1])), json.loads(sys.argv[2])
found = {}
for name in names:
    importlib.import_module(name)
    if new := sorted(heavy & set(sys.modules)):
        found[name] = new
        heavy -= set(new)
print(json.dumps(found))
"""

RUN = """
import json, sys
heavy = json.loads(sys.argv.pop(1))
from supervise.__main__ import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
finally:
    print(json.dumps(sorted(set(heavy) & set(sys.modules))), file=sys.stderr)
"""


def _modules(*packages: str) -> list[str]:
    """List the modules of these packages that are in the tree, as dotted names."""
    files = sorted(file for package in packages for file in (ROOT / package).rglob("*.py"))
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in names]


def _python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def test_no_module_below_the_screens_loads_a_heavy_library() -> None:
    names = _modules("supervise", "db")
    assert {"supervise.cli", "supervise.errors", "db"} <= set(names)
    done = _python(IMPORTED, json.dumps(HEAVY), json.dumps(names))
    assert json.loads(done.stdout) == {}


COMMANDS = [["--help"], ["--version"]] if find_spec("supervise.__main__") else []
FRONT_DOORS = [name for name in ("supervise.cli", "supervise.services.registry") if find_spec(name)]


@pytest.mark.parametrize("name", FRONT_DOORS)
def test_front_door_alone_loads_no_heavy_library(name: str) -> None:
    done = _python(IMPORTED, json.dumps(HEAVY), json.dumps([name]))
    assert json.loads(done.stdout) == {}


def test_help_and_version_load_no_heavy_library() -> None:
    for command in COMMANDS:
        done = _python(RUN, json.dumps(HEAVY), *command)
        assert done.stdout.strip(), command
        assert json.loads(done.stderr.splitlines()[-1]) == [], command


# What other pages, dialogs and papers need, and what is read once the first figures stand.
LATER = (
    "pypinyin",
    "screens.exporting",
    "screens.folders",
    "screens.issues",
    "screens.widgets.chart",
    "screens.widgets.choices",
    "supervise.domain.records",
    "supervise.services.ladder",
    "supervise.services.months",
)


def test_the_first_page_of_the_dashboard_loads_nothing_it_does_not_show() -> None:
    names = ["supervise.services.session", "supervise.services.today", "screens.app"]
    done = _python(IMPORTED, json.dumps(LATER), json.dumps(names))
    assert json.loads(done.stdout) == {}
