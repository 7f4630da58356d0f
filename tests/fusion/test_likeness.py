"""The judge that tells whether two claims are one act: what excludes it, and that it looks at two articles and no more."""

from hypothesis import given
from record_strategies import articles
from strategies import LAW

from kg.fusion.claims import PreparedClaim, prepare_article
from kg.fusion.likeness import FEATURES, LEADS, ArticlePair, compare_claims, load_likeness, says_twice
from kg.fusion.lookup import Lookup
from kg.fusion.records import ActorRecord, ArticleRecord, ClaimRecord
from kg.ontology import load_ontology

LOOKUP = Lookup(load_ontology())


def make_article(name: str, *claims: tuple[str, str, str, str], published: str = "2026-05-04") -> ArticleRecord:
    """Claims as (type, actor, action, passage)."""
    iri = f"https://e.example/{name}"
    return ArticleRecord(
        iri=iri,
        published=published,
        claims=tuple(
            ClaimRecord(
                iri=f"{iri}/{place}",
                article=iri,
                type=kind,
                actors=(ActorRecord(iri=f"{iri}/{place}/actor", article=iri, names=(actor,), kind="organisation"),),
                actions=(action,),
                quotes=(passage,),
                place=place / len(claims),
            )
            for place, (kind, actor, action, passage) in enumerate(claims)
        ),
    )


def prepare(*records: ArticleRecord) -> list[list[PreparedClaim]]:
    return [prepare_article(record, LOOKUP) for record in records]


BAN = ("prohibit", "Vesta Port Authority", "night landings", "Vesta Port Authority banned night landings of ferries.")
SAME_BAN = (
    "prohibit", "Vesta Port Authority", "ferries landing at night",
    "Ferries may no longer land at night, the Vesta Port Authority ruled.",
)  # fmt: skip
FUND = ("commit", "Vesta Port Authority", "fund for crews", "Vesta Port Authority will pay ferry crews from a fund.")


def test_one_act_in_other_words_is_told_from_another_act_of_the_actor() -> None:
    (ban, fund), (told,) = prepare(make_article("a", BAN, FUND), make_article("b", SAME_BAN))
    assert compare_claims(ban, told) > 0.5 > compare_claims(fund, told)


def test_acts_of_two_states_are_never_one() -> None:
    (one,), (other,) = prepare(
        make_article("a", ("permit", "Chile", "fishing", "Chile let trawlers fish.")),
        make_article("b", ("permit", "Norway", "fishing", "Norway let trawlers fish.")),
    )
    assert ArticlePair(one.article, other.article).describe(one, other) is None
    assert compare_claims(one, other) == 0


def test_articles_of_other_days_or_matter_tell_no_act_in_common() -> None:
    old = make_article("a", BAN, published="2026-01-04")
    strange = make_article("b", ("prohibit", "Vesta Port Authority", "smoking", "Smoking is out."))
    (one,), (other,), (apart,) = prepare(make_article("c", SAME_BAN), old, strange)
    assert compare_claims(one, other) == compare_claims(one, apart) == 0


def test_claims_of_one_article_are_one_only_if_they_say_the_same_twice() -> None:
    ((ban, again, fund),) = prepare(make_article("a", BAN, BAN, FUND))
    assert says_twice(ban, again)
    assert (compare_claims(ban, again), compare_claims(ban, fund)) == (1, 0)


def test_weights_speak_as_they_should() -> None:
    likeness = load_likeness()
    first = dict(zip((*FEATURES, "bias"), likeness.first, strict=True))
    second = dict(zip((*FEATURES, *LEADS, "bias"), likeness.second, strict=True))
    assert all(first[name] > 0 for name in ("actor", "recipient", "same type", "action", "passage"))
    assert all(first[name] < 0 for name in ("other recipient", "bias"))
    assert second["lead"] > 0


def prepare_again(claim: PreparedClaim, records: list[ArticleRecord]) -> PreparedClaim:
    record = next(record for record in records if record.iri == claim.claim.article)
    return next(one for one in prepare_article(record, LOOKUP) if one.claim.iri == claim.claim.iri)


@LAW
@given(articles())
def test_nearness_goes_both_ways_and_depends_on_two_articles_only(records: list[ArticleRecord]) -> None:
    prepared = [one for record in records for one in prepare_article(record, LOOKUP)]
    for one in prepared[:4]:
        for other in prepared[-4:]:
            if one is not other:
                alone = [prepare_again(claim, records) for claim in (other, one)]
                near = compare_claims(one, other)
                assert 0 <= near <= 1
                assert near == compare_claims(other, one)
                if one.article is not other.article:
                    assert near == compare_claims(*alone)
