"""Every tone can be read on every ground it stands on, in each theme; the choice is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.theme import Theme

from screens.preferences import load
from screens.theme import HIGH, LIGHT, NAMES, THEMES


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str | None, other: str | None) -> float:
    assert one is not None and other is not None
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _words(theme: Theme) -> dict[str, str | None]:
    return {
        "foreground": theme.foreground,
        "strong": theme.primary,
        "good": theme.success,
        "warn": theme.warning,
        "bad": theme.error,
        "accent": theme.accent,
        "muted": theme.variables["muted"],
    }


def _grounds(theme: Theme) -> dict[str, str | None]:
    return {
        "background": theme.background,
        "surface": theme.surface,
        "panel": theme.panel,
        "row away": theme.variables["chosen-away"],
        "footer": theme.variables["footer-background"],
    }


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_words_can_be_read_on_every_ground(theme: Theme) -> None:
    least = 7 if theme is HIGH else 4.5
    for ground, colour in _grounds(theme).items():
        for tone, word in _words(theme).items():
            assert _contrast(word, colour) >= least, (tone, ground)
    assert _contrast(theme.variables["chosen-text"], theme.variables["chosen"]) >= 7
    keys = theme.variables["footer-key-foreground"], theme.variables["footer-background"]
    assert _contrast(*keys) >= least


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_lines_can_be_told_from_the_ground(theme: Theme) -> None:
    for ground in (theme.background, theme.surface, theme.panel):
        assert _contrast(theme.variables["line"], ground) >= 3
    # The row under the cursor is told from the others without its colour too: it is bold.
    assert theme.variables["chosen"] != theme.background


async def test_the_key_goes_through_the_themes_and_the_choice_is_kept(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (80, 24)) as driver:
        seen = [driver.app.theme]
        for _ in range(2):
            await driver.press("f12")
            seen.append(driver.app.theme)
        assert seen == list(NAMES) and "高对比" in driver.toasts
        await driver.press("f12", "f12")
        assert load()["theme"] == LIGHT.name
    async with drive(city, (80, 24)) as driver:
        assert driver.app.theme == LIGHT.name
