"""Hostile text, files and ledgers, met by the program as it is installed."""

from __future__ import annotations

import csv
import re
import sqlite3  # noqa: TID251 - another program holds the ledger, through a library of its own
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.conftest import Entered
from tests.cli.running import COMMAND, Program

TEXTS = {
    "markup": "[/x][bold red]粗[/bold red] [link=file:///etc/passwd]点[/link] [@click=quit]退[/]",
    "escapes": "红\x1b[31m色\x1b]0;标题\x07\x1b[2J\x1bc 甲",
    "clipboard": "剪贴\x1b]52;c;cm0gLXJmIC8=\x07板",
    "c1": "控\x9b31m制\x9d0;t\x9c\x85\x8d",
    "bidi": "甲\u202e乙\u2066丙\u2069\u200f丁",
    "invisible": "零\u200b宽\u200d字\u2060符\ufeff",
    "controls": "铃\x07退\x08删\x7f页\x0c表\x0b",
    "formula": "=1+1",
    "plus": "+cmd|' /C calc'!A0",
    "minus": "-2+3+cmd",
    "at": "@SUM(1+1)",
    "link": '=HYPERLINK("http://x","点")',
    "html": "<script>alert(1)</script><img src=x onerror=1>&amp;]]>",
    "markdown": "| 甲 | `乙` **丙** ![x](http://y) |\n# 丁",
    "sql": "'; DROP TABLE issue; --",
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈🇨🇳",
    "rare": "𠮷野家𪚥𰻝",
    "path": "../../../etc/passwd",
    "format": "{0.__class__} %s %n ${HOME} `id`",
    "combining": "Z̴̢͝a̷͎l̶̨g̵o" * 10,
}
FILES = {
    "nul.csv": b"\x00" * 100,
    "nul2.csv": "编号,事项\nJ-1,甲\x00乙\n".encode(),
    "surrogate.jsonl": b'{"op": "issue.add", "title": "a\\u0000b\\ud800c"}\n',
    "nested.jsonl": b'{"op": "issue.add", "title": {"a": [1]}}\n',
    "op.jsonl": b'{"op": ["issue.add"], "title": "a"}\n',
    "big.jsonl": b'{"op": "issue.add", "title": 1e999}\n',
    "order.jsonl": b'{"op": "unit.add", "unit": "a", "order": 99999999999999999999999}\n',
    "date.jsonl": b'{"op": "issue.add", "title": "a", "on": "99999-01-01"}\n',
    "int.jsonl": b'{"op": "issue.add", "title": "a", "on": 20240601}\n',
    "old.jsonl": b'{"op": "issue.add", "title": "a", "on": "0001-01-01"}\n',
    "deep.jsonl": b"[" * 200_000,
    "deep2.jsonl": b'{"op": ' * 20_000,
    "long.jsonl": b'{"op": "issue.add", "title": "' + b"a" * 3_000_000 + b'"}\n',
    "utf16.csv": b"\xff\xfe" + "操作,事项\n登记,甲\n".encode("utf-16-le"),
    "broken.xlsx": b"PK\x03\x04broken",
    "图.xlsx": b"\x89PNG\r\n\x1a\n" + b"0" * 500,
    "empty.xlsx": b"",
    "empty.csv": b"",
    "empty.jsonl": b"",
    "网页.xls": b"<html><table><tr><td>x</table>",
}
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FORMULA = re.compile(r"^[=+\-@\t\r]")


def strays(text: str) -> set[str]:
    """Give the characters that could steer a terminal or turn a line around."""
    return {
        char for char in text
        if (unicodedata.category(char) == "Cc" and char not in "\n") or char in BIDI
    }  # fmt: skip


@pytest.fixture(scope="module")
def hostile(empty: Program, entered: Entered) -> Program:
    """Give a ledger in which every text a person may give is hostile, and two notices."""
    rows: list[dict[str, object]] = []
    for number, (name, text) in enumerate(TEXTS.items(), 1):
        code = f"H-{number}"
        rows += [
            {"op": "issue.add", "issue": code, "title": text, "detail": text, "source": text,
             "category": text, "party": text, "contact": text, "handler": text, "source_no": text,
             "disclosure": "可告知", "on": "2024-05-06", "note": text, "ref": text, "by": text},
            {"op": "unit.add", "unit": f"{name}{text}", "head": text, "on": "2024-01-02"},
            {"op": "issue.assign", "issue": code, "unit": f"{name}{text}", "due_on": "2024-05-20",
             "on": "2024-05-06"},
            {"op": "issue.progress", "issue": code, "note": text, "on": "2024-05-07"},
        ]  # fmt: skip
    for period, on in (("2024-05", "2024-06-03"), ("2024-06", "2024-07-03")):
        rows.append({"op": "notice.draft", "period": period, "on": on})
        for text in (TEXTS["markup"], TEXTS["link"], TEXTS["escapes"], TEXTS["html"]):
            rows.append({"op": "notice.name", "period": period, "unit": "市水务局", "reason": text,
                         "on": on})  # fmt: skip
        number = f"[/b]\x1b[31m={period}号"
        rows.append({"op": "notice.issue", "period": period, "number": number, "on": on})
    return entered("hostile", lambda program: empty.copy(program.folder).batch(*rows))


LINES = [
    "issue list", "issue list --json", "issue show H-1", "issue show H-2 --json", "issue show H-12",
    "unit list", "notice list", "notice show 2024-05", "explanation list", "interview list",
    "interview list --json", "interview show 市水务局", "interview export 市水务局 --to -",
    "notice export 2024-05 --to -", "notice export 2024-05 --to - --basis", "stats", "verify",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_nothing_reaches_the_terminal_as_anything_but_text(hostile, line):
    done = hostile.run(*line.split())
    assert (done.status, strays(done.out), strays(done.err)) == (0, set(), set())
    assert done.out


def test_text_is_kept_but_for_what_steers(hostile):
    found = hostile.issues()
    titles = [record["title"] for record in found.values()]
    for name in ("markup", "formula", "plus", "link", "html", "sql", "rare", "path", "format"):
        assert any(TEXTS[name] in title for title in titles), name
    assert "红色 甲" in titles or any(title.startswith("红") for title in titles)
    assert hostile("verify")["ok"]
    assert hostile.issues("--search", "DROP TABLE")
    assert hostile.issues("--search", "𠮷野家")
    for search in ('"', "'", "*", "NEAR(", "AND", "[", "%", "\\", "甲 OR 1=1", "-", "^", ":"):
        assert hostile.run("issue", "list", "--json", f"--search={search}").status == 0


@pytest.mark.parametrize("kind", [[], ["--basis"]])
def test_every_export_of_a_notice_holds_text_only(hostile, tmp_path, kind):
    for ending in ("txt", "md", "html", "svg", "csv", "xlsx", "json"):
        place = tmp_path / f"通报.{ending}"
        done = hostile.run("notice", "export", "2024-05", "--to", place, *kind)
        assert done.status == 0, done.err
        if ending == "xlsx":
            no_formulas(place)
            continue
        text = place.read_text("utf-8-sig")
        assert strays(text.replace("\r\n", "\n")) == set(), ending
        if ending == "csv":
            cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
            assert not [cell for cell in cells if FORMULA.match(cell)]
        if ending in ("html", "svg"):
            assert not re.search(r"<script|<img|onerror=1>|javascript:", text)
            assert "&lt;script&gt;" in text
        if ending == "md":
            assert "<script>" not in text


def no_formulas(place: Path) -> None:
    """Check that a workbook holds no formula, no link and nothing that escapes."""
    for sheet in load_workbook(place):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None
                assert not strays(str(cell.value or "").replace("\t", ""))
    with zipfile.ZipFile(place) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in archive.read(name) for name in sheets)


def test_hostile_cells_of_tables(fresh):
    long = "长" * 8000
    table = fresh.folder / "台账.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["编号", "事项", "责任单位", "问题描述", "交办日期"])
        for number, text in enumerate([*TEXTS.values(), long], 1):
            writer.writerow([f"J-{number}", text, "市住建局", text, "2024-06-03"])
    done = fresh.run("import", table, "--json")
    assert (done.status, strays(done.out + done.err)) == (0, set()), done.out
    assert done.json["added"] == len(TEXTS) + 1
    last = fresh.issue(f"J-{len(TEXTS) + 1}")
    assert last["detail"] == long
    assert not strays(fresh.run("issue", "list").out)
    assert fresh("verify")["ok"]


def test_hostile_cells_of_a_workbook(fresh):
    book = Workbook()
    book.active.append(["编号", "事项", "责任单位", "问题描述", "交办日期"])
    book.active.append(["J-1", "=1+1", "市住建局", '=HYPERLINK("http://x")', "2024-06-03"])
    book.active.append(["=J-2", "[/x]_x001B_[31m", "市住建局", "甲" * 8000, "2024-06-03"])
    for row in book.active.iter_rows():
        for cell in row:
            cell.data_type = "s"
    book.save(fresh.folder / "台账.xlsx")
    assert fresh("import", fresh.folder / "台账.xlsx")["added"] == 2
    assert set(fresh.issues()) == {"J-1", "=J-2"}
    assert not strays(fresh.run("issue", "list").out)


def test_hostile_files_end_in_a_sentence(fresh):
    for name, content in FILES.items():
        path = fresh.folder / name
        path.write_bytes(content)
        before = fresh.ledger.read_bytes()
        verb = "import" if path.suffix in (".xlsx", ".xls") else "batch"
        done = fresh.run(verb, path, "--json")
        assert done.status in (0, 1), (name, done.err)
        assert "程序出错" not in done.out, name
        if done.status == 1:
            assert done.error["message"]
            assert fresh.ledger.read_bytes() == before, name
    assert fresh("verify")["ok"]


def test_workbooks_that_explode_are_refused(fresh):
    bomb = fresh.folder / "炸弹.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "编号", "远"
    book.save(fresh.folder / "稀疏.xlsx")
    for name in ("炸弹.xlsx", "稀疏.xlsx"):
        for verb in ("import", "batch"):
            assert fresh.refused(verb, fresh.folder / name).error["message"]


def test_a_folder_a_missing_file_and_a_classified_one(fresh):
    (fresh.folder / "夹.xlsx").mkdir()
    good = "编号,事项,责任单位,交办日期\nJ-1,甲,市住建局,2024-06-03\n"
    for path in (
        fresh.folder / "夹.xlsx", fresh.folder / "没有.xlsx", fresh.folder, Path("/dev/null"),
        fresh.text("秘密★台账.csv", good), fresh.text("台账（机密）.csv", good),
        fresh.text("标题.csv", f"绝密\n{good}"),
    ):  # fmt: skip
        assert fresh.refused("import", path).error["message"]
    assert fresh.refused("batch", fresh.folder).error["message"]
    assert fresh.issues() == {}


# Ledgers


def not_a_ledger(path: Path) -> None:
    path.write_text("这是一个文本文件\n" * 200, "utf-8")


def another_database(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE issue (x)")
    raw.close()


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def a_folder(path: Path) -> None:
    path.mkdir()


def missing(path: Path) -> None:
    assert not path.exists()


def missing_folder(path: Path) -> None:
    path.parent.rmdir()


@pytest.mark.parametrize(
    "make", [not_a_ledger, another_database, nothing, a_folder, missing, missing_folder]
)
def test_what_is_no_ledger_is_three_and_left_alone(tmp_path, make):
    program = Program(tmp_path)
    program.ledger = tmp_path / "place" / "ledger.db"
    program.ledger.parent.mkdir()
    make(program.ledger)
    before = program.ledger.read_bytes() if program.ledger.is_file() else None
    for line in ("issue list", "issue add X --title 甲", "verify"):
        done = program.run(*line.split(), "--json")
        assert (done.status, done.err) == (3, ""), line
        assert done.error["message"].endswith("。")
    assert (program.ledger.read_bytes() if program.ledger.is_file() else None) == before


def test_a_truncated_ledger(fresh):
    fresh.batch(*({"op": "issue.add", "title": f"事项{n}" * 20} for n in range(300)))
    whole = fresh.ledger.read_bytes()
    fresh.ledger.write_bytes(whole[: len(whole) // 2])
    for line in ("issue list", "issue add X --title 甲", "verify"):
        done = fresh.run(*line.split(), "--json")
        assert done.status in (1, 3), line
        assert "程序出错" not in done.out
        assert done.json.get("ok") is False or done.error["message"]


def test_a_ledger_of_a_newer_version(fresh):
    raw = sqlite3.connect(fresh.ledger)
    (version,) = raw.execute("PRAGMA user_version").fetchone()
    raw.execute(f"PRAGMA user_version = {version + 1}")
    tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    raw.commit()
    raw.close()
    if version == 0:
        pytest.skip(f"the version is kept elsewhere: {tables}")
    for line in ("issue list", "issue add X --title 甲", "verify"):
        assert fresh.run(*line.split(), "--json").status == 3


def test_a_locked_ledger_is_waited_for_and_reading_never_waits(fresh):
    fresh.today = "2024-12-31"
    script = (
        "import sqlite3, sys\n"
        f"raw = sqlite3.connect({str(fresh.ledger)!r}, isolation_level=None)\n"
        "raw.execute('BEGIN IMMEDIATE'); print('held', flush=True)\n"
        "sys.stdin.readline(); raw.execute('ROLLBACK')\n"
    )
    holding = [sys.executable, "-c", script]
    adding = [*COMMAND, "issue", "add", "J-1", "--title", "甲"]
    pipe, env = subprocess.PIPE, fresh.environment()
    with subprocess.Popen(holding, stdin=pipe, stdout=pipe) as holder:
        assert holder.stdout.readline() == b"held\n"
        assert fresh.run("issue", "list", "--json").status == 0
        with subprocess.Popen(adding, env=env, stdout=pipe, stderr=pipe) as adder:
            assert "等候" in adder.stderr.readline().decode()
            holder.communicate(b"go on\n")
            adder.communicate()
        assert adder.returncode == 0
    assert set(fresh.issues()) == {"J-1"}


def test_a_symbolic_link_and_odd_names(fresh):
    odd = fresh.folder / "台账 [b]?#%20'\".db"
    fresh.ledger.rename(odd)
    fresh.ledger.symlink_to(odd)
    assert fresh("issue", "add", "J-1", "--title", "甲")["code"] == "J-1"
    fresh.ledger = odd
    assert set(fresh.issues()) == {"J-1"}
    assert fresh("verify")["ok"]


@pytest.mark.parametrize(
    "line",
    [
        ["issue", "add", "x" * 5000, "--title", "甲"],
        ["issue", "add", "\n", "--title", "甲"],
        ["issue", "add", "J-1", "--title", "\u200b\u202e"],
        ["issue", "add", "J-1", "--title", "甲" * 30_000],
        ["issue", "add", "--title", "甲", "--on", "0000-00-00"],
        ["issue", "add", "--title", "甲", "--on", "9999-12-31"],
        ["issue", "list", "--limit", "99999999999999999999"],
        ["issue", "list", "--sort", "title; DROP TABLE issue"],
        ["due", "9999-12-31", "15wd"],
        ["due", "2024-01-01", "99999wd"],
        ["due", "2024-01-01", "9999m"],
        ["calendar", "show", "99999"],
        ["calendar", "show", "0"],
        ["stats", "--period", "0001-01"],
        ["stats", "--period", "9999-12"],
        ["notice", "draft", "9999-12"],
        ["notice", "draft", "0001-01"],
        ["interview", "show", "99999999999999999999999"],
        ["verify", "--head", "不是校验码"],
        ["verify", "--head", "99999999999999999999999:abcd"],
        ["unit", "add", ""],
        ["unit", "add", "甲局", "--order", "99999999999999999999"],
        ["--today", "0001-01-01", "stats"],
        ["--today", "9999-12-31", "stats"],
        ["--today", "9999-12-31", "issue", "list"],
    ],
    ids=lambda line: " ".join(line)[:40],
)
def test_extremes_on_the_command_line_end_in_a_sentence(fresh, line):
    done = fresh.run(*line, "--json")
    assert done.status in (0, 1, 2)
    assert "程序出错" not in done.out, done.out
    assert done.json is not None
