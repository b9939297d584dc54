"""Opens a picture, and prints the sizes that people see: fresh pixels in sRGB, upright, without any metadata."""

import io
import os
import warnings
from typing import Any

from PIL import Image, ImageOps

from documents.darkroom import Unusable, exif
from documents.darkroom.boxes import check_boxes

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_PIXELS = 60_000_000
QUICK_PIXELS = 4_000_000
"""Up to here a picture is decoded even when the order is only a quick look; JPEGs always are, at an eighth."""
QUALITY = 82

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def examine(path: str, *, outputs: dict[str, dict[str, Any]], is_thorough: bool) -> dict[str, Any]:
    """Measures the picture, reads when and where it was taken, and writes `outputs`.

    `outputs` maps a size's name to `{"path": ..., "edge": pixels}`. A quick look (not `is_thorough`) leaves large
    HEIC, PNG and WebP pictures undecoded, and then writes nothing.
    """
    picture = opened(path)
    check_whole(path, picture)
    findings = facts(picture)
    if is_thorough or picture.format in {"JPEG", "MPO"} or findings["width"] * findings["height"] <= QUICK_PIXELS:
        findings["outputs"] = print_sizes(picture, outputs)
    return findings


def opened(path: str) -> Image.Image:
    """The picture with only its header read."""
    with open(path, "rb") as file:
        if file.read(8).endswith(b"ftyp"):
            teach_heif()
    try:
        picture = Image.open(path, formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unusable("too-many-pixels") from error
    except Image.UnidentifiedImageError as error:
        raise Unusable("damaged") from error
    if picture.width * picture.height > MOST_PIXELS:
        raise Unusable("too-many-pixels")
    return picture


def teach_heif() -> None:
    """Loads the HEIC decoder: only for pictures that need it, as five photos in a second leave no time for more."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def check_whole(path: str, picture: Image.Image) -> None:
    """Finds a picture that was cut off without decoding it; WebP shows that when opened, JPEG when decoded."""
    if picture.format == "PNG":
        with Image.open(path, formats=("PNG",)) as again:
            again.verify()
    elif picture.format == "HEIF":
        check_boxes(path)


def facts(picture: Image.Image) -> dict[str, Any]:
    """Size as people see it (after turning), time and place."""
    tags = exif.tags_of(picture)
    width, height = picture.size
    if tags.get(exif.ORIENTATION) in exif.LYING:
        width, height = height, width
    return {"format": picture.format, "width": width, "height": height, **exif.evidence(tags)}


def print_sizes(picture: Image.Image, outputs: dict[str, dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Decodes once, for the largest size asked, and writes every size from that."""
    largest_first = sorted(outputs.items(), key=lambda output: -output[1]["edge"])
    edge = largest_first[0][1]["edge"] if largest_first else 1
    sheet = developed(picture, edge)
    made = {}
    for name, output in largest_first:
        sheet.thumbnail((output["edge"], output["edge"]), Image.Resampling.LANCZOS)
        made[name] = write(sheet, output["path"])
    return made


def developed(picture: Image.Image, edge: int) -> Image.Image:
    """The whole picture shrunk to `edge`, upright, in sRGB, on white, carrying nothing but pixels."""
    picture.draft("RGB", (edge * 2, edge * 2))
    picture.load()
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    elif picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    picture.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(picture)
    sheet = Image.new("RGB", upright.size, "white")
    colours = in_srgb(upright)
    sheet.paste(colours.convert("RGB"), mask=transparency(upright))
    return sheet


def transparency(picture: Image.Image) -> Image.Image | None:
    """The mask of what is not see-through; None when everything is solid."""
    return picture.getchannel("A") if picture.mode in {"LA", "RGBA"} else None


def in_srgb(picture: Image.Image) -> Image.Image:
    """Converts from the profile that the picture names (phones write Display P3) to the one that browsers assume."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture
    from PIL import ImageCms

    if picture.mode in {"LA", "RGBA"}:
        picture = picture.convert("L" if picture.mode == "LA" else "RGB")
    try:
        source = ImageCms.getOpenProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError):  # a broken profile is no reason to lose the picture
        return picture


def write(sheet: Image.Image, path: str) -> dict[str, int]:
    """Writes one JPEG to disk for good."""
    with open(path, "wb") as file:
        sheet.save(file, "JPEG", quality=QUALITY, optimize=True, progressive=sheet.width > 480)
        file.flush()
        os.fsync(file.fileno())
        return {"width": sheet.width, "height": sheet.height, "size": file.tell()}
