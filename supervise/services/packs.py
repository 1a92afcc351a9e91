"""Rule packs: those that come with the program, an office's own file, and the one in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db import packs as store
from db.driver import Connection
from supervise import packs as bundled
from supervise.domain.pack import Pack, pack_version, parse_pack
from supervise.errors import LedgerError, NotFound
from supervise.services.session import Session
from supervise.services.work import Record, Work

LARGEST = 1_000_000


def load(name: str) -> tuple[str, str]:
    """Give the text and title of a bundled pack, or of a .toml file.

    Raises NotFound when there is none, BadInput when its rules do not hold together.
    """
    text = _text(name)
    return text, parse_pack(text, name).title


def _text(name: str) -> str:
    if name in bundled.names():
        return bundled.load(name)
    path = Path(name)
    if path.suffix == ".toml" and path.is_file() and path.stat().st_size <= LARGEST:
        try:
            return path.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise NotFound(f"规则包文件 {name} 不是 UTF-8 文本，请另存为 UTF-8。") from error
        except OSError as error:
            raise NotFound(f"读不了规则包文件 {name}，请检查它的权限。") from error
    known = "、".join(bundled.names())
    raise NotFound(f"没有规则包“{name}”。自带的有：{known}；自己的请写 .toml 文件的路径。")


def parse(text: str, name: str) -> Pack:
    """Read a pack's text."""
    return parse_pack(text, name)


def current(conn: Connection) -> Pack:
    """Give the pack in force in a ledger."""
    found = store.current(conn)
    if found is None:
        raise LedgerError("台账没有规则包，请运行 supervise verify 核验。", code="damaged")
    return parse_pack(found.text, found.name)


def on_day(conn: Connection, day: date) -> Pack:
    """Give the pack that was in force on a day; before the first, the first."""
    known = store.every(conn)
    found = [one for one in known if one.from_on <= day] or known[:1]
    return parse_pack(found[-1].text, found[-1].name) if found else current(conn)


def put(work: Work, name: str, text: str) -> Pack:
    """Put a pack in force from the operation's day."""
    label = Path(name).stem
    pack = parse_pack(text, label)
    payload = {
        "name": label,
        "version": pack_version(text),
        "text": text,
        "from_on": work.on.isoformat(),
    }
    work.record("pack", 0, payload)
    work.session.forget("pack")
    return pack


def use(work: Work, name: str) -> Record:
    """启用规则包: put a pack in force; dates given under the old one stay as they are."""
    text, _ = load(name)
    before = store.current(work.conn)
    if before is not None and before.version == pack_version(text):
        work.session.warn("这个规则包已在使用，内容相同。")
        return record(parse_pack(text, before.name))
    return record(put(work, name, text))


def record(pack: Pack) -> Record:
    """Give a pack as the JSON record of `pack list`."""
    return {
        "name": pack.name,
        "title": pack.title,
        "source": pack.basis.document,
        "version": pack.version_id,
        "status": pack.basis.status,
    }


def listing() -> list[Record]:
    """List the packs that come with the program."""
    return [record(parse_pack(bundled.load(name), name)) for name in bundled.names()]


def shown(name: str) -> Record:
    """Give a pack with its text."""
    text = _text(name)
    return {**record(parse_pack(text, Path(name).stem)), "text": text}


def in_force(session: Session) -> Record:
    """Give the pack in force in a ledger with its text, as the ledger remembers it."""
    found = store.current(session.conn)
    return {**record(session.pack), "text": found.text if found else ""}


def check(path: str) -> Record:
    """Check a pack's text; raises BadInput with every fault, its key, line and remedy."""
    text = _text(path)
    return {**record(parse_pack(text, Path(path).stem)), "ok": True}
