"""Writes the copy of a video that people play: MP4 with H.264 and AAC, upright, quick to start, without any metadata.

H.264 that every browser plays is taken over as it is; everything else is encoded anew at 720p.
"""

import os
from abc import ABC, abstractmethod
from fractions import Fraction
from itertools import pairwise
from typing import Any, cast

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from documents.darkroom import Unusable, films
from documents.darkroom.films import seconds

PLAIN = {"yuv420p", "yuvj420p"}
LONG_EDGE = 1280
MOST_A_SECOND = 30
SOUND_RATE = 48_000
SEI = "filter_units=remove_types=6"
"""Cameras may write anything at all, places included, into these units of H.264."""
SPOILT = 150
X264 = {"preset": "veryfast", "crf": "24", "maxrate": "2200k", "bufsize": "4400k"}
MP4 = {"movflags": "+faststart", "fflags": "+bitexact"}
BITEXACT: Any = av.container.Flags.bitexact.value
"""No name of the program that wrote it."""
COLOURS = ("color_primaries", "color_trc", "colorspace", "color_range")


def examine(path: str, *, target: str) -> dict[str, Any]:
    """Writes the copy to `target` and tells its measures."""
    form = films.form_of(path)
    with films.faults(), films.opened(path, form) as film:
        stream = films.moving_picture(film)
        first = films.frame_near(film, stream, 0)
    with films.faults(), films.opened(path, form) as film, av.open(target, "w", format="mp4", options=MP4) as copy:
        copy.flags |= BITEXACT
        stream = films.moving_picture(film)
        picture = (Taken if can_take(stream, first) else Drawn)(copy, stream, first)
        tracks: list[Track] = [picture, *sound_of(copy, film)]
        run(film, {track.source.index: track for track in tracks})
    with open(target, "rb") as file:
        os.fsync(file.fileno())
        size = file.seek(0, os.SEEK_END)
    if not picture.seconds:
        raise Unusable("no-picture")
    return {"width": picture.width, "height": picture.height, "size": size, "seconds": picture.seconds}


def run(film: InputContainer, tracks: "dict[int, Track]") -> None:
    """All packets once through, in the order of the file."""
    for packet in film.demux([track.source for track in tracks.values()]):
        tracks[packet.stream.index].take(packet)
    for track in tracks.values():
        track.end()


def can_take(stream: VideoStream, first: VideoFrame) -> bool:
    """H.264 with eight bits a colour is what Safari and Chrome both play, in every size that we take."""
    return stream.codec_context.name == "h264" and first.format.name in PLAIN


def sound_of(copy: OutputContainer, film: InputContainer) -> "list[Track]":
    """The first sound track, if there is one that can be read."""
    sounds = [sound for sound in film.streams.audio if sound.codec_context is not None]
    if not sounds:
        return []
    return [(TakenSound if sounds[0].codec_context.name == "aac" else RecordedSound)(copy, sounds[0])]


class Track(ABC):
    """One stream on its way into the copy; counts how long it is, whatever the file claims."""

    source: VideoStream | AudioStream

    def __init__(self, copy: OutputContainer) -> None:
        self.copy = copy
        self.seconds = 0.0
        self.first: float | None = None
        self.spoilt = 0

    def clock(self, moment: float, length: float = 0) -> None:
        """The film has come to `moment`."""
        self.first = moment if self.first is None else min(self.first, moment)
        self.seconds = max(self.seconds, moment + length - self.first)
        if self.seconds > films.LONGEST_SECONDS + 1:
            raise Unusable("too-long")

    def excuse(self, error: Exception) -> None:
        """A few spoilt packets are left out; a file of them is refused."""
        self.spoilt += 1
        if self.spoilt > SPOILT:
            raise Unusable("damaged") from error

    @abstractmethod
    def take(self, packet: Packet) -> None:
        """The next packet; an empty one comes last."""

    def end(self) -> None:  # noqa: B027  (most tracks have nothing left to write)
        """No more packets."""


class Taken(Track):
    """Packets as they are, in a new stream that keeps the turn of the camera and nothing else that was said of it."""

    def __init__(self, copy: OutputContainer, source: VideoStream, first: VideoFrame) -> None:
        super().__init__(copy)
        self.source = source
        self.width, self.height = measures(first)
        self.target = copy.add_stream_from_template(source)
        self.target.metadata.clear()
        self.target.time_base = source.time_base
        self.filter = av.BitStreamFilterContext(SEI, source, self.target)

    def take(self, packet: Packet) -> None:
        """Through the filter into the copy."""
        pieces = self.filter.filter(packet if packet.size else None)
        for piece in pieces:
            if piece.dts is None:
                continue
            if piece.pts is not None:
                self.clock(seconds(piece.pts, piece.time_base), seconds(piece.duration, piece.time_base))
            piece.stream = self.target
            self.copy.mux(piece)


class TakenSound(Track):
    """Sound as it is."""

    def __init__(self, copy: OutputContainer, source: AudioStream) -> None:
        super().__init__(copy)
        self.source = source
        self.target = copy.add_stream_from_template(source)
        self.target.metadata.clear()

    def take(self, packet: Packet) -> None:
        """Straight into the copy."""
        if packet.dts is None or not packet.size:
            return
        self.clock(seconds(packet.dts, packet.time_base))
        packet.stream = self.target
        self.copy.mux(packet)


class Drawn(Track):
    """Every picture decoded, turned upright, shrunk to 720p and encoded anew."""

    def __init__(self, copy: OutputContainer, source: VideoStream, first: VideoFrame) -> None:
        super().__init__(copy)
        self.source = source
        self.rotation = first.rotation % 360
        self.width, self.height = fitted(*measures(first))
        self.last = -1
        self.target = copy.add_stream("libx264", rate=MOST_A_SECOND, options=X264)
        self.target.width, self.target.height, self.target.pix_fmt = self.width, self.height, "yuv420p"
        self.target.codec_context.time_base = Fraction(1, 90_000)
        self.target.codec_context.thread_count = 2
        self.target.codec_context.flags |= av.codec.context.Flags.bitexact.value
        for name in COLOURS:
            setattr(self.target.codec_context, name, getattr(source.codec_context, name))
        self.shape = shape(first)
        self.graph = self.filters(first)

    def filters(self, first: VideoFrame) -> av.filter.Graph:
        """From a decoded picture to one that the encoder takes."""
        graph = av.filter.Graph()
        graph.threads = 1
        nodes = [
            graph.add_buffer(
                template=cast(VideoStream, self.source), width=first.width, height=first.height, format=first.format
            )
        ]
        turns = {90: ["2"], 180: ["1", "1"], 270: ["1"]}.get(self.rotation, [])
        nodes += [graph.add("transpose", turn) for turn in turns]
        nodes.append(graph.add("scale", f"{self.width}:{self.height}"))
        nodes.append(graph.add("setsar", "1"))
        nodes.append(graph.add("format", "yuv420p"))
        nodes.append(graph.add("buffersink"))
        for before, after in pairwise(nodes):
            before.link_to(after)
        graph.configure()
        return graph

    def take(self, packet: Packet) -> None:
        """Decodes and encodes what the packet completes."""
        try:
            frames: Any = packet.decode()
        except av.InvalidDataError as error:
            self.excuse(error)
            return
        for frame in frames:
            self.draw(frame)

    def draw(self, frame: VideoFrame) -> None:
        """One picture; of more than thirty a second some are left out."""
        if frame.pts is None:
            return
        moment = seconds(frame.pts, frame.time_base)
        self.clock(moment, 1 / MOST_A_SECOND)
        ticks = round((moment - (self.first or 0)) * 90_000)
        if ticks < self.last + 90_000 / (MOST_A_SECOND + 2) and self.last >= 0:
            return
        self.last = ticks
        if shape(frame) != self.shape:  # a recorder in a browser goes on when the telephone is turned
            self.shape, self.graph = shape(frame), self.filters(frame)
        self.graph.push(frame)
        drawn: Any = self.graph.pull()
        drawn.pts, drawn.time_base = ticks, Fraction(1, 90_000)
        self.copy.mux(self.target.encode(drawn))

    def end(self) -> None:
        """What the encoder still holds."""
        self.copy.mux(self.target.encode(None))


class RecordedSound(Track):
    """Sound decoded and encoded as AAC."""

    def __init__(self, copy: OutputContainer, source: AudioStream) -> None:
        super().__init__(copy)
        self.source = source
        self.target = copy.add_stream("aac", rate=SOUND_RATE)
        self.target.codec_context.layout = "stereo"
        self.target.codec_context.flags |= av.codec.context.Flags.bitexact.value
        self.resampler: av.AudioResampler | None = None

    def take(self, packet: Packet) -> None:
        """Decodes and encodes what the packet completes."""
        try:
            frames: Any = packet.decode()
        except av.InvalidDataError as error:
            self.excuse(error)
            return
        for frame in frames:
            if frame.pts is not None:
                self.clock(seconds(frame.pts, frame.time_base))
            self.record(frame)

    def record(self, frame: av.AudioFrame | None) -> None:
        """Through the resampler in pieces of the encoder's length."""
        if self.resampler is None:
            self.target.codec_context.open(strict=False)
            self.resampler = av.AudioResampler(
                "fltp", "stereo", SOUND_RATE, frame_size=self.target.codec_context.frame_size
            )
        for piece in self.resampler.resample(frame):
            self.copy.mux(self.target.encode(piece))

    def end(self) -> None:
        """What resampler and encoder still hold."""
        if self.resampler is not None:
            self.record(None)
            self.copy.mux(self.target.encode(None))


def shape(frame: VideoFrame) -> tuple[int, int, str]:
    """What a set of filters is made for."""
    return frame.width, frame.height, frame.format.name


def measures(frame: VideoFrame) -> tuple[int, int]:
    """Width and height as people see it."""
    return (frame.height, frame.width) if frame.rotation % 180 else (frame.width, frame.height)


def fitted(width: int, height: int) -> tuple[int, int]:
    """Even numbers, the longer edge at most 1,280."""
    share = min(1.0, LONG_EDGE / max(width, height))
    return max(2, round(width * share / 2) * 2), max(2, round(height * share / 2) * 2)
