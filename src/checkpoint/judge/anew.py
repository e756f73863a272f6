"""Make a checkpoint's check files new for each submission: what they keep in variables of theirs is of one run only."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkpoint.judge import order

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import CodeType, FrameType, ModuleType

    import pytest


class CheckFiles:
    """Hold the modules that pytest has imported from the folder of checks.

    A file with checks or fixtures is run again in the module that it is: pytest holds functions of it, and these look
    things up there. What such a file imports from beside it is forgotten, and so imported again. To have a module
    imported anew would cost as much as judging a submission.
    """

    def __init__(self, folder: Path, items: Iterable[pytest.Item]) -> None:
        held = {getattr(item, "module", None) for item in items}
        self._codes: list[tuple[ModuleType, CodeType | None]] = []
        self._beside: list[str] = []
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None) or ""
            if not file.startswith(f"{folder}{os.sep}"):
                continue
            if module in held or os.path.basename(file) == "conftest.py":  # noqa: PTH119 - the text is at hand
                self._codes.append((module, _code_of(module)))
            else:
                self._beside.append(name)

    def renew(self) -> None:
        """Run the files again; raises BrokenCheckpoint if one of them can only be run once."""
        for name in self._beside:
            sys.modules.pop(name, None)
        for module, _code in self._codes:
            for name in [name for name in vars(module) if not name.startswith("__")]:
                del vars(module)[name]
        for module, code in self._codes:
            try:
                if code is None:
                    _import(module)
                else:
                    exec(code, vars(module))  # noqa: S102 - as importing it did
            except Exception as error:
                raise order.broken_file(error, Path(module.__file__ or "")) from None


def _code_of(module: ModuleType) -> CodeType | None:
    """Return what is run when a module is imported: pytest's loader, which rewrites asserts, does not give it away.

    None while somebody profiles, for there can be only one who looks on.
    """
    found: list[CodeType] = []
    if sys.getprofile() is not None:
        return None

    def see(frame: FrameType, event: str, _arg: Any) -> None:
        if event == "call" and frame.f_globals is vars(module) and frame.f_code.co_name == "<module>":
            found.append(frame.f_code)

    sys.setprofile(see)
    try:
        _import(module)
    finally:
        sys.setprofile(None)
    return found[0]


def _import(module: ModuleType) -> None:
    assert module.__spec__ is not None  # noqa: S101 - it has been imported
    assert module.__spec__.loader is not None  # noqa: S101
    module.__spec__.loader.exec_module(module)
