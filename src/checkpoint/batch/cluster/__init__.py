"""Judge on an existing Dask cluster: submissions and checkpoint travel there, reports come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.batch.cluster.judges import DaskJudges
    from checkpoint.batch.judging import Setup
    from checkpoint.model import Course

# Its loggers write to our terminal. Whoever configures them (see Dask's own documentation) still hears of everything.
_LOGGERS = ("asyncio", "distributed", "distributed.client", "distributed.gc", "tornado", "tornado.application")


def connect(
    address: str,
    setup: Setup,
    course: Course,
    task_seconds: float,
    say: Callable[[str], None],
    heed: Callable[[], None],
) -> DaskJudges:
    """Return judges on the cluster whose scheduler has this address; `task_seconds` bounds what a submission may take.

    `say` hears what is waited for, `heed` raises if somebody wants an end. Raises WrongUsage if Dask is not installed,
    or this is no address; BrokenCheckpoint if the checkpoint cannot travel; GradingError if the cluster cannot be used.
    """
    try:
        import dask
    except ModuleNotFoundError:
        raise WrongUsage("--dask needs Dask, which is not installed", help="pip install 'checkpoint[dask]'") from None
    if not (dask.config.get("logging", None) or dask.config.get("distributed.logging", None)):
        dask.config.set({"distributed.logging": dict.fromkeys(_LOGGERS, "critical")})
    from checkpoint.batch.cluster import judges

    return judges.connected(address, setup, course, task_seconds, say, heed)
