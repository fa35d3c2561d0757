"""How identity checks are said on a screen: decisions, stages, species, signals, and the standard's terms."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.formats import NOT_KNOWN
from dashboard.questions.words import spoken

# The policy's decisions in the words of identity checks.
DECISIONS: Mapping[str, str] = {
    "allow": "Bona fide",
    "step_up": "Retry",
    "hold": "Review",
    "block": "Reject",
}
STAGES: Mapping[str, str] = {"capture": "Capture alone", "media": "Media read", "no media": "No media"}
STAGES_IN_FULL: Mapping[str, str] = {
    "capture": "Decided on capture alone",
    "media": "Media read",
    "no media": "No media: scored on the rest",
}
FAMILIES: Mapping[str, str] = {
    "capture": "Capture",
    "media": "Media",
    "re_use": "Re-use",
    "context": "Context",
}
ATTACKS: Mapping[str, str] = {"presentation": "Presentation", "injection": "Injection"}
SPECIES: Mapping[str, str] = {
    "presentation_print": "Print",
    "presentation_replay": "Replay",
    "injection_virtual_camera": "Virtual camera",
    "injection_emulator": "Emulator",
    "injection_face_swap": "Face swap",
    "injection_generated_face": "Generated face",
}
SOURCES: Mapping[str, str] = {
    "extracted": "Measured from its own pictures",
    "kit": "Measured by the capture kit",
    "drawn": "Drawn from another check's media",
    "none": "No media",
}
# Codes of `check_media.problem` and of media that do not open.
PROBLEMS: Mapping[str, str] = {
    "missing": "The file of its media is not there any more.",
    "empty": "The file of its media has no bytes.",
    "not_media": "The file is neither a picture nor a video.",
    "too_large": "The file claims a size that no camera makes, and was not opened.",
    "truncated": "The file is cut off or damaged.",
    "no_frames": "The recording has no frame that can be read.",
    "mixed_sizes": "Its frames differ in size, which one camera does not make.",
    "too_slow": "The recording could not be read in time.",
    "no_face": "No face was found in its frames.",
    "many_faces": "Several faces were found, so it is not clear whose check this is.",
}
KINDS: Mapping[str, str] = {
    "face": "Same face",
    "background": "Same background",
    "video": "Same clip",
    "document": "Same document",
}
CUTS: Mapping[str, str] = {
    "region": "Region",
    "device": "Device",
    "light": "Light",
    "skin_tone": "Skin tone (proxy)",
    "purpose": "Purpose",
    "media": "Media",
    "stage": "Stage",
}
WAYS: Mapping[str, str] = {
    "cheap stage only": "Cheap stage only",
    "two stages": "Two stages, as decided",
    "always all media": "Always all media",
}
# The standards' terms with what they mean here, in one line each.
TERMS: tuple[tuple[str, str], ...] = (
    ("APCER", "Attack presentation classification error rate: share of a species' attacks that are let in."),
    ("BPCER", "Bona fide presentation classification error rate: share of honest checks that are disturbed."),
    ("ACER", "Average classification error rate: the mean of the worst species' APCER and the BPCER."),
    ("Species", "A kind of attack made in the same way; the worst one is the figure (ISO/IEC 30107-3)."),
    ("Presentation", "An attack before the camera: a print, a screen, a mask (ISO/IEC 30107-3)."),
    ("Injection", "An attack behind the camera: frames that no lens saw (CEN/TS 18099)."),
    ("DET curve", "Detection error trade-off: APCER against BPCER over all thresholds."),
    ("Operating point", "The threshold in use; errors are stated only together with it."),
)


def decision(name: str | None) -> str:
    """Write what the policy did with an identity check: `block` as Reject."""
    return DECISIONS.get(name or "", spoken(name))


def species(name: str | None) -> str:
    """Write a species of attack: `injection_face_swap` as Face swap."""
    return SPECIES.get(name or "") or spoken((name or "").partition("_")[2] or name)


def species_with_attack(name: str | None) -> str:
    """Write a species with its side of the camera: `Face swap (injection)`."""
    side = (name or "").partition("_")[0]
    return f"{species(name)} ({side})" if side in ATTACKS else species(name)


def joined(names: str | None, said: Mapping[str, str]) -> str:
    """Write a comma-joined list of the store in words; "not known" for none."""
    if not names:
        return NOT_KNOWN
    return ", ".join(said.get(name.strip(), spoken(name.strip())) for name in names.split(","))


def problem(code: str | None) -> str:
    """Say why the media of a check could not be measured, from its code."""
    return PROBLEMS.get(code or "", f"Its media could not be measured: {spoken(code).lower()}.")
