import numpy as np
import pytest

from scoring.attack_errors import Tried, attack_errors, error_rates, threshold_at


def tried(species: list[str | None]) -> Tried:
    """Checks by their species, each of a person or ring of its own; None is bona fide."""
    return Tried(
        np.array([name is not None for name in species]),
        np.array(species, dtype=object),
        np.arange(len(species)),
    )


def stopped(*places: int, of: int) -> np.ndarray:
    return np.isin(np.arange(of), places)


def test_the_worst_species_is_the_figure_and_acer_is_its_mean_with_bpcer() -> None:
    # Ten prints of which four pass, ten replays of which two do, twenty people of whom one is disturbed.
    checks = tried(["print"] * 10 + ["replay"] * 10 + [None] * 20)

    found = error_rates(checks, stopped(*range(6), *range(10, 18), 20, of=40))

    assert (found.attacks, found.let_in, found.bona_fide, found.disturbed) == (20, 6, 20, 1)
    assert found.apcer is not None
    assert found.bpcer is not None
    assert (found.apcer.value, found.bpcer.value) == (0.3, 0.05)
    assert (found.worst, found.worst_apcer) == ("print", 0.4)
    assert found.acer == pytest.approx((0.4 + 0.05) / 2)


def test_a_species_of_nine_or_without_a_name_is_never_called_the_worst() -> None:
    # All of both pass; of the ten replays three do.
    checks = tried(["print"] * 9 + ["not named"] * 30 + ["replay"] * 10 + [None])

    found = error_rates(checks, stopped(*range(39, 46), of=50))

    assert (found.worst, found.worst_apcer) == ("replay", 0.3)
    assert (found.attacks, found.let_in) == (49, 42)


def test_without_attacks_or_without_people_there_is_no_rate() -> None:
    people, attacks = error_rates(tried([None] * 3), stopped(of=3)), error_rates(tried(["a"]), stopped(of=1))

    assert (people.apcer, people.worst, people.acer) == (None, None, None)
    assert (attacks.bpcer, attacks.acer) == (None, None)


def test_the_threshold_disturbs_at_most_the_share_and_ties_stay_together() -> None:
    # A hundred people at 0.01 to 1.00: five of a hundred are those from 0.96 on, so just above 0.95.
    honest = np.arange(1, 101) / 100
    assert threshold_at(honest, 0.05) == 0.950000001

    # Where 0.93 to 1.00 are all 0.93, those eight are let pass together rather than eight disturbed.
    tied = np.minimum(honest, 0.93)
    limit = threshold_at(tied, 0.05)
    assert limit == 0.930000001
    assert (tied >= limit).sum() == 0


def test_one_in_a_thousand_of_three_hundred_people_is_nobody() -> None:
    honest = np.linspace(0, 1, 300)

    assert threshold_at(honest, 0.001) is None
    # One in a hundred of them are three: the fewest on which a threshold may stand.
    assert threshold_at(honest, 0.01) is not None
    assert threshold_at(honest[:299], 0.01) is None


def test_everybody_may_be_disturbed() -> None:
    assert threshold_at(np.array([0.2, 0.5, 0.9]), 1.0) == 0.2


def test_a_models_card_gets_each_species_with_its_count() -> None:
    checks = tried(["print", "print", "replay", None, None])

    found = attack_errors(checks, np.array([0.9, 0.1, 0.8, 0.7, 0.2]), threshold=0.5)

    assert {name: (part["value"], part["attacks"]) for name, part in found["apcer"].items()} == {
        "print": (0.5, 2),
        "replay": (0.0, 1),
    }
    assert (found["bpcer"]["value"], found["bpcer"]["bona_fide"]) == (0.5, 2)
    # Two prints are too few to be the worst of anything.
    assert found["worst_apcer"] is None
