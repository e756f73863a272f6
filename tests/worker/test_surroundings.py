"""Whoever starts us, root with or without its powers or nobody in particular, workers come up and are locked down."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")

ASK = """
import json
from checkpoint.model import Limits
from checkpoint.worker import launch
launcher = launch.start()
worker = launcher.worker(Limits())
source = b'''
import os
from flask import Flask
app = Flask(__name__)
open("written", "w").close()
print(os.getuid())
'''
worker.send({"verb": "load", "main": "app.py", "files": [["app.py", len(source)]]}, source)
verb = worker.receive(("loaded", "failed"), 60).header["verb"]
wall = worker.wall()
print(json.dumps([verb, worker.output().strip(), wall.level, [lack.part for lack in wall.lacks], wall.own_user]))
worker.discard()
launcher.wait()
"""
AS_ROOT = {
    "all its powers": (),
    "no power over the machine": ("setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin"),
    "no power over users": ("setpriv", "--bounding-set=-setuid,-setgid", "--inh-caps=-setuid,-setgid"),
    "no power at all": ("setpriv", "--bounding-set=-all", "--inh-caps=-all"),
    "a user namespace around us": ("unshare", "--user", "--map-root-user"),
    "and no network": ("unshare", "--user", "--map-root-user", "--net"),
}


def told(*before: str) -> tuple[str, str, str, list[str], bool]:
    """Return what came of a worker: loaded, its user, the level, what is lacking, whether it has a user for itself."""
    done = subprocess.run(
        [*before, sys.executable, "-c", ASK], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    answer: tuple[str, str, str, list[str], bool] = json.loads(done.stdout)
    return answer


def works(*command: str) -> bool:
    return bool(shutil.which(command[0])) and not subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give up its powers")
@pytest.mark.parametrize("powers", AS_ROOT)
def test_workers_come_up_for_root(powers: str) -> None:
    before = AS_ROOT[powers]
    if before and not works(*before, "true"):
        pytest.skip(f"this machine does not let us: {' '.join(before)}")
    verb, user, level, lacks, own_user = told(*before)
    assert verb == "loaded"
    assert level != "none", lacks
    assert own_user == (user not in ("0", "65534"))
    if powers == "no power at all":
        assert user == "0"
        assert "root" in lacks


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become somebody else")
def test_workers_come_up_for_a_user_without_powers() -> None:
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    reach = (sys.executable, "-c", f"import os, sys; sys.exit(not os.access({os.path.realpath(sys.executable)!r}, 1))")
    if not works(*nobody, *reach):
        pytest.skip("nobody but root can reach this Python")
    verb, user, level, lacks, own_user = told(*nobody)
    assert (verb, user, own_user) == ("loaded", "65534", False)
    assert level != "none", lacks
