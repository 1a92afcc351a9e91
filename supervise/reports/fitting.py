"""Papers of a fixed number of pages."""

from __future__ import annotations

from supervise.reports.document import Document
from supervise.reports.profile import Profile


def fitted(document: Document, profile: Profile) -> tuple[Document, Profile]:
    """Give the document as it fits its pages."""
    return document, profile
