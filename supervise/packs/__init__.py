"""The rule packs that come with the program, one TOML file a city."""

from __future__ import annotations

from importlib import resources

DEFAULT = "jingmen"
# Beside the packs: the tasks of a programme, as sample data.
_TASKS = "-tasks.toml"


def names() -> tuple[str, ...]:
    """List the bundled packs, the default one first."""
    files = (file.name for file in resources.files(__name__).iterdir())
    found = sorted(name.removesuffix(".toml") for name in files if _is_pack(name))
    return tuple(sorted(found, key=lambda name: name != DEFAULT))


def _is_pack(name: str) -> bool:
    return name.endswith(".toml") and not name.endswith(_TASKS)


def sample_tasks() -> str:
    """Give the text of the sample: the tasks and targets of the default city's draft."""
    return resources.files(__name__).joinpath(f"{DEFAULT}{_TASKS}").read_text("utf-8")


def load(name: str) -> str:
    """Give a bundled pack's text; raises NotFound with the names there are."""
    known = names()
    if name not in known:
        from supervise.errors import NotFound

        raise NotFound(f"没有名为“{name}”的规则包，可用：{'、'.join(known)}。")
    return resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8")
