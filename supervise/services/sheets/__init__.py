"""Sheets out to the units and back: 发表, 收表, 对账.

A sheet holds a unit's own issues. What comes back is matched by the key it was sent with and the
issue's code, and taken over by the ordinary operations; the rest is kept as differences.
"""
