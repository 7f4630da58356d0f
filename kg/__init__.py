"""decision-kg: who decided what, under which limits, according to whom."""

__version__ = "0.1.0"
__all__ = ["__version__"]
