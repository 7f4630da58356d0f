"""Queries in processes of their own: one that runs too long or takes too much memory is ended, and the service lives on.

A snapshot of the store is laid in a folder, and each worker opens that read-only; so `kg build` can go on meanwhile.
"""

import asyncio
import multiprocessing as mp
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

from kg import terms
from kg.sparql import has_dataset, has_service

__all__ = ["Answer", "Task", "WorkerPool", "make_snapshot"]

#: Most memory that one worker may map, in bytes: RocksDB maps files, so this is above what a query may hold.
MEMORY = 4 << 30
#: Most bytes of one answer.
MAX_BYTES = 64 << 20

SOLUTIONS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
#: What begins or ends a row in each format; hostile text can only make the count higher.
ROW_MARKS = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A query with its dataset (None where the request names none) and the media types that are accepted, best first."""

    text: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    accepted: tuple[str, ...]
    max_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """HTTP status, media type and body."""

    status: int
    media_type: str
    body: bytes


class TooMuchError(OSError):
    """The answer is larger than allowed."""


class _Output:
    """Takes what Oxigraph writes, and stops it at the limits."""

    def __init__(self, mark: bytes, max_rows: int) -> None:
        self.parts: list[bytes] = []
        self.mark, self.left, self.bytes_left = mark, max_rows, MAX_BYTES

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        self.left -= data.count(self.mark) if self.mark else 0
        self.bytes_left -= len(data)
        if self.left < -1 or self.bytes_left < 0:
            raise TooMuchError
        return len(data)

    def flush(self) -> None:
        pass


def make_snapshot(inner: ox.Store, folder: Path) -> Path:
    """A copy of the store that no one changes: hard links for one on disk, a load for one in memory."""
    target = folder / "snapshot"
    try:
        inner.backup(str(target))
    except (OSError, RuntimeError):
        copy = ox.Store(str(target))
        copy.bulk_extend(iter(inner))
        copy.flush()
        del copy
    return target


def answer_task(store: ox.Store, task: Task) -> Answer:
    """The answer to a query; errors of the query are answers too."""
    if has_service(task.text):
        return _refuse(403, "SERVICE would ask another server, which this service does not do")
    default = task.default_graphs
    if default is None and task.named_graphs is None and not has_dataset(task.text):
        default = (terms.FUSED_GRAPH,)
    explicit = task.default_graphs is not None or task.named_graphs is not None
    try:
        results = store.query(
            task.text,
            prefixes=terms.PREFIXES,
            default_graph=[ox.NamedNode(name) for name in default or ()] if explicit or default else None,
            named_graphs=[ox.NamedNode(name) for name in task.named_graphs or ()] if explicit else None,
        )
        return _write_results(results, task)
    except TooMuchError:
        return _refuse(413, f"the answer has more than {task.max_rows} rows or {MAX_BYTES} bytes: add LIMIT")
    except (SyntaxError, ValueError, RuntimeError) as error:
        return _refuse(400, str(error))
    except MemoryError:
        return _refuse(503, "the query needs more memory than it may have")


def _write_results(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, task: Task) -> Answer:
    formats = GRAPHS if isinstance(results, ox.QueryTriples) else SOLUTIONS
    media_type = next((_find_type(name, formats) for name in task.accepted if _find_type(name, formats)), "")
    if not media_type:
        return _refuse(406, f"allowed: {', '.join(formats)}")
    if isinstance(results, ox.QueryTriples):
        output = _Output(b" .\n" if media_type == "application/n-triples" else b"", task.max_rows)
        results.serialize(output, format=GRAPHS[media_type])  # type: ignore[arg-type]
    else:
        name = SOLUTIONS[media_type].file_extension
        output = _Output(ROW_MARKS.get({"srj": "json", "srx": "xml"}.get(name, name), b""), task.max_rows)
        results.serialize(output, format=SOLUTIONS[media_type])  # type: ignore[arg-type]
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Answer(status=200, media_type=media_type + charset, body=b"".join(output.parts))


def _find_type(accepted: str, formats: dict[str, ox.QueryResultsFormat] | dict[str, ox.RdfFormat]) -> str:
    """The format that an accepted media range takes: itself, an alias, or the first of a wildcard."""
    aliases = {
        "application/json": "application/sparql-results+json",
        "application/xml": "application/sparql-results+xml",
    }
    name = aliases.get(accepted, accepted)
    if name in formats:
        return name
    family = name.removesuffix("*")
    return next((each for each in formats if name == "*/*" or (family != name and each.startswith(family))), "")


def _refuse(status: int, message: str) -> Answer:
    return Answer(status=status, media_type="text/plain; charset=utf-8", body=f"{message}\n".encode())


def _work(path: str, connection: Connection) -> None:
    """A worker's life: tasks in, answers out."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    store = ox.Store.read_only(path)
    while True:
        try:
            task = connection.recv()
        except (EOFError, KeyboardInterrupt):
            return
        connection.send(answer_task(store, task))


class WorkerPool:
    """``size`` workers on a snapshot; a task waits for a free one, and both waits count towards ``timeout`` (seconds)."""

    def __init__(self, snapshot: Path, *, size: int, timeout: float) -> None:
        self.snapshot, self.timeout = snapshot, timeout
        self._context = mp.get_context("spawn")
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        for _ in range(size):
            self._free.put_nowait(_Worker(self._context, snapshot))

    async def answer(self, task: Task) -> Answer:
        """The answer, or 503 where it takes too long."""
        try:
            async with asyncio.timeout(self.timeout), self._lend() as worker:
                return await worker.answer(task)
        except TimeoutError:
            return _refuse(503, f"the query took longer than {self.timeout:g} seconds")
        except (EOFError, OSError):
            return _refuse(503, "the query needs more memory than it may have")

    @asynccontextmanager
    async def _lend(self) -> AsyncIterator["_Worker"]:
        """A free worker; one that did not finish is ended, and a new one takes its place."""
        worker = await self._free.get()
        done = False
        try:
            yield worker
            done = True
        finally:
            if not done:
                worker.end()
                worker = _Worker(self._context, self.snapshot)
            self._free.put_nowait(worker)

    def close(self) -> None:
        """End all workers that are free."""
        while not self._free.empty():
            self._free.get_nowait().end()


class _Worker:
    """A process and the connection to it."""

    def __init__(self, context: mp.context.SpawnContext, snapshot: Path) -> None:
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(str(snapshot), theirs), daemon=True)
        self._process.start()
        theirs.close()

    async def answer(self, task: Task) -> Answer:
        self._connection.send(task)
        ready = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(self._connection.fileno(), ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(self._connection.fileno())
        answer = self._connection.recv()
        assert isinstance(answer, Answer)
        return answer

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()
