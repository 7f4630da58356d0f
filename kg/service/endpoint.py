"""The SPARQL endpoint as an ASGI application: requests in, answers out, and the last answers kept."""

from collections import OrderedDict

from starlette.types import Receive, Scope, Send

from kg.service.answers import Answer, refuse
from kg.service.evaluation import Evaluator
from kg.service.headers import SAFE_HEADERS
from kg.service.pages import format_query_page
from kg.service.protocol import ProtocolError, read_task

__all__ = ["AnswerCache", "SparqlEndpoint"]

METHODS = ("GET", "HEAD", "POST")
#: Most bytes of the answers that are kept, and of one of them.
CACHE_BYTES, CACHED_BYTES = 32 << 20, 1 << 20


class AnswerCache:
    """The answers asked for last: the store does not change while it is served, and so an answer stays true."""

    def __init__(self, size: int = CACHE_BYTES) -> None:
        self.size, self._used = size, 0
        self._answers: OrderedDict[bytes, Answer] = OrderedDict()

    def find(self, key: bytes) -> Answer | None:
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        return answer

    def keep(self, key: bytes, answer: Answer) -> None:
        """Keep an answer that is no refusal and not large; the one not asked for longest goes."""
        if answer.status != 200 or len(answer.body) > CACHED_BYTES or key in self._answers:
            return
        self._answers[key] = answer
        self._used += len(key) + len(answer.body)
        while self._used > self.size:
            gone, old = self._answers.popitem(last=False)
            self._used -= len(gone) + len(old.body)


class SparqlEndpoint:
    """The SPARQL Protocol, or the query page for a request without any parameter.

    An application of its own, with no routes or handlers around it: these cost more than a query does.
    """

    def __init__(self, evaluator: Evaluator, *, max_rows: int) -> None:
        self.evaluator, self.max_rows, self.cache = evaluator, max_rows, AnswerCache()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._find_answer(scope, receive)
        headers = [
            (b"content-type", answer.media_type.encode("ascii")),
            (b"content-length", str(len(answer.body)).encode("ascii")),
            (b"vary", b"accept"),
            *SAFE_HEADERS,
        ]
        if answer.status == 405:
            headers.append((b"allow", ", ".join(METHODS).encode("ascii")))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _find_answer(self, scope: Scope, receive: Receive) -> Answer:
        method = scope["method"]
        if method not in METHODS:
            return refuse(405, f"allowed: {', '.join(METHODS)}")
        if method == "POST":
            return await self._ask(scope, receive)
        if not scope["query_string"]:
            return Answer(status=200, media_type="text/html; charset=utf-8", body=format_query_page().encode())
        key = _make_key(scope)
        answer = self.cache.find(key)
        if answer is None:
            answer = await self._ask(scope, receive)
            self.cache.keep(key, answer)
        return answer

    async def _ask(self, scope: Scope, receive: Receive) -> Answer:
        try:
            task = await read_task(scope, receive, max_rows=self.max_rows)
        except ProtocolError as error:
            return refuse(error.status, str(error))
        return await self.evaluator.answer(task)


def _make_key(scope: Scope) -> bytes:
    """What the answer to a GET depends on: the parameters and what is accepted; a line feed can be in neither."""
    accepted = b",".join(value for name, value in scope["headers"] if name == b"accept")
    query: bytes = scope["query_string"]
    return accepted + b"\n" + query
