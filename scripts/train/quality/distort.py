"""Distortions of a picture, each with a strength, and the ladders made of them.

A picture is a float32 array (height, width, 3) of gamma-coded sRGB levels, 0 to 255. A ladder is a list of rungs of
growing strength; a rung is a list of steps `(distortion, strength)` carried out in order, and may end in an encoding
(JPEG or WebP), which then is the form in which the rung is stored.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image
from scipy import ndimage

# Distortion -> the part of quality that it lowers.
PART = {
    "gaussian_blur": "blur", "motion_blur": "blur", "defocus": "blur", "rescale": "blur",
    "gaussian_noise": "noise", "poisson_noise": "noise",
    "jpeg": "compression", "webp": "compression",
    "over": "exposure", "under": "exposure",
}
PARTS = ["blur", "noise", "compression", "exposure"]

# Strengths: standard deviation, length and radius in pixels; standard deviation in levels; photons at white;
# encoder quality; factor of reduction; stops.
LADDERS: dict[str, list[list[tuple[str, float]]]] = {
    "gaussian_blur": [[("gaussian_blur", it)] for it in (0.7, 1.2, 2.0, 3.2, 5.0)],
    "motion_blur": [[("motion_blur", it)] for it in (3, 6, 10, 16, 26)],
    "defocus": [[("defocus", it)] for it in (1.2, 2.2, 3.6, 5.5)],
    "rescale": [[("rescale", it)] for it in (1.5, 2.0, 3.0, 4.5, 7.0)],
    "gaussian_noise": [[("gaussian_noise", it)] for it in (4, 8, 15, 26, 45)],
    "poisson_noise": [[("poisson_noise", it)] for it in (1500, 400, 120, 40, 12)],
    "jpeg": [[("jpeg", it)] for it in (70, 40, 22, 12, 8, 5)],
    "webp": [[("webp", it)] for it in (60, 30, 12, 5, 0)],
    "over": [[("over", it)] for it in (0.7, 1.3, 2.0, 2.8)],
    "under": [[("under", it)] for it in (0.8, 1.6, 2.5, 3.6)],
    "blur_jpeg": [[("gaussian_blur", a), ("jpeg", b)] for a, b in ((0.8, 60), (1.4, 30), (2.2, 15), (3.5, 7))],
    "rescale_jpeg": [[("rescale", a), ("jpeg", b)] for a, b in ((1.5, 60), (2.0, 30), (3.0, 15), (4.5, 7))],
    "noise_jpeg": [[("gaussian_noise", a), ("jpeg", b)] for a, b in ((6, 75), (12, 45), (22, 25), (36, 12))],
    "blur_noise": [[("gaussian_blur", a), ("gaussian_noise", b)] for a, b in ((0.8, 4), (1.4, 9), (2.2, 18), (3.5, 32))],
    "under_noise": [[("under", a), ("gaussian_noise", b)] for a, b in ((0.8, 4), (1.5, 9), (2.3, 18), (3.2, 30))],
    "over_blur": [[("over", a), ("gaussian_blur", b)] for a, b in ((0.6, 0.8), (1.1, 1.4), (1.7, 2.2), (2.4, 3.5))],
}
ENCODED = {"jpeg", "webp"}


def linear(levels: np.ndarray) -> np.ndarray:
    it = levels / 255.0
    return np.where(it <= 0.04045, it / 12.92, ((it + 0.055) / 1.055) ** 2.4).astype(np.float32)


def coded(light: np.ndarray) -> np.ndarray:
    it = np.clip(light, 0, 1)
    return (255 * np.where(it <= 0.0031308, 12.92 * it, 1.055 * it ** (1 / 2.4) - 0.055)).astype(np.float32)


def convolve(levels: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    kernel = (kernel / kernel.sum()).astype(np.float32)
    return np.stack([ndimage.convolve(levels[..., i], kernel, mode="reflect") for i in range(3)], axis=2)


def motion_kernel(length: float, angle: float) -> np.ndarray:
    side = int(np.ceil(length)) | 1
    kernel = np.zeros((side + 2, side + 2), np.float32)
    middle = (side + 1) / 2
    for t in np.linspace(-(length - 1) / 2, (length - 1) / 2, 8 * side):
        x, y = middle + t * np.cos(angle), middle + t * np.sin(angle)
        i, j = int(y), int(x)
        fy, fx = y - i, x - j
        for di, dj, part in ((0, 0, (1 - fy) * (1 - fx)), (0, 1, (1 - fy) * fx), (1, 0, fy * (1 - fx)), (1, 1, fy * fx)):
            if 0 <= i + di < side + 2 and 0 <= j + dj < side + 2:
                kernel[i + di, j + dj] += part
    return kernel


def disk(radius: float) -> np.ndarray:
    reach = int(np.ceil(radius)) + 1
    fine = np.linspace(-reach - 0.5, reach + 0.5, (2 * reach + 1) * 8, endpoint=False) + 1 / 16
    inside = (fine[:, None] ** 2 + fine[None, :] ** 2 <= radius * radius).astype(np.float32)
    return inside.reshape(2 * reach + 1, 8, 2 * reach + 1, 8).mean(axis=(1, 3))


def to_image(levels: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(np.round(levels), 0, 255).astype(np.uint8))


def encode(levels: np.ndarray, kind: str, quality: float, subsampling: int) -> bytes:
    buffer = io.BytesIO()
    if kind == "jpeg":
        to_image(levels).save(buffer, "JPEG", quality=int(quality), subsampling=subsampling)
    else:
        to_image(levels).save(buffer, "WEBP", quality=int(quality), method=2)
    return buffer.getvalue()


def apply(levels: np.ndarray, step: tuple[str, float], ladder_seed: int) -> np.ndarray:
    """One step. What is random about a ladder (angle, kernel, grain) is the same on all of its rungs."""
    kind, strength = step
    rng = np.random.default_rng(ladder_seed)
    if kind == "gaussian_blur":
        return ndimage.gaussian_filter(levels, (strength, strength, 0), mode="reflect")
    if kind == "motion_blur":
        return convolve(levels, motion_kernel(strength, rng.uniform(0, np.pi)))
    if kind == "defocus":
        return convolve(levels, disk(strength))
    if kind == "rescale":
        image = to_image(levels)
        small = image.resize([max(4, round(it / strength)) for it in image.size], Image.Resampling.BICUBIC)
        kernel = rng.choice([Image.Resampling.BILINEAR, Image.Resampling.BICUBIC])
        return np.asarray(small.resize(image.size, kernel), np.float32)
    if kind == "gaussian_noise":
        channels = rng.choice([1, 3])  # grain of luma alone, or of color too
        noise = rng.standard_normal((*levels.shape[:2], channels)).astype(np.float32)
        if rng.random() < 0.4:  # grain of more than one pixel, as after demosaicing
            noise = ndimage.gaussian_filter(noise, (0.6, 0.6, 0))
            noise /= noise.std()
        return levels + strength * noise
    if kind == "poisson_noise":
        light = linear(np.clip(levels, 0, 255))
        return coded(rng.poisson(light * strength).astype(np.float32) / strength)
    if kind in ("over", "under"):
        stops = strength if kind == "over" else -strength
        grain = rng.uniform(-0.5, 0.5, levels.shape)  # hides the levels of the original, as a sensor's noise does
        return coded(linear(np.clip(levels + grain, 0, 255)) * np.float32(2.0**stops))
    if kind in ENCODED:
        data = encode(levels, kind, strength, int(rng.choice([0, 2])))
        return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), np.float32)
    raise ValueError(kind)


def gmsd(reference: np.ndarray, levels: np.ndarray) -> float:
    """Gradient magnitude similarity deviation of luma, 0 for the same picture (Xue et al. 2014)."""
    weights = np.array([0.299, 0.587, 0.114], np.float32)

    def slope(it: np.ndarray) -> np.ndarray:
        luma = ndimage.uniform_filter(it @ weights, 2)[::2, ::2]
        across = ndimage.prewitt(luma, axis=1) / 3
        down = ndimage.prewitt(luma, axis=0) / 3
        return np.hypot(across, down)

    a, b = slope(reference), slope(np.clip(levels, 0, 255))
    return float(np.std((2 * a * b + 170) / (a * a + b * b + 170)))


def likeness(reference: np.ndarray, levels: np.ndarray) -> float:
    """1 for the same picture, toward 0 with distortion: GMSD bent so that 0.1, visible damage, is about a half."""
    return float(np.exp(-((gmsd(reference, levels) / 0.13) ** 1.5)))
