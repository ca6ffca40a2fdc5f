# SPDX-License-Identifier: GPL-3.0-or-later
"""The ElevenLabs API over HTTP."""
