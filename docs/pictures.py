"""Draw the handbook's pictures of the dashboard from the demo ledger: `python docs/pictures.py`.

Each page is photographed as SVG by Textual and turned into PNG by rsvg-convert (Debian's
librsvg2-bin) with a font that has Chinese (fonts-noto-cjk).
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from screens.app import Dashboard
from supervise.services import demo
from supervise.services.session import Session
from supervise.services.work import perform
from tests.screens.waiting import idle

FOLDER = Path(__file__).parent / "pictures"
FONT = "Noto Sans Mono CJK SC"
# Name, terminal size, keys pressed before the picture is taken.
PICTURES = (
    ("今日工作", (120, 36), ()),
    ("问题", (120, 36), ("f3",)),
    ("问题-80列", (80, 24), ("f3", "enter")),
    ("通报", (120, 36), ("f4", "down", "down")),
    ("约谈", (120, 36), ("f5",)),
    ("办理", (120, 36), ("f3", "f6")),
)


async def photograph(ledger: Path, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    """Open the dashboard, press keys, and give the screen as SVG."""
    app = Dashboard(ledger, demo.TODAY)
    async with app.run_test(size=size) as pilot:
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            await idle(app)
            await pilot.pause(0.4)
            await idle(app)
        return app.export_screenshot(title="督导台账（演示数据）")


def png(svg: str, target: Path) -> None:
    """Turn a picture into PNG with a local font."""
    svg = re.sub(r"@font-face\s*{[^}]*}", "", svg)
    svg = re.sub(r"font-family:[^;]*;", f"font-family: {FONT};", svg)
    with tempfile.NamedTemporaryFile("w", suffix=".svg", encoding="utf-8") as file:
        file.write(svg)
        file.flush()
        command = ["rsvg-convert", "--zoom", "0.8", "-o", str(target), file.name]
        subprocess.run(command, check=True)


def main() -> None:
    """Draw every picture."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "demo.db"
        demo.build(ledger)
        with Session(ledger, demo.TODAY, write=True) as session:
            perform(session, "notice.draft", {"period": demo.PERIOD})
        for name, size, keys in PICTURES:
            png(asyncio.run(photograph(ledger, size, keys)), FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
