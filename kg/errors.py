"""Errors: what was found, what is allowed, where."""

__all__ = [
    "ArticleError",
    "CorrectionError",
    "ExportError",
    "KGError",
    "ModelError",
    "OntologyError",
    "QueryError",
    "StoreError",
    "ValidationError",
]


class KGError(Exception):
    """Root of every error the package raises on purpose; the command line turns it into exit code 1."""


class ArticleError(KGError):
    """An article could not be read: missing, empty, binary, undecodable, too large, or of an unknown format."""


class OntologyError(KGError):
    """An ontology file or one of its entries was refused; the message names the IRI or the file."""


class ModelError(KGError):
    """A language pipeline is missing, incomplete or lacks an annotation the extractors need."""


class StoreError(KGError):
    """A store could not be opened, read or written."""


class QueryError(KGError):
    """A SPARQL query or a stored question was refused; the message gives the parser's line and reason."""


class ExportError(KGError):
    """An export could not be written: unknown format or a target that cannot be written."""


class ValidationError(KGError):
    """The graph breaks the SHACL shapes; the message holds the report."""


class CorrectionError(KGError):
    """An entry of a corrections file is malformed or no longer matches the graph."""
