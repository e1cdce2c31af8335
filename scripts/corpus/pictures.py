"""Writes the corpus of bad and odd pictures, its `expected.csv` and its README.

Run: python scripts/corpus/pictures.py

Everything is drawn or assembled here, so the files belong to the project. The same versions of Pillow and
its codecs give the same bytes; the committed files are what the tests read.
Needs Pillow (written with 13.0.0).
"""

import csv
import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageCms

FOLDER = Path(__file__).resolve().parents[2] / "crates/gancho-cli/tests/corpus/pictures"
ROWS: list[dict] = []


def add(name, data, what, outcome="read", code="", size="", orientation="", warnings="", pixel=""):
    """Writes one file and its row.

    `pixel` is `x,y:#rrggbb` of the upright picture, checked within 6 levels; `warnings` are codes.
    """
    (FOLDER / name).write_bytes(data)
    ROWS.append(dict(file=name, outcome=outcome, code=code, size=size, orientation=orientation,
                     warnings=" ".join(warnings.split()), pixel=pixel, what=what))


def encoded(image, form, **options):
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def scene(width=48, height=32):
    """Red, green, blue and gold quarters: any turn, flip or swapped channel shows."""
    image = Image.new("RGB", (width, height))
    colors = [(220, 30, 30), (30, 160, 60), (30, 60, 200), (240, 190, 20)]
    for index, color in enumerate(colors):
        left, top = (index % 2) * width // 2, (index // 2) * height // 2
        image.paste(color, (left, top, left + width // 2, top + height // 2))
    return image


def noise(width, height):
    """Repeatable texture that does not compress away."""
    state, data = 1, bytearray()
    for _ in range(width * height * 3):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        data.append(state >> 16 & 255)
    return Image.frombytes("RGB", (width, height), bytes(data))


def exif(orientation, tag=0x0112, kind=3):
    block = b"MM\0\x2a\0\0\0\x08" + struct.pack(">HHHIHHI", 1, tag, kind, 1, orientation, 0, 0)
    return b"Exif\0\0" + block


def jpeg_with(segments):
    """The scene as JPEG, with extra segments behind the start of image."""
    data = encoded(scene(), "JPEG", quality=92, subsampling=0)
    extra = b"".join(b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body
                     for marker, body in segments)
    return data[:2] + extra + data[2:]


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, depth, color, rows, extra=b""):
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def broken():
    add("empty.jpg", b"", "no bytes at all", "refused", "empty")
    text = "Oferta de verano: -20 % hasta el domingo\n".encode()
    add("text_named.jpg", text, "plain text with a picture's name", "refused", "not-a-picture")

    jpeg = encoded(noise(96, 64), "JPEG", quality=80)
    add("truncated.jpg", jpeg[: len(jpeg) // 2], "JPEG cut in the middle", "refused", "truncated")
    progressive = encoded(noise(96, 64), "JPEG", quality=80, progressive=True)
    add("truncated_progressive.jpg", progressive[: len(progressive) * 2 // 3],
        "progressive JPEG cut after some scans", "refused", "truncated")
    add("truncated_header.jpg", jpeg[:40], "JPEG cut in its header", "refused", "truncated")
    data = encoded(noise(48, 32), "PNG")
    add("truncated.png", data[: len(data) // 2], "PNG cut in the middle", "refused", "truncated")
    data = encoded(noise(48, 32), "WEBP", quality=60)
    add("truncated.webp", data[: len(data) // 2], "WebP cut in the middle", "refused", "truncated")
    data = encoded(noise(48, 32).quantize(64), "GIF")
    add("truncated.gif", data[: len(data) // 2], "GIF cut in the middle", "refused", "truncated")
    data = encoded(noise(24, 16), "BMP")
    add("truncated.bmp", data[: len(data) // 2], "BMP cut in the middle", "refused", "truncated")
    data = encoded(noise(24, 16), "TIFF")
    add("truncated.tiff", data[: len(data) // 2], "TIFF cut in the middle", "refused", "truncated")
    data = bytearray(encoded(noise(48, 32), "PNG"))
    data[len(data) // 2] ^= 0xFF
    add("bad_checksum.png", bytes(data), "PNG with one byte changed", "refused", "corrupt")


def bombs():
    rows = zlib.compress(b"\0" * 1000, 9)
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    add("claims_60000x60000.png", data, "PNG that claims 60000 x 60000 pixels", "refused", "too-many-pixels")

    # 11000 x 11000 black pixels at one bit each: 15 MB of rows in a few kilobytes.
    data = png(11_000, 11_000, 1, 0, (b"\0" * (1 + 11_000 // 8)) * 11_000)
    add("bomb_121_megapixels.png", data, "121 real megapixels in a small file", "refused", "too-many-pixels")

    gif = b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    gif += b"\x2c" + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0) + b"\x02\x02\x44\x01\0\x3b"
    add("claims_65535x65535.gif", gif, "GIF that claims a huge canvas", "refused", "too-many-pixels")

    frame = b"GIF89a" + struct.pack("<HHBBB", 4, 4, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame += b"\x2c" + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0) + b"\x02\x02\x44\x01\0\x3b"
    add("huge_frame.gif", frame, "GIF of 4 x 4 whose frame claims 65535 x 65535", "refused", "too-many-pixels")

    text = b"Comment\0\0" + zlib.compress(b"\0" * 60_000_000, 9)
    plain = b"".join(b"\0" + bytes([200, 40, 40] * 8) for _ in range(8))
    add("text_bomb.png", png(8, 8, 8, 2, plain, chunk(b"zTXt", text)),
        "PNG with a text chunk that inflates to 60 MB", size="8x8", pixel="4,4:#c82828")

    profile = b"bomb\0\0" + zlib.compress(b"\0" * 60_000_000, 9)
    add("profile_bomb.png", png(8, 8, 8, 2, plain, chunk(b"iCCP", profile)),
        "PNG with a color profile that inflates to 60 MB", size="8x8", warnings="broken-icc",
        pixel="4,4:#c82828")


def odd():
    red = "8,8:#dc1e1e"
    add("png_named.jpg", encoded(scene(), "PNG"), "PNG with a JPEG's name", size="48x32", pixel=red)
    add("one_pixel.png", encoded(Image.new("RGB", (1, 1), (1, 2, 3)), "PNG"), "a single pixel", size="1x1",
        pixel="0,0:#010203")
    strip = Image.new("RGB", (30_000, 2), (20, 90, 160))
    add("30000x2.png", encoded(strip, "PNG"), "30000 x 2 pixels", size="30000x2", pixel="29999,1:#145aa0")
    add("gray.jpg", encoded(scene().convert("L"), "JPEG", quality=92), "gray JPEG", size="48x32",
        pixel="8,8:#575757")
    add("progressive.jpg", encoded(scene(), "JPEG", quality=92, subsampling=0, progressive=True),
        "progressive JPEG", size="48x32", pixel=red)
    add("palette.png", encoded(scene().quantize(8), "PNG"), "PNG with a palette", size="48x32", pixel=red)
    add("bilevel.png", encoded(scene().convert("1", dither=Image.Dither.NONE), "PNG"), "PNG of 1 bit",
        size="48x32", pixel="8,8:#000000")
    add("lossy.webp", encoded(scene(), "WEBP", quality=95), "lossy WebP", size="48x32", pixel=red)
    add("lossless.webp", encoded(scene(), "WEBP", lossless=True), "lossless WebP", size="48x32", pixel=red)
    add("plain.gif", encoded(scene().quantize(8), "GIF"), "GIF of one frame", size="48x32", pixel=red)
    add("plain.bmp", encoded(scene(), "BMP"), "BMP of 24 bits", size="48x32", pixel=red)
    add("plain.tiff", encoded(scene(), "TIFF", compression="tiff_lzw"), "TIFF with LZW", size="48x32", pixel=red)
    add("tail.jpg", encoded(scene(), "JPEG", quality=92, subsampling=0) + b"tail" * 100,
        "JPEG with other bytes behind its end", size="48x32", pixel=red)

    rows = b"".join(b"\0" + b"".join(struct.pack(">HHH", 65_535, 32_896, x * 1_285) for x in range(52))
                    for _ in range(4))
    add("rgb16.png", png(52, 4, 16, 2, rows), "PNG of 16 bits per channel", size="52x4", pixel="51,3:#ff80ff")
    rows = b"".join(b"\0" + struct.pack(">HH", 25_700, 32_768) * 4 for _ in range(4))
    add("gray16_alpha.png", png(4, 4, 16, 4, rows), "PNG of 16-bit gray with alpha", size="4x4",
        warnings="transparency", pixel="1,1:#b1b1b1")
    half = scene().convert("RGBA")
    half.putalpha(128)
    add("alpha.png", encoded(half, "PNG"), "half-transparent PNG", size="48x32", warnings="transparency",
        pixel="8,8:#ed8e8e")
    add("opaque_alpha.png", encoded(scene().convert("RGBA"), "PNG"), "PNG with an alpha channel that hides nothing",
        size="48x32", pixel=red)
    add("transparent.png", encoded(Image.new("RGBA", (16, 16), (255, 0, 0, 0)), "PNG"), "wholly transparent PNG",
        size="16x16", warnings="wholly-transparent", pixel="8,8:#ffffff")

    frames = [scene(), scene().transpose(Image.Transpose.ROTATE_180), Image.new("RGB", (48, 32))]
    many = dict(save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=0)
    add("animated.gif", encoded(frames[0], "GIF", **many), "GIF of three frames, 600 ms", size="48x32",
        warnings="animated", pixel=red)
    add("animated.webp", encoded(frames[0], "WEBP", lossless=True, **many), "WebP of three frames, 600 ms",
        size="48x32", warnings="animated", pixel=red)
    add("animated.png", encoded(frames[0], "PNG", **many), "APNG of three frames, 600 ms", size="48x32",
        warnings="animated", pixel=red)


def color():
    cmyk = scene().convert("CMYK")
    data = encoded(cmyk, "JPEG", quality=95, subsampling=0)
    add("cmyk_adobe.jpg", data, "CMYK JPEG with Adobe's marker, values inverted", size="48x32",
        warnings="cmyk-without-profile", pixel="8,8:#dc1e1e")
    at = data.index(b"\xff\xee")
    plain = data[:at] + data[at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0] :]
    add("cmyk_not_inverted.jpg", invert_cmyk(plain), "CMYK JPEG without Adobe's marker, values as they are",
        size="48x32", warnings="cmyk-without-profile", pixel="8,8:#dc1e1e")

    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    add("srgb_profile.jpg", encoded(scene(), "JPEG", quality=92, subsampling=0, icc_profile=srgb),
        "JPEG with an sRGB profile", size="48x32", pixel="8,8:#dc1e1e")
    # Display P3 (0.8, 0.2, 0.2) is sRGB (0.871, 0.094, 0.160), by the matrices of CSS Color 4.
    p3 = Image.new("RGB", (8, 8), (204, 51, 51))
    add("display_p3.png", encoded(p3, "PNG", icc_profile=display_p3()), "PNG with a Display P3 profile",
        size="8x8", pixel="4,4:#de1829")
    add("broken_icc.jpg", encoded(scene(), "JPEG", quality=92, subsampling=0, icc_profile=b"not a profile" * 20),
        "JPEG whose color profile is garbage", size="48x32", warnings="broken-icc", pixel="8,8:#dc1e1e")
    add("missing_icc_part.jpg", jpeg_with([(0xE2, b"ICC_PROFILE\0\x02\x02" + srgb)]),
        "JPEG with the second of two parts of a profile", size="48x32", warnings="broken-icc",
        pixel="8,8:#dc1e1e")


def invert_cmyk(data):
    """Re-encodes so that the stored values are ink itself. Pillow always stores them inverted: invert first."""
    image = Image.open(io.BytesIO(data)).convert("CMYK")
    inverted = Image.merge("CMYK", [it.point(lambda v: 255 - v) for it in scene().convert("CMYK").split()])
    assert image.size == inverted.size
    data = encoded(inverted, "JPEG", quality=95, subsampling=0)
    at = data.index(b"\xff\xee")
    return data[:at] + data[at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0] :]


def display_p3():
    """A minimal matrix profile (ICC.1:2022): P3 primaries adapted to D50, the curve of sRGB."""

    def s15(value):
        return struct.pack(">i", round(value * 65_536))

    def xyz(x, y, z):
        return b"XYZ \0\0\0\0" + s15(x) + s15(y) + s15(z)

    def text(words):
        body = words.encode("utf-16-be")
        return b"mluc\0\0\0\0" + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(body), 28) + body

    curve = b"para\0\0\0\0\0\x03\0\0" + b"".join(map(s15, (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)))
    tags = [(b"desc", text("Display P3")), (b"cprt", text("CC0")), (b"wtpt", xyz(0.9642, 1.0, 0.8249)),
            (b"rXYZ", xyz(0.51512, 0.24120, -0.00105)), (b"gXYZ", xyz(0.29198, 0.69225, 0.04189)),
            (b"bXYZ", xyz(0.15710, 0.06657, 0.78407)), (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags:
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", 0, b"\0\0\0\0", 0x04000000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + s15(0.9642) + s15(1.0) + s15(0.8249)
    head += b"\0" * (128 - len(head))
    profile = head + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", len(profile)) + profile[4:]


def orientations():
    # Stored so that the upright picture is always the scene: 48 x 32 with red at the top left.
    turns = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_90",
             7: "TRANSVERSE", 8: "ROTATE_270"}
    for value in range(1, 9):
        image = scene()
        if value in turns:
            image = image.transpose(Image.Transpose[turns[value]])
        data = encoded(image, "JPEG", quality=92, subsampling=0, exif=exif(value))
        add(f"orientation_{value}.jpg", data, f"EXIF orientation {value}", size="48x32", orientation=str(value),
            pixel="8,8:#dc1e1e")
    turned = scene().transpose(Image.Transpose.ROTATE_90)
    add("orientation_6.png", encoded(turned, "PNG", exif=exif(6)), "EXIF orientation 6 in a PNG", size="48x32",
        orientation="6", pixel="8,8:#dc1e1e")
    add("orientation_6.webp", encoded(turned, "WEBP", lossless=True, exif=exif(6)),
        "EXIF orientation 6 in a WebP", size="48x32", orientation="6", pixel="8,8:#dc1e1e")
    add("orientation_6.tiff", encoded(turned, "TIFF", tiffinfo={274: 6}), "orientation 6 in a TIFF",
        size="48x32", orientation="6", pixel="8,8:#dc1e1e")
    add("broken_exif.jpg", jpeg_with([(0xE1, b"Exif\0\0II\x2a\0\xf0\xff\xff\xff")]),
        "EXIF whose directory lies outside", size="48x32", orientation="1", warnings="broken-exif",
        pixel="8,8:#dc1e1e")
    add("orientation_99.jpg", jpeg_with([(0xE1, exif(99))]), "EXIF orientation 99", size="48x32",
        orientation="1", warnings="broken-exif", pixel="8,8:#dc1e1e")


def foreign():
    refused = ("refused", "unsupported-format")
    add("drawing.svg", b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n',
        "SVG", *refused)
    add("layers.psd", b"8BPS\0\x01" + b"\0" * 6 + struct.pack(">HIIHH", 3, 32, 48, 8, 3), "PSD header", *refused)
    add("avif.jpg", struct.pack(">I", 28) + b"ftypavif\0\0\0\0avifmif1miaf", "AVIF header with a JPEG's name",
        *refused)
    add("photo.heic", struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic", "HEIC header", *refused)
    add("icon.ico", encoded(scene(16, 16), "ICO", sizes=[(16, 16)]), "ICO", *refused)
    add("page.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n", "PDF", *refused)
    add("clip.mp4", struct.pack(">I", 24) + b"ftypisom\0\0\x02\0isomiso2", "MP4 header", "refused", "video")


def write_tables():
    fields = ["file", "outcome", "code", "size", "orientation", "warnings", "pixel", "what"]
    with (FOLDER / "expected.csv").open("w", newline="") as target:
        writer = csv.DictWriter(target, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(ROWS)
    lines = ["# Bad and odd pictures", "",
             "Small pictures that go wrong in one way each, all drawn or assembled by `scripts/corpus/pictures.py`,",
             "which also writes this page and `expected.csv`. The tests of `gancho-media` check every row: read",
             "with exactly these warnings, this size and this color at one point, or refused with this code.", "",
             "| file | what | outcome |", "|---|---|---|"]
    for row in ROWS:
        outcome = f"refused: `{row['code']}`" if row["outcome"] == "refused" else "read"
        if row["warnings"]:
            outcome += ", with " + ", ".join(f"`{it}`" for it in row["warnings"].split())
        lines.append(f"| `{row['file']}` | {row['what']} | {outcome} |")
    (FOLDER / "README.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for part in (broken, bombs, odd, color, orientations, foreign):
        part()
    write_tables()
    print(f"{len(ROWS)} files, {sum((FOLDER / row['file']).stat().st_size for row in ROWS):,} bytes")
