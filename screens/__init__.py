"""The Textual dashboard: one screen is one module and one stylesheet."""
