"""The signals of a check's media, declared once: from here come columns, features and their words.

Every signal is the median over the measured frames, except those of the movement of the face, which need
at least three frames. None is an absolute colour or brightness of the skin: those follow the person's tone
and the room's lamp, and are kept apart for reports (`light`, `skin_tone`). "Against" is the logarithm of a
ratio: 0 where both sides are alike.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MediaSignal:
    """One number that is measured from frames.

    `name` is its column in `check_media`, `reason` the named group under which models show it,
    `sentence` what it measures, `said` its wording for an analyst with `{value}`.
    """

    name: str
    reason: str
    sentence: str
    said: str


_TEXTURE = {
    "lbp_flat": "Share of flat spots among the skin's local binary patterns.",
    "lbp_edges": "Share of edges among the skin's local binary patterns.",
    "lbp_mixed": "Share of irregular spots among the skin's local binary patterns.",
    "lbp_entropy": "Variety of the skin's local binary patterns, bits.",
    "lbp_coarse_mixed": "Share of irregular spots among local binary patterns three pixels wide.",
    "lbp_coarse_entropy": "Variety of local binary patterns three pixels wide, bits.",
    "lbp_against_ring": "Distance between the texture of the face and that of its surroundings, 0 to 1.",
    "detail_tails": "How rare and strong the fine details of the face are (kurtosis of the Laplacian).",
    "inner_outer_texture": "Fine texture of eyes, nose and mouth against forehead and jaw.",
}
_SHARPNESS = {
    "blur": "Variance of the Laplacian of the face, logarithm.",
    "blur_native": "Fine gradients of the face as filmed, against its coarse ones.",
    "blur_effect": "Share of the face's gradients that survives a blur: 1 for a picture already blurred.",
    "blur_against_ring": "Sharpness of the face against its surroundings.",
    "focus_spread": "How much the sharpness differs between parts of the face: little on a flat picture.",
    "eyes_against_cheeks": "Sharpness of the eyes against the cheeks.",
    "overshoot": "Bright and dark halos along the face's edges, as sharpening or a screen leaves them.",
    "contrast": "Contrast of the face against its own brightness.",
}
_SPECTRUM = {
    "spectrum_slope": "Slope of the face's radial spectrum, coarse to middle detail, both logarithmic.",
    "spectrum_high_slope": "Slope of the face's radial spectrum in fine detail.",
    "spectrum_high": "Share of fine detail in the face's spectrum, logarithm.",
    "spectrum_bend": "How far the face's radial spectrum bends away from a straight power law.",
    "spectrum_ripple": "How wavy the radial spectrum of the face is, as upsampling leaves it.",
    "spectrum_peak": "Strongest single peak of the face's spectrum above its neighbourhood, as filmed.",
    "spectrum_lattice": "Power on the lattice that upsampling by two leaves, against its neighbourhood.",
    "spectrum_axes": "Fine detail along rows and columns against the diagonals.",
    "spectrum_against_ring": "Share of fine detail in the face against its surroundings.",
    "moire": "Strongest peak of the whole picture's spectrum: the beat of a screen's or print's dots.",
    "moire_share": "Share of the whole picture's spectrum that stands in such peaks.",
    "moire_colour": "Strongest peak of the spectrum of the picture's colours: coloured moire.",
    "dct_middle": "Share of middle frequencies in the face's cosine transform, logarithm.",
    "dct_high": "Share of high frequencies in the face's cosine transform, logarithm.",
}
_COLOUR = {
    "hue_spread": "Spread of the hue of the skin, degrees.",
    "saturation_spread": "Spread of the saturation of the skin against its mean.",
    "saturation_skew": "Lean of the saturation of the skin.",
    "cb_spread": "Spread of blue chroma (Cb) over the face against its contrast.",
    "cr_spread": "Spread of red chroma (Cr) over the face against its contrast.",
    "chroma_tie": "Correlation of blue and red chroma over the face.",
    "chroma_light_tie": "Correlation of red chroma with brightness over the face.",
    "cb_mixed": "Share of irregular spots in the texture of blue chroma.",
    "cr_mixed": "Share of irregular spots in the texture of red chroma.",
    "cr_entropy": "Variety of the texture of red chroma, bits.",
    "gamut": "Size of the range of colours in the whole picture, logarithm.",
    "black_level": "Darkest tenth of a percent of the picture: raised by screens, haze and prints.",
    "white_level": "Brightest tenth of a percent of the picture: lowered by prints.",
    "colour_cast": "How far the colours of the whole picture are from grey on average.",
    "levels": "Share of the brightness levels that the face really uses within its range.",
    "neck_colour": "Difference in chroma between cheeks and neck.",
    "inner_outer_colour": "Difference in chroma between the middle of the face and its rim.",
}
_LIGHT = {
    "specular": "Share of the face that shines: bright and pale.",
    "specular_size": "Size of the largest shining spot against all of them.",
    "glare": "Largest burnt-out spot of the whole picture, share of its area.",
    "eye_glint": "Brightest point of the eyes against their surroundings.",
    "glints_differ": "How different the glints of the two eyes are.",
    "shading": "How much light falls off over the face, left to right and top to bottom.",
    "nose_relief": "Light on the nose against the cheeks beside it.",
}
_NOISE = {
    "noise": "Noise of the face as filmed, logarithm.",
    "noise_against_ring": "Noise of the face against its surroundings.",
    "noise_by_light": "How much the noise grows with brightness: a sensor's does, a copy's less.",
    "noise_colour": "Noise of the chroma against the noise of the brightness.",
    "noise_tie": "Correlation of the noise of neighbouring pixels: enlarged pictures have it.",
    "noise_channels": "Correlation of the noise of red and green.",
    "noise_tails": "How rare and strong the noise is (kurtosis).",
    "noise_zero": "Share of pixels of the face without any noise.",
    "noise_zero_against_ring": "Pixels without noise in the face less those around it.",
    "noise_uneven": "How unevenly the noise lies over the face.",
    "noise_lattice": "Noise on one half of a chessboard of pixels against the other half.",
}
_COMPRESSION = {
    "blockiness": "Steps along the grid of 8 pixels, against steps elsewhere.",
    "block_shift": "Steps along the strongest shifted grid of 8 pixels: an older compression.",
    "blockiness_against_ring": "Steps along the grid in the face against its surroundings.",
    "macroblocks": "Steps along the grid of 16 pixels against the other lines of 8.",
    "dct_zero": "Share of block coefficients that compression made zero.",
    "dct_comb": "Comb in the histogram of block coefficients: once or twice quantised.",
    "chroma_blur": "Sharpness of the chroma against that of the brightness.",
    "ghost": "What another compression changes in the face, against its detail.",
    "ghost_against_ring": "What another compression changes in the face against its surroundings.",
}
_EDGE = {
    "edge_light": "Sharpest mean step of brightness along one oval around the face's middle.",
    "edge_colour": "Sharpest mean step of chroma along such an oval.",
    "edge_noise": "Sharpest change of noise along such an oval.",
    "edge_sharpness": "Sharpest change of sharpness along such an oval.",
    "edge_seam": "Deepest loss of fine detail along such an oval: a seam that was smoothed.",
    "edge_even": "How alike the step of chroma is all around: a seam is, a jaw is not.",
    "inner_outer_noise": "Noise of eyes, nose and mouth against forehead and jaw.",
    "inner_outer_sharpness": "Sharpness of eyes, nose and mouth against forehead and jaw.",
}
_MOVEMENT = {
    "blink": "Deepest closing of the eyes against their usual opening.",
    "head_motion": "How far the face moves between frames, in widths of the face.",
    "head_turn": "How much the head turns between frames.",
    "landmark_jitter": "Trembling of eyes, nose and mouth against each other.",
    "flat_motion": "Movement of eyes, nose and mouth that no flat picture could make.",
    "mouth_eyes": "Movement of the mouth against the movement of the eyes.",
    "flicker": "Flicker of the face's brightness, share of it.",
    "flicker_against_ring": "Flicker of the face against its surroundings.",
    "banding": "Stripes in rows that change between frames, as filmed screens have.",
    "frame_noise": "Noise between frames where nothing moves, logarithm.",
    "frame_noise_against_ring": "Noise between frames in the face against its surroundings.",
    "frame_noise_against_noise": "Noise between frames against noise within: an injected still has none.",
    "texture_swim": "Fine texture of the face that changes between frames, against its surroundings.",
    "repeated_frames": "Share of frames that repeat an earlier one exactly or nearly.",
    "loop": "Closest return to an earlier frame against the usual difference of neighbours.",
    "moves_with_background": "How much the background moves with the face, as on a held print or screen.",
}
_OWN = {"own_model_score": "Attack score of the exchange's own ONNX model, 0 to 1; null: no model."}

_GROUPS = {
    "texture of the skin": _TEXTURE,
    "sharpness of the picture": _SHARPNESS,
    "spectrum of the picture": _SPECTRUM,
    "colour of the skin": _COLOUR,
    "light on the face": _LIGHT,
    "noise of the sensor": _NOISE,
    "compression": _COMPRESSION,
    "edge of the face": _EDGE,
    "movement of the face": _MOVEMENT,
    "own anti-spoof model": _OWN,
}

SIGNALS = tuple(
    MediaSignal(name, reason, sentence, f"{sentence.removesuffix('.')}: {{value}}.")
    for reason, group in _GROUPS.items()
    for name, sentence in group.items()
)
OVER_TIME = tuple(_MOVEMENT)
"""Names of the signals that need at least three frames."""
