"""Files, folders, standard input -> articles: the one place where text is normalised."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from kg.articles.fields import FIELD_NAMES, make_article, mint_article_id
from kg.articles.pages import read_feed, read_page
from kg.articles.reading import Content, Reading
from kg.articles.records import read_json, read_json_lines
from kg.articles.texts import MAX_BYTES, MAX_CHARACTERS, decode_text, split_front_matter
from kg.errors import ArticleError
from kg.model import Article

__all__ = ["FIELD_NAMES", "FORMATS", "MAX_CHARACTERS", "STANDARD_INPUT", "mint_article_id", "read_articles"]

#: The path that stands for standard input.
STANDARD_INPUT = "-"


def read_text(content: Content) -> Iterator[Reading]:
    """A plain text: first line the headline, optional YAML front matter with the bibliographic fields."""
    fields, text = split_front_matter(decode_text(content.data, content.where), content.where)
    yield make_article(text, fields, where=content.where, name=content.name)


#: Reader of each file ending.
FORMATS: Mapping[str, Callable[[Content], Iterator[Reading]]] = {
    ".txt": read_text,
    ".md": read_text,
    ".markdown": read_text,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
}

_MANY = frozenset({read_json, read_json_lines, read_feed})


def read_articles(
    paths: Iterable[str | os.PathLike[str]], *, on_error: Callable[[ArticleError], None] | None = None
) -> Iterator[Article]:
    """Articles of files, folders (searched recursively, in sorted order) and ``-`` (standard input), in that order.

    In a folder, files of other endings and hidden ones are passed over. An article that cannot be read is handed to
    ``on_error`` and skipped; without ``on_error`` it raises ``ArticleError``, whose message says what was found, what
    is allowed, and where.
    """
    for path in paths:
        for reading in _read_path(path):
            if isinstance(reading, Article):
                yield reading
            elif on_error is None:
                raise reading
            else:
                on_error(reading)


def _read_path(path: str | os.PathLike[str]) -> Iterator[Reading]:
    if os.fspath(path) == STANDARD_INPUT:
        yield from _read_content(*_sniff(sys.stdin.buffer.read()))
        return
    try:
        files = _list_files(Path(path))
    except ArticleError as error:
        yield error
        return
    for file in files:
        yield from _read_file(file)


def _list_files(path: Path) -> list[Path]:
    """The path itself, or a folder's article files; links to folders are not followed."""
    if not path.is_dir():
        return [path]
    files: list[Path] = []
    for folder, folders, names in os.walk(path, onerror=_refuse_folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(folder, name) for name in names if _is_article(name)]
    if not files:
        raise ArticleError(f"{_show(path)}: a folder without articles; files in it may end in {', '.join(FORMATS)}")
    return sorted(files, key=_sort_key)


def _refuse_folder(error: OSError) -> None:
    raise ArticleError(f"{_show(Path(error.filename))}: cannot be read ({error.strerror})") from error


def _is_article(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in FORMATS


def _sort_key(path: Path) -> tuple[bytes, ...]:
    return tuple(os.fsencode(part) for part in path.parts)


def _read_file(path: Path) -> Iterator[Reading]:
    where = _show(path)
    reader = FORMATS.get(path.suffix.lower())
    try:
        size = path.stat().st_size
        if not path.is_file():
            yield ArticleError(f"{where}: neither a file nor a folder")
        elif reader is None:
            found = f"unknown format {path.suffix!r}" if path.suffix else "no file ending"
            yield ArticleError(f"{where}: {found}; allowed: {', '.join(FORMATS)}, a folder, or - for standard input")
        elif size > MAX_BYTES and reader not in _MANY:
            yield ArticleError(f"{where}: {size:,} bytes; one article may have {MAX_BYTES:,} at most")
        else:
            yield from _read_content(Content(data=path.read_bytes(), where=where, name=_show(Path(path.stem))), reader)
    except FileNotFoundError:
        yield ArticleError(f"{where}: no such file or folder")
    except OSError as error:
        yield ArticleError(f"{where}: cannot be read ({error.strerror})")


def _read_content(content: Content, reader: Callable[[Content], Iterator[Reading]]) -> Iterator[Reading]:
    try:
        yield from reader(content)
    except ArticleError as error:
        yield error


def _sniff(data: bytes) -> tuple[Content, Callable[[Content], Iterator[Reading]]]:
    """Standard input has no ending: ``{`` or ``[{`` opens JSON, ``<`` a page or a feed; all else is text."""
    content = Content(data=data, where="standard input", name="stdin")
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if head.startswith(b"{"):
        return content, read_json_lines if _opens_with_json_line(data) else read_json
    if head.startswith(b"[") and head[1:].lstrip().startswith((b"{", b"]")):
        return content, read_json
    if not head.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body", b"<rss", b"<feed", b"<rdf:rdf")):
        return content, read_text
    return content, read_feed if any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf")) else read_page


def _opens_with_json_line(data: bytes) -> bool:
    try:
        json.loads(data.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        return False
    return True


def _show(path: Path) -> str:
    """The path as text that can be printed whatever bytes the file system has."""
    return os.fsencode(path).decode("utf-8", "replace")
