"""Photos of places: read with care, made anew, so that where and when they were taken does not travel with them."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

READ = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 50_000_000
EDGE = 1600
QUALITY = 82


class NotAPicture(Exception):
    """The file is no JPEG, PNG or WEBP that can be read."""


class TooBig(Exception):
    """More bytes or more pixels than a phone's photo has."""


@dataclass(frozen=True)
class Picture:
    """A JPEG that holds pixels and nothing else."""

    content: bytes
    width: int
    height: int


def made_anew(content: bytes) -> Picture:
    """The pixels upright, at most 1600 a side; position, time, device and remarks stay behind."""
    if len(content) > MOST_BYTES:
        raise TooBig
    try:
        with Image.open(io.BytesIO(content), formats=READ) as given:
            if given.width * given.height > MOST_PIXELS:
                raise TooBig
            return saved(ImageOps.exif_transpose(given).convert("RGB"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotAPicture from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooBig from error


def saved(upright: Image.Image) -> Picture:
    upright.thumbnail((EDGE, EDGE))
    bare = Image.new("RGB", upright.size)  # a fresh one carries none of the old one's data
    bare.paste(upright)
    target = io.BytesIO()
    bare.save(target, "JPEG", quality=QUALITY, optimize=True)
    return Picture(target.getvalue(), *bare.size)
