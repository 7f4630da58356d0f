"""A local web service on a store: SPARQL 1.1 endpoint, query page, pages of things (``kg serve``)."""

from kg.service.server import serve_store

__all__ = ["serve_store"]
