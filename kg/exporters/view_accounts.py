"""What the article graphs say of the chosen decisions: their accounts, passages and conflicts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg import terms
from kg.exporters.view_data import ViewConflict
from kg.exporters.view_evidence import EvidenceBook
from kg.exporters.view_selection import Skeleton
from kg.exporters.view_statements import Statements
from kg.exporters.view_tables import Account
from kg.records import StoredArticle
from kg.store import Store

__all__ = ["Reading", "shorten_id"]


def shorten_id(iri: str) -> str:
    """The id of a node on the page."""
    return iri.removeprefix(terms.BASE)


class Reading:
    """Each article graph is read once. ``accounts`` and ``members`` are by decision and by limit, ``opposed`` and
    ``conflicts_of`` by what a conflict touches; ``book`` and ``conflicts`` hold what places in the view point into."""

    def __init__(
        self, store: Store, fused: Statements, chosen: Sequence[Skeleton], row_of: Mapping[str, StoredArticle]
    ) -> None:
        self.fused = fused
        self.chosen = chosen
        self.book = EvidenceBook()
        graphs: dict[str, Statements] = {}
        for claim in sorted({claim for one in chosen for claim in one.claims if claim in row_of}):
            name = row_of[claim].graph
            if name not in graphs:
                graphs[name] = Statements(store.read_quads(name))
        self.accounts: dict[str, list[Account]] = {
            one.iri: [
                Account.read(claim, row_of[claim], graphs[row_of[claim].graph], self.book)
                for claim in one.claims
                if claim in row_of
            ]
            for one in chosen
        }
        self.members = {limit: self._find_members(one, limit) for one in chosen for limit in one.limits}
        self.conflicts: list[ViewConflict] = []
        self.opposed: dict[str, list[tuple[Account, tuple[int, ...]]]] = defaultdict(list)
        self.conflicts_of: dict[str, set[int]] = defaultdict(set)
        self._read_conflicts()

    def _find_members(self, one: Skeleton, limit: str) -> list[tuple[Account, str]]:
        """The accounts that state a limit, each with its own constraint."""
        members = set(self.fused.list_values(limit, "prov:wasDerivedFrom"))
        return [(account, iri) for account in self.accounts[one.iri] for iri in account.limits if iri in members]

    def _read_conflicts(self) -> None:
        homes = {account.claim: (one.iri, account, "") for one in self.chosen for account in self.accounts[one.iri]}
        for limit, members in self.members.items():
            homes.update({iri: (limit, account, iri) for account, iri in members})
        parents = {limit: one.iri for one in self.chosen for limit in one.limits}
        for iri in self.fused.list_subjects("kg:Conflict"):
            sides = [side for side in self.fused.list_values(iri, "kg:side") if side in homes]
            if len(sides) > 1:
                self._note_conflict(iri, [homes[side] for side in sides], parents)

    def _note_conflict(self, iri: str, sides: list[tuple[str, Account, str]], parents: dict[str, str]) -> None:
        place = len(self.conflicts)
        parts = []
        for node, account, limit in sides:
            parts.append((shorten_id(node), account.describe(limit), account.passages(limit)))
            others = [(other, other.passages(it)) for _, other, it in sides if other is not account]
            self.opposed[limit or account.claim] += others
            self.conflicts_of[node].add(place)
            self.conflicts_of[parents.get(node, node)].add(place)
        kind = self.fused.find_name(iri, "kg:conflictKind").removesuffix("conflict")
        reason = self.fused.find_value(iri, "rdfs:comment") or self.fused.find_value(iri, "rdfs:label")
        self.conflicts.append(
            ViewConflict(id=shorten_id(iri), kind=f"{kind} conflict", reason=reason, sides=tuple(parts))
        )
