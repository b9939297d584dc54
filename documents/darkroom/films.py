"""Opens a video: what it is, how long, when and where it was taken; prints one picture of it in the sizes asked for.

Only two demuxers are ever named (MP4/MOV, WebM), so that no playlist or list of other files is opened, whatever the
bytes claim to be.
"""

import contextlib
import errno
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from documents.darkroom import Unusable
from documents.darkroom.boxes import brand, check_boxes, check_segment
from documents.darkroom.pictures import write

LONGEST_SECONDS = 15 * 60
LONGEST_EDGE = 4096
MOST_PIXELS = 4096 * 2304
QUICK_PIXELS = 1920 * 1080
"""Up to here a quick look decodes a whole second; of sharper films only the first picture."""
OURS = {errno.ENOSPC, errno.EDQUOT}
POSTER_AT = 1.0
"""Seconds: the first moment is often a finger or the floor."""
MOST_FRAMES_TO_POSTER = 150
MOST_STREAMS = 16
VIDEO_CODECS = {"h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "mpeg4"}
DEMUXERS = {"mp4": "mov", "mov": "mov", "webm": "matroska"}
PLACE = re.compile(r"([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)")
PLACE_TAGS = ("com.apple.quicktime.location.ISO6709", "location", "location-eng")
TIME_TAGS = ("com.apple.quicktime.creationdate", "creation_time")
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?")


def examine(path: str, *, outputs: dict[str, dict[str, Any]], is_thorough: bool) -> dict[str, Any]:
    """Measures the video and writes `outputs` ({size: {"path", "edge"}}): pictures from about its first second.

    A quick look (not `is_thorough`) at a film sharper than full HD writes nothing.
    """
    form = form_of(path)
    with faults(), opened(path, form) as film:
        stream = moving_picture(film)
        findings = {"format": form, "seconds": duration(film, stream), **evidence(film, stream)}
        is_deep = is_thorough or stream.width * stream.height <= QUICK_PIXELS
        still = upright(frame_near(film, stream, POSTER_AT if is_deep else 0))
        findings["width"], findings["height"] = still.size
        if outputs and is_deep:
            findings["outputs"] = print_sizes(still, outputs)
    return findings


@contextlib.contextmanager
def faults() -> Iterator[None]:
    """What the decoder says in many ways becomes three: the file's fault, too little memory, this machine's fault."""
    try:
        yield
    except av.FFmpegError as error:
        if error.errno == errno.ENOMEM:
            raise MemoryError from error
        if error.errno in OURS:
            raise OSError(error.errno, str(error)) from error
        raise Unusable("damaged") from error


def form_of(path: str) -> str:
    """mp4, mov or webm, and the file there to its end; other containers are refused by name."""
    form = brand(path)
    if form not in DEMUXERS:
        raise Unusable("other-video")
    if form == "webm":
        check_segment(path)
    else:
        check_boxes(path)
    return form


def opened(path: str, form: str) -> InputContainer:
    """The container, read by its own demuxer and nothing else, from this file and nowhere else."""
    return av.open(path, format=DEMUXERS[form], options={"protocol_whitelist": "file"}, metadata_errors="replace")


def moving_picture(film: InputContainer) -> VideoStream:
    """The picture's stream, within what we open: codecs, edges, pixels, length."""
    if len(film.streams) > MOST_STREAMS:
        raise Unusable("damaged")
    stream = next((stream for stream in film.streams.video if not is_cover(stream)), None)
    if stream is None:
        raise Unusable("no-picture")
    codec = stream.codec_context
    if codec is None or codec.name not in VIDEO_CODECS:
        raise Unusable("other-video")
    if not codec.width or not codec.height:
        raise Unusable("damaged")
    if max(codec.width, codec.height) > LONGEST_EDGE or codec.width * codec.height > MOST_PIXELS:
        raise Unusable("too-sharp")
    if (duration(film, stream) or 0) > LONGEST_SECONDS:
        raise Unusable("too-long")
    codec.thread_count = 2
    codec.thread_type = "SLICE"  # frame threads would each hold pictures of their own
    return stream


def is_cover(stream: VideoStream) -> bool:
    """A still picture that only decorates the file."""
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def duration(film: InputContainer, stream: VideoStream) -> float | None:
    """Seconds as the file claims; None when it does not say (recorders of browsers leave it out)."""
    claims = [film.duration / av.time_base if film.duration else 0]
    claims += [seconds(each.duration, each.time_base) for each in (stream, *film.streams.audio)]
    return max(claims) or None


def seconds(ticks: int | None, unit: Fraction | None) -> float:
    """Ticks of a stream's clock; nothing where the file does not say."""
    return float(ticks * unit) if ticks and unit else 0.0


def frame_near(film: InputContainer, stream: VideoStream, moment: float) -> VideoFrame:
    """The first frame at or after `moment`; of a shorter film its last."""
    begin = seconds(stream.start_time, stream.time_base)
    found = None
    for number, frame in enumerate(frames(film, stream)):
        found = frame
        if (frame.time or 0) - begin >= moment or number >= MOST_FRAMES_TO_POSTER:
            break
    if found is None:
        raise Unusable("no-picture")
    return found


def frames(film: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Decoded frames; a few spoilt ones are left out."""
    spoilt = 0
    for packet in film.demux(stream):
        try:
            yield from packet.decode()
        except av.InvalidDataError as error:
            spoilt += 1
            if spoilt > MOST_FRAMES_TO_POSTER:
                raise Unusable("damaged") from error


def upright(frame: VideoFrame) -> Image.Image:
    """Pixels as the camera was held."""
    picture = frame.to_image()
    turned = picture.rotate(frame.rotation, expand=True) if frame.rotation else picture
    return turned.convert("RGB")


def print_sizes(still: Image.Image, outputs: dict[str, dict[str, Any]]) -> dict[str, dict[str, int]]:
    """One JPEG per size."""
    made = {}
    for name, output in sorted(outputs.items(), key=lambda output: -output[1]["edge"]):
        sheet = still.copy()
        sheet.thumbnail((output["edge"], output["edge"]), Image.Resampling.LANCZOS)
        made[name] = write(sheet, output["path"])
    return made


def evidence(film: InputContainer, stream: VideoStream) -> dict[str, Any]:
    """When and where, as `documents.moments` reads it; kept with the row and never shown."""
    tags = {**stream.metadata, **film.metadata}
    found: dict[str, Any] = {}
    if moment := next(filter(None, (MOMENT.match(tags.get(name, "")) for name in TIME_TAGS)), None):
        year, month, day, clock, offset = moment.groups()
        found["captured"] = f"{year}:{month}:{day} {clock}"
        found["offset"] = "+00:00" if offset in {None, "Z"} else offset
    if place := next(filter(None, (PLACE.match(tags.get(name, "")) for name in PLACE_TAGS)), None):
        found["gps"] = {"latitude": float(place[1]), "longitude": float(place[2])}
    return found
