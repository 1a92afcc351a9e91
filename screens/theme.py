"""The dashboard's own themes — dark, light, high contrast — and the tones words are set in."""

from __future__ import annotations

from textual.theme import Theme

# What a tone says is always said in words too: colour alone carries nothing.
TONES = ("muted", "good", "warn", "bad", "strong")

DARK = Theme(
    name="supervise-dark",
    dark=True,
    primary="#7fb2e0",
    secondary="#93b8ac",
    accent="#d8b679",
    success="#86c08e",
    warning="#e3b85c",
    error="#ee8a7f",
    foreground="#d9dfe7",
    background="#14181e",
    surface="#191e25",
    panel="#252d38",
    variables={
        "muted": "#98a3b1",
        "line": "#697789",
        "chosen": "#2b4a68",
        "chosen-away": "#26323f",
        "chosen-text": "#f2f6fa",
        "footer-key-foreground": "#7fb2e0",
        "footer-background": "#1d232b",
        "input-selection-background": "#7fb2e0 35%",
    },
)

LIGHT = Theme(
    name="supervise-light",
    dark=False,
    primary="#1d5c94",
    secondary="#2f6558",
    accent="#7a4f00",
    success="#1d6532",
    warning="#7a4f00",
    error="#a9231b",
    foreground="#20252c",
    background="#f7f6f2",
    surface="#fffefb",
    panel="#e8e6df",
    variables={
        "muted": "#5a626d",
        "line": "#837f74",
        "chosen": "#cfe0f0",
        "chosen-away": "#e3e6e6",
        "chosen-text": "#0f2338",
        "footer-key-foreground": "#1d5c94",
        "footer-background": "#ebe9e2",
        "input-selection-background": "#1d5c94 30%",
    },
)

HIGH = Theme(
    name="supervise-high-contrast",
    dark=True,
    primary="#7fd4ff",
    secondary="#9ff0d8",
    accent="#ffd75f",
    success="#7dff8e",
    warning="#ffd75f",
    error="#ffa8a0",
    foreground="#ffffff",
    background="#000000",
    surface="#0a0a0a",
    panel="#1c1c1c",
    variables={
        "muted": "#d0d0d0",
        "line": "#b0b0b0",
        "chosen": "#ffe066",
        "chosen-away": "#2a2a2a",
        "chosen-text": "#000000",
        "footer-key-foreground": "#7fd4ff",
        "footer-background": "#000000",
        "input-selection-background": "#7fd4ff 60%",
    },
)

# In the order the key goes through them; the first is the one to begin with.
THEMES = (DARK, LIGHT, HIGH)
NAMES = {DARK.name: "深色", LIGHT.name: "浅色", HIGH.name: "高对比"}
