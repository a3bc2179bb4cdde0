"""What the exporter cannot trace for every size of image, written so that it can: Swin, pyramid pooling, empty skips.

The modules stay those of timm and segmentation-models-pytorch, with their parameters and their names; some of them
compute the same in other words. The originals build masks, windows and pools for one size that they are told; here they
follow from the shape of what comes in, so that a graph has no table in it and fits any size that fills the windows.
``tests/models`` compares with the originals.
"""

from __future__ import annotations

from types import MethodType

import torch
from segmentation_models_pytorch.decoders.unet.decoder import DecoderBlock
from segmentation_models_pytorch.encoders.timm_universal import TimmUniversalEncoder
from timm.models.swin_transformer import PatchMerging, SwinTransformerBlock, SwinTransformerStage, WindowAttention
from torch import Tensor, nn
from torch.nn import functional

_OUTSIDE = -100.0
"""What Swin adds to the attention between tokens that are no neighbours in the image."""


def traceable(net: nn.Module) -> nn.Module:
    """``net``, changed in place, for inference."""
    forwards = {
        TimmUniversalEncoder: _encoder,
        DecoderBlock: _unet_block,
        nn.AdaptiveAvgPool2d: _pool,
        SwinTransformerStage: _stage,
        PatchMerging: _merge_patches,
    }
    for module in net.modules():
        forward = forwards.get(type(module))
        if forward:
            module.forward = MethodType(forward, module)
        if hasattr(module, "strict_img_size"):
            module.strict_img_size = False
    return net


def _encoder(self: TimmUniversalEncoder, x: Tensor) -> list[Tensor]:
    """timm's features, NCHW, after the image itself and an empty one at half of its size."""
    features = self.model(x)
    if self._is_channel_last:
        features = [f.permute(0, 3, 1, 2) for f in features]
    if self._is_transformer_style:
        features = [x[:, :0, ::2, ::2], *features]
    return [x, *features]


def _unet_block(self: DecoderBlock, x: Tensor, skip: Tensor | None = None) -> Tensor:
    """Double, join the skip if it has channels, convolve twice."""
    x = functional.interpolate(x, scale_factor=2.0, mode="nearest")
    if skip is not None and self.conv1[0].in_channels != x.shape[1]:
        x = torch.cat([x, skip], 1)
    return self.attention2(self.conv2(self.conv1(self.attention1(x))))


def _pool(self: nn.AdaptiveAvgPool2d, x: Tensor) -> Tensor:
    """Means over m x n cells that cover the map, as two products with matrices: cells overlap where n does not divide.

    Cell i of n covers floor(i W / n) to ceil((i + 1) W / n).
    """
    m, n = self.output_size if isinstance(self.output_size, tuple) else (self.output_size,) * 2
    if m == n == 1:
        return x.mean((2, 3), keepdim=True)

    cells = {count: torch.arange(count).unsqueeze(1) for count in {m, n}}

    def weights(count: int, size: Tensor) -> Tensor:
        cell, place = cells[count], torch.arange(size).unsqueeze(0)
        inside = (place >= (cell * size).div(count, rounding_mode="floor")) & (place * count < (cell + 1) * size)
        inside = inside.to(x.dtype)
        return inside / inside.sum(1, keepdim=True)

    return weights(m, x.shape[2]) @ x @ weights(n, x.shape[3]).transpose(0, 1)


# -- Swin


def _merge_patches(self: PatchMerging, x: Tensor) -> Tensor:
    """Four neighbours (B, H, W, C) into one (B, H / 2, W / 2, C'); H and W are even."""
    x = torch.cat([x[:, i::2, j::2] for j in (0, 1) for i in (0, 1)], -1)
    return self.reduction(self.norm(x))


def _stage(self: SwinTransformerStage, x: Tensor) -> Tensor:
    """Blocks over windows, every second one over windows that are shifted by half."""
    x = self.downsample(x)
    block = self.blocks[1]
    window, shift = block.window_size[0], block.target_shift_size[0]
    geometry = _Geometry(x, window, shift)
    for block in self.blocks:
        x = x + _window_attention(block, block.norm1(x), geometry)
        x = x + block.mlp(block.norm2(x))
    return x


class _Geometry:
    """Of the windows of a stage.

    Attributes:
        height, width: of the map; rows, columns: numbers of windows that cover it; below, right: what they lack.
        index: (window**4,) row of the table of biases for each pair of tokens of a window.
        mask: (rows * columns, 1, window**2, window**2), what is added between tokens after the shift.
    """

    def __init__(self, x: Tensor, window: int, shift: int) -> None:
        self.window, self.shift = window, shift
        self.height, self.width = x.shape[1], x.shape[2]
        self.below, self.right = ((window - size % window) % window for size in (self.height, self.width))
        self.rows, self.columns = (self.height + self.below) // window, (self.width + self.right) // window
        place = torch.arange(window)
        # Of tokens i and j, in one direction: i - j + window - 1; together as a place in a square table.
        distance = place.unsqueeze(1) - place + (window - 1)
        table = distance.view(window, 1, window, 1) * (2 * window - 1) + distance.view(1, window, 1, window)
        self.index = table.reshape(-1)
        rows, columns = self._zones(self.rows).view(-1, 1, window, 1), self._zones(self.columns).view(1, -1, 1, window)
        zones = (3 * rows + columns).reshape(-1, window * window)
        self.mask = ((zones.unsqueeze(1) != zones.unsqueeze(2)).to(x.dtype) * _OUTSIDE).unsqueeze(1)

    def _zones(self, windows: Tensor) -> Tensor:
        """Zone of each token in one direction: before the last window, in it, in what the shift brought round."""
        place, size = torch.arange(windows * self.window), windows * self.window
        return (place >= size - self.window).long() + (place >= size - self.shift).long()

    def split(self, x: Tensor) -> Tensor:
        """(B, H, W, C) to (B * windows, window**2, C)."""
        x = functional.pad(x, (0, 0, 0, self.right, 0, self.below))
        x = x.reshape(-1, self.rows, self.window, self.columns, self.window, x.shape[-1])
        return x.permute(0, 1, 3, 2, 4, 5).reshape(-1, self.window**2, x.shape[-1])

    def join(self, x: Tensor) -> Tensor:
        """The way back."""
        x = x.reshape(-1, self.rows, self.columns, self.window, self.window, x.shape[-1]).permute(0, 1, 3, 2, 4, 5)
        x = x.reshape(-1, self.rows * self.window, self.columns * self.window, x.shape[-1])
        return x[:, : self.height, : self.width]


def _window_attention(block: SwinTransformerBlock, x: Tensor, geometry: _Geometry) -> Tensor:
    """Attention (B, H, W, C) inside the windows."""
    shift = block.target_shift_size[0]
    if shift:
        x = x.roll((-shift, -shift), (1, 2))
    windows = _attention(block.attn, geometry.split(x), geometry, shift > 0)
    x = geometry.join(windows)
    return x.roll((shift, shift), (1, 2)) if shift else x


def _attention(attn: WindowAttention, x: Tensor, geometry: _Geometry, masked: bool) -> Tensor:
    tokens, heads, channels = geometry.window**2, attn.num_heads, attn.dim
    qkv = attn.qkv(x).reshape(-1, tokens, 3, heads, channels // heads).permute(2, 0, 3, 1, 4)
    q, k, v = qkv.unbind(0)
    bias = attn.relative_position_bias_table[geometry.index].reshape(tokens, tokens, heads).permute(2, 0, 1)
    scores = (q * attn.scale) @ k.transpose(-2, -1) + bias
    if masked:
        by_image = scores.reshape(-1, geometry.rows * geometry.columns, heads, tokens, tokens)
        scores = (by_image + geometry.mask).reshape(-1, heads, tokens, tokens)
    x = torch.softmax(scores, -1) @ v
    return attn.proj(x.transpose(1, 2).reshape(-1, tokens, channels))
