"""The graph as tables for pandas and spreadsheets: one row for each claim, each limit, each link of a source chain.

Columns are named and stay in place, text is UTF-8, missing values are empty. ``claim`` joins the three tables.
"""

import csv
import io

import pyoxigraph as ox

from kg import terms
from kg.store import Store

__all__ = ["TABLES", "format_tables"]

ARTICLE = """
    ?claim dcterms:source ?article . ?article rdfs:label ?headline .
    OPTIONAL { ?article schema:datePublished ?published }
    OPTIONAL { ?article schema:url ?url }
"""
#: Outside of the other pattern: Oxigraph looks a path in an inner OPTIONAL up for all articles at once.
OUTLET = "OPTIONAL { GRAPH ?g { ?article schema:publisher/schema:name ?outlet } }"
PASSAGE = """prov:wasDerivedFrom ?passage .
    ?passage nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end ."""

#: Table -> its query. A decision with two actors or two passages has a row for each pair.
TABLES = {
    "decisions": f"""
SELECT DISTINCT ?decision ?claim ?type ?concept ?status ?confidence ?actor ?recipient ?action ?agreement ?articles
  ?origins ?quote ?start ?end ?outlet ?published ?headline ?url ?article WHERE {{
  GRAPH ?g {{
    ?claim a kg:Claim ; kg:topType ?type ; kg:decisionType ?concept ; kg:status ?status ; kg:confidence ?confidence ;
      {PASSAGE}
    OPTIONAL {{ ?claim kg:actor/rdfs:label ?actor }}
    OPTIONAL {{ ?claim kg:recipient/rdfs:label ?recipient }}
    OPTIONAL {{ ?claim kg:action ?action }}
    {ARTICLE}
  }}
  {OUTLET}
  OPTIONAL {{
    ?decision kg:claim ?claim ; kg:agreement ?agreement ; kg:articleCount ?articles ; kg:originCount ?origins
  }}
}}""",
    "constraints": f"""
SELECT DISTINCT ?claim ?constraint ?kind ?effect ?text ?value ?unit ?agreement ?articles ?origins ?quote ?start ?end
  ?outlet ?published ?headline ?url ?article WHERE {{
  GRAPH ?g {{
    ?claim kg:constraint ?constraint .
    ?constraint kg:constraintKind ?kind ; kg:effect ?effect ; kg:text ?text ; odrl:rightOperand ?value ;
      {PASSAGE}
    OPTIONAL {{ ?constraint schema:unitText ?unit }}
    {ARTICLE}
  }}
  {OUTLET}
  OPTIONAL {{
    ?fused a kg:FusedConstraint ; prov:wasDerivedFrom ?constraint ; kg:agreement ?agreement ;
      kg:articleCount ?articles ; kg:originCount ?origins
  }}
}}""",
    "sources": f"""
SELECT DISTINCT ?claim ?chain ?position ?speaker ?kind ?cue ?channel ?conditions ?quote ?start ?end ?outlet ?published
  ?headline ?url ?article WHERE {{
  GRAPH ?g {{
    ?claim kg:source ?chain .
    ?chain kg:link ?link .
    ?link kg:position ?position ; kg:speakerKind ?kind ; kg:speaker/rdfs:label ?speaker ;
      {PASSAGE}
    OPTIONAL {{ ?link kg:cue/nif:anchorOf ?cue }}
    OPTIONAL {{ ?link kg:channel ?channel }}
    OPTIONAL {{ ?link kg:conditions ?conditions }}
    {ARTICLE}
  }}
  {OUTLET}
}}""",
}


def format_tables(store: Store) -> dict[str, bytes]:
    """Table name -> CSV (RFC 4180), rows sorted."""
    return {name: _format_rows(store, query) for name, query in TABLES.items()}


def _format_rows(store: Store, query: str) -> bytes:
    results = store.query(query, default_graphs=[terms.FUSED_GRAPH])
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(sorted(tuple(_show(row[name]) for name in names) for row in results))
    return output.getvalue().encode()


def _show(term: object) -> str:
    return str(getattr(term, "value", "")).removeprefix(terms.KG)
