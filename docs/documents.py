"""Draw pictures of the office's papers from the demo ledger: `python docs/documents.py`.

Each paper is made as PDF, its page turned into pixels by pdftoppm (Debian's poppler-utils) and
written as a PNG of sixteen colours, small enough to keep beside the text. The page 文书.md that
shows them is written with them.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from supervise.reports import papers
from supervise.reports.export import export
from supervise.services import demo
from supervise.services.session import SHANGHAI, Session
from supervise.services.work import perform

PAGE = Path(__file__).with_name("文书.md")
FOLDER = Path(__file__).parent / "pictures" / "documents"
DPI = 96
LARGEST = 60_000


@dataclass(frozen=True)
class Shown:
    """A paper on the page: what is asked for, which page is shown, what for and on what ground.

    `before` is the step without which the demo ledger has nothing to print.
    """

    name: str
    command: str
    use: str
    ground: str
    page: str = "1"
    before: str = ""

    @property
    def asked(self) -> tuple[str, tuple[str, ...], str | None]:
        """The kind, its subjects and the unit, as the command names them."""
        kind, *rest = self.command.split()
        unit = rest[rest.index("--unit") + 1] if "--unit" in rest else None
        return kind, tuple(rest[: rest.index("--unit")] if unit else rest), unit


# “附件” as the page: the first one that opens with it.
SHOWN = (
    Shown(
        "通报",
        "notice 2024-11",
        "每月一份，签发后不可改；点名、上期整改、下一步要求都由台账写成，没有登记的留【待填】。",
        "荆门规则包所依方案三（三）；文件式版头、标题、主送、正文依 GB/T 9704—2012 第7章。",
    ),
    Shown(
        "通报附件",
        "notice 2024-11",
        "市直单位和县市区分表，每件事项的交办、限期、超期天数和所处环节。",
        "附件另面编排，“附件”二字顶格（7.3.7）；横排表格页码位置不变（第8章）。",
        page="附件",
    ),
    Shown(
        "点名依据卷",
        "dossier 2024-11 --unit 市农业农村局",
        "一个被通报单位一卷：交办、签收、催办、限期逐日推算、报送、核对、七查，备单位质询。",
        "荆门规则包所依方案三（三）“当月未按要求完成工作任务”；期间计算依《民法典》第二百零一条。",
        page="2",
    ),
    Shown(
        "核对单",
        "check 2024-12 --unit 设湖县",
        "签发前送拟通报的单位核对，答复记在台账（notice check）。",
        "本办设定：点名之前先核对。",
        before="notice draft 2024-12",
    ),
    Shown(
        "销号审批表",
        "closing SC-2024-0401",
        "复核、答复、回访都已登记，责任单位和批准人签字后销号。",
        "荆门方案的“销号式结账”；复核人、批准人回避的规则见规则包。",
    ),
    Shown(
        "请示",
        "request 市农业农村局",
        "连续两月被通报，提请市领导约谈单位主要负责人；是否约谈由领导决定。",
        "荆门规则包所依方案三（三）“连续两月被通报的提请市领导约谈单位主要负责人”；上行文标注签发人（7.2.6）。",
    ),
    Shown(
        "呈批件",
        "memo 市农业农村局",
        "同一件事的内部呈批，留拟办意见和领导批示栏。",
        "机关内部呈批，不用红头。",
    ),
    Shown(
        "约谈通知书",
        "summons 6",
        "领导同意之后通知被约谈单位：时间、地点、要准备的材料。",
        "信函格式（10.1）：首页不显示页码，上下红色双线。",
    ),
    Shown(
        "工作专报",
        "brief 2024-12",
        "永远一页：五个数字、三个问题、提请领导协调的事项。",
        "简报式版头；每个比率都写分子、分母和截止日。",
    ),
    Shown(
        "季度报告",
        "quarter 2024-Q4",
        "期初、新增、销号、期末必须结平才出具；比率、流转、时长、点名、约谈、排名。",
        "“一季一结账”；同分不分先后，件数太少的不排名。",
    ),
    Shown(
        "季度报告图",
        "quarter 2024-Q4",
        "流转、在办时长和各单位各月被通报事项数，黑白打印也能看清。",
        "图上每一条都标数字，图下注明口径。",
        page="3",
    ),
    Shown(
        "公开版清单",
        "public 2024-12",
        "隐去个人、企业名称和联系方式；没有保密审查记录，或审查后文字有变动，都不出具。",
        "《政府信息公开条例》：公开前审查，审查人、批准人各一人。",
        before="clearance record 2024-12 --result 可以公开 --by 审查甲 --approver 审批乙",
    ),
    Shown(
        "曝光台案例",
        "exposure SC-2024-0346",
        "一件事项的典型案例；曝光台与调度通报是两个系列，不计入连续被通报。",
        "荆门方案“曝光台一月一通报”；问题定性由人填写。",
        before="clearance record SC-2024-0346 --result 可以公开 --by 审查甲 --approver 审批乙",
    ),
)
CLEARED = ("2024-12", "SC-2024-0346")


def prepare(path: Path) -> None:
    """Add to the demo ledger what the papers need: a draft, and two reviews."""
    with Session(path, demo.TODAY, _clock, "经办甲", write=True) as session:
        perform(session, "notice.draft", {"period": demo.PERIOD})
        for scope in CLEARED:
            said = {"scope": scope, "result": "可以公开", "approver": "审批乙", "by": "审查甲"}
            perform(session, "clearance.record", said)


def _clock() -> datetime:
    return datetime(2024, 12, 31, 9, tzinfo=SHANGHAI)


def pixels(pdf: Path, page: str) -> tuple[int, int, bytes]:
    """Give one page of a PDF as width, height and its RGB pixels."""
    number = page if page.isdigit() else str(_opening(pdf, page))
    command = ["pdftoppm", "-r", str(DPI), "-f", number, "-l", number, str(pdf)]
    data = subprocess.run(command, check=True, capture_output=True).stdout
    magic, size, depth, rest = data.split(b"\n", 3)
    assert (magic, depth) == (b"P6", b"255")
    width, height = map(int, size.split())
    return width, height, rest


def _opening(pdf: Path, word: str) -> int:
    """Find the first page that opens with a word, below the marks."""
    told = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True).stdout
    for number, text in enumerate(told.decode().split("\f"), 1):
        lines = [line for line in text.splitlines() if line.strip() and "【" not in line]
        if any(line.strip().startswith(word) and len(line) < 5 for line in lines):
            return number
    raise SystemExit(f"{pdf.name} 没有以“{word}”开头的页。")


# Grays, the red of the heads and rules and the yellow of what is to be filled in.
_GRAYS = tuple((level, level, level) for level in (0, 36, 73, 109, 146, 182, 219, 255))
_REDS = ((255, 0, 0), (255, 85, 85), (255, 150, 150), (255, 205, 205))
_YELLOWS = ((255, 231, 102), (190, 172, 76), (120, 108, 48), (50, 45, 20))
PALETTE = (*_GRAYS, *_REDS, *_YELLOWS)


@cache
def _nearest(color: bytes) -> int:
    def away(at: int) -> int:
        return sum((one - other) ** 2 for one, other in zip(color, PALETTE[at], strict=True))

    return min(range(len(PALETTE)), key=away)


def png(width: int, height: int, data: bytes) -> bytes:
    """Write pixels as a PNG of sixteen colours, the same bytes for the same pixels."""
    rows = bytearray()
    for y in range(height):
        start = y * width * 3
        line = [_nearest(data[at : at + 3]) for at in range(start, start + width * 3, 3)]
        line += [0] * (width % 2)
        rows.append(0)
        rows += bytes(high << 4 | low for high, low in zip(line[::2], line[1::2], strict=True))
    header = struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)
    colors = bytes(part for color in PALETTE for part in color)
    chunks = ((b"IHDR", header), (b"PLTE", colors), (b"IDAT", zlib.compress(bytes(rows), 9)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, (b"IEND", b""), strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def text() -> str:
    """Give the page that shows the pictures."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# 文书"
    yield ""
    yield "下面的图都是用演示台账（虚构的示川市）出具的真实文书，由 `docs/documents.py` 生成，"
    yield "没有经过修饰。每种文书都能出 .docx、.pdf、.html、.xlsx、.md、.txt，把 `--to` 的文件名"
    yield "换个后缀即可；全部种类见 `supervise paper list`，版式和用法见[手册](手册.md)。"
    yield ""
    yield "黄底的【待填:…】是台账里没有登记、要由人补上的内容；左上角的“演示数据”只有演示台账才有。"
    yield ""
    yield "要自己试，先建一份演示台账，并写明用它、以哪天为今天；.pdf 要另装组件，见手册。"
    yield ""
    yield "```text"
    yield "supervise demo 示川.db"
    yield "export SUPERVISE_LEDGER=示川.db SUPERVISE_TODAY=2024-12-31"
    yield "```"
    for one in SHOWN:
        page = (
            ""
            if one.page == "1"
            else f"（{one.page if one.page == '附件' else f'第{one.page}页'}）"
        )
        yield ""
        yield f"## {one.name}"
        yield ""
        yield one.use
        yield ""
        yield f"依据：{one.ground}"
        yield ""
        yield "```text"
        if one.before:
            yield f"supervise {one.before}"
        yield f"supervise paper export {one.command} --to {one.name}.pdf"
        yield "```"
        yield ""
        yield f"![{one.name}{page}](pictures/documents/{one.name}.png)"
    yield ""


def main() -> None:
    """Draw every picture and write the page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ledger, pdf = Path(folder) / "demo.db", Path(folder) / "paper.pdf"
        demo.build(ledger)
        prepare(ledger)
        with Session(ledger, demo.TODAY, _clock) as session:
            for one in SHOWN:
                kind, subjects, unit = one.asked
                made = papers.documents(session, kind, subjects, unit)
                pdf.write_bytes(export(made[0][1], ".pdf"))
                drawn = png(*pixels(pdf, one.page))
                if len(drawn) > LARGEST:
                    raise SystemExit(f"{one.name}.png 有 {len(drawn)} 字节，超过 {LARGEST}。")
                (FOLDER / f"{one.name}.png").write_bytes(drawn)
                print(FOLDER / f"{one.name}.png", len(drawn))
    PAGE.write_text(text(), "utf-8")


if __name__ == "__main__":
    main()
