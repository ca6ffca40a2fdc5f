# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a prompt asks for music or for a sound, where one address takes both."""

from __future__ import annotations

import re

from oscine.text.directions import names_sound

_MUSIC = frozenset(
    """
music musical song songs track tune melody melodies melodic bpm tempo chord chords arpeggio arpeggios harmony groove
beats riff riffs jingle soundtrack anthem ballad symphony concerto sonata waltz instrumental orchestra orchestral band
ensemble choir remix loop lofi edm techno trance dubstep dnb reggae ska jazz blues funk disco salsa samba bossa
hip-hop hiphop chiptune synthwave guitar guitars piano violin violins cello viola flute saxophone sax trombone clarinet
oboe marimba ukulele banjo accordion synth synths synthesizer bassline drums drumbeat percussion woodwinds
""".split()
)
"""Words that are of music alone."""
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def is_music(prompt: str) -> bool:
    """A word of music decides for it, else a word for a sound against it; a prompt with neither is music."""
    words = _WORD.findall(prompt.lower())
    return not _MUSIC.isdisjoint(words) or not names_sound(words)
