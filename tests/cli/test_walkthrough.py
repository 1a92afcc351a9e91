"""The README's walk through the loop is what the commands answer today."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("demo_at_hand")

README = Path(__file__).parents[2] / "README.md"
LEFT_OUT = "…"


def walk() -> list[tuple[str, list[str]]]:
    """Give the commands of the README's examples with the lines it shows after each."""
    shown: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", README.read_text("utf-8"), re.M | re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                shown.append((line[2:], []))
            elif line not in {"", LEFT_OUT}:
                shown[-1][1].append(line)
    return shown


def test_every_line_shown_is_what_the_command_says(
    supervise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUPERVISE_LEDGER", "demo.db")
    commands = [(line, lines) for line, lines in walk() if line.startswith("supervise ")]
    assert len(commands) >= 8
    for line, lines in commands:
        ran = supervise(*shlex.split(line)[1:])
        said = iter((ran.out + ran.err).splitlines())
        missing = [one for one in lines if one not in said]
        assert not missing, f"{line}\n" + "\n".join(missing)


@pytest.fixture
def _temporary_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


@pytest.mark.usefixtures("_temporary_place")
def test_demo_without_a_path_does_the_main_job(supervise) -> None:
    ran = supervise("demo")
    assert ran.status == 0
    order = (
        "【演示数据】【草稿】",
        "2024年12月优化营商环境工作调度情况的通报",
        "二、拟提请约谈",
        "各月被点名的事项不同",
        "三、总览",
        "即将到期",
    )
    places = [ran.out.index(word) for word in order]
    assert places == sorted(places)


def test_every_command_a_newcomer_is_told_of_answers(
    supervise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = supervise("demo", str(tmp_path / "示 川.db"))
    told = [line.strip() for line in ran.out.split("接着试")[1].splitlines()[1:]]
    for setting in shlex.split(told[0])[1:]:
        monkeypatch.setenv(*setting.split("=", 1))
    assert len(told) >= 4
    for line in told[1:]:
        command = re.split(r"\s{2,}", line)[0]
        answer = supervise(*shlex.split(command)[1:])
        assert answer.status == 0 and answer.out, command


@pytest.mark.usefixtures("_temporary_place")
def test_demo_in_json_is_one_document(supervise) -> None:
    record = supervise("demo", "--json").json
    assert record["notice"]["status"] == "draft"
    assert [one["id"] for one in record["interviews"]] == [None, None]
    assert record["stats"]["interviews"]["proposed"] == 2
