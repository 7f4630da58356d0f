"""Articles in JSON: one object, a list of objects, ``{"articles": [...]}``, or one object a line."""

import json
from collections.abc import Iterator, Mapping

from kg.articles.fields import FIELD_NAMES, make_article, read_field
from kg.articles.reading import Content, Reading
from kg.articles.texts import decode_text
from kg.errors import ArticleError

__all__ = ["read_json", "read_json_lines"]


def read_json(content: Content) -> Iterator[Reading]:
    """One article for each object; a broken object is an error of its own, a broken file one for all."""
    records = _parse(decode_text(content.data, content.where), content.where)
    if isinstance(records, Mapping) and isinstance(records.get("articles"), list):
        records = records["articles"]
    if not isinstance(records, list):
        yield _read_record(records, content.where, content.name)
        return
    if not records:
        raise ArticleError(f"{content.where}: an empty list; at least one article object is expected")
    for number, record in enumerate(records, 1):
        yield _read_record(record, f"{content.where}, item {number}", f"{content.name}-{number}")


def read_json_lines(content: Content) -> Iterator[Reading]:
    """One article a line; blank lines are passed over, a broken line is an error that names the line."""
    lines = content.data.splitlines()
    if not any(line.strip() for line in lines):
        raise ArticleError(f"{content.where}: empty file; one JSON object a line is expected")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{content.where}, line {number}"
        try:
            record = _parse(decode_text(line, where), where)
        except ArticleError as error:
            yield error
            continue
        yield _read_record(record, where, f"{content.name}-{number}")


def _parse(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if "\n" in text else f"column {error.colno}"
        raise ArticleError(f"{where}: broken JSON ({error.msg} at {place})") from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{where}: broken JSON (a number too long or nested too deeply)") from error


def _read_record(record: object, where: str, name: str) -> Reading:
    if not isinstance(record, Mapping):
        return ArticleError(f"{where}: {type(record).__name__} found; an object with a text field is expected")
    body = read_field(record, "text")
    if not body:
        allowed = ", ".join(FIELD_NAMES["text"])
        found = ", ".join(sorted(map(str, record)))[:120] or "none"
        return ArticleError(f"{where}: no text; fields found: {found}; allowed for the text: {allowed}")
    headline = " ".join(read_field(record, "headline").split())
    text = body if not headline or body.startswith(headline) else f"{headline}\n{body}"
    try:
        return make_article(text, record, where=where, name=read_field(record, "name") or name)
    except ArticleError as error:
        return error
