"""Bibliographic fields under the names that exports of news use, and the article made from them."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from dateutil import parser as dates

from kg.articles.texts import MAX_CHARACTERS, normalise_text
from kg.errors import ArticleError
from kg.model import Article

__all__ = ["FIELD_NAMES", "make_article", "mint_article_id", "read_field"]

#: Accepted names of each field, best first; matched without regard to case, "-" and "_".
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "headline": ("title", "headline"),
    "text": ("text", "body", "content", "articleBody", "maintext", "article"),
    "publisher": ("publisher", "outlet", "site_name", "sitename", "newspaper", "source"),
    "author": ("author", "authors", "byline", "creator"),
    "published": ("date", "published", "published_at", "date_published", "date_publish", "pub_date", "datetime"),
    "url": ("url", "link", "canonical_url", "source_url"),
    "language": ("lang", "language", "in_language"),
    "name": ("name", "id", "identifier"),
}

_ISO_SHORT = re.compile(r"\d{4}(-\d{2})?\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*\Z")
#: NUL stands in binary files, half a surrogate pair in broken JSON; neither can be stored.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_HEADING = re.compile(r"#{1,6}\s+")


def read_field(fields: Mapping[str, object], name: str) -> str:
    """The first of the accepted names of field ``name`` that has a value; empty where none has."""
    folded = {_fold(key): value for key, value in reversed(list(fields.items()))}
    for candidate in FIELD_NAMES[name]:
        value = _as_text(folded.get(_fold(candidate)))
        if value:
            return value
    return ""


def make_article(text: str, fields: Mapping[str, object], *, where: str, name: str) -> Article:
    """An article from its whole text (headline first) and fields; ``where`` names the place in messages.

    Raises ``ArticleError`` when the text is empty, too long or no text, or a field has a value it cannot have.
    """
    text = normalise_text(text)
    _check_length(text, where)
    _check_characters(text, where)
    article = Article(
        id="",
        text=text,
        headline=_first_line(text),
        publisher=read_field(fields, "publisher"),
        author=read_field(fields, "author"),
        published=_read_date(read_field(fields, "published"), where),
        url=_read_url(read_field(fields, "url"), where),
        language=_read_language(read_field(fields, "language"), where),
        name=name,
    )
    for value in (article.publisher, article.author, article.url, article.name):
        _check_characters(value, where)
    return replace(article, id=mint_article_id(article))


def mint_article_id(article: Article) -> str:
    """The name that content and bibliographic fields give: 32 hexadecimal digits of their SHA-256.

    >>> mint_article_id(Article(id="", text="Ban lifted"))
    'af0bd67bd11652fa7d6f42d11c390582'
    """
    parts = [
        article.text,
        article.headline,
        article.publisher,
        article.author,
        article.published,
        article.url,
        article.language,
    ]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]


def _check_length(text: str, where: str) -> None:
    if not text.strip():
        raise ArticleError(f"{where}: empty article; at least one line of text is expected")
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(f"{where}: {len(text):,} characters; an article may have {MAX_CHARACTERS:,} at most")


def _check_characters(text: str, where: str) -> None:
    bad = _NO_TEXT.search(text)
    if bad:
        raise ArticleError(f"{where}: no text (U+{ord(bad[0]):04X} at offset {bad.start()}); Unicode text is expected")


def _first_line(text: str) -> str:
    line = text.strip().split("\n", 1)[0].strip()
    return _HEADING.sub("", line, count=1) if line.startswith("#") else line


def _fold(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "")


def _as_text(value: object) -> str:
    """Strings, numbers, named things ({"name": ...}, as schema.org and news APIs write) and lists of those."""
    if isinstance(value, list):
        return ", ".join(part for part in map(_as_name, value) if part)
    return _as_name(value)


def _as_name(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return normalise_text(value).strip() if isinstance(value, str) else ""


def _read_date(value: str, where: str) -> str:
    """ISO 8601 as it is; other forms only where day and month cannot be mistaken; the time zone stays as written."""
    if not value or _ISO_SHORT.match(value) or _is_iso(value):
        return value
    readings = {_parse_date(value, year=year, dayfirst=dayfirst) for year in (1, 3) for dayfirst in (True, False)}
    if len(readings) == 1 and (reading := readings.pop()) is not None:
        return reading.isoformat() if ":" in value else reading.date().isoformat()
    allowed = "ISO 8601 (2024-05-31), RFC 2822 or a date in words (May 31, 2024)"
    raise ArticleError(f"{where}: date {value[:60]!r} is unclear; allowed: {allowed}")


def _is_iso(value: str) -> bool:
    for kind in (date, datetime):
        try:
            kind.fromisoformat(value)
        except ValueError:
            continue
        return True
    return False


def _parse_date(value: str, *, year: int, dayfirst: bool) -> datetime | None:
    """``year`` also sets the default month and day, so that a date with a part missing reads differently each time."""
    try:
        reading: datetime = dates.parse(value, default=datetime(year, year, year), dayfirst=dayfirst)
    except (ValueError, OverflowError):
        return None
    return reading


def _read_url(value: str, where: str) -> str:
    if value and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z", value):
        raise ArticleError(f"{where}: url {value[:60]!r} is no absolute address; allowed: https://example.org/page")
    return value


def _read_language(value: str, where: str) -> str:
    if value and not _LANGUAGE.match(value):
        raise ArticleError(f"{where}: lang {value[:60]!r} is no language tag; allowed: BCP 47 (en, en-GB)")
    return value.replace("_", "-") or "en"
