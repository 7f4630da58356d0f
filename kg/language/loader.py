"""The only place that loads a spaCy pipeline: the bundled one, an installed package, or a pipeline folder."""

import hashlib
from pathlib import Path

import spacy
from spacy.language import Language

from kg.errors import ModelError
from kg.language import component  # noqa: F401  (registers the component's factory)
from kg.language.tokenization import make_tokenizer

__all__ = ["MODEL_FOLDER", "load"]

#: The bundled pipeline's files.
MODEL_FOLDER = Path(__file__).parent / "model"

#: Longest text in characters; windows keep the memory low, so far above spaCy's own limit.
MAX_LENGTH = 50_000_000


def load(model: str | None = None, *, threads: int = 1) -> Language:
    """Loads the bundled pipeline, or the installed spaCy package or pipeline folder that ``model`` names.

    A folder may also hold files of the bundled kind (see ``component.MODEL_FILES``). ``threads`` is the number of
    threads the bundled network uses for one window; results do not depend on it.
    Raises ``ModelError`` when the pipeline is not installed, incomplete or broken.
    """
    if model is None:
        return _load_bundled(MODEL_FOLDER, threads)
    if (Path(model) / "encoder.onnx").is_file():
        return _load_bundled(Path(model), threads)
    return _load_installed(model)


def _load_bundled(folder: Path, threads: int) -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    nlp.max_length = MAX_LENGTH
    nlp.add_pipe("kg_encoder", config={"folder": str(folder), "threads": threads})
    weights = hashlib.sha256((folder / "encoder.onnx").read_bytes()).hexdigest()
    nlp.meta.update(name="kg_encoder", version=weights[:12])
    return nlp


def _load_installed(model: str) -> Language:
    try:
        return spacy.load(model)
    except Exception as error:  # spaCy and the packages it loads each raise their own
        installed = ", ".join(sorted(spacy.util.get_installed_models())) or "none"
        raise ModelError(
            f"the language pipeline {model!r} cannot be loaded ({error}); installed pipelines: {installed}; "
            "without a name, the bundled one is used"
        ) from error
