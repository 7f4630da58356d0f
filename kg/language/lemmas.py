"""Lemmas by rule: exceptions first, then suffix rules checked against a word list.

The tables are baked by ``kg.language.lemma_tables`` from spacy-lookups-data (MIT) and the training treebanks. The rules
are those of the WordNet morphology (Beckwith, Miller and Tengi 1993), applied by part-of-speech tag as in spaCy.
"""

import gzip
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["Lemmatizer", "load_lemmatizer"]

#: Penn tags whose word form is the lemma already (once lower-cased).
_BASE_TAGS = frozenset(
    {"VB", "VBP", "NN", "JJ", "RB", "IN", "TO", "MD", "DT", "CC", "CD", "EX", "PDT", "RP", "WDT", "WRB"}
)

#: Which rule table a universal part of speech uses.
_RULES_OF = {"NOUN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adj", "ADV": "adj", "PROPN": "propn"}


class Lemmatizer:
    """Gives the lemma of a word from its form, universal part of speech and Penn tag.

    ``tables`` holds ``exceptions`` ("form upos" or "form upos tag" to lemma), ``rules`` (part of speech to pairs of
    suffix and replacement) and ``index`` (part of speech to known base forms).
    """

    def __init__(self, tables: dict[str, Any]) -> None:
        self._exceptions: dict[str, str] = tables["exceptions"]
        self._rules: dict[str, list[list[str]]] = tables["rules"]
        self._index = {pos: frozenset(words) for pos, words in tables["index"].items()}
        self._find = lru_cache(maxsize=50_000)(self._find_lemma)

    def lemmatize(self, form: str, upos: str, tag: str) -> str:
        """The lemma of ``form``; never empty for a non-empty form."""
        return self._find(form, upos, tag)

    def _find_lemma(self, form: str, upos: str, tag: str) -> str:
        if upos == "PROPN":
            return self._exceptions.get(f"{form} PROPN {tag}", form)
        lower = form.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        known = self._exceptions.get(f"{lower} {upos} {tag}") or self._exceptions.get(f"{lower} {upos}")
        if known is not None:
            return known
        return self._apply_rules(form, lower, upos, tag)

    def _apply_rules(self, form: str, lower: str, upos: str, tag: str) -> str:
        index = self._index.get(_RULES_OF.get(upos, ""), frozenset())
        shouted = len(form) > 1 and form.isupper() and upos == "NOUN" and lower not in index
        if tag in _BASE_TAGS or upos not in _RULES_OF:
            return form if shouted else lower
        for old, new in self._rules[_RULES_OF[upos]]:
            if lower.endswith(old) and lower[: len(lower) - len(old)] + new in index:
                return lower[: len(lower) - len(old)] + new
        return _guess_base(form if shouted else lower, tag)


def _guess_base(form: str, tag: str) -> str:
    """The base of a word outside the word list."""
    if tag in {"NNS", "NNPS", "VBZ"}:
        return _strip_s(form)
    if tag == "VBG" and form.endswith("ing") and len(form) > 5:
        return _undouble(form[:-3])
    if tag in {"VBD", "VBN"} and form.endswith("ed") and len(form) > 4:
        return _undouble(form[:-2])
    return form


def _strip_s(form: str) -> str:
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zes")):
        return form[:-2]
    if form.endswith("s") and not form.endswith(("ss", "us", "is")):
        return form[:-1]
    return form


def _undouble(stem: str) -> str:
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in "bdgkmnprt":
        return stem[:-1]
    if stem.endswith(("at", "iz", "is", "v", "c", "dg", "rg", "bl", "s", "u")) and not stem.endswith("ss"):
        return stem + "e"
    return stem


def load_lemmatizer(path: Path) -> Lemmatizer:
    """Reads the baked tables (gzipped JSON); raises ``OSError`` or ``ValueError`` on a missing or broken file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return Lemmatizer(json.load(file))
