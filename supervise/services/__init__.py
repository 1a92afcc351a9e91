"""What the office does: each operation one function, one transaction."""
