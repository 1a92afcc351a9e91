"""The front door: one noun a file, thin over the services."""
