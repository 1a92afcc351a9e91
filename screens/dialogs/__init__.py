"""Questions asked over a screen: one a file, each gives a value back."""
