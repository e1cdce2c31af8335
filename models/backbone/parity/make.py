"""Writes what PyTorch makes of three small seeded ResNets, for the parity test.

    python models/backbone/parity/make.py

The modules are written out here in plain torch with torchvision's and timm's names, so that nothing
has to be downloaded. Each network goes to a folder as it would lie on the hub: config.json and
model.safetensors. expected.safetensors holds the picture, its cut-out as Pillow makes it, and the
embedding of each.
"""

import json
import pathlib

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import nn

HERE = pathlib.Path(__file__).parent
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]

# folder, timm's name, bottleneck, deep stem, channels, input side, interpolation, crop, kind on disk
NETWORKS = [
    ("basic", "resnet18", False, False, [4, 8, 16, 32], 64, "bilinear", 0.875, torch.float16),
    ("bottleneck", "resnet50", True, False, [4, 4, 8, 16], 64, "bicubic", 0.95, torch.bfloat16),
    # 72 / 8 = 9: an odd side meets the pooled shortcut.
    ("deep", "resnet26d", True, True, [4, 4, 8, 16], 72, "bicubic", 0.95, torch.float32),
]
FILTERS = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}
STEM_WIDTH = 4  # of the deep stem


class Block(nn.Module):
    def __init__(self, inside, width, channels, stride, bottleneck, pooled):
        super().__init__()
        end = channels * 4 if bottleneck else channels
        if bottleneck:
            self.conv1 = nn.Conv2d(width, channels, 1, bias=False)
            self.bn1 = nn.BatchNorm2d(channels)
            self.conv2 = nn.Conv2d(channels, channels, 3, stride, 1, bias=False)
            self.bn2 = nn.BatchNorm2d(channels)
            self.conv3 = nn.Conv2d(channels, end, 1, bias=False)
            self.bn3 = nn.BatchNorm2d(end)
        else:
            self.conv1 = nn.Conv2d(width, channels, 3, stride, 1, bias=False)
            self.bn1 = nn.BatchNorm2d(channels)
            self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
            self.bn2 = nn.BatchNorm2d(channels)
        self.convolutions = inside
        self.downsample = None
        if stride != 1 or width != end:
            if pooled:
                pool = (
                    nn.Identity()
                    if stride == 1
                    else nn.AvgPool2d(2, stride, ceil_mode=True, count_include_pad=False)
                )
                layers = [pool, nn.Conv2d(width, end, 1, 1, bias=False), nn.BatchNorm2d(end)]
            else:
                layers = [nn.Conv2d(width, end, 1, stride, bias=False), nn.BatchNorm2d(end)]
            self.downsample = nn.Sequential(*layers)

    def forward(self, x):
        y = x
        for n in range(1, self.convolutions + 1):
            y = getattr(self, f"bn{n}")(getattr(self, f"conv{n}")(y))
            if n < self.convolutions:
                y = torch.relu(y)
        return torch.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self, bottleneck, deep, channels, classes=10):
        super().__init__()
        if deep:
            width = 2 * STEM_WIDTH
            self.conv1 = nn.Sequential(
                nn.Conv2d(3, STEM_WIDTH, 3, 2, 1, bias=False),
                nn.BatchNorm2d(STEM_WIDTH),
                nn.ReLU(),
                nn.Conv2d(STEM_WIDTH, STEM_WIDTH, 3, 1, 1, bias=False),
                nn.BatchNorm2d(STEM_WIDTH),
                nn.ReLU(),
                nn.Conv2d(STEM_WIDTH, width, 3, 1, 1, bias=False),
            )
        else:
            width = 64
            self.conv1 = nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        for stage, wide in enumerate(channels):
            stride = 1 if stage == 0 else 2
            block = Block(3 if bottleneck else 2, width, wide, stride, bottleneck, deep)
            setattr(self, f"layer{stage + 1}", nn.Sequential(block))
            width = wide * 4 if bottleneck else wide
        self.fc = nn.Linear(width, classes)

    def pooled(self, x):
        x = self.maxpool(torch.relu(self.bn1(self.conv1(x))))
        for stage in range(1, 5):
            x = getattr(self, f"layer{stage}")(x)
        return x.mean((2, 3))


def seeded(network, generator):
    """Weights of the usual size, and statistics that are not those of a fresh normalization."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            count = module.num_features
            module.weight.data = 0.5 + torch.rand(count, generator=generator)
            module.bias.data = 0.2 * torch.randn(count, generator=generator)
            module.running_mean = 0.3 * torch.randn(count, generator=generator)
            module.running_var = 0.5 + torch.rand(count, generator=generator)
            module.num_batches_tracked.fill_(1000)
        elif isinstance(module, nn.Conv2d | nn.Linear):
            weight = torch.randn(module.weight.shape, generator=generator)
            module.weight.data = weight * (2 / weight[0].numel()) ** 0.5


def picture():
    """Waves and edges, 90 x 70 pixels, no two channels alike."""
    y, x = np.mgrid[0:70, 0:90].astype(np.float64)
    red = 127 + 120 * np.sin(x / 5 + y / 11)
    green = np.where((x // 9 + y // 7) % 2 == 0, 230, 20)
    blue = 255 * x / 89 * y / 69
    return np.stack([red, green, blue], axis=2).round().astype(np.uint8)


def cut_out(pixels, side, interpolation, crop):
    """torchvision's Resize and CenterCrop on a PIL image."""
    image = Image.fromarray(pixels)
    short = int(side / crop)
    width, height = image.size
    least = min(width, height)
    image = image.resize((int(short * width / least), int(short * height / least)), FILTERS[interpolation])
    left, top = round((image.width - side) / 2), round((image.height - side) / 2)
    return np.array(image.crop((left, top, left + side, top + side)))


@torch.no_grad()
def main():
    pixels = picture()
    expected = {"picture": torch.from_numpy(pixels)}
    for seed, (folder, name, bottleneck, deep, channels, side, interpolation, crop, kind) in enumerate(NETWORKS):
        network = ResNet(bottleneck, deep, channels).eval()
        seeded(network, torch.Generator().manual_seed(seed))
        stored = {
            key: value.to(kind).contiguous() if value.is_floating_point() else value
            for key, value in network.state_dict().items()
        }
        # What was rounded for the disk is what PyTorch computes with, too.
        network.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in stored.items()})
        out = HERE / folder
        out.mkdir(exist_ok=True)
        save_file(stored, out / "model.safetensors")
        args = {"layers": [1, 1, 1, 1], "channels": channels}
        if deep:
            args["stem_width"] = STEM_WIDTH
        config = {
            "architecture": name,
            "num_classes": 10,
            "num_features": channels[3] * (4 if bottleneck else 1),
            "model_args": args,
            "pretrained_cfg": {
                "tag": "parity",
                "num_classes": 10,
                "input_size": [3, side, side],
                "interpolation": interpolation,
                "crop_pct": crop,
                "crop_mode": "center",
                "mean": MEAN,
                "std": STD,
            },
        }
        (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        square = cut_out(pixels, side, interpolation, crop)
        values = torch.from_numpy(square).permute(2, 0, 1).float() / 255
        values = (values - torch.tensor(MEAN)[:, None, None]) / torch.tensor(STD)[:, None, None]
        pooled = network.pooled(values[None])[0]
        expected[f"{folder}.cut"] = torch.from_numpy(square)
        expected[f"{folder}.embedding"] = pooled / pooled.norm()
        print(folder, tuple(pooled.shape), f"{(out / 'model.safetensors').stat().st_size} bytes")
    save_file(expected, HERE / "expected.safetensors")


main()
