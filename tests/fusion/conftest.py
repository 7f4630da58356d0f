"""The bundled ontology, asked once for all fusion tests."""

import pytest

from kg.fusion.lookup import Lookup
from kg.ontology import Ontology, load_ontology


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="session")
def lookup(ontology: Ontology) -> Lookup:
    return Lookup(ontology)
