"""The service in processes of its own, as ``kg serve`` starts it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from kg.store import open_store
from tests.fused import fill_fused_store
from tests.servers import find_free_port

__all__ = ["RUNAWAY", "SERVE", "Service", "make_folder", "run_service"]

ROOT = Path(__file__).parent.parent.parent
#: Would take longer than anybody waits, and hardly any memory.
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
SERVE = """
import sys
from kg.service import serve_store
from kg.store import open_store
if __name__ == "__main__":
    options = dict(pair.split("=") for pair in sys.argv[3:])
    serve_store(open_store(sys.argv[1]), port=int(sys.argv[2]), **{name: float(options[name]) for name in options
        if name == "timeout"}, **{name: int(options[name]) for name in options if name != "timeout"})
"""


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: its address and its first process."""

    url: str
    process: subprocess.Popen[Any]

    def ask(self, query: str, **headers: str) -> httpx.Response:
        return httpx.get(f"{self.url}/sparql", params={"query": query}, headers=headers, timeout=60)

    def wait_until_ready(self) -> None:
        """Until it answers; it must not end before."""
        for _ in range(600):
            try:
                httpx.get(f"{self.url}/healthz", timeout=60).raise_for_status()
                return
            except httpx.HTTPError:
                assert self.process.poll() is None
                time.sleep(0.1)
        raise AssertionError("the service does not answer")

    def list_processes(self) -> dict[int, int]:
        """Process id -> bytes that no file backs, of the first process and all that it has started."""
        parents, memory = read_parents(), {}
        family = {self.process.pid}
        while new := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= new
        for pid in family:
            with suppress(OSError):
                resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[1:3]
                memory[pid] = (int(resident) - int(shared)) * 4096
        return memory

    def list_workers(self) -> list[int]:
        """Ids of the processes that answer, which the first process has its server of forks start; the order of ids tells
        nothing, since they begin anew."""
        parents = read_parents()
        return [pid for pid, parent in parents.items() if parents.get(parent) == self.process.pid]


def read_parents() -> dict[int, int]:
    """The parent of every process of the machine, by ids."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    return parents


def make_folder(folder: Path) -> Path:
    """A store with one article and its fused graph."""
    store = open_store(folder)
    fill_fused_store(store)
    store.close()
    return folder


@contextmanager
def run_service(folder: Path, **options: float) -> Iterator[Service]:
    """A service on the store in ``folder``, once it answers; ``options`` are those of ``serve_store``."""
    script, port = folder.parent / "serve.py", find_free_port()
    script.write_text(SERVE)
    words = [f"{name}={value}" for name, value in options.items()]
    process = subprocess.Popen(
        [sys.executable, str(script), str(folder), str(port), *words], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    service = Service(f"http://127.0.0.1:{port}", process)
    try:
        service.wait_until_ready()
        yield service
    finally:
        process.terminate()
        process.wait(timeout=60)
