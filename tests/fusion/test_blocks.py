"""Going through claims by date finds the very pairs that their keys tell."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import articles
from strategies import LAW

from kg.fusion.blocks import find_keys, find_shared
from kg.fusion.claims import PreparedClaim, prepare_article
from kg.fusion.lookup import Lookup
from kg.fusion.records import ArticleRecord
from kg.ontology import load_ontology

LOOKUP = Lookup(load_ontology())


def pair_by_keys(prepared: list[PreparedClaim], *, family: bool) -> set[tuple[str, str]]:
    keys = {one.claim.iri: find_keys(one, family=family) for one in prepared}
    return {
        (one, other)
        for one, (standing, looking) in keys.items()
        for other, (stand, look) in keys.items()
        if one < other and not (set(standing).isdisjoint(look) and set(looking).isdisjoint(stand))
    }


@pytest.mark.parametrize("family", [True, False])
@settings(LAW)
@given(articles(), st.randoms(use_true_random=False))
def test_claims_share_blocks_as_their_keys_tell(family: bool, records: list[ArticleRecord], random: Random) -> None:
    prepared = [one for record in records for one in prepare_article(record, LOOKUP)]
    random.shuffle(prepared)
    found = list(find_shared(prepared, family=family))
    assert len(found) == len(set(found))
    assert set(found) == pair_by_keys(prepared, family=family)
