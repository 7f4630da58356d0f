"""Our attributions beside textacy's direct quotations, on the same parse, in the form that the scorer reads.

``python tests/benchmarks/compare_attributions.py TEXT_FOLDER OUT_FOLDER [MODEL]`` parses each ``.txt`` once and writes
``kg.jsonl`` and ``textacy.jsonl`` (offsets of source, cue and content); a line on standard error counts articles, rows,
failures and seconds. textacy (Burton DeWilde and others, Apache-2.0) is a development dependency.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from spacy.tokens import Doc

from kg.extractors.actors import build_actor_index
from kg.extractors.attributions import attribution_row, find_attributions
from kg.language import load
from kg.model import Article
from kg.ontology import Ontology, load_ontology


def read_ours(doc: Doc, name: str, ontology: Ontology) -> dict[str, object]:
    """The row of ``kg attributions``."""
    found = find_attributions(doc, ontology, build_actor_index(doc, ontology))
    return attribution_row(Article(id=name, text=doc.text, name=name), found)


def read_textacy(doc: Doc, name: str, ontology: Ontology) -> dict[str, object]:
    """The row of textacy's rule-based quotation extractor, which knows direct quotations alone."""
    from textacy.extract import direct_quotations

    rows = [
        {
            "source": _bounds(quotation.speaker),
            "cue": _bounds(quotation.cue),
            "content": [[quotation.content.start_char, quotation.content.end_char]],
        }
        for quotation in direct_quotations(doc)
    ]
    return {"article": name, "attributions": rows}


def _bounds(tokens: list) -> list[int] | None:  # type: ignore[type-arg]
    return [tokens[0].idx, tokens[-1].idx + len(tokens[-1])] if tokens else None


READERS: tuple[tuple[str, Callable[[Doc, str, Ontology], dict[str, object]]], ...] = (
    ("kg", read_ours),
    ("textacy", read_textacy),
)


def main(folder: Path, out: Path, model: str | None = None) -> None:
    """Runs both readers over the folder."""
    ontology = load_ontology()
    names = sorted(path for path in folder.glob("*.txt"))
    docs = list(load(model).pipe(path.read_bytes().decode("utf-8") for path in names))
    for label, reader in READERS:
        rows, failures, start = [], 0, time.process_time()
        for path, doc in zip(names, docs, strict=True):
            try:
                rows.append(reader(doc, path.stem, ontology))
            except Exception as error:
                failures += 1
                rows.append({"article": path.stem, "attributions": [], "error": str(error)})
        seconds = time.process_time() - start
        (out / f"{label}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        count = sum(len(row["attributions"]) for row in rows)  # type: ignore[arg-type, misc]
        sys.stderr.write(f"{label}: {len(names)} articles, {count} rows, {failures} failures, {seconds:.1f} s\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
