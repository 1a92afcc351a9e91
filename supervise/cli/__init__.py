"""The front door: one noun a file, thin; the only writer to stdout and stderr."""
