"""The papers by command: to a file, to a folder, to the terminal; refusals leave no file behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from supervise.reports.papers import PAPERS


@pytest.fixture
def city(office, tmp_path: Path):
    """Give a ledger with two overdue issues of one unit and a notice in draft."""
    for line in (
        "issue add JM-2024-0002 --title 井盖/缺失 --found-on 2024-06-01 --on 2024-06-01",
        "issue assign JM-2024-0002 --unit 市住建局 --due-on 2024-06-25 --on 2024-06-03",
        "notice draft 2024-06 --on 2024-07-02",
    ):
        assert office(*line.split()).status == 0, line
    return office


def test_the_list_names_every_paper(city):
    listed = city("paper", "list", "--json").json
    assert {one["key"] for one in listed} == set(PAPERS)
    shown = city("paper", "list").out
    for paper in PAPERS.values():
        assert paper.title in shown


def test_several_papers_go_into_one_file(city, tmp_path):
    target = tmp_path / "核查.txt"
    ran = city("paper", "export", "现场核查表", "JM-2024-0001", "JM-2024-0002", "--to", target)
    assert ran.status == 0
    assert ran.out == f"已导出 {target}。\n"
    assert target.read_text().count("整改情况现场核查表") == 2
    again = city("paper", "export", "visit", "JM-2024-0001", "--to", target)
    assert again.status == 1
    assert "已存在" in again.err
    assert city("paper", "export", "visit", "JM-2024-0001", "--to", target, "--force").status == 0
    assert target.read_text().count("整改情况现场核查表") == 1


def test_each_paper_goes_into_a_folder_under_its_own_name(city, tmp_path):
    folder = tmp_path / "文书"
    ran = city(
        "paper",
        "export",
        "urging",
        "--unit",
        "市住建局",
        "--to",
        folder,
        "--format",
        "md",
        "--json",
    )
    assert ran.status == 0
    record = ran.json
    assert {Path(one).name for one in record["files"]} == {
        "催办单_JM-2024-0001.md",
        "催办单_JM-2024-0002.md",
    }
    assert {str(path) for path in folder.iterdir()} == set(record["files"])
    written = "".join(path.read_text() for path in folder.iterdir())
    assert record["missing"] == written.count("【待填:")
    # One that is there already stops all of them.
    (folder / "催办单_JM-2024-0001.md").unlink()
    assert (
        city(
            "paper", "export", "urging", "--unit", "市住建局", "--to", folder, "--format", "md"
        ).status
        == 1
    )
    assert [path.name for path in folder.iterdir()] == ["催办单_JM-2024-0002.md"]


def test_a_folder_that_is_there_takes_them_too(city, tmp_path):
    target = tmp_path / "有点.号的"
    target.mkdir()
    ran = city("paper", "export", "brief", "2024-06", "--to", target, "--format", "txt")
    assert ran.status == 0
    assert [path.name for path in target.iterdir()] == ["2024年6月优化营商环境工作专报.txt"]
    assert "还有" in ran.err
    assert "待填" in ran.err


def test_a_paper_is_shown(city):
    ran = city("paper", "export", "check", "2024-06", "--unit", "市住建局", "--to", "-")
    assert ran.status == 0
    assert "2024年6月拟通报事项核对单" in ran.out
    assert ran.err.startswith("提示：还有 ")
    assert str(ran.out.count("【待填:")) in ran.err
    assert city("paper", "export", "check", "2024-06", "--to", "-", "--json").status == 2


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("没有的", "2024-06"), 1, "没有“没有的”这种文书"),
        (("visit",), 1, "要写明事项编号"),
        (("visit", "JM-9"), 1, "没有编号为“JM-9”的事项"),
        (("closing", "JM-2024-0001"), 1, "须在“反馈、销号”时出具"),
        (("summons", "市住建局"), 1, "没有约谈"),
        (("notice", "2024-05"), 1, "还没有通报"),
        ((), 2, "缺少 文书"),
    ],
)
def test_what_cannot_be_made_leaves_nothing_behind(city, tmp_path, words, status, said):
    folder = tmp_path / "空"
    ran = city("paper", "export", *words, "--to", folder)
    assert ran.status == status
    assert said in ran.err
    assert not folder.exists()
    assert ran.out == ""


def test_an_unknown_format_is_a_wrong_command_line(city, tmp_path):
    ran = city("paper", "export", "visit", "JM-2024-0001", "--to", tmp_path / "a.exe")
    assert ran.status == 2
    assert not (tmp_path / "a.exe").exists()


def test_reading_only_makes_no_paper_of_a_referral(city):
    shown = city("--read-only", "paper", "list", "--json").json
    assert set(PAPERS) - {one["key"] for one in shown} == {"referral", "handover"}
    for kind in ("referral", "线索移送函", "移交登记表"):
        ran = city("--read-only", "paper", "export", kind, "市住建局", "--to", "-")
        assert ran.status == 1
        assert "只读方式不出具移送文书" in ran.err and not ran.out


def test_nothing_is_public_before_a_review_is_recorded(city, tmp_path):
    target = tmp_path / "公开版.txt"
    before = city("paper", "export", "public", "2024-06", "--to", target)
    assert before.status == 1
    assert "还没有保密审查记录" in before.err and not target.exists()
    review = ["clearance", "record", "2024年6月", "--result", "可以公开"]
    review += ["--approver", "审批乙", "--by", "审查甲"]
    assert city(*review, "--json").json["scope"] == "2024-06"
    assert city("paper", "export", "public", "2024-06", "--to", target).status == 0
    assert "经保密审查" in target.read_text()
    (listed,) = city("clearance", "list", "--json").json
    assert (listed["by"], listed["approver"]) == ("审查甲", "审批乙")
    assert "保密审查" in city("clearance", "record", "-h").out
