"""The program's entry: what needs no library is answered before any is loaded."""

import gc
import sys


def main() -> None:
    """Run the command line and end the process with its exit status."""
    if sys.argv[1:2] == ["--version"]:
        from supervise import __version__

        print(__version__)
        return
    # A start makes much and drops little: looking for garbage so often is a tenth of it.
    gc.set_threshold(50_000, 20, 50)
    from supervise.cli.start import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
