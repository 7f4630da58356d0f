"""The web service: SPARQL endpoint, query page, pages of things, health. Read-only; nothing of an article runs as script."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg import terms
from kg.service.pages import format_query_page, format_thing_page
from kg.service.protocol import ProtocolError, find_accepted, read_task
from kg.service.things import find_thing
from kg.service.workers import Answer, Task, WorkerPool

__all__ = ["build_app"]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HEALTH = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?article a schema:NewsArticle } }"


class SafeHeaders:
    """Adds the safe headers to every answer that has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def add_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                message["headers"] += [
                    (name.lower().encode(), value.encode())
                    for name, value in HEADERS.items()
                    if name.lower().encode() not in known
                ]
            await send(message)

        await self.app(scope, receive, add_headers)


def build_app(
    pool: WorkerPool,
    *,
    max_rows: int,
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]"),
    graph_page: Callable[[], bytes] | None = None,
) -> Starlette:
    """The service over a pool of workers. Answers only to ``hosts``; ``graph_page`` makes the interactive graph's page."""

    async def answer_sparql(request: Request) -> Response:
        if request.method == "GET" and not request.scope["query_string"]:
            return HTMLResponse(format_query_page())
        try:
            task = await read_task(request, max_rows=max_rows)
        except ProtocolError as error:
            return PlainTextResponse(f"{error}\n", error.status)
        return _respond(await pool.answer(task))

    async def show_thing(request: Request) -> Response:
        accepted = find_accepted(request.headers.get("accept", "")) or ("text/html",)
        return await find_thing(pool, terms.BASE + request.path_params["name"], accepted, format_thing_page)

    async def show_health(_: Request) -> Response:
        return await _check_health(pool)

    def show_graph(_: Request) -> Response:
        assert graph_page is not None
        policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
        return HTMLResponse(graph_page(), headers={"Content-Security-Policy": policy})

    @asynccontextmanager
    async def live(_: Starlette) -> AsyncIterator[None]:
        yield
        pool.close()

    return Starlette(
        routes=[
            Route("/", _show_query_page),
            Route("/sparql", answer_sparql, methods=["GET", "POST"]),
            Route("/id/{name:path}", show_thing),
            Route("/healthz", show_health),
            *([Route("/graph", show_graph)] if graph_page else []),
            Mount("/static", StaticFiles(directory=Path(str(resources.files("kg.service") / "static")))),
        ],
        middleware=[Middleware(SafeHeaders), Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
        lifespan=live,
    )


async def _show_query_page(_: Request) -> Response:
    return HTMLResponse(format_query_page())


async def _check_health(pool: WorkerPool) -> Response:
    task = Task(text=HEALTH, default_graphs=None, named_graphs=None, accepted=("application/json",), max_rows=1)
    answer = await pool.answer(task)
    if answer.status != 200:
        return JSONResponse({"status": "failing", "reason": answer.body.decode()}, 503)
    [row] = json.loads(answer.body)["results"]["bindings"]
    return JSONResponse({"status": "ok", "articles": int(row["n"]["value"])})


def _respond(answer: Answer) -> Response:
    return Response(answer.body, answer.status, media_type=answer.media_type)
