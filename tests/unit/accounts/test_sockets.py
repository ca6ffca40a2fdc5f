# SPDX-License-Identifier: GPL-3.0-or-later
"""How many sockets are open."""

from contextlib import ExitStack

import pytest

from oscine.accounts.sockets import Sockets
from oscine.domain.problems import SocketsFull


def test_in_all() -> None:
    sockets = Sockets(total=2, per_key=2)
    with sockets.enter():
        with sockets.enter():
            with pytest.raises(SocketsFull, match="2 sockets"), sockets.enter():
                pass
            assert sockets.open == 2
        with sockets.enter():
            pass
    assert sockets.open == 0


def test_by_key() -> None:
    sockets = Sockets(total=9, per_key=1)
    with ExitStack() as stack:
        stack.enter_context(sockets.belong("a"))
        stack.enter_context(sockets.belong("b"))
        with pytest.raises(SocketsFull, match="OSCINE_KEY_SOCKETS"), sockets.belong("a"):
            pass
    with sockets.belong("a"):
        pass
