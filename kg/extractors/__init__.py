"""The text half: plain functions from a parsed article to frames; no RDF here."""
