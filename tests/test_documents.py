"""The page of papers: its pictures are there and small, its commands make what it shows."""

from __future__ import annotations

import importlib.util
import re
import shutil
import struct
import sys
import zlib
from pathlib import Path

import pytest

from supervise.reports import papers
from supervise.services import demo
from supervise.services.session import Session

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("docs_documents", ROOT / "docs" / "documents.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_is_as_the_script_writes_it(script):
    told = "请运行 .venv/bin/python docs/documents.py"
    assert script.PAGE.read_text("utf-8") == script.text(), told


def test_every_picture_is_there_and_small(script):
    linked = set(re.findall(r"\((pictures/documents/[^)]+)\)", script.text()))
    files = {path.relative_to(ROOT / "docs").as_posix() for path in script.FOLDER.iterdir()}
    assert linked == files
    sizes = [path.stat().st_size for path in script.FOLDER.iterdir()]
    assert max(sizes) <= script.LARGEST
    assert sum(sizes) < 1_000_000
    for path in script.FOLDER.iterdir():
        data = path.read_bytes()
        assert data.startswith(b"\x89PNG") and data.endswith(b"IEND\xaeB`\x82")
        assert min(struct.unpack(">II", data[16:24])) > 500


def test_every_command_makes_a_paper_from_the_demo(script, demo_ledger, ledger_path):
    shutil.copy(demo_ledger, ledger_path)
    script.prepare(ledger_path)
    with Session(ledger_path, demo.TODAY) as session:
        for one in script.SHOWN:
            kind, subjects, unit = one.asked
            assert len(papers.documents(session, kind, subjects, unit)) == 1, one.name


def test_pixels_become_a_png_that_reads_back(script):
    data = script.png(3, 2, bytes((0, 0, 0, 255, 255, 255, 255, 0, 0) * 2))
    at = data.index(b"IDAT")
    (length,) = struct.unpack(">I", data[at - 4 : at])
    rows = zlib.decompress(data[at + 4 : at + 4 + length])
    red = script.PALETTE.index((255, 0, 0))
    assert rows == bytes([0, 0x07, red << 4]) * 2
