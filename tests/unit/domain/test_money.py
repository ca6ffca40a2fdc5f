# SPDX-License-Identifier: GPL-3.0-or-later
from decimal import Decimal

import pytest

from oscine.domain.money import MOST_MICROS, price_of, read_usd, show_usd
from oscine.domain.problems import SettingOutOfRange


@pytest.mark.parametrize(
    ("given", "micros", "shown"),
    [
        ("5", 5_000_000, "$5.00"),
        ("0.1", 100_000, "$0.10"),
        (" $12.50 ", 12_500_000, "$12.50"),
        ("0.000001", 1, "$0.000001"),
        ("1.234", 1_234_000, "$1.234"),
        ("0", 0, "$0.00"),
        ("1000000000", MOST_MICROS, "$1000000000.00"),
    ],
)
def test_amounts_are_exact(given: str, micros: int, shown: str) -> None:
    assert read_usd(given, "wallet") == micros
    assert show_usd(micros) == shown


@pytest.mark.parametrize(
    "given", ["", "five", "-1", "1.", ".5", "1e3", "nan", "0.0000001", "1,5", "1 000", "٥", "1000000000.01", "9" * 400]
)
def test_what_is_no_amount_is_named(given: str) -> None:
    with pytest.raises(SettingOutOfRange, match="at most six digits after the point") as raised:
        read_usd(given, "wallet")
    assert raised.value.parameter == "wallet"
    assert len(raised.value.message) < 250


def test_a_thousand_characters_cost_ten_cents_and_no_fraction_is_lost() -> None:
    """Source: the price in seed 003."""
    assert price_of(1000, Decimal("0.1")) == 100_000
    assert price_of(95, Decimal("0.1")) == 9_500
    assert price_of(0, Decimal("0.1")) == 0
    assert price_of(1, Decimal("0.0001")) == 1
    assert price_of(10_001, Decimal("0.0001")) == 1_001
