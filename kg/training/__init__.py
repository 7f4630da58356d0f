"""Fits the extractors' judges to annotated articles: ``python -m kg.training`` (developers only)."""
