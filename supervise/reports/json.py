"""A record and its document as one JSON text."""

from __future__ import annotations

import json
from typing import Any

from supervise.reports.document import Document, to_json


def render(document: Document, record: dict[str, Any] | None = None) -> str:
    """Write what a record says and, under `document`, the paper made of it.

    Without a record the title and the stamp stand in its place.
    """
    told = record
    if told is None:
        told = {"title": document.title, "stamp": dict(document.stamp)}
    return json.dumps({**told, "document": to_json(document)}, ensure_ascii=False, indent=2) + "\n"
