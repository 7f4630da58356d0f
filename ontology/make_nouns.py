"""Makes ``nouns.ttl``: which nouns denote a person, an organisation, a state or a group.

usage: make_nouns.py WORDNET_DICT_FOLDER > nouns.ttl

Read from the database files of WordNet 3.0 (Debian package ``wordnet-base``; Miller 1995; WordNet licence): a noun counts
by its first sense, and only if that stands in the file of persons or of groups. ``sources/nouns.tsv`` comes before it.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
PERSON, GROUP = "18", "14"
#: The synsets whose hyponyms are organisations and states rather than loose groups.
ORGANISATION, STATE = "organization", "country"
HEADER = """@prefix kg: <https://w3id.org/decision-kg/ontology#> .
@prefix lex: <https://w3id.org/decision-kg/lexicon/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

# Made by make_nouns.py from WordNet 3.0 (Copyright 2006 by Princeton University; licence in sources/README.md).
"""


def read_synsets(file: Path) -> dict[str, tuple[str, list[str], list[str]]]:
    """Offset -> (lexicographer file, words, offsets of hypernyms)."""
    synsets = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words = [fields[4 + 2 * index] for index in range(count)]
        pointers = fields[5 + 2 * count :]
        above = [pointers[index + 1] for index in range(0, len(pointers) - 1, 4) if pointers[index] in {"@", "@i"}]
        synsets[fields[0]] = (fields[1], words, above)
    return synsets


def read_first_senses(file: Path) -> dict[str, str]:
    """Lemma -> offset of its most frequent sense."""
    rows = (line.split() for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith(" "))
    return {row[0]: row[-int(row[2])] for row in rows}


def find_ancestors(offset: str, synsets: dict[str, tuple[str, list[str], list[str]]]) -> set[str]:
    """The words of all synsets above one."""
    words: set[str] = set()
    queue = [offset]
    while queue:
        _, own, above = synsets[queue.pop()]
        words.update(own)
        queue.extend(above)
    return words


def classify_noun(offset: str, synsets: dict[str, tuple[str, list[str], list[str]]]) -> str:
    """The kind of actor that a sense denotes, or an empty string."""
    field = synsets[offset][0]
    if field == PERSON:
        return "person"
    if field != GROUP:
        return ""
    above = find_ancestors(offset, synsets)
    if {"organization", "organisation"} & above:
        return "organisation"
    return "state" if "political_unit" in above else "group" if "people" in above or "gathering" in above else ""


def read_own(file: Path) -> dict[str, str]:
    """Noun -> kind from the table of our own, "none" included."""
    own: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, nouns = line.partition("\t")
            for noun in nouns.split():
                own.setdefault(noun, kind)
    return own


def main() -> None:
    """Write the Turtle to standard output."""
    folder = Path(sys.argv[1])
    synsets = read_synsets(folder / "data.noun")
    kinds = {}
    for lemma, offset in read_first_senses(folder / "index.noun").items():
        names = [word for word in synsets[offset][1] if word.lower() == lemma]
        if lemma.isalpha() and len(lemma) > 2 and names and names[0].islower():
            kinds[lemma] = classify_noun(offset, synsets)
    kinds |= read_own(HERE / "sources" / "nouns.tsv")
    sys.stdout.write(HEADER)
    for kind in ("person", "organisation", "state", "group"):
        nouns = sorted(noun for noun, own in kinds.items() if own == kind)
        rows = ['"' + " ".join(nouns[start : start + 14]) + '"' for start in range(0, len(nouns), 14)]
        sys.stdout.write(f'\nlex:{kind}-nouns a kg:ActorNouns ; rdfs:label "{kind} nouns" ;\n')
        sys.stdout.write(f"    kg:actorKind kg:{kind.title()} ; kg:noun\n    " + ",\n    ".join(rows) + " .\n")


if __name__ == "__main__":
    main()
