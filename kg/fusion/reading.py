"""Article graph -> records: the only reader of that shape in fusion (see ``kg.article_graph`` for its picture)."""

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg import terms
from kg.fusion.affiliations import find_state
from kg.fusion.lookup import Lookup
from kg.fusion.names import fold_words
from kg.fusion.records import ActorRecord, ArticleRecord, ClaimRecord, ConstraintRecord, LinkRecord, ValueRecord

__all__ = ["read_article"]

XSD = terms.PREFIXES["xsd"]


def read_article(quads: Iterable[ox.Quad], lookup: Lookup) -> ArticleRecord | None:
    """The record of the article that a graph is of; None where it is of none."""
    return _Reader(quads, lookup).read()


class _Reader:
    """The statements of one article graph, by subject and property, values sorted."""

    def __init__(self, quads: Iterable[ox.Quad], lookup: Lookup) -> None:
        self.lookup = lookup
        self.values: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = {}
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, (ox.Literal, ox.NamedNode)):
                properties = self.values.setdefault(quad.subject.value, defaultdict(list))
                properties[quad.predicate.value].append(quad.object)
        self.text = ""
        self.anonymous: set[str] = set()

    def list_values(self, subject: str, name: str) -> list[str]:
        """Values of a property as strings, sorted."""
        found = self.values.get(subject, {}).get(terms.expand_name(name), ())
        return sorted(value.value for value in found)

    def value(self, subject: str, name: str) -> str:
        return next(iter(self.list_values(subject, name)), "")

    def local(self, subject: str, name: str) -> str:
        """The value's local name in lower case: ``kg:Made`` -> ``made``."""
        return self.value(subject, name).rpartition("#")[2].lower()

    def list_of_class(self, name: str) -> list[str]:
        wanted, kind = terms.expand_name(name), terms.expand_name("rdf:type")
        found = (
            subject
            for subject, properties in self.values.items()
            if any(value.value == wanted for value in properties.get(kind, ()))
        )
        return sorted(found)

    def read(self) -> ArticleRecord | None:
        articles = self.list_of_class("schema:NewsArticle")
        if len(articles) != 1:
            return None
        iri = articles[0]
        self.text = self.value(iri, "nif:isString")
        self.anonymous = self.find_anonymous()
        publisher = self.value(iri, "schema:publisher")
        return ArticleRecord(
            iri=iri,
            publisher=self.value(publisher, "schema:name") if publisher else "",
            published=self.value(iri, "schema:datePublished"),
            url=self.value(iri, "schema:url"),
            text=self.text,
            claims=tuple(self.read_claim(claim, iri) for claim in self.list_of_class("kg:Claim")),
        )

    def read_claim(self, claim: str, article: str) -> ClaimRecord:
        mentions = sorted(
            (int(self.value(passage, "nif:beginIndex")), int(self.value(passage, "nif:endIndex")), passage)
            for passage in self.list_values(claim, "prov:wasDerivedFrom")
        )
        headline_end = len(self.text.split("\n", 1)[0])
        constraints = sorted(self.list_values(claim, "kg:constraint"), key=self.place_of)
        return ClaimRecord(
            iri=claim,
            article=article,
            type=self.local(claim, "kg:topType"),
            concept=self.value(claim, "kg:decisionType"),
            status=self.local(claim, "kg:status"),
            actors=tuple(self.read_actor(actor, article) for actor in self.list_values(claim, "kg:actor")),
            recipients=tuple(self.read_actor(actor, article) for actor in self.list_values(claim, "kg:recipient")),
            actions=self.read_wordings(claim, "kg:action", "kg:alternativeAction"),
            constraints=tuple(self.read_constraint(constraint) for constraint in constraints),
            chains=tuple(self.read_chain(chain, article) for chain in self.list_values(claim, "kg:source")),
            quotes=tuple(self.value(passage, "nif:anchorOf") for _, _, passage in mentions),
            place=mentions[0][0] / len(self.text) if mentions else 0.0,
            headline=bool(mentions) and all(end <= headline_end for _, end, _ in mentions),
        )

    def place_of(self, node: str) -> tuple[int, str]:
        """Where the first passage of a node stands."""
        passages = self.list_values(node, "prov:wasDerivedFrom")
        return min((int(self.value(passage, "nif:beginIndex")) for passage in passages), default=0), node

    def read_wordings(self, subject: str, best: str, others: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.list_values(subject, best), *self.list_values(subject, others)]))

    def find_anonymous(self) -> set[str]:
        """Actors that are credited without a name somewhere: they are nameless wherever they stand."""
        links = self.list_of_class("kg:SourceLink")
        nameless = (link for link in links if self.local(link, "kg:speakerKind") == "anonymousspeaker")
        return {self.value(link, "kg:speaker") for link in nameless}

    def read_actor(self, actor: str, article: str) -> ActorRecord:
        names = self.read_wordings(actor, "skos:prefLabel", "skos:altLabel")
        kind = self.local(actor, "kg:actorKind").removesuffix("kind")
        known = self.value(actor, "kg:knownActor")
        surnames = sorted({words[-1] for name in names if (words := fold_words(name))}) if kind == "person" else []
        states = sorted({state for name in surnames if (state := find_state(name, self.text, self.lookup))})
        return ActorRecord(
            iri=actor,
            article=article,
            names=names,
            kind=kind,
            known=known,
            state=states[0] if len(states) == 1 else "",
            anonymous=not known and (actor in self.anonymous or kind == "group"),
        )

    def read_constraint(self, constraint: str) -> ConstraintRecord:
        return ConstraintRecord(
            iri=constraint,
            kind=self.local(constraint, "kg:constraintKind"),
            effect=self.local(constraint, "kg:effect"),
            texts=self.read_wordings(constraint, "kg:text", "kg:alternativeText"),
            quote=self.value(self.value(constraint, "prov:wasDerivedFrom"), "nif:anchorOf"),
            value=self.read_value(constraint),
            unspecified=self.value(constraint, "kg:unspecified") == "true",
        )

    def read_value(self, constraint: str) -> ValueRecord | None:
        """The normalised value: a typed literal or a place; None where the right operand is but the text."""
        unit = self.value(constraint, "schema:unitText")
        for value in self.values.get(constraint, {}).get(terms.expand_name("odrl:rightOperand"), ()):
            if isinstance(value, ox.NamedNode):
                return ValueRecord(datatype="place", value=value.value)
            sort = DATATYPES.get(value.datatype.value.removeprefix(XSD), "")
            if sort:
                return ValueRecord(datatype=sort, value=value.value, unit=unit)
        return None

    def read_chain(self, chain: str, article: str) -> tuple[LinkRecord, ...]:
        links = sorted(self.list_values(chain, "kg:link"), key=self.position_of)
        return tuple(self.read_link(link, article) for link in links)

    def position_of(self, link: str) -> int:
        return int(self.value(link, "kg:position") or 0)

    def read_link(self, link: str, article: str) -> LinkRecord:
        kind = self.local(link, "kg:speakerKind").removesuffix("speaker")
        return LinkRecord(speaker=self.read_actor(self.value(link, "kg:speaker"), article), kind=kind)


#: XSD datatype -> the sort of value that it holds.
DATATYPES = {
    "date": "date",
    "gYear": "date",
    "gYearMonth": "date",
    "dateTime": "date",
    "duration": "duration",
    "decimal": "amount",
}
