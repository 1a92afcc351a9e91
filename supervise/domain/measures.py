"""Figures as exact fractions: read from what a person writes, compared, and printed.

A figure is printed with as many digits as it takes to stand on the right side of its target:
97.996% is never printed as 98.0% where 98% is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction

NO_FIGURE = "—"
COMPARATOR_WORDS = {">=": "≥", ">": ">", "=": "=", "<=": "≤", "<": "<"}
_FIGURE = re.compile(r"[+-]?\d{1,15}(\.\d{1,9})?")
_MOST_DIGITS = 9


def figure(text: object) -> Fraction:
    """Read a decimal figure exactly; ValueError with a sentence for anything else."""
    written = unicodedata.normalize("NFKC", str(text)).strip().replace(",", "").removesuffix("%")
    if not _FIGURE.fullmatch(written):
        raise ValueError(f"“{str(text)[:20]}”不是数，请写成 98 或 3.5 这样的数")
    return Fraction(written)


def plain(value: Fraction) -> str:
    """Write a decimal figure as short as it can be exactly, for storing; others rounded."""
    return rounded(value, _MOST_DIGITS)


def rounded(value: Fraction, digits: int) -> str:
    """Write a figure with at most so many decimals, halves away from zero, no trailing zeros."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if value < 0 and whole else ""
    head, tail = divmod(whole, 10**digits)
    decimals = str(tail).rjust(digits, "0").rstrip("0") if digits else ""
    return f"{sign}{head}" + (f".{decimals}" if decimals else "")


def compares(value: Fraction, comparator: str, aim: Fraction, high: Fraction | None = None) -> bool:
    """Tell whether a figure meets an aim; a range asks for both its ends, both included."""
    match comparator:
        case ">=":
            return value >= aim
        case ">":
            return value > aim
        case "=":
            return value == aim
        case "<=":
            return value <= aim
        case "<":
            return value < aim
        case _:
            return aim <= value <= (aim if high is None else high)


def ratio(numerator: Fraction, denominator: Fraction, *, percent: bool) -> Fraction | None:
    """Divide exactly; None where there is nothing to divide by."""
    if denominator == 0:
        return None
    return numerator / denominator * (100 if percent else 1)


def shown(value: Fraction | None, judge: Callable[[Fraction], bool | None] | None = None) -> str:
    """Print a figure: one decimal, or as many as keep the verdict of `judge` the same."""
    if value is None:
        return NO_FIGURE
    verdict = judge(value) if judge else None
    for digits in range(1, _MOST_DIGITS + 1):
        text = rounded(value, digits)
        if judge is None or judge(Fraction(text)) == verdict:
            return text
    return f"约{rounded(value, 1)}"
