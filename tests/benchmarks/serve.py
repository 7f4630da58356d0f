"""Throughput of ``kg serve`` beside ``oxigraph serve-read-only``: same store, same queries, 8 clients, one run.

``python tests/benchmarks/serve.py [--triples N] [--seconds S] [--rounds R]`` generates a graph of 1,000,000 triples in our
own shape, starts both servers on it, and drives them in turns with wrk (Debian ``wrk``), which shares the machine with
them. For each mix: requests/s of the better round of each server, their ratio, and of that
round the latencies and the CPU time of the server for each request, which says more than requests/s on a busy machine.

The mixes, every request with another decision:

- lookup: the label, status and number of origins of one decision, by its IRI
- evidence: the claims of one decision with article, quote and offsets, across the named graphs
- page: 100 decisions with their labels and actors, somewhere in the list
- aggregate: all decisions counted by type and agreement
- mixed: 60 % lookup, 30 % evidence, 9 % page, 1 % aggregate

``kg serve`` keeps its last answers, so no two requests of these mixes are alike. "repeated" is the mixed one with 2,000
requests asked again and again, as by a page that many people open.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from kg import terms
from tests.benchmarks.graphs import make_store_folder, write
from tests.servers import find_free_port

CLIENTS = 8
PREFIXES = "".join(f"PREFIX {prefix}: <{terms.PREFIXES[prefix]}> " for prefix in ("kg", "nif", "prov", "rdfs"))
FUSED = f"GRAPH <{terms.FUSED_GRAPH}>"
QUERIES = {
    "lookup": f"SELECT ?label ?status ?n {{ {FUSED} {{ DECISION rdfs:label ?label ; kg:status ?status ; "
    "kg:originCount ?n } }",
    "evidence": f"SELECT ?claim ?article ?quote ?start ?end {{ {FUSED} {{ DECISION kg:claim ?claim }} GRAPH ?g {{ "
    "?claim prov:wasDerivedFrom ?p . ?p nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end ; "
    "nif:referenceContext ?article } }",
    "page": f"SELECT ?d ?label ?actor {{ {FUSED} {{ ?d a kg:Decision ; rdfs:label ?label ; kg:actor ?a . "
    "?a rdfs:label ?actor } } OFFSET OFF LIMIT 100",
    "aggregate": f"SELECT ?type ?agreement (COUNT(?d) AS ?n) {{ {FUSED} {{ ?d a kg:Decision ; kg:topType ?type ; "
    "kg:agreement ?agreement } } GROUP BY ?type ?agreement ORDER BY ?type",
}
MIXED = {"lookup": 60, "evidence": 30, "page": 9, "aggregate": 1}
MIXES = {name: {name: 100} for name in QUERIES} | {"mixed": MIXED, "repeated": MIXED}
#: Requests made beforehand for each mix; wrk goes round them.
REQUESTS = 2000
LUA = """
local paths, at, count = {}, 0, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
wrk.headers["Accept"] = "application/sparql-results+json"
request = function()
  at, count = at %% #paths + 1, count + 1
  return wrk.format("GET", paths[at] .. %s)
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format('RESULT {"rps": %%f, "p50": %%f, "p95": %%f, "p99": %%f, "errors": %%d}\\n',
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""
SERVE = """
import sys
from kg.service import serve_store
from kg.store import open_store
if __name__ == "__main__":
    serve_store(open_store(sys.argv[1]), port=int(sys.argv[2]))
"""


def make_paths(mix: str, decisions: list[str], service: str) -> Iterator[str]:
    """Request targets of a mix, the same in every run."""
    chance = random.Random(mix)
    names, weights = zip(*MIXES[mix].items(), strict=True)
    for _ in range(REQUESTS):
        [name] = chance.choices(names, weights)
        text = QUERIES[name].replace("DECISION", f"<{chance.choice(decisions)}>")
        yield f"{service}?query={quote(PREFIXES + text.replace('OFF ', f'{chance.randrange(len(decisions))} '))}"


@dataclass(frozen=True, slots=True)
class Server:
    """A server's process and its query service."""

    pid: int
    url: str

    def read_cpu(self) -> float:
        """CPU seconds of the process and all that it has started and that lives."""
        parents, seconds = {}, {}
        for file in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = file.read_text().rpartition(")")[2].split()
                pid = int(file.parent.name)
                parents[pid] = int(fields[1])
                seconds[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        family = {self.pid}
        while new := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= new
        return sum(seconds.get(pid, 0) for pid in family)


@contextmanager
def run_server(command: list[str], url: str) -> Iterator[Server]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                httpx.get(url, params={"query": "ASK {}"}, timeout=60).raise_for_status()
                break
            except httpx.HTTPError:
                assert process.poll() is None, f"{command} ended at once"
                time.sleep(0.1)
        yield Server(process.pid, url)
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def run_both(store: Path, folder: Path) -> Iterator[dict[str, Server]]:
    """Name -> server."""
    script, ours, theirs = folder / "serve.py", find_free_port(), find_free_port()
    script.write_text(SERVE)
    oxigraph = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    command = [oxigraph, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{theirs}"]
    with ExitStack() as stack:
        url = f"http://127.0.0.1:{ours}/sparql"
        first = stack.enter_context(run_server([sys.executable, str(script), str(store), str(ours)], url))
        second = stack.enter_context(run_server(command, f"http://127.0.0.1:{theirs}/query"))
        yield {"kg serve": first, "oxigraph": second}


def drive(server: Server, paths: Iterator[str], folder: Path, seconds: int, *, repeated: bool) -> dict[str, float]:
    """One round of wrk; latencies in milliseconds."""
    targets, script = folder / "paths.txt", folder / "mix.lua"
    targets.write_text("\n".join(paths) + "\n")
    script.write_text(LUA % (targets, '""' if repeated else f'"%23{time.time_ns()}-" .. count'))
    command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "60s", "-s", str(script), server.url]
    before = server.read_cpu()
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    [line] = [line for line in output.splitlines() if line.startswith("RESULT ")]
    found: dict[str, float] = json.loads(line.removeprefix("RESULT "))
    return {**found, "cpu": (server.read_cpu() - before) * 1000 / max(1, found["rps"] * seconds)}


def check_same(servers: dict[str, Server], decisions: list[str]) -> None:
    """Both servers must give the same answers, or the comparison is of no use."""
    for mix in QUERIES:
        if mix == "page":
            continue
        target = next(make_paths(mix, decisions, ""))
        answers = [
            httpx.get(one.url + target, headers={"Accept": "application/sparql-results+json"}, timeout=60).json()
            for one in servers.values()
        ]
        assert answers[0] == answers[1], mix
        assert answers[0]["results"]["bindings"], mix


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--mixes", nargs="+", choices=MIXES, default=list(MIXES))
    parser.add_argument("--store", type=Path, help="a store made before, in place of a generated one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as name:
        folder = Path(name)
        store = options.store or make_store_folder(folder / "store", options.triples)
        with run_both(store, folder) as servers:
            query = f"SELECT ?d {{ {FUSED} {{ ?d a <{terms.KG}Decision> }} }} ORDER BY ?d"
            headers = {"Accept": "application/sparql-results+json"}
            answer = httpx.get(servers["kg serve"].url, params={"query": query}, headers=headers, timeout=60).json()
            decisions = [row["d"]["value"] for row in answer["results"]["bindings"]]
            check_same(servers, decisions)
            compare(servers, decisions, folder, options)


def compare(servers: dict[str, Server], decisions: list[str], folder: Path, options: argparse.Namespace) -> None:
    titles = ("p50 ms", "p95 ms", "p99 ms", "CPU ms", "errors")
    write(f"{'mix':10} {'server':10} {'requests/s':>11}" + "".join(f"{title:>10}" for title in titles) + "     ratio")
    for mix in options.mixes:
        best: dict[str, dict[str, float]] = {}
        for _ in range(options.rounds):
            for name, server in servers.items():
                paths = make_paths(mix, decisions, httpx.URL(server.url).path)
                found = drive(server, paths, folder, options.seconds, repeated=mix == "repeated")
                if name not in best or found["rps"] > best[name]["rps"]:
                    best[name] = found
        for name, found in best.items():
            ratio = best["oxigraph"]["rps"] / found["rps"]
            numbers = "".join(f"{found[key]:10.2f}" for key in ("p50", "p95", "p99", "cpu", "errors"))
            shown = f"{ratio:8.2f}x" if name != "oxigraph" else ""
            write(f"{mix:10} {name:10} {found['rps']:11.1f}{numbers} {shown}")


if __name__ == "__main__":
    main()
