"""Applies a user's corrections to each step of fusion; an entry that matches nothing is an error, never passed over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg import terms
from kg.corrections import Correction
from kg.errors import CorrectionError
from kg.fusion.actors import FusedActor, IdentityLink
from kg.fusion.conflicts import Conflict
from kg.fusion.records import ArticleRecord, ClaimRecord

__all__ = ["Corrector", "mint_conflict", "mint_decision", "mint_identity", "mint_limit"]

#: Reason of a link that a user made.
BY_HAND = "correction"


def mint_decision(cluster: Sequence[str]) -> str:
    """A fused decision, by the first of its claims: other claims come and go without changing its name."""
    return terms.mint_id("decision", min(cluster))


def mint_limit(constraints: Iterable[str]) -> str:
    """A fused limit, by the first of the limits that it is made of."""
    return terms.mint_id("limit", min(constraints))


def mint_identity(member: str, target: str) -> str:
    """The link of an actor of an article to a fused one."""
    return terms.mint_id("identity", member, target)


def mint_conflict(conflict: Conflict) -> str:
    """A conflict, by its kind and sides."""
    return terms.mint_id("conflict", conflict.kind, *conflict.sides)


class Corrector:
    """The corrections of one fusion, and which of them have been applied to what."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self.corrections = tuple(corrections)
        #: Correction -> nodes of the fused graph that bear its mark.
        self.applied: dict[Correction, set[str]] = {}

    def of_kind(self, *kinds: str) -> list[Correction]:
        return [correction for correction in self.corrections if correction.kind in kinds]

    def mark(self, correction: Correction, *nodes: str) -> None:
        self.applied.setdefault(correction, set()).update(nodes)

    def filter_articles(self, articles: Iterable[ArticleRecord]) -> list[ArticleRecord]:
        """The articles without rejected claims and limits."""
        rejected = {correction.targets[0]: correction for correction in self.of_kind("reject")}
        kept = []
        for article in articles:
            claims = []
            for claim in article.claims:
                if claim.iri in rejected:
                    self.mark(rejected[claim.iri])
                else:
                    claims.append(self._filter_limits(claim, rejected))
            kept.append(replace(article, claims=tuple(claims)))
        return kept

    def _filter_limits(self, claim: ClaimRecord, rejected: Mapping[str, Correction]) -> ClaimRecord:
        for constraint in claim.constraints:
            if constraint.iri in rejected:
                self.mark(rejected[constraint.iri])
        kept = tuple(constraint for constraint in claim.constraints if constraint.iri not in rejected)
        return replace(claim, constraints=kept)

    def regroup_claims(self, clusters: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The clusters of claims with merges and splits done, in the order of the file."""
        groups = [set(cluster) for cluster in clusters]
        for correction in self.of_kind("merge", "split"):
            found = [_find_cluster(target, groups) for target in correction.targets]
            if not any(found):
                continue
            for target, group in zip(correction.targets, found, strict=True):
                if group is None:
                    raise _refuse(correction, target, "no claim or decision (the other targets are)")
            chosen = [group for group in groups if any(group is other for other in found)]
            groups = [group for group in groups if not any(group is other for other in chosen)]
            groups += _merge(chosen) if correction.kind == "merge" else _split(chosen[0], correction)
            self.mark(correction, *(mint_decision(sorted(group)) for group in groups[-2:] if _touches(group, chosen)))
        return sorted(tuple(sorted(group)) for group in groups)

    def regroup_actors(self, actors: Mapping[str, FusedActor]) -> dict[str, FusedActor]:
        """The fused actor of each actor of an article, with merges, splits and rejected links done."""
        result = dict(actors)
        for correction in self.of_kind("merge", "split", "reject"):
            found = [_find_members(target, result) for target in correction.targets]
            if not any(found):
                continue
            for target, members in zip(correction.targets, found, strict=True):
                if not members:
                    raise _refuse(correction, target, "no actor (the other targets are)")
            if correction.kind == "merge":
                first = result[found[0][0]]
                members = sorted({member for group in found for member in group})
                self._join_members(correction, members, first, result)
            else:
                self._set_apart(correction, found[0], result)
        return result

    def _join_members(
        self, correction: Correction, members: list[str], first: FusedActor, result: dict[str, FusedActor]
    ) -> None:
        """One actor, by the name and IRI of the first target, for all members of all targets."""
        names = dict.fromkeys([*first.names, *(name for member in members for name in result[member].names)])
        kept = {link.member: link for link in first.links}
        links = tuple(kept.get(member, IdentityLink(member, BY_HAND, 1.0)) for member in members)
        joined = replace(first, names=tuple(names), links=links)
        result.update(dict.fromkeys(members, joined))
        self.mark(correction, joined.iri)

    def _set_apart(self, correction: Correction, group: list[str], result: dict[str, FusedActor]) -> None:
        """The members of a split, or the one member of a rejected link, as an actor of their own."""
        old = result[group[0]]
        apart = sorted(correction.members) or group
        for member in apart:
            if member not in {link.member for link in old.links}:
                raise _refuse(correction, member, f"no member of {old.iri}")
        rest = tuple(link for link in old.links if link.member not in apart)
        links = tuple(IdentityLink(member, BY_HAND, 1.0) for member in apart)
        new = replace(old, iri=terms.mint_id("actor", "fused", *apart), known="", links=links)
        result.update(dict.fromkeys(apart, new))
        result.update((link.member, replace(old, links=rest)) for link in rest)
        self.mark(correction, new.iri)

    def rename_actors(self, actors: Mapping[str, FusedActor]) -> dict[str, FusedActor]:
        """The fused actors with their new names; an old name stays as a further one."""
        result = dict(actors)
        for correction in self.of_kind("rename"):
            members = _find_members(correction.targets[0], result)
            for member in members:
                actor = result[member]
                names = tuple(dict.fromkeys([correction.to, *actor.names]))
                result[member] = replace(actor, names=names)
                self.mark(correction, actor.iri)
        return result

    def filter_conflicts(self, conflicts: Iterable[Conflict]) -> list[Conflict]:
        """The conflicts that no entry rejects."""
        rejected = {correction.targets[0]: correction for correction in self.of_kind("reject")}
        kept = []
        for conflict in conflicts:
            correction = rejected.get(mint_conflict(conflict))
            if correction:
                self.mark(correction)
            else:
                kept.append(conflict)
        return kept

    def find_label(self, cluster: Sequence[str]) -> str:
        """The name that an entry gives a decision; empty where none does."""
        label = ""
        for correction in self.of_kind("rename"):
            if correction.targets[0] == mint_decision(cluster) or correction.targets[0] in cluster:
                label = correction.to
                self.mark(correction, mint_decision(cluster))
        return label

    def check_all(self, nodes: Iterable[str]) -> None:
        """That every entry matched; ``nodes`` are all that an ``accept`` may name.

        Raises ``CorrectionError`` for the first that did not.
        """
        present = set(nodes)
        for correction in self.corrections:
            if correction.kind == "accept" and correction.targets[0] in present:
                self.mark(correction, correction.targets[0])
            if correction not in self.applied:
                raise _refuse(correction, correction.targets[0], "nothing of the graph (any more)")


def _refuse(correction: Correction, iri: str, what: str) -> CorrectionError:
    name = terms.shorten_iri(iri)
    return CorrectionError(
        f"{correction.place}: {name} is {what}; see kg query for what the graph has, or drop the entry"
    )


def _find_cluster(target: str, groups: list[set[str]]) -> set[str] | None:
    """The cluster that a claim or decision IRI names."""
    return next((group for group in groups if target in group or target == mint_decision(sorted(group))), None)


def _merge(chosen: list[set[str]]) -> list[set[str]]:
    return [set().union(*chosen)]


def _split(group: set[str], correction: Correction) -> list[set[str]]:
    apart = set(correction.members)
    for member in sorted(apart - group):
        raise _refuse(correction, member, f"no claim of {terms.shorten_iri(correction.targets[0])}")
    if apart == group:
        raise _refuse(correction, correction.targets[0], "nothing but the members that are to be set apart")
    return [group - apart, apart]


def _touches(group: set[str], chosen: list[set[str]]) -> bool:
    return any(group & other for other in chosen)


def _find_members(target: str, actors: Mapping[str, FusedActor]) -> list[str]:
    """The actors of articles that an IRI stands for: of a fused actor all, of an identity link or an actor itself."""
    if target in actors:
        return [target]
    return sorted(member for member, actor in actors.items() if target in (actor.iri, mint_identity(member, actor.iri)))
