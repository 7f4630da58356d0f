"""Headers that keep a browser safe, and the check of the host name that keeps other sites' pages out."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["GRAPH_POLICY", "SAFE_HEADERS", "HostGuard", "SafeHeaders", "find_host"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The interactive graph is one file with its own script; it may load nothing and send nothing.
GRAPH_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFE_HEADERS: list[tuple[bytes, bytes]] = [
    (b"content-security-policy", POLICY.encode("ascii")),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


class SafeHeaders:
    """Adds the safe headers to every answer that has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def add_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name for name, _ in message["headers"]}
                message["headers"] += [header for header in SAFE_HEADERS if header[0] not in known]
            await send(message)

        await self.app(scope, receive, add_headers)


class HostGuard:
    """Answers only to some host names (``*``: to any), so that no name that leads here by DNS can be used to ask."""

    def __init__(self, app: ASGIApp, *, hosts: tuple[str, ...]) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "*" in self.hosts or scope["type"] != "http" or find_host(scope) in self.hosts:
            await self.app(scope, receive, send)
        else:
            refusal = PlainTextResponse("this service does not answer to that host name\n", 400)
            await SafeHeaders(refusal)(scope, receive, send)


def find_host(scope: Scope) -> str:
    """The host name that a request names, without its port; IPv6 addresses keep their brackets.

    >>> find_host({"headers": [(b"host", b"[::1]:8765")]})
    '[::1]'
    """
    value = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1").lower()
    return value[: value.find("]") + 1] if value.startswith("[") else value.partition(":")[0]
