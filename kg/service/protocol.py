"""SPARQL 1.1 Protocol: what a request asks (W3C Recommendation of 21 March 2013, section 2.1)."""

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import Receive, Scope

from kg.service.answers import Task

__all__ = ["MAX_BODY", "ProtocolError", "find_accepted", "read_task"]

#: Most bytes of a request's body.
MAX_BODY = 1 << 20
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE_PARAMETERS = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})
UPDATES = "this service is read-only: updates are refused"
#: What a request without ``Accept`` gets.
DEFAULT_TYPES = ("application/sparql-results+json", "text/turtle")


class ProtocolError(Exception):
    """A request that is refused: HTTP status and reason."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def read_task(scope: Scope, receive: Receive, *, max_rows: int) -> Task:
    """The query of a GET, a form POST or a direct POST. Raises ``ProtocolError``."""
    headers = dict(scope["headers"])
    pairs = _parse_pairs(scope["query_string"])
    if scope["method"] == "POST":
        pairs = await _read_post(Request(scope, receive), pairs)
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if not UPDATE_PARAMETERS.isdisjoint(values):
        raise ProtocolError(403, UPDATES)
    queries = values.get("query", [])
    if len(queries) != 1:
        raise ProtocolError(400, f"{len(queries)} query parameters; allowed: one")
    return Task(
        text=queries[0],
        default_graphs=_read_graphs(values.get("default-graph-uri")),
        named_graphs=_read_graphs(values.get("named-graph-uri")),
        accepted=find_accepted(headers.get(b"accept", b"").decode("latin-1")) or DEFAULT_TYPES,
        max_rows=max_rows,
    )


async def _read_post(request: Request, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/sparql-update":
        raise ProtocolError(403, UPDATES)
    if kind not in (FORM, QUERY):
        raise ProtocolError(415, f"content type {kind!r}; allowed: {FORM}, {QUERY}")
    body = await _read_body(request)
    if kind == FORM:
        return pairs + _parse_pairs(body)
    return [*pairs, ("query", _decode(body))]


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            raise ProtocolError(413, f"the request has more than {MAX_BODY} bytes")
    return bytes(body)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the request is not UTF-8") from error


def _parse_pairs(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_decode(data), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the request is not UTF-8") from error
    except ValueError as error:
        raise ProtocolError(400, f"malformed parameters: {error}") from error


def _read_graphs(names: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(dict.fromkeys(names))


@lru_cache(maxsize=1024)
def find_accepted(header: str) -> tuple[str, ...]:
    """The media ranges of an ``Accept`` header, best first; those of quality 0 are left out (RFC 9110, 12.5.1).

    >>> find_accepted("text/html, text/csv;q=0.5, */*;q=0.1, text/turtle;q=0")
    ('text/html', 'text/csv', '*/*')
    """
    ranges = []
    for place, part in enumerate(header.split(",")):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        try:
            weight = float(quality)
        except ValueError:
            weight = 0.0
        if name and weight > 0:
            ranges.append((-weight, place, name))
    return tuple(name for _, _, name in sorted(ranges))
