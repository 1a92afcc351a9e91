"""Draw the handbook's pictures of the dashboard from the demo ledger: `python docs/pictures.py`.

Each page is photographed as SVG by Textual, drawn by rsvg-convert (Debian's librsvg2-bin) with a
font that has Chinese (fonts-noto-cjk), and written as a PNG of few colours, small enough to keep
beside the text. Names may be given to draw only some.
"""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from rich.cells import cell_len
from textual.app import App

from screens.app import Dashboard
from screens.theme import HIGH, LIGHT
from screens.welcome import Welcome
from supervise.services import demo
from tests.screens.waiting import idle

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
_SIGN = b"\x89PNG\r\n\x1a\n"
FONT = "Noto Sans Mono CJK SC"
ZOOM = 0.72
# A cell in the SVG's own units; blocks from an eighth to the whole of it, across and in height.
CELL = (12.2, 24.4)
_TALL = 22.0
_EIGHTHS, _HEIGHTS = "▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇"
_BARS = re.compile(
    r'<text class="(?P<kind>[^"]*)" x="(?P<x>[^"]*)" y="(?P<y>[^"]*)"[^>]*>'
    rf"(?P<words>[^<]*[{_EIGHTHS}{_HEIGHTS}][^<]*)</text>"
)
COLORS = 40
WIDE, NARROW = (120, 36), (80, 24)
LEDGER = "示川台账.db"
SOME = "SC-2024-0346"

# What the office did before the pictures are taken, beside what the demo ledger tells.
DONE = ("notice draft 2024-12 --by 经办甲",)
IMPORTED = """\
编号,问题描述,来源,牵头单位,交办日期,办结时限,销号日期
Q-001,施工许可办理超时,企业走访,市住房和城乡建设局,2024-12-05,2024-12-20,
Q-002,供水报装材料重复提交,座谈会,供水公司,2024-12-06,2024-12-20,
Q-003,园区路灯不亮,座谈会,设湖县,2024-12-12,,
Q-004,退税到账慢,12345热线,市公安局,2024-12-12,2024-12-20,2024-12-11
"""


@dataclass(frozen=True)
class Picture:
    """A picture: the keys pressed before it is taken size and colours.

    `down*3` is a key pressed three times, `:文字` is typed.
    """

    name: str
    keys: str = ""
    size: tuple[int, int] = WIDE
    theme: str = ""
    read_only: bool = False


PICTURES = (
    Picture("首次打开", size=NARROW),
    Picture("今日工作"),
    Picture("今日工作-图", "tab*5"),
    Picture("问题", "f3"),
    Picture("问题-80列", "f3 enter", NARROW),
    Picture("查找", "f3 f9 :snyncj enter"),
    Picture("筛选", "f3 f7", NARROW),
    Picture("限期推算", f"f3 f9 :{SOME} enter ctrl+d", NARROW),
    Picture("办理", "f3 f6"),
    Picture("填写", f"f3 f9 :{SOME} enter f6 down*4 enter :2024-12-33 tab :等资金", NARROW),
    Picture("多件同办", "f3 ctrl+a ctrl+x down*4 enter ctrl+s"),
    Picture("通报", "f4"),
    Picture("通报-检查", "f4 ctrl+left"),
    Picture("约谈", "f5"),
    Picture("研判提示", "f5 f9", NARROW),
    Picture("单位", "f10 f9 :nyncj enter enter"),
    Picture("导入", "f11 :问题.csv enter f6 f6"),
    Picture("期限日程", "ctrl+l up*15"),
    Picture("操作记录", "ctrl+g"),
    Picture("收表", "ctrl+f4"),
    Picture("到期预警", "ctrl+f5"),
    Picture("为什么", "f4 down tab ctrl+f1"),
    Picture("任务", "ctrl+f2 down*3"),
    Picture("定期报送", "ctrl+f3 f7"),
    Picture("调度", "ctrl+f6 down*11"),
    Picture("批示件", "ctrl+f7", NARROW),
    Picture("回头看", "ctrl+f8", NARROW),
    Picture("导出", "f3 ctrl+t", NARROW),
    Picture("命令", "ctrl+p :tb", NARROW),
    Picture("改键", "ctrl+p :gj enter down", NARROW),
    Picture("浅色", "f4", theme=LIGHT.name),
    Picture("高对比", "f3", NARROW, HIGH.name, read_only=True),
)


def prepare(folder: Path) -> None:
    """Build the demo ledger in a folder, and let the office work on it."""
    demo.build(folder / LEDGER)
    for line in DONE:
        _supervise(folder, line)
    (folder / "问题.csv").write_text(IMPORTED, "utf-8")


def _supervise(folder: Path, line: str) -> None:
    world = {"SUPERVISE_LEDGER": LEDGER, "SUPERVISE_TODAY": f"{demo.TODAY}", "LOGNAME": "经办甲"}
    command = [sys.executable, "-m", "supervise", *shlex.split(line)]
    env = {**os.environ, **world, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, cwd=folder, env=env, text=True, capture_output=True)
    if ran.returncode:
        raise SystemExit(f"{line}\n{ran.stdout}{ran.stderr}")


async def photograph(app: App[Any], picture: Picture) -> str:
    """Open a window, press the keys, and give the screen as SVG."""
    if picture.theme:
        app.theme = picture.theme
    async with app.run_test(size=picture.size) as pilot:
        await _rest(app, pilot.pause)
        for key in picture.keys.split():
            await pilot.press(*_pressed(key))
            await _rest(app, pilot.pause)
        return app.export_screenshot(title="督导台账（演示数据）")


def _pressed(key: str) -> list[str]:
    if key.startswith(":"):
        return list(key[1:])
    name, _, times = key.partition("*")
    return [name] * int(times or 1)


async def _rest(app: App[Any], pause: Callable[[float], Any]) -> None:
    for _ in range(2):
        await pause(0.4)
        await idle(app)


def _drawn(found: re.Match[str]) -> str:
    """Draw the bars in a run of text as bars: the font's own are two cells wide."""
    words = found["words"].replace("&#160;", " ")
    left, top, parts = float(found["x"]), float(found["y"]) - CELL[1] + 6.5, []
    for piece in re.findall(rf"█*[{_EIGHTHS}]|[{_HEIGHTS}]|[^{_EIGHTHS}{_HEIGHTS}]+", words):
        wide = cell_len(piece) * CELL[0]
        last = _EIGHTHS.find(piece[-1])
        if last >= 0:
            filled = wide - CELL[0] * (7 - last) / 8
            parts.append(_bar(found["kind"], left, top, filled, _TALL))
        elif piece in _HEIGHTS:
            tall = _TALL * (_HEIGHTS.index(piece) + 1) / 8
            parts.append(_bar(found["kind"], left, top + _TALL - tall, wide, tall))
        elif piece.strip():
            spaced = piece.replace(" ", "&#160;")
            head = f'<text class="{found["kind"]}" x="{left:.1f}" y="{found["y"]}">'
            parts.append(f"{head}{spaced}</text>")
        left += wide
    return "".join(parts)


def _bar(kind: str, x: float, y: float, wide: float, tall: float) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"'
    return f'<rect class="{kind}" {place}/>'


def pixels(svg: str, folder: Path) -> list[list[bytes]]:
    """Draw a picture with a local font: its rows of RGB points."""
    svg = re.sub(r"@font-face\s*{[^}]*}", "", svg)
    svg = re.sub(r"font-family:[^;]*;", f"font-family: {FONT};", svg)
    svg = _BARS.sub(_drawn, svg)
    (folder / "picture.svg").write_text(svg, "utf-8")
    command = ["rsvg-convert", "--zoom", str(ZOOM), "picture.svg"]
    drawn = subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout
    header, data, at = b"", b"", len(_SIGN)
    while at < len(drawn):
        size, kind = struct.unpack(">I4s", drawn[at : at + 8])
        body = drawn[at + 8 : at + 8 + size]
        header, data = header or body, data + body if kind == b"IDAT" else data
        at += size + 12
    width, height, depth, colors = struct.unpack(">IIBB", header[:10])
    assert (depth, colors) == (8, 6)
    return list(_rows(zlib.decompress(data), width, height))


def _rows(data: bytes, width: int, height: int) -> Iterator[list[bytes]]:
    """Undo a PNG's filters row by row, and lay the points on white."""
    long = width * 4
    above = bytearray(long)
    for y in range(height):
        kind, row = data[y * (long + 1)], bytearray(data[y * (long + 1) + 1 :][:long])
        for x in range(long):
            left, corner = (row[x - 4], above[x - 4]) if x > 3 else (0, 0)
            up = above[x]
            guess = (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]
            row[x] = row[x] + guess & 255
        yield [bytes(row[x : x + 3]) if row[x + 3] else b"\xff\xff\xff" for x in range(0, long, 4)]
        above = row


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def png(points: list[list[bytes]]) -> bytes:
    """Write rows of points as a PNG of the colours most used."""
    palette = _palette(Counter(point for row in points for point in row))

    @cache
    def nearest(color: bytes) -> int:
        return min(range(len(palette)), key=lambda at: _away(palette[at], color))

    rows = b"".join(b"\0" + bytes(map(nearest, row)) for row in points)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", len(points[0]), len(points), 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return _SIGN + b"".join(_chunk(*one) for one in chunks)


def _palette(used: Counter[bytes]) -> list[bytes]:
    """Choose the colours most used that are not near one chosen before."""
    chosen: list[bytes] = []
    for color, _ in used.most_common():
        if all(_away(color, one) > 300 for one in chosen):
            chosen.append(color)
        if len(chosen) == COLORS:
            break
    return chosen


def _away(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _window(picture: Picture) -> App[Any]:
    if picture.name == "首次打开":
        return Welcome(Path("督导台账.db"), demo.TODAY)
    return Dashboard(Path(LEDGER), demo.TODAY, read_only=picture.read_only)


def main() -> None:
    """Draw every picture, or those named."""
    FOLDER.mkdir(exist_ok=True)
    named = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="督导") as place:
        folder = Path(place)
        prepare(folder)
        os.chdir(folder)
        for picture in PICTURES:
            if named and picture.name not in named:
                continue
            os.environ["HOME"] = "/home/经办甲"
            os.environ["SUPERVISE_PREFERENCES"] = str(folder / f"{picture.name}.json")
            svg = asyncio.run(photograph(_window(picture), picture))
            drawn = png(pixels(svg, folder))
            (FOLDER / f"{picture.name}.png").write_bytes(drawn)
            print(FOLDER / f"{picture.name}.png", len(drawn))
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
