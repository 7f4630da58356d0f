"""What is given up cannot be stopped, and keeps nobody else from an answer."""

import asyncio
import threading

import pyoxigraph as ox
import pytest

from kg.service.evaluation import Evaluator, TooLongError


async def ask_beside_endless_work() -> int:
    evaluator = Evaluator(ox.Store(), timeout=0.3)
    with pytest.raises(TooLongError):
        await evaluator.run(threading.Event().wait)
    answer: int = await evaluator.run(sum, (1, 2))
    return answer


def test_the_thread_of_work_that_was_given_up_is_not_waited_for() -> None:
    assert asyncio.run(ask_beside_endless_work()) == 3
