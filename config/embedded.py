"""The embedded default's worker: a clock and two task threads inside the server process, fed from job rows.

Measured (docs/adr/0004): 20 of 20 jobs survive kill -9, because the rows are the truth and these threads only hurry.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from celery import current_app
from django.conf import settings
from django.db import close_old_connections

from buurt.ledger import services

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.5
THREADS = 2


class EmbeddedWorker:
    """Runs job rows and the schedule of settings.SCHEDULE until stopped."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="buurt-task")
        self._stopping = threading.Event()
        self._clock = threading.Thread(target=self._tick_until_stopped, name="buurt-clock", daemon=True)
        self._due: dict[str, float] = dict.fromkeys(settings.SCHEDULE, 0.0)
        self._running: set[str] = set()

    def start(self) -> None:
        """Start the clock; jobs are hurried to the pool from now on."""
        current_app.loader.import_default_modules()
        services.hurry_hook[:] = [self.hurry]
        self._clock.start()

    def stop(self) -> None:
        """Finish what is running, then stop; rows that wait are run at the next start."""
        services.hurry_hook.clear()
        self._stopping.set()
        self._clock.join(timeout=5)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def hurry(self, job_id: int) -> None:
        """Run this job soon; when we are stopping, the row waits."""
        try:
            self._pool.submit(self._guarded, f"job {job_id}", lambda: services.run_job(job_id))
        except RuntimeError:
            logger.info("job %s waits for the next start", job_id)

    def _tick_until_stopped(self) -> None:
        while not self._stopping.wait(TICK_SECONDS):
            now = time.monotonic()
            for name, seconds in settings.SCHEDULE.items():
                if self._due[name] <= now and name not in self._running and name in current_app.tasks:
                    self._due[name] = now + seconds
                    self._running.add(name)
                    self._pool.submit(self._run_scheduled, name)

    def _run_scheduled(self, name: str) -> None:
        try:
            self._guarded(name, current_app.tasks[name].run)
        finally:
            self._running.discard(name)

    def _guarded(self, name: str, work: Callable[[], object]) -> None:
        close_old_connections()
        try:
            work()
        except Exception:
            logger.exception("%s failed; it will be tried again", name)
        finally:
            close_old_connections()


_worker: list[EmbeddedWorker] = []


def start_if_wanted() -> None:
    """Start the worker when there is no Redis, and so no Celery worker either."""
    if not settings.REDIS_URL and not _worker:
        worker = EmbeddedWorker()
        _worker.append(worker)
        worker.start()


def stop() -> None:
    """Stop the worker if it runs."""
    while _worker:
        _worker.pop().stop()
