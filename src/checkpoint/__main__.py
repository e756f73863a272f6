"""Run the command line: `python -m checkpoint`."""

import os
import sys

# Python puts the working directory first: a submission's own click.py must not be taken for the real one.
if sys.path[0] in ("", os.getcwd()):  # noqa: PTH109 - pathlib is for later
    del sys.path[0]

from checkpoint.cli import main

if __name__ == "__main__":
    sys.exit(main())
