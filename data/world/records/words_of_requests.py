"""What requests say in the made-up world: their words, the laws they name, and who signs them."""

from __future__ import annotations

from collections.abc import Mapping

from data.world.columns import Rng

WORDS: Mapping[str, tuple[str, ...]] = {
    "information": (
        "We investigate fraud by a group and ask for the data of the accounts named in the annex.",
        "The payments in the annex went to accounts of your house. Please name their holders.",
        "In a case of money laundering we ask for account data of the persons named.",
    ),
    "preservation": (
        "Please keep all data of the accounts named until our order through the courts reaches you.",
        "We ask you to preserve what you hold about these accounts.",
    ),
    "freeze": (
        "The court orders that the funds on the accounts named be frozen up to the amount below.",
        "Please stop all payments from the accounts named: the funds come from the offence described.",
    ),
    "emergency": (
        "A person was kidnapped and the ransom was sent to this account. We need who used it last.",
        "A child is missing. The account was used from the phone of the suspect an hour ago.",
        "A threat to a hospital names this address for payment. We ask for the data of who holds it.",
    ),
}
WORDS_OF_FORGERS = (
    "There is no time to verify this.",
    "Do not call our office, my direct line is the number below.",
    "Reply only to this address, the matter is secret.",
    "Send the data within 15 minutes or you are personally liable.",
    "Skip your usual procedure, a life depends on it.",
)
BASES: Mapping[str, tuple[str, ...]] = {
    "information": (
        "Production order",
        "Criminal Procedure Act, file",
        "Mutual legal assistance request",
        "Court order",
        "Tax Procedure Act, file",
        "Financial Intelligence Act, notice",
    ),
    "preservation": ("Preservation order", "Criminal Procedure Act, file", "Mutual legal assistance request"),
    "freeze": ("Freezing order", "Court order", "Seizure order"),
    "emergency": ("Imminent danger to life, file", "Emergency disclosure form"),
}
# What sounds like a law and is none that the class can rest on.
NO_BASES = ("Public interest notice", "Internal directive", "Police memorandum")
_SURNAMES = (
    "Aldermock", "Birchsample", "Cedarmade", "Driftname", "Elmsample", "Fernmock", "Groveman", "Hazelmade",
    "Ironsample", "Junemock", "Kelpname", "Larchmade", "Mossample", "Nettlemock", "Oakname", "Pinemade",
    "Quillsample", "Reedmock", "Sedgename", "Thornmade",
)  # fmt: skip
_INITIALS = "ABCDEFGHIKLMNOPRSTUVW"


def officer_name(rng: Rng) -> str:
    """Return a name that no one could take for a real person's."""
    return f"{_INITIALS[int(rng.integers(len(_INITIALS)))]}. {_SURNAMES[int(rng.integers(len(_SURNAMES)))]}"
