"""A batch on a Dask cluster ends as it does here, whatever becomes of the workers; what cannot go on says so."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import dask
import psutil
import pytest
from distributed import Client, KilledWorker, LocalCluster

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.batch import bundle as bundles
from checkpoint.batch.cluster import judges as module
from checkpoint.batch.cluster import station, versions
from checkpoint.batch.cluster.judges import DaskJudges
from checkpoint.batch.judging import Setup
from checkpoint.batch.tasks import Result, Task
from checkpoint.errors import BrokenCheckpoint, GradingError
from checkpoint.judge.session import unjudged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Cli, Write

# What an app answers says what is to become of whoever judges it.
CHECK = """
import os
from pathlib import Path

from checkpoint import check


@check(points=2)
def test_hello(learner, solution, rng):
    '''It says hello.'''
    text = learner.get("/").text
    if text.startswith("worker dies"):
        died = Path({died!r}) / str(os.getpid())
        if text == "worker dies always" or len(list(died.parent.iterdir())) < 2:
            died.touch()
            os._exit(9)
    if text == "check breaks":
        raise ValueError(rng.random())
    assert text in ("hello", "worker dies twice")
"""
SOLUTION = """
from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "hello"
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    # One that a test has killed comes back, and must not be taken for lost meanwhile.
    with (
        dask.config.set({"distributed.deploy.lost-worker-timeout": "1h"}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as cluster,
    ):
        yield cluster


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let results go, where nobody says where to, into a folder of the test's own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def address(cluster: LocalCluster) -> str:
    return str(cluster.scheduler_address)


@pytest.fixture
def died(tmp_path: Path) -> Path:
    """Return a folder that has a file for each process that died of judging."""
    folder = tmp_path / "died"
    folder.mkdir()
    return folder


@pytest.fixture
def checkpoint(course: Write, died: Path) -> Path:
    return course(CHECK.format(died=str(died)), app=SOLUTION)


@pytest.fixture
def hand_in(write: Write) -> Write:
    """Return a function that writes the app of a learner who answers that."""

    def hand_in(who: str, answer: str) -> Path:
        return write(f"class/{who}/app.py", SOLUTION.replace('"hello"', repr(answer))).parent.parent

    return hand_in


def reports(out: Path) -> dict[str, Any]:
    """Return the reports by name, without what differs from run to run."""

    def lasting(value: Any) -> Any:
        if isinstance(value, list):
            return [lasting(each) for each in value]
        if isinstance(value, dict):
            return {name: lasting(each) for name, each in value.items() if name not in ("duration_ms", "started_at")}
        return value

    return {path.stem: lasting(json.loads(path.read_text("utf-8"))) for path in (out / "reports").rglob("*.json")}


def test_reports_are_those_of_this_machine_and_nothing_stays_on_the_cluster(
    cli: Cli, cluster: LocalCluster, address: str, checkpoint: Path, hand_in: Write, tmp_path: Path
) -> None:
    for who, answer in (("ada", "hello"), ("ben", "bye"), ("chloe", "check breaks"), ("dana", "hello")):
        folder = hand_in(who, answer)
    same = ("batch", folder, "--checkpoint", checkpoint, "--seed", 3, "--allow-unisolated")
    here = cli(*same, "--out", tmp_path / "here", "--jobs", 1)
    there = cli(*same, "--out", tmp_path / "there", "--dask", address)

    assert (there.code, there.out.replace("there", "here")) == (here.code, here.out)
    assert there.err == ""
    assert reports(tmp_path / "there") == reports(tmp_path / "here")
    assert len(reports(tmp_path / "there")) == 4
    assert f"{checkpoint}/checks/test_hello.py:17" in json.dumps(reports(tmp_path / "there")["chloe"])
    with Client(cluster, set_as_default=False) as client:
        for worker in client.scheduler_info()["workers"].values():
            assert list(Path(worker["local_directory"]).glob("checkpoint-*")) == []
        for pid in client.run(os.getpid).values():
            assert psutil.Process(pid).children() == []


def test_workers_that_die_cost_time_only_and_who_kills_three_is_told(
    cli: Cli, address: str, checkpoint: Path, hand_in: Write, tmp_path: Path, died: Path
) -> None:
    for who, answer in (("ada", "hello"), ("ben", "worker dies twice"), ("chloe", "hello")):
        folder = hand_in(who, answer)
    same = ("batch", folder, "--checkpoint", checkpoint, "--seed", 3, "--allow-unisolated", "--dask", address)
    assert cli(*same, "--out", tmp_path / "disturbed").code == 0
    assert len(list(died.iterdir())) == 2
    assert cli(*same, "--out", tmp_path / "undisturbed").code == 0
    assert reports(tmp_path / "disturbed") == reports(tmp_path / "undisturbed")
    with closing(sqlite3.connect(tmp_path / "disturbed" / "gradebook.sqlite3")) as book:
        assert book.execute("pragma integrity_check").fetchone() == ("ok",)

    hand_in("dana", "worker dies always")
    again = cli(*same, "--out", tmp_path / "disturbed")
    assert again.code == 3
    assert "dana" in again.out
    assert "3 processes that judged this submission died" in json.dumps(reports(tmp_path / "disturbed")["dana"])
    assert len(list(died.iterdir())) == 5


def test_other_versions_are_refused_with_a_table_of_who_has_them(
    cli: Cli, address: str, checkpoint: Path, hand_in: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = {**versions.here(), "python": "3.0", "flask": "0.1"}
    monkeypatch.setattr(versions, "here", lambda: expected)
    answer = cli("batch", hand_in("ada", "hello"), "--checkpoint", checkpoint, "--dask", address)
    assert answer.code == 3
    rows = [line.split() for line in answer.err.splitlines()]
    there = {row[0]: row[1:3] for row in rows if row[:1] in (["flask"], ["python"])}
    assert there["flask"][0] == "0.1"
    assert there["python"][0] == "3.0"
    assert "the scheduler" in answer.err
    assert "pip install flask==0.1" in answer.err
    assert "werkzeug" not in answer.err


@pytest.fixture
def order(checkpoint: Path) -> station.Order:
    course = courses.load(checkpoint)
    return station.Order(
        "checkpoint-test", Setup(course.root, course.fingerprint, 1), bundles.pack(course), versions.here(), 60.0
    )


def a_task(order: station.Order, hand_in: Write) -> Task:
    path = hand_in("ada", "hello") / "ada"
    return Task("ada", str(path), intake.take(path, courses.load(order.setup.root).checkpoint.limits))


def outcome(judges: DaskJudges, task: Task) -> Any:
    judges.send((task,))
    found = None
    while found is None:
        found = judges.next(0.1)
    return found


def test_a_worker_that_joins_later_with_other_versions_says_so(
    address: str, order: station.Order, hand_in: Write
) -> None:
    newer = replace(order, versions={**order.versions, "flask": "0.1"})
    with closing(DaskJudges(Client(address, set_as_default=False), address, newer, print)) as judges:
        trouble = outcome(judges, a_task(order, hand_in)).trouble
    assert isinstance(trouble, GradingError)
    assert "instead of 0.1" in trouble.message
    assert (trouble.where or "").startswith("worker tcp://")


def test_a_judge_that_hangs_ends_with_its_worker(address: str, order: station.Order, hand_in: Write) -> None:
    hanging = replace(order, task_seconds=0.001)
    with closing(DaskJudges(Client(address, set_as_default=False), address, hanging, print)) as judges:
        found = outcome(judges, a_task(order, hand_in))
    assert (found.results, found.trouble) == (None, None)


def test_an_end_before_the_end_takes_everything_back(
    cluster: LocalCluster, address: str, order: station.Order, hand_in: Write
) -> None:
    judges = DaskJudges(Client(address, set_as_default=False), address, order, print)
    task = a_task(order, hand_in)
    for _ in range(40):
        judges.send((task,))
    assert judges.next(30).results
    judges.close()

    with Client(cluster, set_as_default=False) as client:
        folders = [Path(each["local_directory"]) for each in client.scheduler_info()["workers"].values()]
        patience = time.monotonic() + 60
        while any(list(folder.glob("checkpoint-*")) for folder in folders):
            assert time.monotonic() < patience
        assert client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks)) == []


def test_without_workers_or_scheduler_it_says_so_and_ends(
    cli: Cli, checkpoint: Path, hand_in: Write, order: station.Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(module, "CONNECT_SECONDS", 0.5)
    command = ("batch", hand_in("ada", "hello"), "--checkpoint", checkpoint, "--dask")
    with LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as empty:
        address = empty.scheduler_address
        answer = cli(*command, address)
        assert answer.code == 3
        assert f"the cluster at {address} has no workers; waiting" in answer.err
        assert f"{address}: the cluster has no workers\nhelp: start some: dask worker {address}" in answer.err

        judges = DaskJudges(Client(address, timeout=0.5, set_as_default=False), address, order, print)
        judges.send((a_task(order, hand_in),))
    with closing(judges):
        found = None
        while found is None:
            found = judges.next(0.1)
        assert "connection to the Dask scheduler is lost" in str(found.trouble)
        assert "give the same command once more" in str(found.trouble)

    answer = cli(*command, address)
    assert (answer.code, answer.err) == (
        3,
        f"checkpoint: {address}: no Dask scheduler answers\nhelp: start one (dask scheduler), or give its address\n",
    )


def test_a_cluster_that_grows_with_the_work_gets_its_first_workers(
    cli: Cli, checkpoint: Path, hand_in: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 30.0)
    with LocalCluster(n_workers=0, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as growing:
        growing.adapt(minimum=0, maximum=1, interval="50 ms")
        command = ("batch", hand_in("ada", "hello"), "--checkpoint", checkpoint, "--allow-unisolated", "--dask")
        assert cli(*command, growing.scheduler_address).code == 0


@pytest.mark.parametrize("wrong", ["", "tcp://", "nonsense://x"])
def test_what_is_no_address_is_refused(cli: Cli, checkpoint: Path, hand_in: Write, wrong: str) -> None:
    answer = cli("batch", hand_in("ada", "hello"), "--checkpoint", checkpoint, "--dask", wrong)
    assert answer.code == 2
    assert "no address of a Dask scheduler" in answer.err


def test_jobs_and_a_cluster_exclude_each_other(cli: Cli, checkpoint: Path, hand_in: Write) -> None:
    folder = hand_in("ada", "hello")
    answer = cli("batch", folder, "--checkpoint", checkpoint, "--dask", "tcp://localhost:1", "--jobs", 2)
    assert answer.code == 2
    assert "--jobs" in answer.err


def test_without_dask_it_says_what_to_install(
    cli: Cli, checkpoint: Path, hand_in: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "dask", None)
    answer = cli("batch", hand_in("ada", "hello"), "--checkpoint", checkpoint, "--dask", "tcp://localhost:1")
    assert answer.code == 2
    assert "pip install 'checkpoint[dask]'" in answer.err


def test_what_dask_gives_up_counts_as_a_death_and_what_is_no_result_is_not_kept(
    order: station.Order, hand_in: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "Event", lambda *_, **__: SimpleNamespace(clear=lambda: None))
    task = a_task(order, hand_in)
    report = unjudged(None, task.shown, 1, None, GradingError("nothing"))
    right = replace(report, fingerprint=order.setup.fingerprint, submission_sha256=task.submission.sha256)

    def of(results: object) -> Any:
        return judged(SimpleNamespace(status="finished", result=lambda timeout: results))

    def judged(future: Any) -> Any:
        client: Any = SimpleNamespace(submit=lambda *_, **__: future)
        judges = DaskJudges(client, "tcp://x", order, print)
        future.add_done_callback = lambda put: put(future)
        future.key = f"{order.batch}-1"
        judges.send((task,))
        return judges.next(0)

    pages = {"json": "{}", "html": ""}
    assert of([Result("ada", right, pages)]).results
    for wrong in (
        [], [Result("ben", right, pages)], [Result("ada", report, pages)], [Result("ada", right, {"json": "{}"})],
        [Result("ada", right, {"json": "{}", "html": b""})], [Result("ada", "text", pages)], "text", [right],
    ):  # fmt: skip
        assert "no result" in of(wrong).trouble.message
    killed = KilledWorker("1", "worker", 3)
    found = judged(SimpleNamespace(status="error", exception=lambda: killed))
    assert (found.results, found.trouble) == (None, None)


def test_what_stops_a_worker_says_on_which_machine_and_in_which_file(
    address: str, order: station.Order, hand_in: Write
) -> None:
    task = a_task(order, hand_in)

    def trouble(order: station.Order) -> Any:
        with closing(DaskJudges(Client(address, set_as_default=False), address, order, print)) as judges:
            return outcome(judges, task).trouble

    changed = trouble(replace(order, setup=replace(order.setup, fingerprint="another")))
    assert isinstance(changed, BrokenCheckpoint)
    assert changed.where == str(order.setup.root)

    def weaken() -> None:
        from checkpoint.worker import launch

        def start(required: Any) -> None:
            raise launch.TooWeak(launch.Wall("partial", (), 0, False), required)

        launch.strong, launch.start = launch.start, start  # type: ignore[attr-defined, assignment]

    def strengthen() -> None:
        from checkpoint.worker import launch

        launch.start = launch.strong  # type: ignore[attr-defined]

    with Client(address, set_as_default=False) as client:
        client.run(weaken)
        weak = trouble(replace(order, setup=replace(order.setup, required="full")))
        client.run(strengthen)
    assert isinstance(weak, GradingError)
    assert "`full` is required" in weak.message
    assert (weak.where or "").startswith("worker tcp://")
