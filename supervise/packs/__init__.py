"""The rule packs that come with the program, one TOML file a city."""

from __future__ import annotations

from importlib import resources

DEFAULT = "jingmen"


def names() -> tuple[str, ...]:
    """List the bundled packs, the default one first."""
    files = (file.name for file in resources.files(__name__).iterdir())
    found = sorted(name.removesuffix(".toml") for name in files if name.endswith(".toml"))
    return tuple(sorted(found, key=lambda name: name != DEFAULT))


def load(name: str) -> str:
    """Give a bundled pack's text; raises NotFound with the names there are."""
    known = names()
    if name not in known:
        from supervise.errors import NotFound

        raise NotFound(f"没有名为“{name}”的规则包，可用：{'、'.join(known)}。")
    return resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8")
