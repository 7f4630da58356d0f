"""What a format's reader gets and gives."""

from dataclasses import dataclass

from kg.errors import ArticleError
from kg.model import Article

__all__ = ["Content", "Reading"]

#: What a reader yields: an article, or the reason why one could not be had.
Reading = Article | ArticleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file's bytes; ``where`` names it in messages, ``name`` is its name without folder and ending."""

    data: bytes
    where: str
    name: str
