"""Articles in web pages and in feeds."""

import io
import logging
import re
from collections.abc import Iterator, Mapping

import feedparser
import trafilatura
from lxml import html

from kg.articles.fields import make_article, read_field
from kg.articles.reading import Content, Reading
from kg.articles.texts import decode_text
from kg.errors import ArticleError

__all__ = ["read_feed", "read_page"]

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
#: Metadata only: no search of the page's text for something like a date.
_DATES = {"extensive_search": False, "original_date": True}
_SPACE = re.compile(r"[ \t\r\f\v]+")


def read_page(content: Content) -> Iterator[Reading]:
    """The main text of an HTML page and the metadata that it states, by trafilatura (Barbaresi 2021).

    Raises ``ArticleError`` when the page holds no article text.
    """
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = _decode_page(content)
    found = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
    )
    body = getattr(found, "text", None) or ""
    if not body.strip():
        raise ArticleError(f"{content.where}: HTML without article text; paragraphs of text are expected")
    fields = {
        "publisher": getattr(found, "sitename", None),
        "author": getattr(found, "author", None),
        "date": getattr(found, "date", None),
        "url": getattr(found, "url", None),
        "lang": _page_language(page),
    }
    title = " ".join((getattr(found, "title", None) or "").split())
    text = body if not title or body.startswith(title) else f"{title}\n{body}"
    yield make_article(text, fields, where=content.where, name=content.name)


def read_feed(content: Content) -> Iterator[Reading]:
    """The entries of an RSS or Atom feed that carry text, by feedparser; the feed's title is the publisher."""
    decode_text(content.data, content.where)
    parsed = feedparser.parse(io.BytesIO(content.data))
    if not parsed.get("version") or not parsed.entries:
        raise ArticleError(f"{content.where}: no RSS or Atom feed with entries; allowed in .xml: feeds")
    for number, entry in enumerate(parsed.entries, 1):
        where = f"{content.where}, entry {number}"
        try:
            yield _read_entry(entry, parsed.feed, where=where, name=f"{content.name}-{number}")
        except ArticleError as error:
            yield error


def _read_entry(entry: Mapping[str, object], feed: Mapping[str, object], *, where: str, name: str) -> Reading:
    body = _strip_markup(_entry_body(entry))
    if not body:
        raise ArticleError(f"{where}: no text; content, description or summary is expected")
    headline = " ".join(_strip_markup(read_field(entry, "headline")).split())
    fields = {
        "publisher": _strip_markup(str(feed.get("title", ""))),
        "author": entry.get("author"),
        "date": entry.get("published") or entry.get("updated"),
        "url": entry.get("link"),
        "lang": feed.get("language"),
    }
    text = body if not headline or body.startswith(headline) else f"{headline}\n{body}"
    return make_article(text, fields, where=where, name=name)


def _entry_body(entry: Mapping[str, object]) -> str:
    contents = entry.get("content")
    values = [str(part.get("value", "")) for part in contents] if isinstance(contents, list) else []
    return max([*values, str(entry.get("summary", ""))], key=len)


def _strip_markup(markup: str) -> str:
    """Text of an HTML fragment, a paragraph a line."""
    if not markup.strip():
        return ""
    root = html.fragment_fromstring(markup.replace("\0", ""), create_parent="div")
    for element in list(root.iter("script", "style")):
        element.drop_tree()
    for element in root.iter("p", "br", "div", "li"):
        element.tail = "\n" + (element.tail or "")
    lines = (_SPACE.sub(" ", line).strip() for line in str(root.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)


def _decode_page(content: Content) -> str:
    """UTF-8, or the encoding that the page itself declares."""
    declared = _CHARSET.search(content.data[:2048])
    try:
        return decode_text(content.data, content.where)
    except ArticleError:
        if declared is None or b"\0" in content.data:
            raise
    encoding = declared[1].decode("ascii")
    try:
        return content.data.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise ArticleError(f"{content.where}: declared encoding {encoding!r} does not decode the page") from error


def _page_language(page: str) -> str:
    declared = re.search(r"<html[^>]*\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)", page[:4096])
    return declared[1] if declared else ""
