"""Pictures to try the photo shelf with: small ones, and ones that hide something."""

import io
import struct
import zlib

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

SECRET = b"SECRET-MARK"


def view(width=300, height=200, mode="RGB"):
    """Red on the left, blue on the right: which way up it is can be seen."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), fill=(30, 30, 200))
    return image.convert(mode)


def dump(image, kind="JPEG", **kwargs):
    out = io.BytesIO()
    image.save(out, kind, **kwargs)
    return out.getvalue()


def heic(image, **kwargs):
    pillow_heif.register_heif_opener(thumbnails=False)
    return dump(image, "HEIF", **kwargs)


def png_chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_bomb(width, height):
    """A small file that unpacks to width × height black pixels of RGB."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    squeeze, row = zlib.compressobj(9), bytes(1 + width * 3)
    body = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    chunks = png_chunk(b"IHDR", head) + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def head_only_png(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", b"")


def secret_exif(orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif[0x013B] = "Name of a person " + SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 39.0, 1.0), 29: "2026:11:21"})
    return exif


def secret_jpeg():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    data = dump(
        view(),
        exif=secret_exif(),
        comment=SECRET,
        icc_profile=profile + SECRET,
        xmp=xmp,
        dpi=(72, 72),
    )
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0c" + SECRET
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + data[2:]


def secret_png():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET.decode())
    text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return dump(view(), "PNG", pnginfo=text, exif=secret_exif())


def segments(data):
    """The markers of a JPEG before its pixels, each with its body."""
    found, place = [], 2
    while data[place + 1] != 0xDA:
        long = struct.unpack(">H", data[place + 2 : place + 4])[0]
        found.append((data[place + 1], data[place + 4 : place + 2 + long]))
        place += 2 + long
    return found


def opened(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def left_is_red(image):
    r, _, b = image.getpixel((image.width // 8, image.height // 2))
    return r > 120 > b


def files(shelf):
    return sorted(path.name for path in shelf.folder.rglob("*") if path.is_file())


def grey16():
    row = struct.pack("<300H", *([60_000] * 150 + [8_000] * 150))
    return Image.frombytes("I;16", (300, 200), row * 200)


GOOD = dump(view(1200, 900))
