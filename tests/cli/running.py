"""The installed program run as a process of its own, as a script or another office would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
TODAY = "2024-12-31"
BESIDE = Path(sys.executable).with_name("supervise")
COMMAND = [str(BESIDE)] if BESIDE.exists() else [sys.executable, "-m", "supervise"]


def words(text: str) -> set[str]:
    """Give the words of a text, as a set."""
    return set(text.split())


@dataclass(frozen=True)
class Done:
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout; anything beside it is an error."""
        return json.loads(self.out)

    @property
    def error(self) -> Row:
        """The document of a refusal."""
        return self.json["error"]

    @property
    def places(self) -> set[tuple[int, str | None]]:
        """Where the bad rows of a refused file are."""
        return {(row["row"], row["column"]) for row in self.error["rows"]}


class Program:
    """`supervise` on one ledger and one business date, both given by the environment."""

    def __init__(self, folder: Path, today: str = TODAY) -> None:
        self.folder = folder
        self.ledger = folder / "ledger.db"
        self.today = today

    def environment(self) -> dict[str, str]:
        """Give an environment that knows nothing of the host's ledgers and settings."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SUPERVISE_")}
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            kept[f"XDG_{name}_HOME"] = str(self.folder / "xdg" / name.lower())
        names = dict.fromkeys(("LOGNAME", "USER"), "经办甲")
        return kept | names | {"SUPERVISE_LEDGER": str(self.ledger), "SUPERVISE_TODAY": self.today}

    def run(self, *arguments: object, **environment: str | None) -> Done:
        """Run with the arguments as they are; an environment variable given as None is unset."""
        env = self.environment() | environment
        done = subprocess.run(
            [*COMMAND, *(str(argument) for argument in arguments)],
            cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, check=False,
            timeout=60, env={key: value for key, value in env.items() if value is not None},
        )  # fmt: skip
        told = Done(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in told.err + told.out, told.err + told.out
        return told

    def __call__(self, *arguments: object) -> Any:
        """Run with `--json`, which must succeed, and give the document."""
        done = self.run(*arguments, "--json")
        assert done.status == 0, (arguments, done.out, done.err)
        return done.json

    def refused(self, *arguments: object) -> Done:
        """Run with `--json`, which must be refused for a rule or for bad data."""
        done = self.run(*arguments, "--json")
        assert done.status == 1, (arguments, done.out, done.err)
        assert done.err == "", done.err
        assert set(done.error) <= {"code", "message", "rows"}
        assert done.error["message"]
        return done

    def batch(self, *rows: Row, name: str = "batch.jsonl") -> Any:
        """Carry out operations, all in one process."""
        return self("batch", self.lines(*rows, name=name), "--again")

    def each(self, *commands: list[str]) -> list[Any]:
        """Run many commands with `--json` in one process; all must succeed; give the documents."""
        loop = (
            "import contextlib, io, json, sys\n"
            "from supervise.cli.start import run\n"
            "told = []\n"
            "for line in json.load(sys.stdin):\n"
            "    with contextlib.redirect_stdout(io.StringIO()) as out:\n"
            "        status = run([*line, '--json'])\n"
            "    assert status == 0, (line, out.getvalue())\n"
            "    told.append(json.loads(out.getvalue()))\n"
            "json.dump(told, sys.stdout)"
        )
        done = subprocess.run(
            [sys.executable, "-c", loop], input=json.dumps(commands).encode(), cwd=ROOT,
            capture_output=True, check=False, timeout=120, env=self.environment(),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
        return json.loads(done.stdout)

    def lines(self, *rows: Row, name: str = "batch.jsonl") -> Path:
        """Write operations as JSON Lines."""
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return self.text(name, text)

    def text(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        """Write a text file."""
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def sheet(self, name: str, *rows: list[Any]) -> Path:
        """Write a workbook of one sheet."""
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(self.folder / name)
        return self.folder / name

    def copy(self, folder: Path) -> Program:
        """Give the same program on a copy of the ledger."""
        folder.mkdir(parents=True, exist_ok=True)
        other = Program(folder, self.today)
        shutil.copyfile(self.ledger, other.ledger)
        return other

    def issue(self, code: str) -> Row:
        """Show one issue."""
        return self("issue", "show", code)

    def issues(self, *filters: object) -> dict[str, Row]:
        """List issues by code."""
        return {record["code"]: record for record in self("issue", "list", *filters)}
