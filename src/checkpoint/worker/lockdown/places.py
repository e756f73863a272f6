"""Name the files that an app needs beside its own: Python, what is installed for it, time zones, a few devices."""

from __future__ import annotations

import os
import site
import stat
import sys
import sysconfig
from functools import cache
from importlib.util import find_spec
from pathlib import Path

SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
DATA = (
    "/usr/share/zoneinfo",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/ld.so.cache",
    "/etc/ssl/openssl.cnf",
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


@cache
def readable() -> tuple[str, ...]:
    """Return the folders and files that may be read; none lies in another of them.

    Not all of sys.path: a `.pth` file may have put a whole course with its solution there.
    """
    prefixes = {sys.base_prefix, sys.base_exec_prefix}
    libraries = {f"{prefix}/{name}" for prefix in prefixes for name in ("lib", "lib64")}
    standard = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    flask = find_spec("flask")
    beside = {str(Path(place).parent) for place in (flask.submodule_search_locations or ())} if flask else set()
    wanted = {*SYSTEM, *DATA, *libraries, *standard, *site.getsitepackages(), *beside}
    there = sorted(os.path.abspath(path) for path in wanted if path and os.path.exists(path))  # noqa: PTH100, PTH110
    outermost: list[str] = []
    for path in there:
        if not any(Path(path).is_relative_to(other) for other in outermost):
            outermost.append(path)
    return tuple(outermost)


def devices() -> list[str]:
    """Return the devices that may be read and written."""
    return [path for path in DEVICES if os.path.exists(path)]  # noqa: PTH110


def open_to_all(work: str, *, from_root: bool) -> bool:
    """Say whether a user that owns nothing could read Python and Flask, and reach its folder in `work`.

    With `from_root` every folder on the way counts, else only those that `readable` names and below.
    """
    if from_root and not all(step.stat().st_mode & stat.S_IXOTH for step in Path(work).parents):
        return False
    flask = find_spec("flask")
    allowed = readable()
    for module in (os.__file__, *([flask.origin] if flask and flask.origin else [])):
        for step in (Path(module), *Path(module).parents):
            needed = stat.S_IROTH if step == Path(module) else stat.S_IXOTH
            counts = from_root or any(step.is_relative_to(path) for path in allowed)
            if counts and not step.stat().st_mode & needed:
                return False
    return True
