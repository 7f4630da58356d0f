"""HTTP to a SPARQL 1.1 server: one method for each operation, clear errors, retries with back-off.

Every request here may be made twice without harm (reads, PUT of a whole graph, INSERT and DELETE DATA, DROP SILENT), so
all are tried again when the connection fails or the server is busy.
"""

import os
import time
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urljoin, urlsplit, urlunsplit

import httpx

from kg.errors import StoreError

__all__ = ["SparqlClient"]

#: Seconds to wait before each further try.
WAITS = (0.2, 0.8, 3.2)
#: Answers of a server that is busy or restarting.
BUSY = frozenset({429, 502, 503, 504})
TIMEOUT = 120.0
#: Most of a server's message that an error repeats.
MAX_MESSAGE = 300


class SparqlClient:
    """The three services of one server. ``waits`` are the seconds between tries.

    Raises ``StoreError`` from every method when the server cannot be reached, refuses or fails.
    """

    def __init__(
        self, location: str, *, environment: Mapping[str, str] = os.environ, waits: Sequence[float] = WAITS
    ) -> None:
        parts = urlsplit(location.removeprefix("sparql+"))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise StoreError(f"store {location!r} is no address (allowed: sparql+http://HOST/PATH or sparql+https://…)")
        if parts.username or parts.password:
            raise StoreError(
                "credentials in a store's address would be shown: set KG_SPARQL_USER and KG_SPARQL_PASSWORD"
            )
        options = parse_qs(parts.query)
        self.location = location
        self.query_url = urlunsplit((parts.scheme, parts.netloc, parts.path or "/query", "", ""))
        self.update_url = urljoin(self.query_url, options.get("update", ["update"])[0])
        self.graphs_url = urljoin(self.query_url, options.get("graphs", ["store"])[0])
        self.waits = waits
        user, token = environment.get("KG_SPARQL_USER"), environment.get("KG_SPARQL_TOKEN")
        self.basic_auth = (user, environment.get("KG_SPARQL_PASSWORD", "")) if user else None
        headers = {"User-Agent": "decision-kg", **({"Authorization": f"Bearer {token}"} if token else {})}
        self._client = httpx.Client(timeout=TIMEOUT, headers=headers, auth=self.basic_auth, follow_redirects=False)

    def select(self, text: str, dataset: Sequence[tuple[str, str]] = ()) -> bytes:
        """SPARQL JSON results of a SELECT or ASK."""
        return self._ask(text, dataset, accept="application/sparql-results+json")

    def construct(self, text: str, dataset: Sequence[tuple[str, str]] = ()) -> bytes:
        """Turtle (or N-Triples, which is Turtle) of a CONSTRUCT or DESCRIBE."""
        return self._ask(text, dataset, accept="application/n-triples, text/turtle;q=0.9")

    def _ask(self, text: str, dataset: Sequence[tuple[str, str]], *, accept: str) -> bytes:
        form: dict[str, str | list[str]] = {"query": text}
        for name, value in dataset:
            values = form.setdefault(name, [])
            assert isinstance(values, list)
            values.append(value)
        return self._send("POST", self.query_url, data=form, headers={"Accept": accept}).content

    def update(self, text: str) -> None:
        """One SPARQL Update request: one transaction of the server."""
        self._send("POST", self.update_url, data={"update": text})

    def get_graph(self, name: str) -> bytes:
        """The graph in Turtle or N-Triples; nothing where there is none."""
        headers = {"Accept": "application/n-triples, text/turtle;q=0.9"}
        answer = self._send("GET", self.graphs_url, params={"graph": name}, headers=headers, missing=True)
        return b"" if answer.status_code == httpx.codes.NOT_FOUND else answer.content

    def put_graph(self, name: str, lines: bytes) -> None:
        """Make the graph hold exactly these N-Triples lines."""
        headers = {"Content-Type": "text/turtle; charset=utf-8"}
        self._send("PUT", self.graphs_url, params={"graph": name}, content=lines, headers=headers)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _send(self, method: str, url: str, *, missing: bool = False, **request: object) -> httpx.Response:
        """One request, tried again while the server is busy or out of reach; ``missing`` lets 404 pass."""
        problem = ""
        for wait in (*self.waits, None):
            try:
                answer = self._client.request(method, url, **request)  # type: ignore[arg-type]
            except httpx.HTTPError as error:
                problem = f"{type(error).__name__}: {error}".rstrip(": ")
            else:
                if answer.status_code not in BUSY:
                    return self._check(answer, missing=missing)
                problem = _describe_answer(answer)
            if wait is not None:
                time.sleep(wait)
        raise StoreError(f"store {self.location}: no answer after {len(self.waits) + 1} tries: {problem}")

    def _check(self, answer: httpx.Response, *, missing: bool) -> httpx.Response:
        if answer.is_success or (missing and answer.status_code == httpx.codes.NOT_FOUND):
            return answer
        message = _describe_answer(answer)
        if answer.status_code in (401, 403):
            message += "; set KG_SPARQL_USER and KG_SPARQL_PASSWORD, or KG_SPARQL_TOKEN"
        raise StoreError(f"store {self.location}: {answer.request.method} {answer.request.url.path} refused: {message}")


def _describe_answer(answer: httpx.Response) -> str:
    text = " ".join(answer.text.split())
    return f"HTTP {answer.status_code} {text[:MAX_MESSAGE]}".rstrip()
