"""Actors of new articles beside those that a memory has: who joins whom, and who is called or placed otherwise by now.

All actors of one profile (what an article tells of them) are fused alike, so that profiles are resolved, not actors.
"""

import json
from collections.abc import Iterable

from kg.fusion.actors import FusedActor, IdentityLink, are_linked, find_name_keys, resolve_actors
from kg.fusion.affiliations import share_states
from kg.fusion.fusing import find_actors
from kg.fusion.lookup import Lookup
from kg.fusion.memory import Memory
from kg.fusion.records import ActorRecord, ArticleRecord
from kg.fusion.remembering import find_led_keys, make_ghost, profile_of, remember_fused, remember_profile

__all__ = ["ProfileUpdate"]


class ProfileUpdate:
    """What new articles change of the actors. Use: ``add``, then read the public attributes."""

    def __init__(self, memory: Memory, lookup: Lookup) -> None:
        self.memory = memory
        self.lookup = lookup
        #: Fused actors whose names, kind or members changed, with the links to write; and those that are no more.
        self.actors: dict[str, FusedActor] = {}
        self.gone_actors: set[str] = set()
        #: Links that are no more: (member, fused actor).
        self.gone_links: set[tuple[str, str]] = set()

    def add(self, added: list[ArticleRecord]) -> tuple[set[str], set[str]]:
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


def _by_member(link: IdentityLink) -> tuple[str, str, float]:
    return link.member, link.reason, link.score
