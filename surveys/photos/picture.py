"""An uploaded image made into a plain photo: upright, small, and nothing but pixels (写真を作り直す)."""

from __future__ import annotations

import io
import re
import struct
import warnings
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image, ImageCms

from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 40_000_000
"""Largest upload in bytes: several times a phone's photo at its best setting."""

MAX_PIXELS = 40_000_000
"""Most pixels that are decoded: up to 400 MB (measured, a clear palette) while one is taken."""

LONG_SIDE = 2048
"""Longer side of a kept photo in pixels: sharp on A4, readable signs, about half a megabyte."""

THUMB_SIDE = 320
"""Longer side of a thumbnail in pixels."""

QUALITY = 85
"""JPEG quality of what is kept (0 to 95)."""

# What phones, cameras and browsers make. TIFF and the rest only widen what a hostile file can
# reach. "JPEG" also opens MPO, and of MPO, GIF and WebP the first frame is taken.
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")

# A scan of 70 bytes can cost a whole pass over 40 million pixels (20 ms measured), and 40 MB
# hold half a million of them; progressive photos have about ten.
_MAX_SCANS = 64
_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")
_SCAN, _END = 0xDA, 0xD9

# Exif's orientation (tag 0x0112, Exif 2.32 table 4): what makes the pixels upright.
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# What Pillow and libheif raise for files made by accident or by malice; Pillow warns of some
# faults, and a warning is an error where warnings are.
_BROKEN = (
    OSError, ValueError, SyntaxError, TypeError, LookupError, AttributeError, ArithmeticError,
    EOFError, RuntimeError, MemoryError, struct.error, Warning,
)  # fmt: skip
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)

# One photo is decoded at a time, so that ten uploads at once need one photo's memory.
_DECODING = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo made again from its pixels (作り直した写真).

    Attributes
    ----------
    jpeg
        The photo as JPEG without any metadata.
    thumb
        The same, its longer side `THUMB_SIDE` pixels or less.
    width, height
        Of the photo, in pixels, upright.
    """

    jpeg: bytes
    thumb: bytes
    width: int
    height: int


def remake_picture(data: bytes | Path, *, file: str = "") -> Picture:
    """Return an uploaded image as a plain JPEG and its thumbnail (写真を作り直す).

    The image is turned upright, its colours are made sRGB, what is transparent becomes white,
    and the longer side becomes at most `LONG_SIDE` pixels. Nothing but the pixels is carried
    over: no Exif, position, profile, comment or embedded thumbnail.

    Parameters
    ----------
    data
        The upload, or the file it is in: JPEG, MPO, PNG, WebP, GIF (the first frame of each),
        HEIC or HEIF. A file is read when its turn has come: of many that wait, one is in memory.
    file
        The upload's name, only for messages; what is in the file decides what it is.

    Raises
    ------
    InputError
        When it is empty, above `MAX_BYTES` or `MAX_PIXELS`, of another kind, or broken. The
        size in pixels is read from the header, before anything is decoded.
    """
    name = Words(f"写真「{file}」", f"the photo {file!r}") if file else Words("写真", "the photo")
    size = len(data) if isinstance(data, bytes) else data.stat().st_size
    if not size:
        raise InputError(_say(name, _EMPTY))
    if size > MAX_BYTES:
        raise InputError(_say(name, _HEAVY, mb=MAX_BYTES // 1_000_000))
    with _DECODING, warnings.catch_warnings():
        # A broken Exif beside whole pixels is no fault that the sender could mend.
        warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
        with io.BytesIO(data) if isinstance(data, bytes) else data.open("rb") as source:
            upright = _decode(source, name)
    jpeg = _dump_jpeg(upright)
    return Picture(
        jpeg=jpeg,
        # From what is kept, so that one made again later is the same.
        thumb=make_thumb(open_kept(jpeg)),
        width=upright.width,
        height=upright.height,
    )


def make_thumb(image: Image.Image) -> bytes:
    """Return an RGB image's thumbnail as JPEG (小さい写真を作る)."""
    return _dump_jpeg(_shrink(image, THUMB_SIDE))


def open_kept(data: bytes, *, side: int | None = None) -> Image.Image:
    """Return a photo of ours, decoded (しまった写真を開く).

    Parameters
    ----------
    data
        JPEG as `remake_picture` makes it.
    side
        Decode at a fraction of the size, this many pixels or more: quicker.

    Raises
    ------
    ValueError
        When it is not a whole JPEG of at most `LONG_SIDE` pixels.
    """
    try:
        image = Image.open(io.BytesIO(data), formats=("JPEG",))
        if max(image.size) > LONG_SIDE:
            raise ValueError(image.size)
        if side is not None:
            image.draft("RGB", (side, side))
        image.load()
    except (*_BROKEN, *_BOMB) as error:
        raise ValueError(str(error)) from None
    return image


def _decode(file: BinaryIO, name: Words) -> Image.Image:
    """Return the upload as an upright, small RGB image with nothing attached."""
    image = _open(file, name)
    if image.width * image.height > MAX_PIXELS:
        size = f"{image.width:,}×{image.height:,}"
        raise InputError(_say(name, _LARGE, size=size))
    try:
        if image.format in {"JPEG", "MPO"}:
            # Decoding at a fraction costs a fraction; twice the goal keeps the edges clean.
            goal = _fit(image.size, LONG_SIDE)
            image.draft(None, (goal[0] * 2, goal[1] * 2))
        image.load()
        turn = _UPRIGHT.get(_orientation(image))
        profile = image.info.get("icc_profile")
        small = _to_srgb(_shrink(_plain_mode(image), LONG_SIDE), profile)
    except (*_BROKEN, *_BOMB):
        raise InputError(_say(name, _TORN)) from None
    return small if turn is None else small.transpose(turn)


def _open(file: BinaryIO, name: Words) -> Image.Image:
    """Return the upload with only its header read."""
    _register_heif()
    # The bytes are in memory for this look only, not beside the pixels.
    if _count_scans(file.read()) > _MAX_SCANS:
        raise InputError(_say(name, _UNKNOWN))
    file.seek(0)
    try:
        return Image.open(file, formats=_FORMATS)
    except _BOMB:
        raise InputError(_say(name, _VAST)) from None
    except _BROKEN:
        raise InputError(_say(name, _UNKNOWN)) from None


def _count_scans(data: bytes) -> int:
    """Return how many passes a JPEG's first image takes, as far as the limit; 0 of others."""
    if not data.startswith(b"\xff\xd8"):
        return 0
    place, count = 2, 0
    while count <= _MAX_SCANS and (marker := _MARKER.search(data, place)):
        kind, place = marker[1][0], marker.end()
        if kind == _END:
            break
        count += kind == _SCAN
        place += int.from_bytes(data[place : place + 2], "big")
    return count


def _register_heif() -> None:
    """Teach Pillow HEIC, once, when the first photo comes."""
    if "HEIF" not in Image.OPEN:
        import pillow_heif  # noqa: PLC0415 - 20 MB of codec that only an upload needs

        # A phone's embedded thumbnail and depth map are never what we keep.
        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def _orientation(image: Image.Image) -> int:
    """Return Exif's orientation; a broken Exif says upright, the photo itself may be whole."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        return 1


def _plain_mode(image: Image.Image) -> Image.Image:
    """Return the image as L, RGB or CMYK: transparency on white, 16 bits and palettes resolved."""
    if image.mode.startswith("I"):
        # Pillow clips here: every 16-bit grey above 255 would come out white.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        clear = image if image.mode == "RGBA" else image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _to_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Return a bare RGB image, its colours by the profile when there is a sound one."""
    if isinstance(profile, bytes) and profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            image = turned or image
        except (ImageCms.PyCMSError, *_BROKEN):
            pass  # a broken profile: the colours as they are, rather than no photo
    bare = Image.new("RGB", image.size)
    bare.paste(image if image.mode == "RGB" else image.convert("RGB"))
    return bare


def _fit(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return `size` with the longer side at most `side` pixels, never less than one."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrink(image: Image.Image, side: int) -> Image.Image:
    size = _fit(image.size, side)
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _dump_jpeg(image: Image.Image) -> bytes:
    """Return a bare RGB image as JPEG: the same pixels give the same bytes."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _say(name: Words, text: Words, **values: object) -> Words:
    # Filled before the name is put in front: braces in a file's name are the sender's.
    filled = text.fill(**values)
    return Words(name.ja + filled.ja, name.en + filled.en)


_EMPTY = Words(
    "は中身が空です。写真を選び直して、もう一度送ってください",
    " is empty: choose it again and send it once more",
)
_HEAVY = Words(
    "は大きすぎます（{mb}MBまで）。カメラの設定で画質を下げるか、縮小した写真を送ってください",
    " is too large (up to {mb} MB): send a smaller one",
)
_LARGE = Words(
    "は画素数が大きすぎます（{size}画素。4,000万画素まで）。"
    "カメラの設定で小さくするか、縮小した写真を送ってください",
    " has too many pixels ({size}; up to 40 million): send a smaller one",
)
_VAST = Words(
    "は画素数が大きすぎます（4,000万画素まで）。縮小した写真を送ってください",
    " has far too many pixels (up to 40 million): send a smaller one",
)
_UNKNOWN = Words(
    "は写真として読めません。JPEG・PNG・WebP・GIF・HEICの写真を送ってください",
    " cannot be read as a photo: send a JPEG, PNG, WebP, GIF or HEIC",
)
_TORN = Words(
    "は途中で切れているか、こわれています。もとの写真を選び直して送るか、撮り直してください",
    " is cut short or broken: choose the original again, or take it anew",
)
