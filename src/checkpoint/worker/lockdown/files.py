"""Let a process reach only named files: Landlock (https://docs.kernel.org/userspace-api/landlock.html).

The library is landlockpy, pinned exactly: it is young, but small enough that all of it (four files, no
compiled code, no dependency) was read against the kernel's documentation. Imported here only.
"""

from __future__ import annotations

import os
from typing import Any

from checkpoint.worker.lockdown import places


def abi() -> int:
    """Return the version of Landlock that this kernel has; raises OSError if it has none."""
    from landlockpy import abi_version

    return int(abi_version())


def ruleset(home: str) -> Any:
    """Return rules for a worker that may read what `places` names and do as it likes in `home`.

    Prepared in the zygote, put in force by `restrict` in the worker: opening all these paths takes time.
    """
    from landlockpy import AccessFS, Ruleset, Scope

    reading = AccessFS.READ_FILE | AccessFS.READ_DIR
    own = (
        reading | AccessFS.WRITE_FILE | AccessFS.TRUNCATE | AccessFS.REMOVE_FILE | AccessFS.REMOVE_DIR
        | AccessFS.MAKE_REG | AccessFS.MAKE_DIR | AccessFS.MAKE_SYM | AccessFS.REFER
    )  # fmt: skip
    rules = Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL)
    for path in places.readable():
        rules.allow_path(path, reading if os.path.isdir(path) else AccessFS.READ_FILE)  # noqa: PTH112
    for path in places.devices():
        rules.allow_path(path, AccessFS.READ_FILE | AccessFS.WRITE_FILE)
    rules.allow_path(home, own)
    return rules


def restrict(rules: Any) -> None:
    """Put rules in force for this thread and all that it starts, for good."""
    rules.restrict(no_new_privs=False)  # that has been set by itself, and on its own account
    rules.close()
