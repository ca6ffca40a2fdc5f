# SPDX-License-Identifier: GPL-3.0-or-later
"""Makers of samples, and the worker processes they live in."""

import os

# Workers are spawned while gRPC has threads; its fork handlers are of no use before an exec, and can crash the child.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")
