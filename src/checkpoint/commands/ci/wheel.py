"""Pack the running checkpoint as a wheel, without network and build tools.

The format: https://packaging.python.org/specifications/binary-distribution-format/. It is made of the files that are
running, so an editable install gives what is tested here and now.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from base64 import urlsafe_b64encode
from pathlib import Path

import checkpoint
from checkpoint.commands.ci import pins

# The earliest that a zip can say: the same files give the same bytes, whenever it is made.
MOMENT = (1980, 1, 1, 0, 0, 0)
_WHEEL = "Wheel-Version: 1.0\nGenerator: checkpoint\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def build() -> tuple[str, bytes]:
    """Return the wheel's file name and its bytes; raises CheckpointError if checkpoint was never installed."""
    info = f"{pins.NAME}-{checkpoint.__version__}.dist-info"
    files = _package() | {f"{info}/{name}": content for name, content in _metadata().items()}
    record = f"{info}/RECORD"
    lines = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in sorted(files.items())]
    files[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    return f"{pins.NAME}-{checkpoint.__version__}-py3-none-any.whl", zipped(files)


def zipped(files: dict[str, bytes], executable: tuple[str, ...] = ()) -> bytes:
    """Return a zip of `files`, sorted, those named `executable` as such; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system = 3  # Unix, else the permissions count for nothing
            entry.external_attr = (0o100755 if name in executable else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def _package() -> dict[str, bytes]:
    top = Path(checkpoint.__file__).parent
    return {
        f"{pins.NAME}/{path.relative_to(top).as_posix()}": path.read_bytes()
        for path in top.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def _metadata() -> dict[str, bytes]:
    here = pins.installed()
    python = here.metadata["Requires-Python"]
    fields = ["Metadata-Version: 2.1", f"Name: {pins.NAME}", f"Version: {checkpoint.__version__}"]
    fields += [f"Requires-Python: {python}", *(f"Requires-Dist: {need}" for need in pins.needs()), ""]
    found = {"METADATA": "\n".join(fields), "WHEEL": _WHEEL, "entry_points.txt": here.read_text("entry_points.txt")}
    found["licenses/LICENSE"] = here.read_text("licenses/LICENSE")
    return {name: text.encode() for name, text in found.items() if text is not None}


def _digest(content: bytes) -> str:
    return urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
