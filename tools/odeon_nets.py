"""The architectures of IGN's odeon-landcover, written anew from the names and shapes in their state_dicts.

They exist to make skeletons (``tools/make_skeletons.py``) and to be compared with numbers that the original computed.
One difference is meant: the original ResNet U-Net drops features at random even at inference; this one never does.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torchvision.models import mobilenet_v2, resnet18, resnet34, resnet101
from torchvision.models.segmentation.deeplabv3 import ASPP

RESNETS = {18: (resnet18, 512), 34: (resnet34, 512), 101: (resnet101, 2048)}


class DoubleConv(nn.Module):
    """Two 3 x 3 convolutions, each followed by batch norm where ``norm`` says so, and ReLU."""

    def __init__(self, c_in: int, c_out: int, norm: bool) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for channels in (c_in, c_out):
            layers.append(nn.Conv2d(channels, c_out, 3, padding=1))
            if norm:
                layers.append(nn.BatchNorm2d(c_out))
            layers.append(nn.ReLU())
        self.double_conv = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return self.double_conv(x)


class Wrapped(nn.Module):
    """Holds a module under another name, for the sake of the state_dict's keys."""

    def __init__(self, name: str, module: nn.Module) -> None:
        super().__init__()
        self.name = name
        self.add_module(name, module)

    def forward(self, x: Tensor) -> Tensor:
        return getattr(self, self.name)(x)


class Up(nn.Module):
    """Enlarge by two (corners aligned), halve the channels, join the skip in front, convolve."""

    def __init__(self, c_in: int, c_out: int, norm: bool) -> None:
        super().__init__()
        self.up = nn.Conv2d(c_in, c_out, 1)
        self.conv = DoubleConv(2 * c_out, c_out, norm)

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        x = self.up(F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True))
        return self.conv(torch.cat([skip, x], 1))


class UNet(nn.Module):
    """odeon's ``unet`` (width 64, batch norm) and ``lightunet`` (width 8, none); H and W multiples of 16."""

    def __init__(self, bands: int, classes: int, width: int = 64, norm: bool = True) -> None:
        super().__init__()
        self.inc = Wrapped("double_conv", DoubleConv(bands, width, norm))
        for i in range(4):
            c = width << i
            down = nn.Sequential(nn.MaxPool2d(2), DoubleConv(c, 2 * c, norm))
            self.add_module(f"down{i + 1}", Wrapped("maxpool_conv", down))
            c = width << (3 - i)
            self.add_module(f"up{i + 1}", Up(2 * c, c, norm))
        self.outc = Wrapped("conv", nn.Conv2d(width, classes, 1))

    def forward(self, x: Tensor) -> Tensor:
        features = [self.inc(x)]
        for down in (self.down1, self.down2, self.down3, self.down4):
            features.append(down(features[-1]))
        x = features.pop()
        for up in (self.up1, self.up2, self.up3, self.up4):
            x = up(x, features.pop())
        return self.outc(x)


class ConvRelu(nn.Module):
    """A 3 x 3 convolution and ReLU."""

    def __init__(self, c_in: int, c_out: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.conv(x))


class DecoderBlock(nn.Module):
    """Enlarge by two, two convolutions."""

    def __init__(self, c_in: int, c_mid: int, c_out: int) -> None:
        super().__init__()
        enlarge = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False)
        self.block = nn.Sequential(enlarge, ConvRelu(c_in, c_mid), ConvRelu(c_mid, c_out))

    def forward(self, *parts: Tensor) -> Tensor:
        return self.block(torch.cat(parts, 1))


class UNetResNet(nn.Module):
    """odeon's ``resnet18``, ``resnet34`` and ``resnet101``; H and W multiples of 64."""

    def __init__(self, bands: int, classes: int, depth: int) -> None:
        super().__init__()
        build, bottom = RESNETS[depth]
        self.encoder = build(weights=None)
        self.encoder.conv1 = nn.Conv2d(bands, 64, 7, stride=2, padding=3, bias=False)
        del self.encoder.fc
        self.center = DecoderBlock(bottom, 512, 256)
        self.dec5 = DecoderBlock(bottom + 256, 512, 256)
        self.dec4 = DecoderBlock(bottom // 2 + 256, 512, 256)
        self.dec3 = DecoderBlock(bottom // 4 + 256, 256, 64)
        self.dec2 = DecoderBlock(bottom // 8 + 64, 128, 128)
        self.dec1 = DecoderBlock(128, 128, 32)
        self.dec0 = ConvRelu(32, 32)
        self.final = nn.Conv2d(32, classes, 1)

    def forward(self, x: Tensor) -> Tensor:
        e = self.encoder
        x = F.max_pool2d(e.relu(e.bn1(e.conv1(x))), 2)
        x2 = e.layer1(x)
        x3 = e.layer2(x2)
        x4 = e.layer3(x3)
        x5 = e.layer4(x4)
        x = self.center(F.max_pool2d(x5, 2))
        x = self.dec3(self.dec4(self.dec5(x, x5), x4), x3)
        return self.final(self.dec0(self.dec1(self.dec2(x, x2))))


class DeepLabBackbone(nn.Module):
    """MobileNetV2 without its last block; also returns the features at a quarter of the size."""

    def __init__(self, bands: int) -> None:
        super().__init__()
        features = mobilenet_v2(weights=None).features[:-1]
        features[0][0] = nn.Conv2d(bands, 32, 3, stride=2, padding=1, bias=False)
        self.features = features

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        low = self.features[:3](x)
        return self.features[3:](low), low


class DeepLabDecoder(nn.Module):
    """The features of the pyramid, enlarged to the low-level ones and joined with them."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(24, 48, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(48)
        layers: list[nn.Module] = []
        for channels in (304, 256):
            layers += [nn.Conv2d(channels, 256, 3, padding=1, bias=False), nn.BatchNorm2d(256), nn.ReLU(), nn.Dropout()]
        self.last_conv = nn.Sequential(*layers, nn.Conv2d(256, classes, 1))

    def forward(self, x: Tensor, low: Tensor) -> Tensor:
        low = F.relu(self.bn1(self.conv1(low)))
        x = F.interpolate(x, size=low.shape[2:], mode="bilinear", align_corners=True)
        return self.last_conv(torch.cat([x, low], 1))


class DeepLab(nn.Module):
    """odeon's ``deeplab``: MobileNetV2, a pyramid of dilated convolutions, a decoder; any H and W."""

    def __init__(self, bands: int, classes: int) -> None:
        super().__init__()
        self.backbone = DeepLabBackbone(bands)
        self.aspp = ASPP(320, [6, 12, 18])
        self.decoder = DeepLabDecoder(classes)

    def forward(self, x: Tensor) -> Tensor:
        features, low = self.backbone(x)
        logits = self.decoder(self.aspp(features), low)
        return F.interpolate(logits, size=x.shape[2:], mode="bilinear", align_corners=True)
