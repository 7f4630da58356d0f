"""The nodes of the page, made of the fused graph and what the article graphs say."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg import terms
from kg.exporters.view_accounts import Reading, shorten_id
from kg.exporters.view_data import ViewNode
from kg.exporters.view_evidence import shorten
from kg.exporters.view_selection import Skeleton
from kg.exporters.view_statements import Statements
from kg.exporters.view_tables import Account

__all__ = ["list_nodes"]

STATUS_ORDER = ("made", "considered", "denied", "ended")


def list_nodes(reading: Reading, *, passages: bool) -> Iterator[ViewNode]:
    """Decisions with their limits, actors, origins; then articles, accounts and, if wanted, passages."""
    maker = _Maker(reading)
    yield from maker.list_fused()
    yield from maker.list_articles()
    for one in reading.chosen:
        for account in reading.accounts[one.iri]:
            yield account.make_node()
    if passages:
        yield from maker.list_passages()


class _Maker:
    """Makes the nodes of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.fused = reading.fused
        self.chosen = reading.chosen
        self.reading = reading
        self.reasons = _count_reasons(reading.fused)
        self.sentences = _list_sentences(reading)

    def list_fused(self) -> Iterator[ViewNode]:
        """What the fused graph holds."""
        for one in self.chosen:
            yield self._make_decision(one)
            for limit in one.limits:
                yield self._make_limit(one, limit)
        for actor in sorted({actor for one in self.chosen for actor in one.parties}):
            yield self._make_actor(actor)
        for origin in sorted({origin for one in self.chosen for origin in one.origins}):
            yield self._make_origin(origin)

    def _make_decision(self, one: Skeleton) -> ViewNode:
        fused, accounts = self.fused, self.reading.accounts[one.iri]
        statuses = Counter(account.status for account in accounts)
        status = min(statuses, key=lambda name: (-statuses[name], STATUS_ORDER.index(name)), default="")
        concepts = [iri.removeprefix(terms.KG) for iri in fused.list_values(one.iri, "kg:decisionType")]
        facts = [("accounts say", ", ".join(f"{name} ({statuses[name]})" for name in sorted(statuses)))]
        wordings = fused.list_values(one.iri, "kg:alternativeAction")
        facts += [("also worded", "; ".join(wordings))] if wordings else []
        label = fused.find_value(one.iri, "kg:action") or fused.find_value(one.iri, "rdfs:label")
        node = ViewNode(
            id=shorten_id(one.iri),
            kind="decision",
            label=shorten(label),
            title=fused.find_value(one.iri, "rdfs:label"),
            type=one.type,
            concept=", ".join(_say_words(name) for name in concepts if name.lower() != one.type),
            status=status,
            confidence=max((account.confidence for account in accounts), default=0.0),
            facts=tuple(facts if len(statuses) > 1 else facts[1:]),
            evidence=tuple(at for account in accounts for at in account.mentions),
        )
        return self._add_agreement(node, one.iri, accounts)

    def _add_agreement(self, node: ViewNode, iri: str, accounts: Sequence[Account]) -> ViewNode:
        """What decisions and limits share."""
        agreement = self.fused.find_value(iri, "kg:agreement").removeprefix(terms.KG)
        return replace(
            node,
            agreement="single-origin" if agreement == "SingleOrigin" else agreement.lower(),
            articles=int(self.fused.find_number(iri, "kg:articleCount")),
            origins=int(self.fused.find_number(iri, "kg:originCount")),
            outlets=tuple(sorted({account.row.publisher for account in accounts if account.row.publisher})),
            dates=tuple(sorted({account.day for account in accounts if account.day})),
            conflicts=tuple(sorted(self.reading.conflicts_of[iri])),
        )

    def _make_limit(self, one: Skeleton, limit: str) -> ViewNode:
        fused, members = self.fused, self.reading.members[limit]
        title = fused.find_value(limit, "rdfs:label") or fused.find_value(limit, "kg:text")
        origins = [fused.find_value(origin, "rdfs:label") for origin in fused.list_values(limit, "kg:origin")]
        values = sorted({value for account, iri in members if (value := account.read_value(iri))})
        node = ViewNode(
            id=shorten_id(limit),
            kind="limit",
            # The page shows the effect beside the label, which would say it twice.
            label=shorten(title.partition(": ")[2] or title),
            title=title,
            type=fused.find_name(limit, "kg:constraintKind"),
            effect=fused.find_name(limit, "kg:effect"),
            parent=shorten_id(one.iri),
            names=tuple(fused.list_values(limit, "kg:alternativeText")),
            facts=(*((("value", "; ".join(values)),) if values else ()), ("origins", ", ".join(origins))),
            evidence=tuple(at for account, iri in members for at in account.limits[iri]),
        )
        return self._add_agreement(node, limit, [account for account, _ in members])

    def _make_actor(self, iri: str) -> ViewNode:
        fused = self.fused
        names = tuple(fused.list_values(iri, "skos:altLabel"))
        return ViewNode(
            id=shorten_id(iri),
            kind="actor",
            label=shorten(fused.find_value(iri, "rdfs:label")) or "unnamed",
            type=fused.find_name(iri, "kg:actorKind").replace("unknownkind", ""),
            names=names,
            facts=tuple(self._list_reasons(iri)),
            links=tuple(fused.list_values(iri, "skos:exactMatch")),
            evidence=tuple(self.sentences[iri]),
        )

    def _list_reasons(self, actor: str) -> Iterator[tuple[str, str]]:
        """Why the forms of several articles were taken for one actor."""
        reasons = self.reasons[actor]
        if reasons:
            yield "taken as one by", ", ".join(f"{reason} ({reasons[reason]})" for reason in sorted(reasons))

    def _make_origin(self, iri: str) -> ViewNode:
        name = self.fused.find_value(iri, "rdfs:label")
        return ViewNode(
            id=shorten_id(iri),
            kind="source",
            label=shorten(name),
            type=self.fused.find_value(iri, "kg:originKind"),
            evidence=tuple(
                at
                for one in self.chosen
                if iri in one.origins
                for account in self.reading.accounts[one.iri]
                if name.casefold() in account.voices
                for at in account.mentions
            ),
        )

    def list_articles(self) -> Iterator[ViewNode]:
        """The articles, by IRI."""
        accounts = {account.row.article: account for one in self.chosen for account in self.reading.accounts[one.iri]}
        for iri in sorted(accounts):
            row, article = accounts[iri].row, self.reading.book.articles[accounts[iri].article]
            label = f"{row.publisher}: {row.headline}" if row.publisher else row.headline
            yield ViewNode(
                id=shorten_id(iri),
                kind="article",
                label=shorten(label, 90),
                title=row.headline,
                dates=(article.date,) if article.date else (),
                links=(article.url,) if article.url else (),
            )

    def list_passages(self) -> Iterator[ViewNode]:
        """The passages that state a decision, each once, under the first account that has it."""
        seen: set[str] = set()
        for account in (account for one in self.chosen for account in self.reading.accounts[one.iri]):
            for at in account.mentions:
                passage = self.reading.book.evidence[at]
                iri = account.name_passage(passage)
                if iri not in seen:
                    seen.add(iri)
                    label, claim = shorten(passage.quote, 60), shorten_id(account.claim)
                    yield ViewNode(id=iri, kind="passage", label=label, parent=claim, evidence=(at,))


def _list_sentences(reading: Reading) -> dict[str, list[int]]:
    """Actor -> the first passage of each account of its decisions."""
    sentences: dict[str, list[int]] = defaultdict(list)
    for one in reading.chosen:
        found = [account.mentions[0] for account in reading.accounts[one.iri] if account.mentions]
        for actor in sorted(set(one.parties)):
            sentences[actor] += found
    return sentences


def _count_reasons(fused: Statements) -> dict[str, Counter[str]]:
    """Fused actor -> the reasons of its identity links."""
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for link in fused.list_subjects("kg:IdentityLink"):
        if reason := fused.find_value(link, "kg:reason"):
            reasons[fused.find_value(link, "kg:target")][reason] += 1
    return reasons


def _say_words(name: str) -> str:
    """ "lift ban" for ``LiftBan``."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
