"""The web service: SPARQL endpoint, pages, health. Read-only; nothing of an article runs as script."""

import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from kg import terms
from kg.service.answers import Task
from kg.service.endpoint import SparqlEndpoint
from kg.service.evaluation import Evaluator, TooLongError
from kg.service.headers import GRAPH_POLICY, HostGuard, SafeHeaders
from kg.service.pages import format_query_page, format_thing_page
from kg.service.protocol import find_accepted
from kg.service.things import find_thing
from kg.service.views import VIEWS, Views

__all__ = ["build_app"]

HEALTH = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?article a schema:NewsArticle } }"


class Service:
    """The endpoint by a direct way, everything else by the routes."""

    def __init__(self, pages: ASGIApp, *, endpoint: ASGIApp) -> None:
        self.pages, self.endpoint = pages, endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self.endpoint if scope["type"] == "http" and scope["path"] == "/sparql" else self.pages
        await app(scope, receive, send)


def build_app(
    evaluator: Evaluator,
    *,
    max_rows: int,
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]"),
    views: dict[str, Callable[..., bytes]] = VIEWS,
) -> ASGIApp:
    """The service over an evaluator. Answers only to ``hosts``; ``views`` make the pages of the whole graph."""
    pages = Views(evaluator.store, views)

    async def show_thing(request: Request) -> Response:
        accepted = find_accepted(request.headers.get("accept", "")) or ("text/html",)
        return await find_thing(evaluator, terms.BASE + request.path_params["name"], accepted, format_thing_page)

    async def show_health(_: Request) -> Response:
        return await _check_health(evaluator)

    async def show_view(request: Request) -> Response:
        name = request.url.path.removeprefix("/")
        try:
            page = await evaluator.run(pages.find_page, name)
        except TooLongError as error:
            return PlainTextResponse(f"{error}; kg serve --timeout allows more\n", 503)
        return HTMLResponse(page, headers={"Content-Security-Policy": GRAPH_POLICY} if name == "graph" else None)

    starlette = Starlette(
        routes=[
            Route("/", _show_query_page),
            Route("/id/{name:path}", show_thing),
            Route("/healthz", show_health),
            *(Route(f"/{name}", show_view) for name in views),
            Mount("/static", StaticFiles(directory=Path(str(resources.files("kg.service") / "static")))),
        ],
    )
    service = Service(SafeHeaders(starlette), endpoint=SparqlEndpoint(evaluator, max_rows=max_rows))
    return HostGuard(service, hosts=hosts)


async def _show_query_page(_: Request) -> Response:
    return HTMLResponse(format_query_page())


async def _check_health(evaluator: Evaluator) -> Response:
    task = Task(text=HEALTH, default_graphs=None, named_graphs=None, accepted=("application/json",), max_rows=1)
    answer = await evaluator.answer(task)
    if answer.status != 200:
        return JSONResponse({"status": "failing", "reason": answer.body.decode()}, 503)
    [row] = json.loads(answer.body)["results"]["bindings"]
    return JSONResponse({"status": "ok", "articles": int(row["n"]["value"])})
