"""Run the command line: `checkpoint`, or `python -m checkpoint`."""

import os
import sys

INTERRUPTED = 130


def main() -> int:
    """Run the command line; return the exit code.

    What it is made of is imported here, so that Ctrl-C ends that, too, with a line and not with a traceback.
    """
    try:
        from checkpoint.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("\ncheckpoint: interrupted\n")  # the first line ends the terminal's ^C
        return INTERRUPTED
    return run()


if __name__ == "__main__":
    # Python puts the working directory first: a submission's own click.py must not be taken for the real one.
    if sys.path[0] in ("", os.getcwd()):  # noqa: PTH109 - pathlib is for later
        del sys.path[0]
    sys.exit(main())
