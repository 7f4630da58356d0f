"""The look-up of the bundled ontology, made once for all fusion tests."""

import pytest

from kg.fusion.lookup import Lookup
from kg.ontology import Ontology


@pytest.fixture(scope="session")
def lookup(ontology: Ontology) -> Lookup:
    return Lookup(ontology)
