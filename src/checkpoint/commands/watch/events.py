"""Be told of saves by the system, through watchfiles, in a thread of its own."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.commands.watch.disk import Folders

STEP_MS = 5  # from an event to its being told; watchfiles looks at what it has been sent so often


class Events:
    """Call `tell` when something happens in some folders, from a thread.

    Where the system tells nothing, or not of these folders (a network's, a container's), nothing is told: looking now
    and then finds it too. Those that watchfiles knows of, and WATCHFILES_FORCE_POLLING, have it look for itself.
    """

    def __init__(self, folders: Folders, tell: Callable[[], None]) -> None:
        self.folders = folders
        self._tell = tell
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="saves", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._end.set()
        self._thread.join()

    def _listen(self) -> None:
        with suppress(Exception):  # of whatever kind: no more inotify watches to be had, a folder that is gone
            from watchfiles import watch

            self._tell()  # what was saved before this is found by looking now
            changes = watch(
                *(folder for folder, _number in self.folders),
                watch_filter=None,  # what is in a file decides, and not what it is called
                debounce=STEP_MS,
                step=STEP_MS,
                stop_event=self._end,
                raise_interrupt=False,
                recursive=False,
                ignore_permission_denied=True,
            )
            for _ in changes:
                self._tell()
