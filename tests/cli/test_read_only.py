"""`--read-only`: everything can be read, nothing written; and no ledger without a terminal."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "line",
    [
        "issue sign JM-2024-0001",
        "unit add 市乙局",
        "init",
        "demo other.db",
        "batch none.csv",
        "notice draft 2024-12",
    ],
)
def test_what_writes_is_refused(office, line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = office("verify", "--json").json["head"]
    for ran in (office("--read-only", *line.split()), office(*line.split(), "--read-only")):
        assert ran.status == 1
        assert "只读方式" in ran.err and not ran.out
    told = office(*line.split(), "--json", "--read-only")
    assert told.json["error"]["code"] == "read_only"
    assert office("verify", "--json").json["head"] == before
    assert not (tmp_path / "other.db").exists()


def test_what_reads_goes_on(office, monkeypatch):
    monkeypatch.setenv("SUPERVISE_READ_ONLY", "1")
    assert office("issue", "list", "--json").json[0]["code"] == "JM-2024-0001"
    assert office("stats").status == 0
    assert office("issue", "sign", "JM-2024-0001").status == 1
    monkeypatch.setenv("SUPERVISE_READ_ONLY", "0")
    assert office("issue", "sign", "JM-2024-0001").status == 0


def test_hints_at_referral_are_not_shown(office):
    assert office("referral", "list", "--json").json == []
    ran = office("--read-only", "referral", "list")
    assert ran.status == 1 and "只读" in ran.err


def test_without_a_terminal_a_missing_ledger_is_an_error(supervise):
    ran = supervise()
    assert ran.status == 3 and not ran.out
    assert supervise("--read-only").status == 3
