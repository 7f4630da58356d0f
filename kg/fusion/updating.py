"""Adding articles to what a store has fused already: only what they may join is looked at again.

Every step of fusion asks no more than pairs of claims, names or texts that share a block, and joins along such pairs.
What a new article can change is therefore what hangs together with it by such pairs: that much is read from the memory,
fused by the same functions as everything, and put in the place of what the store had of it.
"""

import json
from collections.abc import Iterable, Iterator

from kg.fusion.actors import FusedActor, IdentityLink, are_linked, find_name_keys, resolve_actors
from kg.fusion.affiliations import share_states
from kg.fusion.conflicts import Conflict, can_conflict, compare_members, compare_strangers
from kg.fusion.decisions import LINK, cluster_claims, compare_pair
from kg.fusion.fusing import DecisionBuilder, FusedDecision, find_actors, trace_claim
from kg.fusion.limits import prepare_limits
from kg.fusion.lookup import Lookup
from kg.fusion.matching import PreparedClaim, prepare_article
from kg.fusion.memory import Memory
from kg.fusion.origins import Origin, fold_outlet
from kg.fusion.records import ActorRecord, ArticleRecord
from kg.fusion.remembering import (
    find_led_keys,
    find_rivals,
    join_copies,
    make_ghost,
    profile_of,
    remember_article,
    remember_claim,
    remember_conflict,
    remember_fused,
    remember_profile,
    remember_speakers,
)

__all__ = ["Update", "WideUpdate"]

#: More claims than this to look at again: a full refusion is as well.
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
        #: Fused actors whose names, kind or members changed, with the links to write; and those that are no more.
        self.actors: dict[str, FusedActor] = {}
        self.gone_actors: set[str] = set()
        #: Links that are no more: (member, fused actor).
        self.gone_links: set[tuple[str, str]] = set()
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
            remember_article(self.memory, article, graph, {})
        for _, article in added:
            for moved in join_copies(self.memory, article):
                rewritten |= {claim.iri for claim in self.memory.read_article(moved).claims}
        dirty, renamed = self._add_actors([article for _, article in added])
        for iri in sorted(new_claims):
            remember_claim(self.memory, self.prepare(iri))
        reached = self._reach_claims(new_claims | dirty)
        clusters = cluster_claims(self.prepare(iri) for iri in sorted(reached))[0]
        others = self._find_conflicts(clusters, reached)
        self._build_decisions(clusters, reached, (rewritten | renamed | others) - reached)

    def prepare(self, claim: str) -> PreparedClaim:
        """A claim taken apart, with what is known of its actors by now."""
        if claim not in self.prepared:
            article = self.read_article(self.memory.find_article(claim))
            states = {actor.iri: self.find_state(actor) for actor in find_actors([article])}
            for prepared in prepare_article(article, self.lookup, states=states):
                self.prepared[prepared.claim.iri] = prepared
            if len(self.prepared) > WIDEST:
                raise WideUpdate
        return self.prepared[claim]

    def read_article(self, iri: str) -> ArticleRecord:
        if iri not in self.articles:
            self.articles[iri] = self.memory.read_article(iri)
        return self.articles[iri]

    def find_state(self, actor: ActorRecord) -> str:
        rows = self.memory.ask("SELECT state FROM profile WHERE id = ?", profile_of(actor))
        return str(rows[0][0]) if rows else actor.state

    def find_fused(self, actor: ActorRecord) -> FusedActor:
        """The fused actor, by name and kind; only the actor's own link is in it."""
        query = (
            "SELECT f.iri, f.names, f.kind, f.known, p.reason, p.score FROM profile p JOIN fused f ON f.iri = p.fused "
            "WHERE p.id = ?"
        )
        rows = self.memory.ask(query, profile_of(actor))
        if not rows:
            return resolve_actors([actor], self.lookup)[actor.iri]
        iri, names, kind, known, reason, score = rows[0]
        return FusedActor(iri, tuple(json.loads(names)), kind, known, (IdentityLink(actor.iri, reason, score),))

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

    def _add_actors(self, added: list[ArticleRecord]) -> tuple[set[str], set[str]]:
        """Resolves the actors of new articles; claims to compare again (another office of an actor), and claims to
        write again (another name)."""
        records = {actor.iri: actor for actor in find_actors(added)}
        linkable = {iri: actor for iri, actor in records.items() if find_name_keys(actor, self.lookup)}
        fresh = {profile_of(actor) for actor in linkable.values()}
        fresh -= {
            row[0] for profile in fresh for row in self.memory.ask("SELECT id FROM profile WHERE id = ?", profile)
        }
        dirty, renamed = self._resolve_profiles(self._reach_profiles(fresh), fresh)
        for actor in records.values():
            fused = self.find_fused(actor)
            self._write_actor(fused, fused.links)
        return dirty, renamed

    def _reach_profiles(self, fresh: set[str]) -> dict[str, ActorRecord]:
        """The new profiles and all that hang together with them by name."""
        reached: dict[str, ActorRecord] = {}
        todo = sorted(fresh)
        for profile in todo:
            ghost = make_ghost(profile)
            led, _ = find_led_keys(ghost, self.lookup)
            self.memory.add_items("n", find_name_keys(ghost, self.lookup) | led, profile)
        while todo:
            profile = todo.pop()
            if profile in reached:
                continue
            ghost = reached[profile] = make_ghost(profile)
            led, leads = find_led_keys(ghost, self.lookup)
            for other in sorted(self.memory.find_items("n", find_name_keys(ghost, self.lookup) | led)):
                if other not in reached and self._hang_together(ghost, led, leads, make_ghost(other)):
                    todo.append(other)
        return reached

    def _hang_together(self, one: ActorRecord, led: set[str], leads: bool, other: ActorRecord) -> bool:
        if are_linked(one, other, self.lookup):
            return True
        theirs, other_leads = find_led_keys(other, self.lookup)
        return (leads or other_leads) and bool(led & theirs)

    def _resolve_profiles(self, reached: dict[str, ActorRecord], fresh: set[str]) -> tuple[set[str], set[str]]:
        """Resolves what hangs together and notes what changed: claims whose actors have another office, or name."""
        ghosts = list(reached.values())
        fused = resolve_actors(ghosts, self.lookup)
        states = share_states(ghosts, fused, self.lookup)
        dirty: set[str] = set()
        renamed: set[str] = set()
        for profile in sorted(reached):
            actor = fused[profile]
            link = next(link for link in actor.links if link.member == profile)
            row = (actor.iri, link.reason, link.score, states.get(profile, reached[profile].state))
            old = self.memory.ask("SELECT fused, reason, score, state FROM profile WHERE id = ?", profile)
            remember_profile(self.memory, reached[profile], self.lookup, row)
            if old and old[0] != row:
                members = self.memory.ask("SELECT iri, claim FROM actor WHERE profile = ?", profile)
                dirty |= {claim for _, claim in members} if old[0][3] != row[3] else set()
                if old[0][:3] != row[:3]:
                    renamed |= {claim for _, claim in members}
                    self.gone_links |= {(iri, old[0][0]) for iri, _ in members}
                    links = tuple(
                        IdentityLink(iri, link.reason, link.score) for iri in sorted({iri for iri, _ in members})
                    )
                    self._write_actor(actor, links)
        self._compare_fused({actor.iri: actor for actor in fused.values()}, renamed)
        return dirty, renamed

    def _compare_fused(self, fused: dict[str, FusedActor], renamed: set[str]) -> None:
        """Notes the fused actors whose names or kind changed, and the claims that name one that is called otherwise."""
        for iri, actor in sorted(fused.items()):
            old = self.memory.ask("SELECT names, kind FROM fused WHERE iri = ?", iri)
            remember_fused(self.memory, actor)
            if not old or (json.loads(old[0][0]), old[0][1]) != (list(actor.names), actor.kind):
                self._write_actor(actor, ())
            if old and json.loads(old[0][0])[0] != actor.name:
                query = "SELECT a.claim FROM actor a JOIN profile p ON a.profile = p.id WHERE p.fused = ?"
                renamed.update(claim for (claim,) in self.memory.ask(query, iri))
        for _, old_iri in sorted(self.gone_links):
            if not self.memory.ask("SELECT 1 FROM profile WHERE fused = ? LIMIT 1", old_iri):
                self.memory.tell("DELETE FROM fused WHERE iri = ?", [(old_iri,)])
                self.gone_actors.add(old_iri)

    def _write_actor(self, actor: FusedActor, links: Iterable[IdentityLink]) -> None:
        """Notes an actor to write, with further links."""
        before = self.actors[actor.iri].links if actor.iri in self.actors else ()
        links = tuple(sorted({*before, *links}, key=_by_member))
        self.actors[actor.iri] = FusedActor(actor.iri, actor.names, actor.kind, actor.known, links)

    def _reach_claims(self, start: set[str]) -> set[str]:
        """The claims and all that hang together with them by likeness, before or now."""
        reached: set[str] = set()
        todo = sorted(start)
        while todo:
            iri = todo.pop()
            if iri in reached:
                continue
            reached.add(iri)
            mine = self.prepare(iri)
            todo.extend(mate for mate in self._list_mates(iri) if mate not in reached)
            for other in sorted(find_rivals(self.memory, mine, "c", family=True) - reached):
                if compare_pair(mine, self.prepare(other)) >= LINK:
                    todo.append(other)
        return reached

    def _list_mates(self, claim: str) -> Iterator[str]:
        ((decision,),) = self.memory.ask("SELECT decision FROM claim WHERE iri = ?", claim)
        if decision:
            yield from self.memory.find_mates(claim)

    def _find_conflicts(self, clusters: list[tuple[str, ...]], reached: set[str]) -> set[str]:
        """Finds the conflicts of the reached claims anew; the claims outside that a change of conflicts touches."""
        for claim in sorted(reached):
            self.gone_conflicts |= set(self._read_conflicts(claim))
        limits = _Limits(self)
        for cluster in clusters:
            for place, one in enumerate(cluster):
                for other in cluster[place + 1 :]:
                    self.conflicts.update(compare_members(self.prepare(one), self.prepare(other), limits))
        for one in sorted(reached):
            mine = self.prepare(one)
            if can_conflict(mine):
                for other in sorted(find_rivals(self.memory, mine, "x", family=False)):
                    first, second = sorted((one, other))
                    self.conflicts.update(compare_strangers(self.prepare(first), self.prepare(second), limits))
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
        limits = {claim: prepare_limits([one.claim], self.lookup) for claim, one in prepared.items()}
        origins = {claim: self._trace_origins(one) for claim, one in prepared.items()}
        builder = DecisionBuilder(prepared, limits, origins, sorted(disputes))
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
            self.named[actor.iri] = self.find_fused(actor)
        ((first,),) = self.memory.ask("SELECT first FROM article WHERE iri = ?", claim.article)
        leader = self.read_article(first)
        folds = {fold_outlet(self.named[link.speaker.iri].name) for chain in claim.chains for link in chain}
        publishers = {
            fold: min(names)
            for fold in folds | {fold_outlet(leader.publisher)}
            if fold and (names := self.memory.find_items("o", [fold]))
        }
        return trace_claim(claim, leader, publishers, actors=self.named, lookup=self.lookup)


class _Limits(dict[str, list]):  # type: ignore[type-arg]
    """The limits of each claim, taken apart when they are asked for."""

    def __init__(self, update: Update) -> None:
        super().__init__()
        self.update_ = update

    def __missing__(self, claim: str) -> list:  # type: ignore[type-arg]
        self[claim] = prepare_limits([self.update_.prepare(claim).claim], self.update_.lookup)
        return self[claim]


def _by_member(link: IdentityLink) -> tuple[str, str, float]:
    return link.member, link.reason, link.score
