"""Pictures as Pillow has them: for each path on standard input, a PNG of RGBA pixels in the given folder and a line of JSON.

What Pillow cannot bring to 8 bits without a word on its range (32-bit integers and floating point) has no reference.
"""

import io
import json
import os
import sys
import warnings

from PIL import Image, ImageCms, ImageFile, ImageOps

warnings.simplefilter("ignore")
Image.MAX_IMAGE_PIXELS = 1 << 27
ImageFile.LOAD_TRUNCATED_IMAGES = False
SRGB = ImageCms.createProfile("sRGB")

# Pillow's modes and the spaces of profiles that explain them.
SPACES = {"RGB": "RGB", "RGBA": "RGB", "L": "GRAY", "CMYK": "CMYK"}


def converted(image):
    """The colours by the embedded profile, where it explains such pixels."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in SPACES:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if image.mode == "L" and source.profile.xcolor_space.strip() == "RGB":
            image = image.convert("RGB")
        if source.profile.xcolor_space.strip() != SPACES[image.mode]:
            return image
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        plain = image.convert("RGB") if image.mode == "RGBA" else image
        # Without cutting corners, which cost up to 10 codes in dark greys.
        exact = ImageCms.Flags.NOOPTIMIZE
        result = ImageCms.profileToProfile(plain, source, SRGB, renderingIntent=1, outputMode="RGB", flags=exact)
        if alpha:
            result.putalpha(alpha)
        return result
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def eight_bits(image):
    if image.mode.startswith("I;16"):
        values = image.convert("I").point(lambda value: value / 257 + 0.5)
        return values.convert("L")
    if image.mode in ("I", "F"):
        raise ValueError(f"mode {image.mode} has no range")
    if image.mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        return ImageCms.profileToProfile(image, lab, SRGB, outputMode="RGB")
    return image


def picture(path):
    with Image.open(path) as image:
        image.load()
        image = ImageOps.exif_transpose(image)
        return converted(eight_bits(image)).convert("RGBA")


out = sys.argv[1]
for index, line in enumerate(sys.stdin):
    path = line.rstrip("\n")
    answer = {"index": index}
    try:
        image = picture(path)
        image.save(os.path.join(out, f"{index}.png"), compress_level=1)
        answer["size"] = image.size
    except Exception as error:  # whatever Pillow says of a broken file
        answer["error"] = f"{type(error).__name__}: {error}"
    print(json.dumps(answer), flush=True)
