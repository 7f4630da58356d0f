"""Annotation of published texts without the texts: gold by character offsets, and the corpora that the texts stand in.

``python -m kg.training.standoff --corpora CORPORA --gold kg/training/items/published --out build/published`` writes the
annotated articles with their texts, as `kg.training` and `kg.language.train` read them.
"""

import argparse
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["join_article", "read_texts"]

log = logging.getLogger(__name__)


def join_article(text: str, standoff: dict[str, Any]) -> dict[str, Any]:
    """The gold of an article as the annotators wrote it, with texts in place of offsets [start, end).

    Raises ``ValueError`` naming the article where an offset lies outside the text.
    """
    name = standoff["article"]
    return {"article": name, "decisions": _join(text, standoff["decisions"], name)}


def _join(text: str, value: Any, article: str) -> Any:
    match value:
        case [int(start), int(end)]:
            if not 0 <= start < end <= len(text):
                raise ValueError(f"{article}: offsets {start}-{end} lie outside its text of {len(text)} characters")
            return text[start:end]
        case list():
            return [_join(text, part, article) for part in value]
        case dict():
            return {key: _join(text, part, article) for key, part in value.items()}
    return value


def read_texts(corpora: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every document of the treebanks (``ud/*/*.conllu``) and of re3d, paragraphs set apart by an empty line.

    A treebank's document is named as its file names it, one of re3d by its number.
    """
    for path in sorted(corpora.glob("ud/*/*.conllu")):
        yield from _read_treebank(path.read_text("utf-8"))
    for path in sorted(corpora.glob("ner/re3d/*/documents.json")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            lines = [row["title"], *re.split(r"\n+", row["text"])]
            yield row["_id"], _lay_out([[line.strip()] for line in lines if line.strip()])


def _read_treebank(rows: str) -> Iterator[tuple[str, str]]:
    name = ""
    paragraphs: list[list[str]] = [[]]
    for row in rows.splitlines():
        if row.startswith("# newdoc"):
            if name:
                yield name, _lay_out(paragraphs)
            name, paragraphs = row.partition("=")[2].strip(), [[]]
        elif row.startswith("# newpar"):
            paragraphs.append([])
        elif row.startswith("# text = "):
            paragraphs[-1].append(row.removeprefix("# text = ").strip())
    if name:
        yield name, _lay_out(paragraphs)


def _lay_out(paragraphs: list[list[str]]) -> str:
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs if sentences) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True, help="folder of *.json with offsets")
    parser.add_argument("--out", type=Path, required=True, help="folder for texts/ and gold/")
    options = parser.parse_args()
    texts = dict(read_texts(options.corpora))
    for name in ("texts", "gold"):
        (options.out / name).mkdir(parents=True, exist_ok=True)
    paths = sorted(options.gold.glob("*.json"))
    for path in paths:
        standoff = json.loads(path.read_text("utf-8"))
        if standoff["document"] not in texts:
            parser.error(f"{path}: no document {standoff['document']} below {options.corpora}")
        text = texts[standoff["document"]]
        gold = json.dumps(join_article(text, standoff), ensure_ascii=False, indent=1)
        (options.out / "texts" / f"{path.stem}.txt").write_text(text, "utf-8")
        (options.out / "gold" / path.name).write_text(gold + "\n", "utf-8")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log.info("%d articles in %s", len(paths), options.out)


if __name__ == "__main__":
    main()
