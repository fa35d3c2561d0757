import numpy as np
import pytest

from data.networks import as_text, operators, sample_addresses
from data.reference.build_networks import lay_over, reserved_ranges, sweep


def test_the_same_seed_draws_the_same_addresses() -> None:
    first, second = (sample_addresses("ID", 50, np.random.default_rng(7)) for _ in range(2))
    assert first.tolist() == second.tolist()


def test_a_country_that_announces_nothing_is_refused_with_the_kinds_there_are() -> None:
    with pytest.raises(ValueError, match="no range of kind None is announced in 'CX'; kinds: education"):
        sample_addresses("CX", 1, np.random.default_rng(0))


def test_numbers_are_written_as_dotted_addresses() -> None:
    assert as_text(np.array([0, 134744072, 4294967295])).tolist() == ["0.0.0.0", "8.8.8.8", "255.255.255.255"]


def test_an_operator_has_the_kind_that_a_word_in_its_name_means() -> None:
    expected = {
        16509: "datacentre",  # Amazon.com, Inc.
        23693: "mobile",  # PT. Telekomunikasi Selular
        7713: "residential",  # Telekomunikasi Indonesia (PT)
        553: "education",  # Universitaet Stuttgart
        749: None,  # United States Department of Defense (DoD)
    }
    kinds = dict(zip(operators()["asn"].to_pylist(), operators()["kind"].to_pylist(), strict=True))
    assert {asn: kinds[asn] for asn in expected} == expected


def test_the_smallest_range_holds_and_the_larger_one_goes_on_after_it() -> None:
    """0..99 is DE, in it 20..29 FR, and from 90 on a shorter NL to 109."""
    swept = sweep([(0, 99, "DE"), (20, 29, "FR"), (90, 109, "NL")])
    assert swept == [(0, "DE"), (20, "FR"), (30, "DE"), (90, "NL"), (110, None)]


def test_a_range_of_nobody_holds_before_a_smaller_range_with_a_country() -> None:
    assert sweep([(0, 99, ""), (20, 29, "FR"), (100, 149, "FR")]) == [(0, None), (100, "FR"), (150, None)]


def test_laid_over_ranges_begin_where_either_side_changes() -> None:
    countries = [(0, "DE"), (50, None), (80, "FR")]
    asns = [(10, "1"), (50, "1"), (60, None)]
    assert list(lay_over(countries, asns)) == [
        (0, "DE", None),
        (10, "DE", "1"),
        (50, None, "1"),
        (60, None, None),
        (80, "FR", None),
    ]


def test_private_ranges_are_counted_in_the_unit_of_their_family() -> None:
    assert (10 << 24, (11 << 24) - 1, "") in reserved_ranges("ipv4", 0)
    assert (0xFE80 << 48, (0xFEC0 << 48) - 1, "") in reserved_ranges("ipv6", 64)
