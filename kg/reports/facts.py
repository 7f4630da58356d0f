"""What the reports read from a store: a few queries, answered as plain values."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg import terms
from kg.fusion.labels import shorten_text
from kg.store import Store

__all__ = ["ClaimFact", "ConflictFact", "DecisionFact", "Facts", "LimitFact", "ReportedLimit", "read_facts"]

#: Longest beginning of a headline that stands for an outlet.
NAME_LENGTH = 40
FUSED = f"GRAPH <{terms.FUSED_GRAPH}>"
DECISIONS = f"""
SELECT ?decision ?label ?agreement ?articles ?origins ?claim ?status ?article ?outlet ?headline ?published WHERE {{
  {FUSED} {{ ?decision a kg:Decision ; rdfs:label ?label ; kg:agreement ?agreement ; kg:articleCount ?articles ;
    kg:originCount ?origins ; kg:claim ?claim }}
  GRAPH ?g {{
    ?claim a kg:Claim ; kg:status ?status ; dcterms:source ?article . ?article rdfs:label ?headline .
    OPTIONAL {{ ?article schema:publisher/schema:name ?outlet }}
    OPTIONAL {{ ?article schema:datePublished ?published }}
  }}
}}"""
QUOTES = """
SELECT ?node ?quote ?start WHERE {
  GRAPH ?g { ?node a ?class ; prov:wasDerivedFrom ?passage . ?passage nif:anchorOf ?quote ; nif:beginIndex ?start }
  FILTER(?class IN (kg:Claim, kg:Constraint))
}"""
LIMITS = f"""
SELECT ?decision ?limit ?label ?agreement ?articles ?origins ?member ?claim WHERE {{
  {FUSED} {{ ?decision kg:constraint ?limit . ?limit rdfs:label ?label ; kg:agreement ?agreement ;
    kg:articleCount ?articles ; kg:originCount ?origins ; prov:wasDerivedFrom ?member }}
  GRAPH ?g {{ ?claim kg:constraint ?member }}
}}"""
ORIGINS = (
    f"SELECT ?node ?name ?kind WHERE {{ {FUSED} {{ ?node kg:origin ?o . ?o rdfs:label ?name ; kg:originKind ?kind }} }}"
)
CHAINS = """
SELECT ?claim ?chain ?position ?kind WHERE {
  GRAPH ?g { ?claim kg:source ?chain . ?chain kg:link ?link . ?link kg:position ?position ; kg:speakerKind ?kind }
}"""
CONFLICTS = f"""
SELECT ?conflict ?kind ?reason ?side WHERE {{
  {FUSED} {{ ?conflict a kg:Conflict ; kg:conflictKind ?kind ; rdfs:comment ?reason ; kg:side ?side }}
}}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFact:
    """A claim of a fused decision; ``outlet`` is the publisher, or the beginning of the headline where none is known."""

    iri: str
    decision: str
    status: str
    article: str
    outlet: str
    published: str
    quotes: tuple[str, ...]
    anonymous: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedLimit:
    """A limit as one claim states it."""

    iri: str
    claim: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFact:
    """A fused limit with the reports that it is made of."""

    iri: str
    decision: str
    label: str
    agreement: str
    articles: int
    origin_count: int
    origins: tuple[str, ...]
    members: tuple[ReportedLimit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFact:
    """A fused decision."""

    iri: str
    label: str
    agreement: str
    articles: int
    origin_count: int
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictFact:
    """A conflict; ``sides`` are IRIs of claims and limits of articles, sorted."""

    iri: str
    kind: str
    reason: str
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything, sorted: decisions by number of articles and label, limits likewise within their decision."""

    decisions: tuple[DecisionFact, ...]
    claims: dict[str, ClaimFact]
    limits: tuple[LimitFact, ...]
    conflicts: tuple[ConflictFact, ...]

    def claims_of(self, decision: str) -> list[ClaimFact]:
        """The claims of a decision, by date (undated last) and outlet."""
        found = [claim for claim in self.claims.values() if claim.decision == decision]
        return sorted(found, key=_by_date)

    def limits_of(self, decision: str) -> list[LimitFact]:
        return [limit for limit in self.limits if limit.decision == decision]


def _by_date(claim: ClaimFact) -> tuple[str, str, str]:
    return claim.published or "9", claim.outlet, claim.iri


def read_facts(store: Store) -> Facts:
    """What a store's fused graph and article graphs tell the reports."""
    quotes = _read_quotes(store)
    anonymous = _find_anonymous(store)
    origins: dict[str, list[str]] = defaultdict(list)
    for row in _ask(store, ORIGINS):
        origins[row["node"]].append(row["name"])
    decisions, claims = {}, {}
    told = list(_ask(store, DECISIONS))
    outlets = _name_outlets(told)
    for row in told:
        decisions[row["decision"]] = DecisionFact(
            iri=row["decision"],
            label=row["label"],
            agreement=_spell_state(row["agreement"]),
            articles=int(row["articles"]),
            origin_count=int(row["origins"]),
            origins=tuple(sorted(origins[row["decision"]])),
        )
        claims[row["claim"]] = ClaimFact(
            iri=row["claim"],
            decision=row["decision"],
            status=_spell_state(row["status"]),
            article=row["article"],
            outlet=outlets[row["article"]],
            published=row["published"][:10],
            quotes=tuple(quotes.get(row["claim"], ())),
            anonymous=row["claim"] in anonymous,
        )
    return Facts(
        decisions=tuple(sorted(decisions.values(), key=_by_weight)),
        claims=claims,
        limits=tuple(sorted(_read_limits(store, quotes, origins), key=_by_weight)),
        conflicts=tuple(_read_conflicts(store)),
    )


def _name_outlets(rows: list[dict[str, str]]) -> dict[str, str]:
    """The publisher of each article (IRI); where none is known the beginning of the headline, numbered where two are
    alike."""
    names = {row["article"]: row["outlet"] or shorten_text(row["headline"], NAME_LENGTH) for row in rows}
    unknown: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if not row["outlet"] and row["article"] not in unknown[names[row["article"]]]:
            unknown[names[row["article"]]].append(row["article"])
    for name, articles in unknown.items():
        if len(articles) > 1:
            names |= {article: f"{name} ({number})" for number, article in enumerate(sorted(articles), 1)}
    return names


def _by_weight(fact: DecisionFact | LimitFact) -> tuple[int, int, str, str]:
    return -fact.articles, -fact.origin_count, fact.label, fact.iri


def _ask(store: Store, query: str) -> Iterator[dict[str, str]]:
    """The rows of a query as strings, in a fixed order; an unbound variable is an empty string."""
    solutions = store.query(query)
    names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]
    rows = [tuple(row[name].value if row[name] else "" for name in names) for row in solutions]  # type: ignore[union-attr]
    yield from (dict(zip(names, row, strict=True)) for row in sorted(rows))


def _spell_state(iri: str) -> str:
    """``kg:SingleOrigin`` -> "single-origin"."""
    local = iri.rpartition("#")[2]
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in local).lstrip("-")


def _read_quotes(store: Store) -> dict[str, list[str]]:
    """The passages of each claim and limit, in the order of the text."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in _ask(store, QUOTES):
        found[row["node"]].append((int(row["start"]), row["quote"]))
    return {node: [quote for _, quote in sorted(passages)] for node, passages in found.items()}


def _find_anonymous(store: Store) -> set[str]:
    """Claims all of whose chains end in an anonymous speaker; one without chains is the article's own word."""
    last: dict[tuple[str, str], tuple[int, str]] = {}
    for row in _ask(store, CHAINS):
        key, link = (row["claim"], row["chain"]), (int(row["position"]), row["kind"])
        last[key] = max(last.get(key, link), link)
    kinds: dict[str, set[bool]] = defaultdict(set)
    for (claim, _), (_, kind) in last.items():
        kinds[claim].add(kind == terms.expand_name("kg:AnonymousSpeaker"))
    return {claim for claim, found in kinds.items() if found == {True}}


def _read_limits(store: Store, quotes: dict[str, list[str]], origins: dict[str, list[str]]) -> Iterator[LimitFact]:
    members: dict[str, list[ReportedLimit]] = defaultdict(list)
    rows = {}
    for row in _ask(store, LIMITS):
        quote = next(iter(quotes.get(row["member"], ())), "")
        members[row["limit"]].append(ReportedLimit(iri=row["member"], claim=row["claim"], quote=quote))
        rows[row["limit"]] = row
    for iri, row in rows.items():
        yield LimitFact(
            iri=iri,
            decision=row["decision"],
            label=row["label"],
            agreement=_spell_state(row["agreement"]),
            articles=int(row["articles"]),
            origin_count=int(row["origins"]),
            origins=tuple(sorted(origins[iri])),
            members=tuple(members[iri]),
        )


def _read_conflicts(store: Store) -> Iterator[ConflictFact]:
    sides: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in _ask(store, CONFLICTS):
        kind = _spell_state(row["kind"]).removesuffix("-conflict")
        sides[row["conflict"], kind, row["reason"]].append(row["side"])
    for (iri, kind, reason), found in sorted(sides.items()):
        yield ConflictFact(iri=iri, kind=kind, reason=reason, sides=tuple(found))
