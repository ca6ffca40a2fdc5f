# SPDX-License-Identifier: GPL-3.0-or-later
"""A sampler in numpy: a score and a SoundFont in, stereo out. `synth.py` is where to begin."""
