"""The processes of the service: each an HTTP server with queries in threads; one that ends is replaced.

Each has a listening socket of its own on the same port (``SO_REUSEPORT``), among which the system deals the connections.
The first process keeps the sockets open, so that connections wait while a process is replaced.
"""

import asyncio
import gc
import multiprocessing as mp
import os
import resource
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from pathlib import Path

import pyoxigraph as ox
import uvicorn

from kg.errors import KGError
from kg.service.app import build_app
from kg.service.evaluation import MEMORY, Evaluator

__all__ = ["Settings", "run_processes"]

#: Most address space of one process beyond its memory: RocksDB's caches and the stacks of threads.
ADDRESS_SPACE = 4 << 30
BACKLOG = 1024
#: Seconds that a process gets to end by itself.
PATIENCE = 5.0
#: Seconds in which a process that retires still reads and answers what has reached it.
CLOSING = 0.3
#: Processes in a row that end before they are ready, which means that none will be.
FAILURES = 3
READY, RETIRING = b"ready", b"retiring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What every process is told: the folder of the snapshot, limits (seconds, rows, bytes), host names answered to."""

    snapshot: Path
    timeout: float
    max_rows: int
    hosts: tuple[str, ...]
    memory: int = MEMORY


def run_processes(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serve until interrupted. Raises ``KGError`` for a port that cannot be used or processes that end at their start."""
    context = mp.get_context("forkserver")
    context.set_forkserver_preload(["__main__", __name__, "kg.query", "kg.reports"])
    with _bind_sockets(host, port, workers) as sockets, _note_interrupts() as interrupts:
        slots = [_Slot(context, settings, listener) for listener in sockets]
        try:
            while not interrupts.poll():
                _attend(slots, interrupts)
        finally:
            for slot in slots:
                slot.end()


def _attend(slots: list["_Slot"], interrupts: Connection) -> None:
    """Waits for the next sign of life or death, and starts what is missing."""
    waiting: dict[object, _Slot] = {thing: slot for slot in slots for thing in slot.list_waits()}
    for thing in wait([interrupts, *waiting]):  # type: ignore[list-item]
        if thing is not interrupts:
            waiting[thing].attend()


@contextmanager
def _note_interrupts() -> Iterator[Connection]:
    """A connection on which Ctrl-C and SIGTERM are told, Ctrl-C also where a script in the background had it ignored.

    Neither raises: an exception out of a handler could come while a process is half started or be lost in a destructor,
    and masks do not help, since the threads of the store take the signals too.
    """
    reader, writer = mp.Pipe(duplex=False)
    with reader, writer:
        if threading.current_thread() is not threading.main_thread():
            yield reader
            return
        before = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
        try:
            # what the server of forks begins with is what its processes begin with, and Ctrl-C reaches the whole group
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            forkserver.ensure_running()
            for sign in before:
                signal.signal(sign, lambda *_: writer.send_bytes(b""))
            yield reader
        finally:
            for sign, handler in before.items():
                signal.signal(sign, handler or signal.SIG_DFL)


@contextmanager
def _bind_sockets(host: str, port: int, count: int) -> Iterator[list[socket.socket]]:
    """Listening sockets on one port; the same socket ``count`` times where the system deals no connections."""
    deals = hasattr(socket, "SO_REUSEPORT") and os.uname().sysname == "Linux"
    sockets: list[socket.socket] = []
    try:
        with _listen(host, port, shared=False, backlog=None) as probe:
            # without SO_REUSEPORT this fails where another service listens, which sharing would hide
            port = probe.getsockname()[1]
        sockets = [_listen(host, port, shared=deals, backlog=BACKLOG) for _ in range(count if deals else 1)]
        yield sockets if deals else sockets * count
    except OSError as error:
        raise KGError(f"{host} port {port} cannot be used: {error.strerror or error}; --port names another") from error
    finally:
        for listener in sockets:
            listener.close()


def _listen(host: str, port: int, *, shared: bool, backlog: int | None) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(address)
        if backlog is not None:
            listener.listen(backlog)
    except OSError:
        listener.close()
        raise
    return listener


class _Slot:
    """A place that always has a process; those before it may still be ending."""

    def __init__(self, context: mp.context.ForkServerContext, settings: Settings, listener: socket.socket) -> None:
        self._context, self._settings, self._listener = context, settings, listener
        self._ending: list[mp.context.ForkServerProcess] = []
        self._failures = 0
        self._start()

    def _start(self) -> None:
        self._connection, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_work, args=(self._settings, self._listener, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def list_waits(self) -> list[Connection | int]:
        return [self._connection, *(process.sentinel for process in self._ending)]

    def attend(self) -> None:
        """Notes that the process is ready, or replaces it when it retires or has died."""
        self._ending = [process for process in self._ending if process.is_alive()]
        try:
            if not self._connection.poll():
                return
            if self._connection.recv_bytes() == READY:
                self._ready, self._failures = True, 0
                return
        except (EOFError, OSError):
            self._failures += not self._ready
            if self._failures == FAILURES:
                raise KGError(f"{FAILURES} processes of the service ended at their start") from None
        self._ending.append(self._process)
        self._start()

    def end(self) -> None:
        # one that could not be started has no id
        started = [process for process in (self._process, *self._ending) if process.pid]
        for process in started:
            process.terminate()
        for process in started:
            process.join(PATIENCE)
            process.kill()
            process.join()


def _work(settings: Settings, listener: socket.socket, connection: Connection) -> None:
    """The life of a process."""
    # Ctrl-C reaches the whole group; until the server listens to it, the first process ends this one
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit = settings.memory + ADDRESS_SPACE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    store = ox.Store.read_only(str(settings.snapshot))
    evaluator = Evaluator(store, timeout=settings.timeout, memory=settings.memory)
    app = build_app(evaluator, max_rows=settings.max_rows, hosts=settings.hosts)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="off",
        backlog=BACKLOG,
    )
    server = _Server(config, evaluator, connection)
    gc.freeze()
    server.run(sockets=[listener])
    # a query that cannot be stopped must not keep the process
    os._exit(0)


class _Server(uvicorn.Server):
    """Tells the first process how it fares, and ends with it."""

    def __init__(self, config: uvicorn.Config, evaluator: Evaluator, connection: Connection) -> None:
        super().__init__(config)
        self._evaluator, self._connection = evaluator, connection
        self._retiring = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._evaluator.retire = self._retire
        asyncio.get_running_loop().add_reader(self._connection.fileno(), self._leave)
        try:
            self._connection.send_bytes(READY)
        except OSError:
            # the first process ended while this one started
            self.should_exit = True

    def _retire(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        if not self._retiring:
            self._retiring = True
            with suppress(OSError):
                self._connection.send_bytes(RETIRING)
            self._turn_away()
            loop.call_later(CLOSING, setattr, self, "should_exit", True)
        loop.call_later(seconds + PATIENCE / 10, os._exit, 0)

    def _turn_away(self) -> None:
        """Accepts no more connections; those at hand end with their answer, since one closed unread would be reset."""
        for server in self.servers:
            server.close()
        close = (b"connection", b"close")
        self.config.encoded_headers.append(close)
        self.server_state.default_headers = [*self.server_state.default_headers, close]

    def _leave(self) -> None:
        """The other end is closed: the first process has ended."""
        asyncio.get_running_loop().remove_reader(self._connection.fileno())
        self.should_exit = True
