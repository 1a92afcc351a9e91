"""Documents as data, then one renderer a format."""
