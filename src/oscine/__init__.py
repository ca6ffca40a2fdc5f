# SPDX-License-Identifier: GPL-3.0-or-later
"""Oscine: a self-hosted audio-generation server and library. Text in, speech, music and sound effects out."""

__version__ = "0.1.0"
