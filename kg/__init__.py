"""decision-kg: who decided what, under which limits, according to whom."""
