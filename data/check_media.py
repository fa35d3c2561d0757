"""The table of what was measured from the media of identity checks."""

from __future__ import annotations

from data.declared import PROVENANCE, Column, Table
from data.media_signals import SIGNALS

_PRINT = "256 bits in hexadecimal; near-duplicates differ in few of them; null: there was none."

CHECK_MEDIA = Table(
    "check_media",
    "What the pictures of an identity check measured: signals, fingerprints, and what went wrong.",
    "event_id",
    (
        Column("event_id", "VARCHAR", "The identity check.", required=True),
        Column(
            "source",
            "VARCHAR",
            "How it was measured: extracted from its own file here, sent by the capture kit, or drawn from "
            "the measured signals of another check because its own pictures were not kept.",
            values=("extracted", "kit", "drawn"),
        ),
        Column("drawn_from", "VARCHAR", "The check whose signals stand here; null: its own."),
        Column("problem", "VARCHAR", "Why no signals could be measured, as a code; null: none."),
        Column("frames", "INTEGER", "Frames that were measured."),
        Column("faces", "INTEGER", "Most faces found in one frame."),
        Column("fingerprint_ms", "DOUBLE", "Time to open one frame and take its fingerprints, milliseconds."),
        Column("media_ms", "DOUBLE", "Time to open all frames and measure every signal, milliseconds."),
        Column("face_print", "VARCHAR", "Fingerprint of the face: " + _PRINT, personal="print"),
        Column(
            "background_print",
            "VARCHAR",
            "Fingerprint of what is behind the face: " + _PRINT,
            personal="print",
        ),
        Column("video_print", "VARCHAR", "Fingerprint of the whole clip: " + _PRINT, personal="print"),
        Column(
            "document_print", "VARCHAR", "Fingerprint of the identity document: " + _PRINT, personal="print"
        ),
        Column("light", "DOUBLE", "Mean brightness of the face, 0 to 255; for reports, never scored."),
        Column(
            "skin_tone",
            "DOUBLE",
            "Individual typology angle of the skin, degrees, low is dark: a proxy for reports, never scored.",
        ),
        *(Column(signal.name, "DOUBLE", signal.sentence) for signal in SIGNALS),
        *PROVENANCE,
    ),
)
