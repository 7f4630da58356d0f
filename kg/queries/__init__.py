"""The stored questions (``*.rq``): the first line asks in words, further ``# ?name:`` lines tell the parameters."""

__all__: list[str] = []
