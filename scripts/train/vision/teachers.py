"""Boxes of two public detectors, asked about pictures whose licence lets their answers train what ships.

Faces: YuNet (Wu et al. 2023), Apache-2.0. Text lines: PP-OCRv3 (PaddleOCR), Apache-2.0. Both by ONNX
Runtime; input and output formats as their READMEs in the data folder state them.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort
from PIL import Image


def session(path: Path, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(str(path), options, ["CPUExecutionProvider"])


def enlarged(picture: Image.Image, longer: int) -> tuple[np.ndarray, float]:
    """BGR floats of the picture with its longer side at `longer`, padded to multiples of 32, and the scale."""
    scale = longer / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    pixels = np.asarray(picture.convert("RGB").resize(size, Image.Resampling.BICUBIC), np.float32)[:, :, ::-1]
    pad = [(0, -pixels.shape[0] % 32), (0, -pixels.shape[1] % 32), (0, 0)]
    return np.pad(pixels, pad), scale


class FaceTeacher:
    def __init__(self, path: Path, threads: int) -> None:
        self.net = session(path, threads)
        self.names = [o.name for o in self.net.get_outputs()]

    def __call__(self, picture: Image.Image, longer: int = 640) -> np.ndarray:
        """Faces [n, 5]: x, y, width, height in pixels of the picture, and a score from 0.5 up."""
        pixels, scale = enlarged(picture, longer)
        fed = {"input": np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])}
        out = dict(zip(self.names, self.net.run(None, fed), strict=True))
        found = []
        for stride in (8, 16, 32):
            rows, columns = pixels.shape[0] // stride, pixels.shape[1] // stride
            flat = {k: out[f"{k}_{stride}"].reshape(rows * columns, -1) for k in ("cls", "obj", "bbox")}
            score = np.sqrt(np.clip(flat["cls"][:, 0] * flat["obj"][:, 0], 0, 1))
            for i in np.flatnonzero(score >= 0.5):
                dx, dy, dw, dh = flat["bbox"][i]
                w, h = np.exp(dw) * stride, np.exp(dh) * stride
                x, y = (i % columns + dx) * stride - w / 2, (i // columns + dy) * stride - h / 2
                found.append([x / scale, y / scale, w / scale, h / scale, score[i]])
        if not found:
            return np.zeros((0, 5), np.float32)
        found = np.array(found, np.float32)
        kept = cv2.dnn.NMSBoxes(found[:, :4].tolist(), found[:, 4].tolist(), 0.5, 0.4)
        return found[np.array(kept).flatten()]


class TextTeacher:
    MEAN, DEVIATION = np.array([0.485, 0.456, 0.406], np.float32), np.array([0.229, 0.224, 0.225], np.float32)

    def __init__(self, path: Path, threads: int) -> None:
        self.net = session(path, threads)

    def __call__(self, picture: Image.Image, longer: int = 640) -> list[np.ndarray]:
        """Text lines as quads [4, 2] in pixels of the picture."""
        pixels, scale = enlarged(picture, longer)
        x = ((pixels / 255 - self.MEAN) / self.DEVIATION).transpose(2, 0, 1)[None]
        probability = self.net.run(None, {"x": np.ascontiguousarray(x, np.float32)})[0][0, 0]
        quads = []
        outlines, _ = cv2.findContours((probability > 0.3).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            centre, (w, h), angle = cv2.minAreaRect(outline)
            if min(w, h) < 3:
                continue
            inside = np.zeros(probability.shape, np.uint8)
            cv2.fillPoly(inside, [outline], 1)
            if probability[inside > 0].mean() < 0.6:
                continue
            grow = 2 * (w * h * 1.6 / (2 * (w + h)))  # both sides; the map marks shrunk text
            quads.append(cv2.boxPoints((centre, (w + grow, h + grow), angle)) / scale)
        return quads
