"""Records of articles -> what they say together: the whole of fusion, free of RDF."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.corrections import Correction
from kg.fusion.actors import FusedActor, resolve_actors
from kg.fusion.affiliations import share_states
from kg.fusion.claims import PreparedClaim, prepare_article
from kg.fusion.conflicts import Conflict, find_conflicts
from kg.fusion.correcting import Corrector, mint_conflict, mint_decision, mint_identity, mint_limit
from kg.fusion.decisions import NearMiss, Pair, cluster_claims, list_links
from kg.fusion.labels import choose_action
from kg.fusion.limits import PreparedLimit, cluster_limits
from kg.fusion.lookup import Lookup
from kg.fusion.origins import Origin, count_independent, find_copies, find_origins, list_publishers, settle_origin
from kg.fusion.records import ActorRecord, ArticleRecord, ClaimRecord, ConstraintRecord
from kg.ontology import Ontology

__all__ = [
    "DecisionBuilder",
    "FusedDecision",
    "FusedLimit",
    "Fusion",
    "find_actors",
    "fuse_records",
    "prepare_claims",
    "trace_claim",
]


@dataclass(frozen=True, slots=True)
class FusedLimit:
    """Limits of several claims that say the same. ``agreement`` is single-origin, corroborated, disputed or denied;
    ``origins`` are all that are named, ``origin_count`` is how many of the articles stand on an origin of their own."""

    iri: str
    members: tuple[ConstraintRecord, ...]
    claims: tuple[str, ...]
    articles: tuple[str, ...]
    origins: tuple[Origin, ...]
    origin_count: int
    agreement: str

    @property
    def record(self) -> ConstraintRecord:
        """The member whose wording stands for all: the shortest, then the first by IRI."""
        return min(self.members, key=_limit_order)


@dataclass(frozen=True, slots=True)
class FusedDecision:
    """Claims that tell one act, in the order of their IRIs; the first names the decision. ``action`` is the wording that
    stands for all, ``label`` the user's own name for it."""

    iri: str
    claims: tuple[ClaimRecord, ...]
    articles: tuple[str, ...]
    origins: tuple[Origin, ...]
    origin_count: int
    limits: tuple[FusedLimit, ...]
    agreement: str
    action: str = ""
    label: str = ""

    @property
    def record(self) -> ClaimRecord:
        """The claim whose wording stands for all: the one with most limits, then sources, then the first by IRI."""
        return min(self.claims, key=_claim_order)


@dataclass(frozen=True, slots=True)
class Fusion:
    """Everything that the fused graph says.

    ``actors`` maps each actor of an article to its fused one; ``misses`` are links that were refused as guesses,
    ``corrections`` the user's with the nodes that bear their mark, ``prepared`` the claims taken apart, ``links`` how surely
    two of them are one where they may be, ``states`` the state in whose office an actor of an article is.
    """

    articles: tuple[ArticleRecord, ...]
    actors: Mapping[str, FusedActor]
    decisions: tuple[FusedDecision, ...]
    conflicts: tuple[Conflict, ...]
    misses: tuple[NearMiss, ...]
    corrections: tuple[tuple[Correction, tuple[str, ...]], ...] = ()
    prepared: Mapping[str, PreparedClaim] = field(default_factory=dict, repr=False)
    links: Mapping[Pair, float] = field(default_factory=dict, repr=False)
    states: Mapping[str, str] = field(default_factory=dict, repr=False)


def _limit_order(record: ConstraintRecord) -> tuple[int, str, str]:
    return len(record.texts[0]), record.texts[0], record.iri


def _claim_order(claim: ClaimRecord) -> tuple[bool, int, int, str]:
    return claim.headline, -len(claim.constraints), -len(claim.chains), claim.iri


def fuse_records(
    articles: Iterable[ArticleRecord], ontology: Ontology, *, corrections: Iterable[Correction] = ()
) -> Fusion:
    """Fuse what articles say; the same for any order of the articles, and for an article given twice.

    Raises ``CorrectionError`` for a correction that matches nothing.
    """
    unique = {article.iri: article for article in articles}
    corrector = Corrector(corrections)
    ordered = tuple(corrector.filter_articles(unique[iri] for iri in sorted(unique)))
    lookup = Lookup(ontology)
    actors = corrector.regroup_actors(resolve_actors(find_actors(ordered), lookup))
    prepared, states = prepare_claims(ordered, actors, lookup)
    links = list_links(prepared)
    clusters, misses = cluster_claims(prepared, links)
    clusters = corrector.regroup_claims(clusters)
    conflicts = corrector.filter_conflicts(find_conflicts(clusters, prepared))
    origins = _trace_origins(ordered, actors, lookup)
    builder = DecisionBuilder(prepared, origins, conflicts)
    fusion = Fusion(
        articles=ordered,
        actors=corrector.rename_actors(actors),
        decisions=tuple(builder.build_decision(cluster, corrector.find_label(cluster)) for cluster in clusters),
        conflicts=tuple(conflicts),
        misses=misses,
        prepared=prepared,
        links=links,
        states=states,
    )
    corrector.check_all(_list_nodes(fusion))
    marks = ((correction, tuple(sorted(nodes))) for correction, nodes in corrector.applied.items())
    return replace(fusion, corrections=tuple(sorted(marks, key=_by_content)))


def _by_content(mark: tuple[Correction, tuple[str, ...]]) -> str:
    return repr(mark)


def _list_nodes(fusion: Fusion) -> Iterator[str]:
    """Every node that the user may accept."""
    for decision in fusion.decisions:
        yield decision.iri
        yield from (claim.iri for claim in decision.claims)
        for limit in decision.limits:
            yield from (limit.iri, *(member.iri for member in limit.members))
    for member, actor in fusion.actors.items():
        yield from (actor.iri, member, mint_identity(member, actor.iri))
    yield from map(mint_conflict, fusion.conflicts)


def prepare_claims(
    articles: Sequence[ArticleRecord], actors: Mapping[str, FusedActor], lookup: Lookup
) -> tuple[dict[str, PreparedClaim], dict[str, str]]:
    """The claims taken apart, by IRI, and the state in whose office an actor of an article is."""
    states = share_states(find_actors(articles), actors, lookup)
    claims = (one for article in articles for one in prepare_article(article, lookup, states=states))
    return {one.claim.iri: one for one in claims}, states


def find_actors(articles: Iterable[ArticleRecord]) -> Iterator[ActorRecord]:
    """Every actor of some articles: parties and speakers, as often as they stand there."""
    for article in articles:
        for claim in article.claims:
            yield from claim.actors
            yield from claim.recipients
            yield from (link.speaker for chain in claim.chains for link in chain)


def _trace_origins(
    articles: tuple[ArticleRecord, ...], actors: Mapping[str, FusedActor], lookup: Lookup
) -> dict[str, tuple[Origin, ...]]:
    first, publishers = find_copies(articles), list_publishers(articles)
    return {
        claim.iri: trace_claim(claim, first[article.iri], publishers, actors=actors, lookup=lookup)
        for article in articles
        for claim in article.claims
    }


def trace_claim(
    claim: ClaimRecord,
    first: ArticleRecord,
    publishers: Mapping[str, str],
    *,
    actors: Mapping[str, FusedActor],
    lookup: Lookup,
) -> tuple[Origin, ...]:
    """The origins of a claim, sorted; ``first`` is the earliest copy of its article, ``publishers`` are all there are."""
    found = find_origins(claim, first, actors=actors, lookup=lookup)
    return tuple(sorted({settle_origin(origin, publishers, lookup) for origin in found}))


class DecisionBuilder:
    """Puts fused decisions together out of what the steps found."""

    def __init__(
        self,
        prepared: Mapping[str, PreparedClaim],
        origins: Mapping[str, tuple[Origin, ...]],
        conflicts: Iterable[Conflict],
    ) -> None:
        self.prepared = prepared
        self.origins = origins
        self.disputes: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in conflicts:
            for side in {*conflict.sides, *(conflict.claims if conflict.kind in DECISION_CONFLICTS else ())}:
                self.disputes[side].append(conflict)

    def build_decision(self, cluster: tuple[str, ...], label: str) -> FusedDecision:
        claims = tuple(self.prepared[iri].claim for iri in cluster)
        members = [limit for iri in cluster for limit in self.prepared[iri].limits]
        by_iri = {limit.record.iri: limit for limit in members}
        fused = [self.build_limit([by_iri[iri] for iri in group]) for group in cluster_limits(members)]
        origins, count = self.collect_origins(cluster)
        record = min(claims, key=_claim_order)
        return FusedDecision(
            iri=mint_decision(cluster),
            claims=claims,
            articles=tuple(sorted({claim.article for claim in claims})),
            origins=origins,
            origin_count=count,
            limits=tuple(fused),
            action=choose_action((self.prepared[iri] for iri in cluster), record),
            label=label,
            agreement=self.judge(cluster, count=count, denied=all(claim.status == "denied" for claim in claims)),
        )

    def build_limit(self, members: list[PreparedLimit]) -> FusedLimit:
        claims = tuple(sorted({limit.claim for limit in members}))
        records = tuple(limit.record for limit in members)
        origins, count = self.collect_origins(claims)
        return FusedLimit(
            iri=mint_limit(record.iri for record in records),
            members=records,
            claims=claims,
            articles=tuple(sorted({limit.article for limit in members})),
            origins=origins,
            origin_count=count,
            agreement=self.judge([record.iri for record in records], count=count, denied=False),
        )

    def collect_origins(self, claims: Iterable[str]) -> tuple[tuple[Origin, ...], int]:
        """All origins of some claims, and how many of them are independent."""
        by_article: dict[str, frozenset[Origin]] = defaultdict(frozenset)
        for iri in claims:
            by_article[self.prepared[iri].claim.article] |= frozenset(self.origins[iri])
        return tuple(sorted(frozenset().union(*by_article.values()))), count_independent(by_article)

    def judge(self, parts: Iterable[str], *, count: int, denied: bool) -> str:
        """The agreement state of a decision or limit made of ``parts`` (IRIs of claims or limits)."""
        if denied:
            return "denied"
        if any(self.crosses_origins(conflict) for part in parts for conflict in self.disputes.get(part, ())):
            return "disputed"
        return "corroborated" if count > 1 else "single-origin"

    def crosses_origins(self, conflict: Conflict) -> bool:
        """Whether the sides of a conflict go back to different origins, so that it is a dispute between sources."""
        one, other = (set(self.origins[iri]) for iri in conflict.claims)
        return one != other


#: Conflicts about the act itself dispute the decision; others dispute their limits only.
DECISION_CONFLICTS = frozenset({"permission", "status"})
