"""Queries in threads, with an end to each: its time, and the memory of the process.

Oxigraph lets go of Python's lock while it works, so that the threads of one process use all cores and the event loop
goes on; but it has no way to stop a query. A query that takes too long, or too much memory, is therefore answered with
503, and the process *retires*: it takes no more connections, answers what it still can, and ends, and the query with it.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import pyoxigraph as ox

from kg.service.answers import Answer, Task, answer_task, refuse

__all__ = ["MEMORY", "Evaluator", "TooLongError", "read_memory"]

#: Most memory of one process, in bytes, that no file backs.
MEMORY = 1 << 30
#: Queries at work at once in one process; the others wait.
THREADS = 16
#: Seconds between two looks at the clock and at the memory while anything is at work.
PAUSE = 0.05
#: Seconds that the other queries get to end when the memory is used up.
GRACE = 0.25
STATM, PAGE = Path("/proc/self/statm"), 4096
BUSY = "the service is busy: no thread was free for {:g} seconds"
LONG = "the query took longer than {:g} seconds"
FULL = "the queries at work need more memory than they may have"


class TooLongError(Exception):
    """The work was given up."""


class _Job:
    """Work for a thread, and where its outcome is awaited until ``end`` (the loop's clock)."""

    __slots__ = ("end", "future", "started", "values", "work")

    def __init__(
        self, work: Callable[..., Any], values: tuple[object, ...], future: asyncio.Future[Any], end: float
    ) -> None:
        self.work, self.values, self.future, self.end = work, values, future, end
        self.started = False


def read_memory() -> int:
    """Bytes of this process that no file backs; 0 where the system does not tell (Linux does)."""
    try:
        resident, shared = STATM.read_text(encoding="ascii").split()[1:3]
    except OSError:
        return 0
    return (int(resident) - int(shared)) * PAGE


def _do_nothing(_: float) -> None:
    """The default of ``retire``."""


class Evaluator:
    """Answers tasks on an open store. ``timeout`` is in seconds, the wait for a thread included; ``memory`` in bytes.

    ``retire`` is called when the process has to end to be rid of a query, with the seconds that are left to it.
    """

    def __init__(
        self, store: ox.Store, *, timeout: float, memory: int = MEMORY, retire: Callable[[float], None] = _do_nothing
    ) -> None:
        self.store, self.timeout, self.memory, self.retire = store, timeout, memory, retire
        self._queue: SimpleQueue[_Job] = SimpleQueue()
        self._threads = 0
        self._jobs: set[_Job] = set()
        self._looks = self._full = False

    async def answer(self, task: Task) -> Answer:
        """The answer, or 503 where it takes too long or too much."""
        try:
            answer = await self.run(answer_task, self.store, task)
        except TooLongError as error:
            return refuse(503, str(error))
        assert isinstance(answer, Answer)
        return answer

    async def run(self, work: Callable[..., Any], *values: object) -> Any:
        """What ``work(*values)`` gives, in a thread. Raises ``TooLongError``."""
        loop = asyncio.get_running_loop()
        job = _Job(work, values, loop.create_future(), loop.time() + self.timeout)
        self._jobs.add(job)
        if len(self._jobs) > self._threads < THREADS:
            self._threads += 1
            Thread(target=_work, args=(self._queue, loop), daemon=True).start()
        self._queue.put(job)
        if not self._looks:
            self._looks = True
            loop.call_later(PAUSE, self._look, loop)
        try:
            return await job.future
        finally:
            self._jobs.discard(job)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Gives up what is overdue, and everything shortly where the memory is used up."""
        if not self._full and read_memory() > self.memory:
            self._full = True
            for job in self._jobs:
                job.end = min(job.end, loop.time() + GRACE)
            self.retire(GRACE)
        for job in [job for job in self._jobs if job.end <= loop.time() and not job.future.done()]:
            self._give_up(job)
        self._looks = bool(self._jobs)
        if self._looks:
            loop.call_later(PAUSE, self._look, loop)

    def _give_up(self, job: _Job) -> None:
        # what is at work cannot be stopped: its thread is lost to the jobs that come
        self._threads -= job.started
        if self._full:
            job.future.set_exception(TooLongError(FULL))
        elif job.started:
            job.future.set_exception(TooLongError(LONG.format(self.timeout)))
            self.retire(self.timeout)
        else:
            job.future.set_exception(TooLongError(BUSY.format(self.timeout)))


def _work(queue: SimpleQueue[_Job], loop: asyncio.AbstractEventLoop) -> None:
    """The life of a thread; nobody waits for it at the end of the process."""
    while True:
        job = queue.get()
        if job.future.done():
            continue
        job.started = True
        try:
            outcome, error = job.work(*job.values), None
        except Exception as failure:  # the one who awaits it gets it
            outcome, error = None, failure
        loop.call_soon_threadsafe(_settle, job.future, outcome, error)


def _settle(future: asyncio.Future[Any], outcome: object, error: Exception | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(outcome)
    else:
        future.set_exception(error)
