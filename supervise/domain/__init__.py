"""The rules of the office: pure functions over frozen records."""
