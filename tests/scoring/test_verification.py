import numpy as np

from scoring.verification import AMOUNT, CORRIDOR, NEW_ADDRESS, NEW_DEVICE, Signs, hits, verify

NAN = float("nan")


def signs(**changes: object) -> Signs:
    given = {
        "area": ["ID", "ID", "ID", "cis"],
        "kind": ["withdrawal", "withdrawal", "deposit", "withdrawal"],
        "amount": [500.0, 5_000.0, 5_000.0, 5_000.0],
        "since_counterparty": [0.0, 86_400.0, 0.0, 0.0],
        "since_device": [NAN, 3_600.0, 0.0, 7_200.0],
        "corridor": ["RU>ID", None, "RU>ID", "RU>ID"],
    } | changes
    words = ("area", "kind", "corridor")
    return Signs(**{k: np.array(v, dtype=object if k in words else float) for k, v in given.items()})


def test_an_address_waits_until_the_hours_have_passed_and_not_a_moment_longer() -> None:
    assert hits({"new_address_hours": 24}, signs(), NEW_ADDRESS).tolist() == [True, False, False, True]
    assert hits({"new_address_hours": 24.001}, signs(), NEW_ADDRESS).tolist() == [True, True, False, True]


def test_an_amount_is_stepped_up_from_itself_on() -> None:
    assert hits({"step_up_from": 5_000}, signs(), AMOUNT).tolist() == [False, True, False, True]


def test_a_device_that_is_not_known_stops_nobody() -> None:
    assert hits({"new_device_hours": 2}, signs(), NEW_DEVICE).tolist() == [False, True, False, False]


def test_a_corridor_is_the_country_of_the_network_and_of_the_customer() -> None:
    assert hits({"corridors": ["RU>ID"]}, signs(), CORRIDOR).tolist() == [True, False, False, True]
    assert not hits({"corridors": []}, signs(), CORRIDOR).any()


def test_rules_hold_only_in_their_area() -> None:
    found = verify({"ID": {"new_address_hours": 24, "step_up_from": 5_000}}, signs())
    assert found["new_address_hours"].tolist() == [True, False, False, False]
    assert found["step_up_from"].tolist() == [False, True, False, False]
    assert not found["corridors"].any()
