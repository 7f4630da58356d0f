"""Adding articles to what a store has fused already: only what they may join is looked at again.

Every step of fusion asks no more than pairs of claims, names or texts that share a block, and joins along such pairs.
What a new article can change is therefore what hangs together with it by such pairs: that much is read from the memory,
fused by the same functions as everything, and put in the place of what the store had of it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator

from kg.fusion.actors import FusedActor
from kg.fusion.claims import PreparedClaim, are_near_days, count_days, prepare_article, weigh_article
from kg.fusion.conflicts import Conflict, are_days_apart, can_conflict, compare_members, compare_strangers
from kg.fusion.decisions import choose_claims, cluster_claims, link_claims
from kg.fusion.fusing import DecisionBuilder, FusedDecision, find_actors, trace_claim
from kg.fusion.likeness import ArticlePair
from kg.fusion.lookup import Lookup
from kg.fusion.matter import STRANGE, compare_matters
from kg.fusion.memory import Memory
from kg.fusion.origins import Origin, fold_outlet
from kg.fusion.profiles import ProfileUpdate
from kg.fusion.records import ArticleRecord
from kg.fusion.remembering import (
    find_rivals,
    join_copies,
    remember_article,
    remember_claims,
    remember_conflict,
    remember_speakers,
)

__all__ = ["Update", "WideUpdate"]

#: More claims (or articles) than this to look at again: a full refusion is as well.
WIDEST = 4000


class WideUpdate(Exception):  # noqa: N818 - no error: the caller fuses everything instead
    """The new articles touch too much."""


class Update:
    """What new articles change. Use: ``add``, then read the public attributes."""

    def __init__(self, memory: Memory, lookup: Lookup) -> None:
        self.memory = memory
        self.lookup = lookup
        self.prepared: dict[str, PreparedClaim] = {}
        self.articles: dict[str, ArticleRecord] = {}
        self.profiles = ProfileUpdate(memory, lookup)
        self.decisions: list[FusedDecision] = []
        self.gone_decisions: set[str] = set()
        self.conflicts: set[Conflict] = set()
        self.gone_conflicts: set[Conflict] = set()
        #: Fused actor of each actor that the decisions name.
        self.named: dict[str, FusedActor] = {}

    def add(self, added: list[tuple[str, ArticleRecord]]) -> None:
        """Takes in (graph, article) pairs; raises ``WideUpdate`` before the memory is sure to be right again."""
        rewritten: set[str] = set()
        new_claims = {claim.iri for _, article in added for claim in article.claims}
        for graph, article in added:
            rewritten |= self._find_relayers(article)
            remember_article(self.memory, article, graph, weigh_article(article, self.lookup), {})
        for _, article in added:
            for moved in join_copies(self.memory, article):
                rewritten |= {claim.iri for claim in self.memory.read_article(moved).claims}
        dirty, renamed = self.profiles.add([article for _, article in added])
        remember_claims(self.memory, [self.prepare(iri) for iri in sorted(new_claims)])
        touched = {one.claim.iri for iri in sorted(dirty) for one in self.prepare(iri).article.claims} | new_claims
        self._link_claims(touched)
        reached = self._reach_claims(touched)
        links = {pair: near for iri in sorted(reached) for pair, near in self.memory.find_links(iri).items()}
        clusters = cluster_claims({iri: self.prepare(iri) for iri in sorted(reached)}, links)[0]
        others = self._find_conflicts(clusters, reached)
        self._build_decisions(clusters, reached, (rewritten | renamed | others) - reached)

    def prepare(self, claim: str) -> PreparedClaim:
        """A claim taken apart, with what is known of its actors by now."""
        if claim not in self.prepared:
            article = self.read_article(self.memory.find_article(claim))
            states = {actor.iri: self.profiles.find_state(actor) for actor in find_actors([article])}
            matter = self.memory.read_matter(article.iri)
            for prepared in prepare_article(article, self.lookup, states=states, matter=matter):
                self.prepared[prepared.claim.iri] = prepared
            if len(self.prepared) > WIDEST:
                raise WideUpdate
        return self.prepared[claim]

    def read_article(self, iri: str) -> ArticleRecord:
        if iri not in self.articles:
            self.articles[iri] = self.memory.read_article(iri)
            if len(self.articles) > WIDEST:
                raise WideUpdate
        return self.articles[iri]

    def _find_relayers(self, article: ArticleRecord) -> set[str]:
        """Claims that credit a speaker of this publisher's name, where it or its spelling is new."""
        fold = fold_outlet(article.publisher)
        before = self.memory.find_items("o", [fold])
        if not fold or (before and min(before) <= article.publisher):
            return set()
        same = "SELECT iri FROM article WHERE first IN (SELECT iri FROM article WHERE publisher = ?)"
        old = {iri for name in before for (iri,) in self.memory.ask(same, name)}
        claims = {claim.iri for iri in old for claim in self.memory.read_article(iri).claims}
        return claims | self.memory.find_items("s", [fold])

    def _link_claims(self, touched: set[str]) -> None:
        """Finds the links of new claims, and anew those of claims of which something else is known by now."""
        for iri in sorted(touched):
            self.memory.drop_links(iri)
        for article in sorted({self.memory.find_article(iri) for iri in touched}):
            claims = [self.prepare(claim.iri) for claim in self.read_article(article).claims]
            rivals: dict[str, list[tuple[PreparedClaim, str]]] = defaultdict(list)
            for one in claims:
                for other in sorted(find_rivals(self.memory, one, "c", family=True)):
                    rivals[self.memory.find_article(other)].append((one, other))
            for rival, pairs in sorted(rivals.items()):
                if self._may_share(claims[0], rival):
                    sharing = [(one, self.prepare(other)) for one, other in pairs]
                    articles = ArticlePair(claims[0].article, sharing[0][1].article)
                    self.memory.write_links(link_claims(articles, choose_claims(articles, sharing)))

    def _may_share(self, claim: PreparedClaim, rival: str) -> bool:
        """Whether an article may tell an act of the claim's: to take its claims apart costs ten times as much."""
        if not are_near_days(claim.day, self._find_day(rival)):
            return False
        return compare_matters(claim.article.matter, self.memory.read_matter(rival)) >= STRANGE

    def _reach_claims(self, start: set[str]) -> set[str]:
        """The claims and all that hang together with them by likeness, before or now."""
        reached: set[str] = set()
        todo = sorted(start)
        while todo:
            iri = todo.pop()
            if iri not in reached:
                reached.add(iri)
                linked = {end for pair in self.memory.find_links(iri) for end in pair}
                todo.extend(sorted({*self._list_mates(iri), *linked} - reached))
        return reached

    def _find_day(self, article: str) -> int | None:
        ((published,),) = self.memory.ask("SELECT published FROM article WHERE iri = ?", article)
        return count_days(published)

    def _list_mates(self, claim: str) -> Iterator[str]:
        ((decision,),) = self.memory.ask("SELECT decision FROM claim WHERE iri = ?", claim)
        if decision:
            yield from self.memory.find_mates(claim)

    def _find_conflicts(self, clusters: list[tuple[str, ...]], reached: set[str]) -> set[str]:
        """Finds the conflicts of the reached claims anew; the claims outside that a change of conflicts touches."""
        for claim in sorted(reached):
            self.gone_conflicts |= set(self._read_conflicts(claim))
        for cluster in clusters:
            for place, one in enumerate(cluster):
                for other in cluster[place + 1 :]:
                    self.conflicts.update(compare_members(self.prepare(one), self.prepare(other)))
        for one in sorted(reached):
            mine = self.prepare(one)
            if can_conflict(mine):
                for other in sorted(find_rivals(self.memory, mine, "x", family=False)):
                    if are_days_apart(mine.day, self._find_day(self.memory.find_article(other))):
                        continue
                    first, second = sorted((one, other))
                    self.conflicts.update(compare_strangers(self.prepare(first), self.prepare(second)))
        for conflict in self.gone_conflicts - self.conflicts:
            body = json.dumps([conflict.kind, conflict.sides, conflict.reason, conflict.claims], ensure_ascii=False)
            self.memory.tell("DELETE FROM conflict WHERE body = ?", [(body,)])
        for conflict in self.conflicts:
            remember_conflict(self.memory, conflict)
        changed = self.gone_conflicts ^ self.conflicts
        return {claim for conflict in changed for claim in conflict.claims} - reached

    def _read_conflicts(self, claim: str) -> Iterator[Conflict]:
        for (body,) in self.memory.ask("SELECT body FROM conflict WHERE claim = ?", claim):
            kind, sides, reason, claims = json.loads(body)
            yield Conflict(kind, tuple(sides), reason, tuple(claims))

    def _build_decisions(self, clusters: list[tuple[str, ...]], reached: set[str], others: set[str]) -> None:
        """Builds the decisions of the new clusters, and again those of the other claims."""
        kept = {tuple(sorted(self._list_mates(claim))) for claim in sorted(others)}
        clusters = [*clusters, *sorted(kept)]
        claims = sorted({claim for cluster in clusters for claim in cluster})
        disputes = {conflict for claim in claims for conflict in self._read_conflicts(claim)}
        around = {claim for conflict in disputes for claim in conflict.claims} | set(claims)
        prepared = {claim: self.prepare(claim) for claim in sorted(around)}
        origins = {claim: self._trace_origins(one) for claim, one in prepared.items()}
        builder = DecisionBuilder(prepared, origins, sorted(disputes))
        for claim in claims:
            ((old,),) = self.memory.ask("SELECT decision FROM claim WHERE iri = ?", claim)
            self.gone_decisions |= {old} - {""}
        self.decisions = [builder.build_decision(cluster, "") for cluster in clusters]
        rows = ((decision.iri, claim.iri) for decision in self.decisions for claim in decision.claims)
        self.memory.tell("UPDATE claim SET decision = ? WHERE iri = ?", rows)
        remember_speakers(self.memory, (prepared[claim].claim for claim in claims), self.named)

    def _trace_origins(self, prepared: PreparedClaim) -> tuple[Origin, ...]:
        claim = prepared.claim
        for actor in find_actors([ArticleRecord(iri=claim.article, claims=(claim,))]):
            self.named[actor.iri] = self.profiles.find_fused(actor)
        ((first,),) = self.memory.ask("SELECT first FROM article WHERE iri = ?", claim.article)
        leader = self.read_article(first)
        folds = {fold_outlet(self.named[link.speaker.iri].name) for chain in claim.chains for link in chain}
        publishers = {
            fold: min(names)
            for fold in folds | {fold_outlet(leader.publisher)}
            if fold and (names := self.memory.find_items("o", [fold]))
        }
        return trace_claim(claim, leader, publishers, actors=self.named, lookup=self.lookup)
