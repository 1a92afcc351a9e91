"""Killed during an import, a batch or a collecting: all or nothing is there, the log is whole."""

from __future__ import annotations

import json
import random
import shutil
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from supervise.services import batches, importing, ledger, stats
from tests.children import Start, children
from tests.services.office import Office
from tests.services.sheets import day, fill, given, rows_of, send, take

ROWS = 1200
# The child stops inside the transaction, at the progress report it is told, and says so.
SCRIPT = """
import signal
import sys
from datetime import date
from pathlib import Path
from supervise.services import batches, importing
from supervise.services.sheets import collect
from supervise.services.session import Session

# A run of the tests in the background is deaf to it, and so are its children.
signal.signal(signal.SIGINT, signal.default_int_handler)
ledger, file, phase, stop = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
seen = 0

def progress(now, done, total):
    global seen
    seen += now == phase
    if now == phase and seen == stop:
        print(done, flush=True)
        sys.stdin.readline()

with Session(ledger, date(2024, 12, 31), recorder="子进程", write=True) as session:
    if phase == "写入":
        options = importing.Options(add_units=True)
        importing.run(session, file, options, progress)
    elif phase in {"读表", "采用"}:
        collect.run(session, [file], progress=progress)
    else:
        batches.run(session, file, progress=progress)
"""


@pytest.fixture
def child() -> Iterator[Start]:
    """Give a function that starts an import, a batch or a collecting in a process of its own."""
    with children() as start:
        yield partial(start, SCRIPT)


@pytest.fixture
def books(office: Office, tmp_path: Path) -> tuple[Path, dict[str, Path]]:
    """Give a ledger nobody has open, a table to import and a batch file."""
    table, batch = tmp_path / "台账.csv", tmp_path / "操作.jsonl"
    lines = [f"甲-{n},路灯第{n}盏不亮,市园林局,2024-06-01,2024-06-03\n" for n in range(ROWS)]
    table.write_text("编号,事项,责任单位,发现日期,交办日期\n" + "".join(lines), encoding="utf-8")
    rows = [{"op": "issue.add", "title": f"路灯第{n}盏不亮"} for n in range(ROWS)]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    batch.write_text(text, encoding="utf-8")
    office.close()
    return office.path, {"写入": table, "执行": batch}


def whole(path: Path) -> int:
    """Verify a ledger; gives how many issues it holds."""
    office = Office(path)
    office.verified()
    total = stats.stats(office.session)["issues"]["total"]
    office.close()
    return int(total)


@pytest.mark.parametrize(("phase", "stop"), [("写入", 1), ("执行", 1), ("执行", 7), ("执行", 12)])
def test_killed_inside_the_transaction_nothing_is_there(books, child, phase, stop):
    path, files = books
    writer = child(path, files[phase], phase, stop)
    assert int(writer.stdout.readline()) > 0
    writer.kill()
    writer.wait()
    assert whole(path) == 0
    office = Office(path)
    if phase == "写入":
        done = importing.run(office.session, files[phase], importing.Options(add_units=True))
        assert done["added"] == ROWS
    else:
        assert batches.run(office.session, files[phase])["applied"] == ROWS
    office.verified()
    office.close()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize(("phase", "stop"), [("读表", 1), ("采用", 2)])
def test_ended_while_sheets_are_collected_nothing_is_taken_over(
    office, child, tmp_path, how, phase, stop
):
    """By kill -9 or Ctrl+C, while files are read or two of three sheets are taken over."""
    folder = tmp_path / "收到"
    _sheets(office, folder)
    head = office.head()
    office.close()
    writer = child(office.path, folder, phase, stop)
    assert int(writer.stdout.readline()) == stop
    writer.send_signal(how)
    writer.wait()
    again = Office(office.path)
    again.verified()
    assert again.head() == head
    done = take(again, folder)
    assert (done["applied"]["progress"], done["applied"]["submitted"]) == (9, 3)
    assert done["stale"] == done["refused"] == []
    head = again.head()
    assert set(take(again, folder)["applied"].values()) == {0}
    assert again.head() == head
    again.verified()
    again.close()


def _sheets(office: Office, folder: Path) -> None:
    """Send three units their sheets and fill them in: progress of all, one issue handed in."""
    for unit in ("市住建局", "市水务局", "市城管局"):
        for _ in range(3):
            given(office, unit)
    send(office, folder)
    for path in folder.iterdir():
        codes = sorted(rows_of(path))
        answers: dict[str, dict[str, object]] = {code: {"进展情况": "正在施工"} for code in codes}
        answers[codes[0]] |= {"整改措施": "已全部整改", "报请复核日期": day("2024-12-30")}
        fill(path, answers)


@pytest.mark.slow
@pytest.mark.parametrize("phase", ["写入", "执行"])
def test_killed_at_any_moment_all_rows_are_there_or_none(books, child, tmp_path, phase):
    path, files = books
    chance = random.Random(20241231)
    found = set()
    for number in range(4):
        copy = tmp_path / f"{number}.db"
        shutil.copy(path, copy)
        writer = child(copy, files[phase], phase, 1)
        writer.stdout.readline()
        writer.stdin.write("\n")
        writer.stdin.flush()
        time.sleep(chance.uniform(0, 1.2 if phase == "执行" else 0.15))
        writer.kill()
        writer.wait()
        found.add(whole(copy))
    assert found <= {0, ROWS}


INIT = """
import sys
from pathlib import Path
from supervise.services import ledger

first_events = ledger._first_events

def stopped(*arguments):
    first_events(*arguments)
    print("written", flush=True)
    sys.stdin.readline()

ledger._first_events = stopped
ledger.create(Path(sys.argv[1]))
"""


def test_killed_while_a_ledger_is_made_there_is_none_and_it_can_be_made_again(tmp_path):
    path = tmp_path / "new.db"
    with children() as start:
        process = start(INIT, path)
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        process.kill()
        process.wait()
    assert not path.exists()
    ledger.create(path)
    with Office(path).session as session:
        assert session.pack.name == "jingmen"
