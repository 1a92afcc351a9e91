"""PDF/A-2b to GB/T 9704-2012, set by typst from a fixed page; the same paper, the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from supervise.domain.pack_layout import PAPER, POINTS_PER_MM
from supervise.errors import Refused
from supervise.reports.document import Document, map_text
from supervise.reports.fitting import fitted
from supervise.reports.layout import one_line, safe_text
from supervise.reports.pdf_parts import NO_GLYPH, Setter
from supervise.reports.profile import Profile, profile_of

if TYPE_CHECKING:
    import typst

_Paper = tuple[Document, Profile]
# How many lines more a paper of a fixed number of pages is cut by where the reckoning was wrong.
_SPARES = (0, 1, 2, 3, 5, 8, 13, 21)
# How often a paper is set again without the signs that no font could show.
_TRIES = 6
# A PDF says of itself no more than fits a property sheet.
_LONGEST = 250
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_PAGE = "gb9704.typ"
_CREATED = 946684800  # 2000-01-01: a date is part of the format, a fixed one keeps the bytes
# The office's fonts under every name they go by, then free ones of the same kind.
_SONG = (
    "SimSun",
    "宋体",
    "NSimSun",
    "STSong",
    "Songti SC",
    "FandolSong",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
)
_SANS = (
    "SimHei",
    "黑体",
    "Microsoft YaHei",
    "STHeiti",
    "PingFang SC",
    "FandolHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
)
_FANG = (
    "FangSong_GB2312",
    "仿宋_GB2312",
    "FangSong",
    "仿宋",
    "STFangsong",
    "FandolFang R",
    "FandolFang",
)
_KAI = (
    "KaiTi_GB2312",
    "楷体_GB2312",
    "KaiTi",
    "楷体",
    "STKaiti",
    "FandolKai",
    "AR PL UKai CN",
    "LXGW WenKai",
)
_TITLE = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK")
_LAST = ("Noto Serif CJK SC", "Noto Sans CJK SC", "WenQuanYi Zen Hei", "AR PL UMing CN")
_CHINESE = frozenset(name.casefold() for name in (*_SONG, *_SANS, *_FANG, *_KAI, *_TITLE, *_LAST))


def render(document: Document) -> bytes:
    """Set a document as PDF/A-2b.

    Raises Refused where typst or a Chinese font is missing, saying what to install.
    """
    profile = profile_of(document)
    for spare in _SPARES:
        made = _compiled([fitted(document, profile, spare)])
        if document.pages is None or _pages(made) <= document.pages:
            break
    return made


def render_all(documents: Sequence[Document]) -> bytes:
    """Set several papers of one layout in one file, each numbered from 1 on a sheet of its own.

    Raises Refused as `render` does.
    """
    return _compiled([(document, profile_of(document)) for document in documents])


def _pages(made: bytes) -> int:
    """Count the pages of what was set."""
    return len(re.findall(rb"/Type ?/Page\b", made))


def expect_typst() -> None:
    """Raise Refused where typst is missing or does not load, saying how to install it."""
    try:
        import typst  # noqa: F401
    except ImportError as error:
        raise Refused(
            '导出 PDF 需要排版组件 typst，请运行 pip install "supervise[pdf]" 安装，'
            "或改为导出 .docx。",
            code="pdf_unavailable",
        ) from error


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Find the fonts of this machine, once: looking takes longer than setting a page."""
    import typst

    fonts = typst.Fonts()
    if not any(name.casefold() in _CHINESE for name in fonts.families()):
        raise Refused(
            "导出 PDF 没有找到中文字体：请安装仿宋、黑体、楷体、小标宋等办公字体；"
            "Debian、Ubuntu 可运行 apt install fonts-noto-cjk（仿宋：texlive-lang-chinese，"
            "楷体：fonts-arphic-ukai）。",
            code="font_missing",
        )
    return fonts


def _compiled(papers: list[_Paper]) -> bytes:
    """Set papers; signs that no font here has are set as 〓, and stand out, instead of nothing."""
    expect_typst()
    import typst

    page = files("supervise.reports").joinpath(_PAGE).read_bytes()
    for _ in range(_TRIES):
        given = {"data": json.dumps(_data(papers))}
        compiler = typst.Compiler(page, font_paths=_fonts(), sys_inputs=given)
        try:
            made = compiler.compile(format="pdf", pdf_standards="a-2b", timestamp=_CREATED)
        except typst.TypstError as error:
            lacking = _lacking(error.diagnostic)
            if not lacking:
                raise _failed(error.message) from error
            papers = [(_without(document, lacking), profile) for document, profile in papers]
            continue
        assert isinstance(made, bytes)
        return made
    raise _failed("字体缺字太多")


def _without(document: Document, lacking: dict[int, str]) -> Document:
    return map_text(document, lambda text: text.translate(lacking))


def _failed(reason: str) -> Refused:
    return Refused(f"PDF 排版失败：{reason}。请改为导出 .docx。", code="pdf_failed")


def _lacking(diagnostic: str) -> dict[int, str]:
    """Read from typst's report which signs no font can show, each to be replaced by 〓."""
    found: dict[int, str] = {}
    for quoted in _UNSHOWN.findall(diagnostic):
        text = _ESCAPED.sub(lambda one: chr(int(one[1], 16)), quoted)
        found |= {ord(char): NO_GLYPH for char in text if char != " "}
    return found


def _data(papers: list[_Paper]) -> dict[str, Any]:
    """Give what the page sets; the layout is the first paper's."""
    document, profile = papers[0]
    return {
        "title": one_line(safe_text(document.title))[:_LONGEST],
        "author": one_line(safe_text(document.signature or document.head or ""))[:_LONGEST],
        "several": len(papers) > 1,
        "look": _look(profile),
        "sheets": [sheet for paper in papers for sheet in _sheets(*paper)],
    }


def _sheets(document: Document, profile: Profile) -> Iterator[dict[str, Any]]:
    """Give the sheets of a paper, each with what stands round its text."""
    around = {
        "marks": "".join(f"【{one_line(safe_text(mark))}】" for mark in document.marks),
        "letter": document.style == "letter",
    }
    found = Setter(document, profile).sheets()
    for n, sheet in enumerate(found):
        yield {**sheet, **around, "first": n == 0, "last": n == len(found) - 1}


def _look(profile: Profile) -> dict[str, Any]:
    """Give the layout as the page reads it: lengths in points, fonts with their stand-ins."""
    one = profile.settings
    margins = {
        side: getattr(one, f"margin_{side}") * POINTS_PER_MM
        for side in ("top", "right", "bottom", "left")
    }
    sizes = (
        "body_size",
        "title_size",
        "table_size",
        "form_size",
        "imprint_size",
        "page_number_size",
        "page_number",
        "page_number_place",
        "indent",
        "red",
    )
    return {
        **margins,
        **{name: getattr(one, name) for name in sizes},
        "page_width": PAPER[0] * POINTS_PER_MM,
        "page_height": PAPER[1] * POINTS_PER_MM,
        "pitch": profile.pitch,
        "tracking": profile.tracking,
        "head_top": one.head_top * POINTS_PER_MM,
        "fonts": _families(profile),
    }


def _latin(name: str) -> list[dict[str, str]]:
    """Give the fonts for letters and digits, which come before the Chinese ones."""
    return [{"name": one, "covers": "latin-in-cjk"} for one in (name, "Liberation Serif")]


def _families(profile: Profile) -> dict[str, list[Any]]:
    """Give each font by name with what stands in for it, of those this machine has."""
    one = profile.settings
    latin = _latin(one.latin_font)
    return {
        "body": [*latin, *_known(one.body_font, _FANG, _SONG)],
        "heading": [*latin, *_known(one.heading_font, _SANS)],
        "subheading": [*latin, *_known(one.subheading_font, _KAI, _SONG)],
        "title": [*latin, *_known(one.title_font, _TITLE, _SONG)],
        "page_number": _known(one.page_number_font, _SONG),
    }


def _known(first: str, *others: tuple[str, ...]) -> list[str]:
    names = dict.fromkeys((first, *(name for group in others for name in group), *_LAST))
    have = {name.casefold() for name in _fonts().families()}
    return [name for name in names if name.casefold() in have]
