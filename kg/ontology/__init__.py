"""``ontology/*.ttl`` -> ``Ontology``: decision types, lexicon, cues, known actors, places and offices.

The shapes of the entries. Each is named by an IRI, has the class given first, and one written form in ``rdfs:label``
(more in ``skos:altLabel``). Individuals (``kg:Only``) may also be written as literals ("only"). An own (``kg:``)
property that an entry of its class does not have is refused, as are unknown values; the error names the entry.

=====================  ============================================================================================
class                  properties
=====================  ============================================================================================
(decision types)       a class or concept that reaches one of kg:Permit kg:Prohibit kg:Require kg:Commit kg:Refuse
                       kg:Request kg:Warn by rdfs:subClassOf or skos:broader; skos:example sentences
kg:Frame               individuals name the syntactic frames (kg:RecipientAction a kg:Frame)
kg:DecisionEntry       label in lemmas; lexinfo:partOfSpeech lexinfo:verb|noun|adjective;
                       ontolex:evokes TYPE and/or kg:operator kg:Support|Reverse|Keep|Receive;
                       kg:frame FRAME; kg:impliesStatus kg:Made|Considered|Denied|Ended; kg:weight 0-1;
                       kg:object "lemma" (only with these objects); kg:notObject "lemma"; skos:example
kg:ConstraintCue       label in words; kg:cuePattern preposition|adverb|adjective|verb|subordinator|phrase|noun;
                       kg:effect kg:Only|Except|Requires; kg:constraintKind kg:Spatial|Temporal|Instrument|Target|
                       Purpose|Party|Quantity|Condition; kg:weight; kg:object; kg:notObject; skos:example
kg:ReportingCue        label in lemmas; lexinfo:partOfSpeech verb|noun|adjective|preposition|phrase; kg:frame;
                       kg:commitment "…"; kg:channel true; kg:weight; kg:object; kg:notObject; skos:example
kg:KnownActor          names; kg:actorKind kg:Person|Organisation|State|Group; kg:demonym "…"; kg:metonym "…";
                       kg:noun "…" (what it is called when known: "court"); kg:partOf ACTOR; kg:isoCode "XX";
                       kg:outlet true; skos:exactMatch WIKIDATA
kg:KnownPlace          names; kg:partOf ACTOR (its country); skos:exactMatch WIKIDATA
kg:ActorNouns          kg:actorKind; kg:noun "…": lemmas of common nouns that denote such an actor, between spaces
kg:Office              names; kg:role "head"|minister|spokesperson|judge|executive|legislator|officer|official|title
=====================  ============================================================================================

Example::

    @prefix kg: <https://w3id.org/decision-kg/ontology#> .
    @prefix lex: <https://w3id.org/decision-kg/lexicon/> .

    lex:give-green-light a kg:DecisionEntry ; rdfs:label "give the green light" ;
        lexinfo:partOfSpeech lexinfo:verb ; ontolex:evokes kg:Permit ; kg:frame kg:Dative ;
        skos:example "The council gave the developer the green light to build." .
    lex:lift a kg:DecisionEntry ; rdfs:label "lift" ; lexinfo:partOfSpeech lexinfo:verb ; kg:operator kg:Reverse .
    lex:solely a kg:ConstraintCue ; rdfs:label "solely" ; kg:cuePattern "adverb" ; kg:effect kg:Only .
    lex:according-to a kg:ReportingCue ; rdfs:label "according to" ; lexinfo:partOfSpeech lexinfo:preposition .
    actor:France a kg:KnownActor ; rdfs:label "France" ; kg:actorKind kg:State ; kg:demonym "French" ; kg:isoCode "FR" .
    lex:minister a kg:Office ; rdfs:label "minister" ; kg:role "minister" .
"""

from kg.ontology.entries import Concept, ConstraintCue, DecisionEntry, KnownActor, KnownPlace, Office, ReportingCue
from kg.ontology.gazetteer import fold_name
from kg.ontology.loader import find_ontology_files, load_ontology
from kg.ontology.statements import ACTOR, KG, LEXICON, PLACE
from kg.ontology.table import Ontology

__all__ = [
    "ACTOR",
    "KG",
    "LEXICON",
    "PLACE",
    "Concept",
    "ConstraintCue",
    "DecisionEntry",
    "KnownActor",
    "KnownPlace",
    "Office",
    "Ontology",
    "ReportingCue",
    "find_ontology_files",
    "fold_name",
    "load_ontology",
]
