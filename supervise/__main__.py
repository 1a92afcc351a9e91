"""The program's entry: what needs no library is answered before any is loaded."""

import sys


def main() -> None:
    """Run the command line and end the process with its exit status."""
    if sys.argv[1:2] == ["--version"]:
        from supervise import __version__

        print(__version__)
        return
    from supervise.cli.start import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
