"""Pages that are pictures, read by tesseract where it is installed, each for a limited time."""

import io
import shutil
import subprocess
import time

from PIL import Image

from luytre.reporting.reading.files import Refused, Trouble

TESSERACT = "tesseract"
A_PAGE = 45.0  # seconds
SECONDS = 240.0  # for all pages of a file
MAX_BYTES = 2_000_000  # of text on one page


def is_there() -> bool:
    return shutil.which(TESSERACT) is not None


def png(image: Image.Image) -> bytes:
    kept = io.BytesIO()
    image.save(kept, "PNG", compress_level=1)
    return kept.getvalue()


def text_of(picture: bytes, *, dots: int, end: float) -> str:
    """Without the number of dots an inch tesseract overlooks tables.

    Raises Refused when tesseract is missing, does not know Vietnamese, or takes too long.
    """
    program = shutil.which(TESSERACT)
    if program is None:
        raise Refused(Trouble.NO_TESSERACT)
    left = min(A_PAGE, end - time.monotonic())
    if left <= 0:
        raise Refused(Trouble.SCAN_TOO_SLOW)
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", "4", "--dpi", str(dots)]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=left, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise Refused(Trouble.SCAN_TOO_SLOW) from error
    except OSError as error:
        raise Refused(Trouble.NO_TESSERACT) from error
    if done.returncode != 0:
        raise Refused(Trouble.NO_LANGUAGE if b"vie" in done.stderr else Trouble.BROKEN)
    return done.stdout[:MAX_BYTES].decode("utf-8", "replace")
