"""Real SPARQL servers for the tests: Oxigraph (PyPI ``oxigraph``) and Virtuoso (Debian ``virtuoso-opensource``)."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

__all__ = ["run_oxigraph", "run_virtuoso"]

VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql_port}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = {port}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 10000
"""
GRANTS = 'GRANT SPARQL_UPDATE TO "SPARQL";GRANT EXECUTE ON DB.DBA.SPARQL_INSERT_DICT_CONTENT TO "SPARQL";'


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_program(name: str, *, package: str) -> str:
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if not found:
        pytest.skip(f"{name} is not installed ({package})")
    return found


@contextmanager
def run_program(command: list[str], url: str) -> Iterator[None]:
    """The program, once its service answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                httpx.get(url, params={"query": "ASK { ?s ?p ?o }"}).raise_for_status()
                break
            except httpx.HTTPError:
                assert process.poll() is None, f"{command[0]} ended at once"
                time.sleep(0.1)
        else:
            pytest.fail(f"{command[0]} does not answer")
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def run_oxigraph(folder: Path) -> Iterator[str]:
    """The location of a store in a new Oxigraph server."""
    port = find_free_port()
    program = find_program("oxigraph", package="PyPI oxigraph")
    command = [program, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with run_program(command, f"http://127.0.0.1:{port}/query"):
        yield f"sparql+http://127.0.0.1:{port}/query"


@contextmanager
def run_virtuoso(folder: Path) -> Iterator[str]:
    """The location of a store in a new Virtuoso server that lets anybody write."""
    port, sql_port = find_free_port(), find_free_port()
    program = find_program("virtuoso-t", package="Debian virtuoso-opensource")
    isql = find_program("isql-vt", package="Debian virtuoso-opensource")
    settings = folder / "virtuoso.ini"
    settings.write_text(VIRTUOSO.format(folder=folder, port=port, sql_port=sql_port))
    url = f"http://127.0.0.1:{port}/sparql"
    with run_program([program, "+configfile", str(settings), "+foreground"], url):
        subprocess.run([isql, str(sql_port), "dba", "dba", f"exec={GRANTS}"], check=True, stdout=subprocess.DEVNULL)
        yield f"sparql+{url}?update=sparql&graphs=sparql-graph-crud"
