"""Load and abuse of ``kg serve``: 8 clients for 60 s, cheap queries beside runaway and greedy ones, and no rule kept.

``python tests/benchmarks/abuse.py [--triples N] [--seconds S]`` generates a graph of 1,000,000 triples in our own shape,
serves it with ``--timeout 5``, and prints for each kind of request how it was answered, the latencies of the cheap ones,
the most memory of one process and of all (without what files back), and whether the service still answers afterwards.
Four clients ask cheap queries, two runaway ones, one greedy ones, one sends malformed, oversized and update requests.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from kg.service.protocol import MAX_BODY
from tests.benchmarks.graphs import make_store_folder, write
from tests.service.serving import RUNAWAY, Service, run_service

TIMEOUT = 5.0
CHEAP = (
    "SELECT ?label { ?d a kg:Decision ; rdfs:label ?label } LIMIT 10",
    "SELECT ?g { GRAPH ?g { ?c a kg:Claim } } LIMIT 10",
    "SELECT ?d ?n { ?d kg:originCount ?n } LIMIT 100",
    "ASK {}",
)
GREEDY = (
    "SELECT (COUNT(DISTINCT ?x) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } "
    "BIND(CONCAT(STR(?a), STR(?b), STR(?c), STR(?d), STR(?e), STR(?f), STR(?g), STR(?h)) AS ?x) }"
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MEBIBYTE = 1 << 20

#: Kind of request -> (status, seconds) of each answer; status 0 is a connection that was closed.
Log = dict[str, list[tuple[int, float]]]


def send(client: httpx.Client, log: Log, kind: str, method: str, **request: object) -> None:
    start = time.monotonic()
    try:
        status = client.request(method, "/sparql", **request).status_code  # type: ignore[arg-type]
    except httpx.TransportError:
        status = 0
    log[kind].append((status, time.monotonic() - start))


def ask(url: str, log: Log, kind: str, query: str, end: float) -> None:
    with httpx.Client(base_url=url, timeout=60) as client:
        while time.monotonic() < end:
            send(client, log, kind, "GET", params={"query": query})


def abuse(url: str, log: Log, end: float) -> None:
    with httpx.Client(base_url=url, timeout=60) as client:
        while time.monotonic() < end:
            send(client, log, "malformed", "GET", params={"query": "SELECT {"})
            send(client, log, "update", "POST", content="update=CLEAR+ALL", headers=FORM)
            send(client, log, "oversized", "POST", content=b"query=" + b"x" * MAX_BODY, headers=FORM)


def start_clients(url: str, log: Log, end: float) -> list[threading.Thread]:
    queries = [*(("cheap", query) for query in CHEAP), ("runaway", RUNAWAY), ("runaway", RUNAWAY), ("greedy", GREEDY)]
    clients = [threading.Thread(target=ask, args=(url, log, kind, query, end)) for kind, query in queries]
    clients.append(threading.Thread(target=abuse, args=(url, log, end)))
    for client in clients:
        client.start()
    return clients


def watch(service: Service, clients: list[threading.Thread]) -> tuple[int, int]:
    """The most bytes of one process and of all."""
    most = total = 0
    while any(client.is_alive() for client in clients):
        memory = service.list_processes().values()
        most, total = max(most, *memory), max(total, sum(memory))
        time.sleep(0.1)
    return most, total


def report(log: Log, most: int, total: int) -> None:
    for kind, answers in log.items():
        counts: dict[int, int] = defaultdict(int)
        for status, _ in answers:
            counts[status] += 1
        shown = ", ".join(f"{count} x {status or 'closed'}" for status, count in sorted(counts.items()))
        times = sorted(seconds for _, seconds in answers)
        p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * share))] * 1000 for share in (0.5, 0.95, 0.99))
        write(f"{kind:10} p50 {p50:8.1f} ms  p95 {p95:8.1f} ms  p99 {p99:8.1f} ms  {shown}")
    write(f"memory     most of one process {most / MEBIBYTE:.0f} MiB, of all {total / MEBIBYTE:.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--store", type=Path, help="a store made before, in place of a generated one")
    options = parser.parse_args()
    log: Log = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as name:
        store = options.store or make_store_folder(Path(name) / "store", options.triples)
        with run_service(store, timeout=TIMEOUT, workers=2) as service:
            clients = start_clients(service.url, log, time.monotonic() + options.seconds)
            report(log, *watch(service, clients))
            alive = service.process.poll() is None and httpx.get(f"{service.url}/healthz", timeout=60).is_success
            write(f"afterwards {'the service answers' if alive else 'THE SERVICE IS GONE'}")


if __name__ == "__main__":
    main()
