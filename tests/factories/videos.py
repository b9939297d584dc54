"""Videos as telephones and browsers make them, small and drawn; each is encoded once a run."""

import functools
import io
import struct
from fractions import Fraction

import av
from PIL import Image

from documents import renditions, videos
from documents.models import StoredFile
from ledger.actors import SYSTEM
from tests.factories import documents

PLACE = "+03.0449+101.4456/"
"""Klang, as a telephone writes it into a video."""
RED = "#b42318"
SOUND_RATE = 48_000


def picture(number, size):
    """A wall that changes a little with every picture; the red square marks the left top corner."""
    sheet = Image.new("RGB", size, (30, 100, number * 7 % 256))
    sheet.paste(RED, (0, 0, size[0] // 4, size[1] // 4))
    return sheet


@functools.cache
def encoded(
    form, video, sound="", *, frames=30, rate=15, size=(160, 120), turned=0, tags=(), pix="yuv420p", options=()
):
    """The bytes of a video: container (mp4, mov, webm), encoders, clockwise turn of the camera, tags of the file."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=form) as film:
        film.metadata.update(dict(tags))
        stream = film.add_stream(video, rate=rate, options=dict(options))
        stream.width, stream.height, stream.pix_fmt = *size, pix
        if turned:
            stream.set_display_rotation(-turned)
        noise = film.add_stream(sound, rate=SOUND_RATE) if sound else None
        for number in range(frames):
            frame = av.VideoFrame.from_image(picture(number, size))
            frame.pts, frame.time_base = number, Fraction(1, rate)
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
        if noise:
            hum(film, noise, frames / rate)
    return buffer.getvalue()


def hum(film, stream, seconds):
    """A low tone."""
    stream.codec_context.open(strict=False)
    context = stream.codec_context
    wave = av.AudioFrame(format="s16", layout="mono", samples=int(SOUND_RATE * seconds))
    wave.rate, wave.pts = SOUND_RATE, 0
    turn = b"".join(struct.pack("<h", 4000 if number % 400 < 200 else -4000) for number in range(400))
    length = wave.planes[0].buffer_size
    wave.planes[0].update((turn * (length // len(turn) + 1))[:length])
    resampler = av.AudioResampler(context.format.name, "stereo", SOUND_RATE, frame_size=context.frame_size or None)
    for piece in [*resampler.resample(wave), *resampler.resample(None)]:
        film.mux(stream.encode(piece))
    film.mux(stream.encode(None))


def phone_tags(place=PLACE):
    return (("location", place), ("make", "Telephone"), ("creation_time", "2026-03-03T12:10:00Z"))


def mp4(**options):
    """H.264 and AAC, as most telephones write it."""
    return encoded("mp4", "libx264", "aac", tags=phone_tags(), **options)


def mov(**options):
    """HEVC and AAC in QuickTime, held upright, with the place (atom ©xyz), as an iPhone writes it."""
    quiet = (("x265-params", "log-level=none"),)
    return encoded("mov", "libx265", "aac", turned=90, tags=phone_tags(), options=quiet, **options)


def webm(codec="libvpx-vp9", **options):
    """VP9 or VP8 and Opus, as a browser records it."""
    return encoded("webm", codec, "libopus", **options)


def busy_mp4(size, *, seconds=20):
    """A playable MP4 of at least `size` bytes: a short film, and a box of the length that is left."""
    film = encoded("mp4", "libx264", "aac", frames=seconds * 15, size=(320, 240))
    return film + box(b"free", bytes(max(0, size - len(film) - 8)))


def box(name, content):
    return struct.pack(">I", 8 + len(content)) + name + content


FTYP = box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")


def many_boxes(number=1_000_000):
    """An MP4 of nothing but boxes."""
    return FTYP + box(b"free", b"") * number


def many_inner_boxes(number=1_000_000):
    """The same one floor below."""
    return FTYP + box(b"moov", box(b"free", b"") * number)


def endless(seconds=10**6):
    """A film that claims to run for days: its time scale, 1 in 15,360 of a second as written, made to be seconds."""
    content = bytearray(mp4())
    for name, at in ((b"mvhd", 12), (b"mdhd", 12)):
        place = -1
        while (place := content.find(name, place + 1)) >= 0:
            content[place + 4 + at : place + 8 + at] = struct.pack(">I", 1)
            content[place + 8 + at : place + 12 + at] = struct.pack(">I", seconds)
    return bytes(content)


def too_wide():
    """A film of 16,000 pixels by 16."""
    return webm(size=(16_000, 16), frames=2)


def make_video(*, content=None, name="leak.mp4", by=SYSTEM, at=documents.AT, is_developed=True):
    """A video that went through the real door; `is_developed` also makes its pictures and its copy."""
    file = documents.make_stored_file(content=content or mp4(), name=name, by=by, at=at, allow=("video",))
    if is_developed:
        develop(file, at=at)
        file = StoredFile.objects.get(pk=file.pk)
    return file


def develop(file, *, at=documents.AT):
    """What the worker does."""
    renditions.make(file.pk, at=at)
    videos.make(file.pk, at=at)
