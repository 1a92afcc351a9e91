"""A document as a picture: what the terminal shows, as one SVG file that fetches nothing."""

from __future__ import annotations

from io import StringIO

from supervise.reports.document import Document
from supervise.reports.layout import one_line, safe_text
from supervise.reports.terminal import WIDEST, picture

# Rich's own frame names fonts on a remote host; this one asks only for fonts that are installed.
_FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
    font-family: "Noto Sans Mono CJK SC", "Sarasa Mono SC", SimHei, SimSun, monospace;
    font-size: {char_height}px;
    line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: SimHei, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def render(document: Document) -> str:
    """Draw a document as SVG; the same document gives the same bytes."""
    from rich.console import Console
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME

    console = Console(
        file=StringIO(),
        record=True,
        width=WIDEST,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    console.print(picture(document))
    return console.export_svg(
        title=one_line(safe_text(document.title)),
        theme=DEFAULT_TERMINAL_THEME,
        code_format=_FRAME,
        unique_id="document",
        font_aspect_ratio=0.5,  # as Chinese fonts are: two cells are one square
    )
