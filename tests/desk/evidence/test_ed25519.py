"""The signature check in plain Python against the vectors of RFC 8032, section 7.1, and against a library."""

from __future__ import annotations

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.evidence.ed25519 import ORDER, is_signed

# Public key, message and signature, as section 7.1 prints them: tests 1, 2, 3 and SHA(abc).
VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd2"
        "5bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c38"
        "7b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a"
        "7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303d"
        "ca179c138ac17ad9bef1177331a704",
    ),
)


@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_rfc_8032_hold_and_no_other_byte_does(vector: tuple[str, str, str]) -> None:
    public, message, signature = map(bytes.fromhex, vector)

    assert is_signed(public, message, signature)
    assert not is_signed(public, message + b"\0", signature)
    for place in (0, 31, 32, 63):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not is_signed(public, message, bytes(changed))


def test_it_agrees_with_the_library_and_refuses_a_second_form_of_a_signature() -> None:
    chance = random.Random(8)
    for length in (0, 1, 200):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public, message = key.public_key().public_bytes_raw(), chance.randbytes(length)
        signature = key.sign(message)
        assert is_signed(public, message, signature)
        # S + L stands for the same number: RFC 8032 has it refused, so that a signature has one form.
        other = (int.from_bytes(signature[32:], "little") + ORDER).to_bytes(32, "little")
        assert not is_signed(public, message, signature[:32] + other)


def test_what_is_no_key_or_signature_is_refused() -> None:
    public, _, signature = (bytes.fromhex(part) for part in VECTORS[0])

    assert not is_signed(b"", b"", signature)
    assert not is_signed(public, b"", signature[:-1])
    # y = p is a second form of y = 0.
    assert not is_signed((2**255 - 19).to_bytes(32, "little"), b"", signature)
