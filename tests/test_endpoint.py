"""Failing, slow and foreign SPARQL servers: clear errors, further tries, no secrets shown."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kg.endpoint import EndpointStore
from kg.errors import StoreError
from kg.sparql_client import SparqlClient
from kg.store import open_store
from tests.servers import find_free_port

ASK = "ASK { ?s ?p ?o }"


class Server(BaseHTTPRequestHandler):
    """Answers what the test has queued: status, headers, body."""

    answers: list[tuple[int, dict[str, str], bytes]] = []  # noqa: RUF012
    requests: list[tuple[str, str, str, bytes]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.requests.append((self.command, self.path, self.headers.get("Authorization", ""), body))
        status, headers, data = self.answers.pop(0)
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_PUT = do_POST  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    Server.answers, Server.requests = [], []
    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"sparql+http://127.0.0.1:{server.server_port}/query"
    server.shutdown()
    server.server_close()


def make_store(url: str, **environment: str) -> EndpointStore:
    return EndpointStore(SparqlClient(url, environment=environment, waits=(0, 0)), location=url)


YES = (200, {"Content-Type": "application/sparql-results+json"}, b'{"head":{},"boolean":true}')
BUSY = (503, {}, b"try later")


def test_busy_server_is_asked_again(url: str) -> None:
    Server.answers = [BUSY, BUSY, YES]
    assert make_store(url).query(ASK)


def test_server_that_stays_busy_is_told(url: str) -> None:
    Server.answers = [BUSY] * 3
    with pytest.raises(StoreError, match="no answer after 3 tries: HTTP 503 try later"):
        make_store(url).query(ASK)


def test_server_out_of_reach_is_told() -> None:
    with pytest.raises(StoreError, match="no answer after 3 tries: ConnectError"):
        make_store(f"sparql+http://127.0.0.1:{find_free_port()}/query").query(ASK)


def test_refusal_is_told_at_once(url: str) -> None:
    Server.answers = [(500, {}, b"out of memory\n\nat line 1")]
    with pytest.raises(StoreError, match="POST /query refused: HTTP 500 out of memory at line 1"):
        make_store(url).query(ASK)


def test_missing_credentials_are_told(url: str) -> None:
    Server.answers = [(401, {"WWW-Authenticate": "Basic"}, b"")]
    with pytest.raises(StoreError, match="set KG_SPARQL_USER"):
        make_store(url).query(ASK)


def test_credentials_come_from_the_environment(url: str) -> None:
    Server.answers = [YES, YES]
    make_store(url, KG_SPARQL_USER="ada", KG_SPARQL_PASSWORD="secret").query(ASK)
    make_store(url, KG_SPARQL_TOKEN="t0k").query(ASK)
    assert [request[2] for request in Server.requests] == ["Basic YWRhOnNlY3JldA==", "Bearer t0k"]


def test_answer_that_is_no_result_is_told(url: str) -> None:
    Server.answers = [(200, {}, b"<html>login</html>")]
    with pytest.raises(StoreError, match="no SPARQL result"):
        make_store(url).query(ASK)


def test_malformed_query_is_not_sent(url: str) -> None:
    with pytest.raises(SyntaxError, match="error at 1:"):
        make_store(url).query("SELEC")
    assert Server.requests == []


@pytest.mark.parametrize("location", ["sparql+ftp://host/q", "sparql+http:///q", "sparql+nothing"])
def test_location_that_is_no_address_is_told(location: str) -> None:
    with pytest.raises(StoreError, match="is no address"):
        open_store(location)


def test_credentials_in_the_address_are_refused() -> None:
    with pytest.raises(StoreError, match="would be shown"):
        open_store("sparql+http://ada:secret@host/q")


def test_services_beside_the_query_service() -> None:
    client = SparqlClient("sparql+https://host:1/ds/sparql?update=update&graphs=/other/data")
    assert (client.query_url, client.update_url, client.graphs_url) == (
        "https://host:1/ds/sparql",
        "https://host:1/ds/update",
        "https://host:1/other/data",
    )
