"""Photos: what is taken, and that it comes out upright, plain and in its colours."""

import hashlib
import struct

import pytest
from photo_samples import (
    GOOD,
    SECRET,
    dump,
    files,
    grey16,
    heic,
    left_is_red,
    opened,
    png_bomb,
    secret_exif,
    secret_jpeg,
    secret_png,
    segments,
    view,
)
from PIL import Image, ImageCms

from geo.base.problems import InputError
from surveys.photos.draw import SCENE_KINDS, draw_scene
from surveys.photos.keep import PhotoShelf


@pytest.fixture
def shelf(tmp_path):
    return PhotoShelf(tmp_path / "photos")


ACCEPTED = [
    ("a phone's JPEG", lambda: dump(view())),
    ("a progressive JPEG", lambda: dump(view(), progressive=True)),
    ("a grey JPEG", lambda: dump(view(mode="L"))),
    ("a printer's CMYK JPEG", lambda: dump(view(mode="CMYK"))),
    ("a screenshot", lambda: dump(view(), "PNG")),
    ("a PNG with a palette", lambda: dump(view(mode="P"), "PNG")),
    ("a PNG with a clear colour", lambda: dump(view(mode="P"), "PNG", transparency=0)),
    (
        "a PNG with clear palette entries",
        lambda: dump(view(mode="P"), "PNG", transparency=b"\0\xff"),
    ),
    ("a clear PNG", lambda: dump(view(mode="RGBA"), "PNG")),
    ("a clear grey PNG", lambda: dump(view(mode="LA"), "PNG")),
    ("a PNG of 16 bits", lambda: dump(grey16(), "PNG")),
    ("a PNG of one bit", lambda: dump(view(mode="1"), "PNG")),
    ("a WebP", lambda: dump(view(), "WEBP")),
    ("a moving WebP", lambda: dump(view(), "WEBP", save_all=True, append_images=[view(mode="L")])),
    ("a moving GIF", lambda: dump(view(), "GIF", save_all=True, append_images=[view(mode="L")])),
    ("two views of one camera", lambda: dump(view(), "MPO", save_all=True, append_images=[view()])),
    ("an iPhone's HEIC", lambda: heic(view())),
    ("a clear HEIC", lambda: heic(view(mode="RGBA"))),
    ("one pixel", lambda: dump(view(1, 1), "PNG")),
    ("a hair's breadth", lambda: dump(view(30_000, 1), "PNG")),
    ("40 million pixels, the most", lambda: png_bomb(8_000, 5_000)),
    ("a JPEG with a zip behind it", lambda: dump(view()) + b"PK\x03\x04" + SECRET),
    ("a JPEG with a film behind it", lambda: dump(view()) + b"ftypmp4" + b"\xff\xda\0\x02" * 500),
    ("a JPEG with a page in its comment", lambda: dump(view(), comment=b"<script>" + SECRET)),
    ("a JPEG with everything in it", secret_jpeg),
    ("a PNG with everything in it", secret_png),
    ("a HEIC with everything in it", lambda: heic(view(), exif=secret_exif(), xmp=SECRET)),
    ("a WebP with everything in it", lambda: dump(view(), "WEBP", exif=secret_exif(), xmp=SECRET)),
    ("a broken profile", lambda: dump(view(), icc_profile=b"no profile" + SECRET)),
    ("a broken Exif", lambda: dump(view(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + SECRET)),
]


@pytest.mark.parametrize(("why", "make"), ACCEPTED, ids=[row[0] for row in ACCEPTED])
def test_a_photo_is_kept_as_pixels_and_nothing_else(shelf, why, make):
    photo = shelf.take(make(), file="写真.jpg")
    data, thumb = shelf.load(photo.id), shelf.load(photo.id, thumb=True)
    assert hashlib.sha256(data).hexdigest() == photo.id
    assert files(shelf) == sorted([f"{photo.id}.jpg", f"{photo.id}.thumb.jpg"])
    image = opened(data)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (photo.width, photo.height))
    assert photo.bytes == len(data)
    assert max(image.size) <= 2048 and max(opened(thumb).size) <= 320
    for kept in (data, thumb):
        assert SECRET not in kept and b"script" not in kept and b"Exif" not in kept
        # APP0 is the JFIF head of 14 bytes; then tables and the frame only.
        apps = [
            (mark, len(body)) for mark, body in segments(kept) if mark not in {0xDB, 0xC0, 0xC4}
        ]
        assert apps == [(0xE0, 14)]
        assert kept.endswith(b"\xff\xd9")


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_orientation_comes_out_upright(shelf, orientation, kind):
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's transpositions, undone
    stored = view() if orientation == 1 else view().transpose(back[orientation])
    photo = shelf.take(dump(stored, kind, exif=secret_exif(orientation)))
    image = opened(shelf.load(photo.id))
    assert image.size == (300, 200) and left_is_red(image)


def test_heic_is_turned_once_and_not_twice(shelf):
    stored = view().transpose(Image.Transpose.ROTATE_90)
    photo = shelf.take(heic(stored, exif=secret_exif(6).tobytes()))
    image = opened(shelf.load(photo.id))
    assert image.size == (300, 200) and left_is_red(image)


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((4032, 3024), (2048, 1536)),
        ((3024, 4032), (1536, 2048)),
        ((2048, 9), (2048, 9)),
        ((5000, 1), (2048, 1)),
    ],
)
def test_the_longer_side_is_at_most_2048(shelf, size, kept):
    photo = shelf.take(dump(view(*size)))
    assert (photo.width, photo.height) == kept


def test_what_is_clear_is_white_and_grey_of_16_bits_keeps_its_tones(shelf):
    clear = shelf.take(dump(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"))
    assert min(opened(shelf.load(clear.id)).getpixel((20, 20))) > 250
    image = opened(shelf.load(shelf.take(dump(grey16(), "PNG")).id))
    assert abs(image.getpixel((40, 100))[0] - 234) < 4
    assert abs(image.getpixel((260, 100))[0] - 31) < 4


def test_colours_are_made_srgb_by_the_profile(shelf):
    xyz = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    plain = shelf.take(dump(view(), "PNG"))
    assert shelf.take(dump(view(), "PNG", icc_profile=xyz)).id == plain.id  # no RGB profile
    swapped = swapped_profile()
    image = opened(shelf.load(shelf.take(dump(view(), "PNG", icc_profile=swapped)).id))
    assert not left_is_red(image)


def swapped_profile():
    """An sRGB whose red and blue are each other's."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", data[128:132])[0]
    where = {bytes(data[132 + 12 * n : 136 + 12 * n]): 132 + 12 * n for n in range(count)}
    data[where[b"rXYZ"] : where[b"rXYZ"] + 4], data[where[b"bXYZ"] : where[b"bXYZ"] + 4] = (
        b"bXYZ",
        b"rXYZ",
    )
    return bytes(data)


def test_the_same_photo_twice_is_one_file(shelf):
    one, two = shelf.take(GOOD), shelf.take(GOOD)
    assert one == two and len(files(shelf)) == 2
    assert list(shelf.ids()) == [one.id]


def test_an_id_is_no_path(shelf):
    photo = shelf.take(GOOD)
    for bad in ("", "../../etc/passwd", photo.id.upper(), photo.id + "\n", photo.id[:-1], "/" * 64):
        for ask in (shelf.load, shelf.has, shelf.path_of):
            with pytest.raises(InputError):
                ask(bad)
    assert shelf.has(photo.id) and not shelf.has("0" * 64)
    with pytest.raises(InputError, match="not here"):
        shelf.load("0" * 64)


@pytest.mark.parametrize("worn", [False, True])
@pytest.mark.parametrize("kind", SCENE_KINDS)
def test_a_scene_is_the_same_bytes_each_time_and_can_be_kept(shelf, kind, worn):
    scene = draw_scene(kind, seed=4, worn=worn)
    assert scene == draw_scene(kind, seed=4, worn=worn)
    assert opened(scene).size == (1200, 800)
    assert scene != draw_scene(kind, seed=4, worn=not worn)
    assert len({draw_scene(kind, seed=seed, worn=worn) for seed in range(4)}) == 4
    assert shelf.take(scene).width == 1200


def test_an_unknown_scene_is_refused():
    with pytest.raises(InputError, match="choose from"):
        draw_scene("castle", seed=1)
