# SPDX-License-Identifier: GPL-3.0-or-later
"""Opus by libopus, in Ogg (RFC 7845).

Pages are written here rather than by libavformat: first pages leave after 20 ms of sound, later ones
grow, and the same samples always give the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import av
import numpy as np

from oscine.codecs.ogg import PageWriter
from oscine.domain.audio import AudioFormat, Samples

_RATE = 48000
_PACKET = 960
"""Samples a packet: 20 ms."""
_SMALL_PAGES = 25
"""The first half second leaves packet by packet, so that playing starts at once; 11 kbit/s of page headers."""
_PAGE_PACKETS = 5
"""Later pages hold 100 ms: 2.6 kbit/s of page headers, and a listener is ahead of it by then."""
_SERIAL = 0x4F73636E
"""Constant, so that equal samples give equal files."""


class OpusEncoder:
    """48 kHz, constant bit rate: every packet has exactly kbps × 20 / 8 bytes."""

    is_heavy = True

    def __init__(self, audio_format: AudioFormat) -> None:
        if audio_format.rate != _RATE or audio_format.kbps is None:
            raise ValueError("An Opus format has 48000 Hz and a bit rate.")
        self._codec = av.AudioCodecContext.create("libopus", "w")
        self._codec.sample_rate = _RATE
        self._codec.format = av.AudioFormat("flt")
        self._codec.layout = av.AudioLayout("mono" if audio_format.channels == 1 else "stereo")
        self._codec.bit_rate = audio_format.kbps * 1000
        self._codec.options = {"vbr": "off", "frame_duration": "20"}
        self._codec.open()
        identification = bytes(self._codec.extradata or b"")
        self._pre_skip: int = struct.unpack_from("<H", identification, 10)[0]
        """Samples the encoder puts before the sound; players drop them."""
        self._pages = PageWriter(_SERIAL)
        vendor = b"Oscine"
        comments = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", 0)
        self._head = self._pages.write([identification], 0) + self._pages.write([comments], 0)
        self._empty = (0,) if audio_format.channels == 1 else (0, 2)
        self._samples: Samples = np.zeros(self._empty, np.float32)
        """What does not fill a packet yet."""
        self._total = 0
        """Samples given so far."""
        self._packets: list[bytes] = []
        """What does not fill a page yet."""
        self._packet_count = 0
        self._is_flushed = False

    def encode(self, samples: Samples) -> bytes:
        if self._is_flushed:
            raise RuntimeError("This encoder was flushed; open another one.")
        if not samples.size:
            return b""
        self._total += len(samples)
        pages, self._head = [self._head], b""
        for packet in self._encode_packets(samples):
            self._packets.append(packet)
            self._packet_count += 1
            if len(self._packets) >= (1 if self._packet_count <= _SMALL_PAGES else _PAGE_PACKETS):
                pages.append(self._pages.write(self._packets, self._packet_count * _PACKET))
                self._packets.clear()
        return b"".join(pages)

    def flush(self) -> bytes:
        if self._is_flushed:
            return b""
        self._is_flushed = True
        # The last sounds leave the decoder pre_skip samples late. Padding until they have takes one packet at
        # least, so there is always something for the last page, whose position tells players where to stop.
        end = self._pre_skip + self._total
        padding = -(-end // _PACKET) * _PACKET - self._total
        self._packets.extend(self._encode_packets(np.zeros((padding, *self._empty[1:]), np.float32)))
        return self._head + self._pages.write(self._packets, end, is_last=True)

    def _encode_packets(self, samples: Samples) -> Iterator[bytes]:
        waiting = np.concatenate((self._samples, np.clip(samples, -1.0, 1.0)))
        whole = len(waiting) // _PACKET * _PACKET
        self._samples = waiting[whole:]
        for start in range(0, whole, _PACKET):
            frame = av.AudioFrame.from_ndarray(
                waiting[start : start + _PACKET].reshape(1, -1), format="flt", layout=self._codec.layout.name
            )
            frame.sample_rate = _RATE
            yield from (bytes(packet) for packet in self._codec.encode(frame))
