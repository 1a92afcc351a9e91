"""Files put into one .zip that is the same bytes whenever and wherever it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# A date is part of the format; a fixed one, the earliest it knows, keeps the bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Put files into a .zip by their names, in the order given; no clock or machine is in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = _UNIX
            made.writestr(entry, data)
    return out.getvalue()
