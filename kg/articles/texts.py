"""Bytes to text: the one normalisation, front matter, and the checks that every text must pass."""

import re
from collections.abc import Mapping

import yaml

from kg.errors import ArticleError

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "decode_text", "normalise_text", "split_front_matter"]

#: The longest text one article may have, in code points; a novel has fewer.
MAX_CHARACTERS = 1_000_000
#: The largest file read as one article, in bytes; files of many articles (JSON, feeds) have no such limit.
MAX_BYTES = 8_000_000

_FENCE = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def decode_text(content: bytes, where: str) -> str:
    """Decodes UTF-8 and normalises; ``where`` names the file in the message.

    Raises ``ArticleError`` on UTF-16, NUL bytes (a binary file), and bytes that are not UTF-8, with their place.
    """
    if content.startswith(_UTF_16):
        raise ArticleError(f"{where}: text in UTF-16; UTF-8 is expected")
    at = content.find(b"\0")
    if at >= 0:
        raise ArticleError(f"{where}: binary file (NUL byte at offset {at}); UTF-8 text is expected")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02x} at offset {error.start}, line {line}"
        raise ArticleError(f"{where}: not UTF-8 ({found}); UTF-8 text is expected") from error
    return normalise_text(text)


def normalise_text(text: str) -> str:
    """Takes off a byte order mark and makes every line end LF (as ``Path.read_text`` does); nothing else changes."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def split_front_matter(text: str, where: str) -> tuple[dict[str, object], str]:
    """Fields and body of a text that opens with YAML between ``---`` lines; no fields where it does not.

    A block that is no mapping (a ruled-off paragraph) belongs to the text. Values stay the strings they are written as.
    Raises ``ArticleError`` when the block is broken YAML, with its line in the file.
    """
    block = _FENCE.match(text)
    if block is None:
        return {}, text
    try:
        fields = yaml.load(block[1], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 2}" if mark else ""
        reason = getattr(error, "problem", None) or "nested too deeply"
        raise ArticleError(f"{where}: front matter is no YAML{line}: {reason}") from error
    if not isinstance(fields, Mapping):
        return {}, text
    return {str(key): value for key, value in fields.items()}, text[block.end() :].lstrip("\n")
