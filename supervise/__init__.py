"""The supervision ledger of a city's business-environment office."""

import os

# Chinese input methods lose their text under the kitty keyboard protocol;
# Textual reads this switch once, at its first import.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

__version__ = "0.1.0"
