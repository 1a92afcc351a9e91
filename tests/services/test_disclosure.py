"""Who complained stays confidential by default where it came by a report or a supervisor."""

from __future__ import annotations

from pathlib import Path

import pytest

from supervise.services.importing import Options, run
from tests.services.office import Office

EXPECTED = [("举报", "保密"), ("特约监督员", "保密"), ("12345热线", "可告知"), (None, "可告知")]


@pytest.mark.parametrize(("source", "disclosure"), EXPECTED)
def test_registered(office: Office, source: str | None, disclosure: str) -> None:
    code = office.do("issue.add", title="道路塌陷", party="诉求人甲", source=source)["code"]
    assert office.issue(code)["disclosure"] == disclosure


@pytest.mark.parametrize(("source", "disclosure"), EXPECTED)
def test_imported(office: Office, tmp_path: Path, source: str | None, disclosure: str) -> None:
    table = tmp_path / "台账.csv"
    row = f"A-1,道路塌陷,{source or ''},诉求人甲,2024-06-03"
    table.write_text(f"编号,事项,来源,诉求人,发现日期\n{row}\n", encoding="utf-8")
    run(office.session, table, Options())
    assert office.issue("A-1")["disclosure"] == disclosure
