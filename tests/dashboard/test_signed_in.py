"""Who is signed in: whose name an identity is, when a session is over, where one may listen."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.serve import ServeError, check_address
from dashboard.signed_in import SignInError, is_over, name_of, read_people

NAMED = {"https://login.example.org 17": "Rita Riskdemo", "lena@example.org": "Lena Leaddemo"}


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"iss": "https://login.example.org", "sub": "17"}, "Rita Riskdemo"),
        ({"iss": "x", "sub": "1", "email": "Lena@Example.org", "email_verified": True}, "Lena Leaddemo"),
    ],
)
def test_a_subject_of_its_issuer_or_a_verified_address_is_somebody(
    claims: dict[str, object], name: str
) -> None:
    assert name_of(claims, NAMED) == name


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example.org", "sub": "17"},
        {"iss": "x", "sub": "1", "email": "lena@example.org", "email_verified": False},
        {"iss": "x", "sub": "1", "email": "lena@example.org"},
        {"iss": "x", "sub": "1", "email": "eve@example.org", "email_verified": True, "role": "desk_lead"},
        {},
    ],
)
def test_anybody_else_is_nobody_whatever_they_say_of_themselves(claims: dict[str, object]) -> None:
    with pytest.raises(SignInError, match="nobody of this store is known by that"):
        name_of(claims, NAMED)


@pytest.mark.parametrize("claims", [{"exp": 100}, {"exp": 99.5}, {}, {"exp": "later"}])
def test_a_session_is_over_when_the_provider_says_so_or_says_nothing(claims: dict[str, object]) -> None:
    assert is_over(claims, 100.0)
    assert not is_over({"exp": 101}, 100.0)


def test_people_are_read_from_the_file_and_a_broken_one_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "people.toml"
    assert read_people(path) == {}
    path.write_text('[people]\n"Lena@example.org" = "Lena Leaddemo"\n', encoding="utf-8")
    assert read_people(path) == {"lena@example.org": "Lena Leaddemo"}
    path.write_text("[people", encoding="utf-8")
    with pytest.raises(SignInError, match="says who is who cannot be read"):
        read_people(path)


def test_without_a_provider_only_this_machine_is_listened_on() -> None:
    assert check_address("localhost") == "127.0.0.1"
    assert check_address("::1") == "::1"
    with pytest.raises(ServeError, match="no sign-in in local mode"):
        check_address("0.0.0.0")
    assert check_address("0.0.0.0", has_sign_in=True) == "0.0.0.0"
