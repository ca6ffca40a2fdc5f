# SPDX-License-Identifier: GPL-3.0-or-later
"""Units of measurement in English: symbol → singular, plural. Only symbols that are safe after a number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    one: str
    many: str


_TABLE = """
km kilometer kilometers; m meter meters; cm centimeter centimeters; mm millimeter millimeters
µm micrometer micrometers; μm micrometer micrometers; um micrometer micrometers; nm nanometer nanometers
mi mile miles; yd yard yards; yds yard yards; ft foot feet
kg kilogram kilograms; kgs kilogram kilograms; g gram grams; mg milligram milligrams; µg microgram micrograms
mcg microgram micrograms; lb pound pounds; lbs pound pounds; oz ounce ounces
l liter liters; L liter liters; dl deciliter deciliters; cl centiliter centiliters; ml milliliter milliliters
mL milliliter milliliters; µl microliter microliters; gal gallon gallons; tbsp tablespoon tablespoons
tsp teaspoon teaspoons; qt quart quarts; cc cc cc
s second seconds; sec second seconds; secs second seconds; ms millisecond milliseconds
µs microsecond microseconds; ns nanosecond nanoseconds; min minute minutes; mins minute minutes
h hour hours; hr hour hours; hrs hour hours; yr year years; yrs year years; wk week weeks; wks week weeks
mph mile_per_hour miles_per_hour; kph kilometer_per_hour kilometers_per_hour
kmh kilometer_per_hour kilometers_per_hour; kmph kilometer_per_hour kilometers_per_hour; kn knot knots
mpg mile_per_gallon miles_per_gallon; rpm revolution_per_minute revolutions_per_minute
bpm beat_per_minute beats_per_minute; fps frame_per_second frames_per_second; wpm word_per_minute words_per_minute
dpi dot_per_inch dots_per_inch; ppi pixel_per_inch pixels_per_inch; ppm part_per_million parts_per_million
Hz hertz hertz; kHz kilohertz kilohertz; MHz megahertz megahertz; GHz gigahertz gigahertz
KB kilobyte kilobytes; kB kilobyte kilobytes; MB megabyte megabytes; GB gigabyte gigabytes; TB terabyte terabytes
PB petabyte petabytes; KiB kibibyte kibibytes; MiB mebibyte mebibytes; GiB gibibyte gibibytes
Gb gigabit gigabits; Mb megabit megabits; px pixel pixels; MP megapixel megapixels
kbps kilobit_per_second kilobits_per_second; Kbps kilobit_per_second kilobits_per_second
Mbps megabit_per_second megabits_per_second; Gbps gigabit_per_second gigabits_per_second
W watt watts; kW kilowatt kilowatts; MW megawatt megawatts; GW gigawatt gigawatts; mW milliwatt milliwatts
Wh watt-hour watt-hours; kWh kilowatt-hour kilowatt-hours; MWh megawatt-hour megawatt-hours
V volt volts; mV millivolt millivolts; kV kilovolt kilovolts; mA milliamp milliamps; mAh milliamp-hour milliamp-hours
Ah amp-hour amp-hours; Ω ohm ohms; kΩ kilohm kilohms; MΩ megohm megohms; Ω ohm ohms; µF microfarad microfarads
J joule joules; kJ kilojoule kilojoules; MJ megajoule megajoules; cal calorie calories; kcal kilocalorie kilocalories
dB decibel decibels; dBA decibel decibels; Pa pascal pascals; hPa hectopascal hectopascals; kPa kilopascal kilopascals
MPa megapascal megapascals; bar bar bars; psi P_S_I P_S_I; mbar millibar millibars; hp horsepower horsepower
kN kilonewton kilonewtons; Nm newton_meter newton_meters; lm lumen lumens; ha hectare hectares; ac acre acres
mol mole moles; ° degree degrees; °C degree_Celsius degrees_Celsius; ℃ degree_Celsius degrees_Celsius
°F degree_Fahrenheit degrees_Fahrenheit; ℉ degree_Fahrenheit degrees_Fahrenheit
º degree degrees; ºC degree_Celsius degrees_Celsius; ºF degree_Fahrenheit degrees_Fahrenheit; K kelvin kelvins
m² square_meter square_meters; km² square_kilometer square_kilometers; cm² square_centimeter square_centimeters
mm² square_millimeter square_millimeters; ft² square_foot square_feet; mi² square_mile square_miles
m2 square_meter square_meters; km2 square_kilometer square_kilometers; cm2 square_centimeter square_centimeters
sqm square_meter square_meters; sqft square_foot square_feet; in² square_inch square_inches
m³ cubic_meter cubic_meters; cm³ cubic_centimeter cubic_centimeters; m3 cubic_meter cubic_meters
km³ cubic_kilometer cubic_kilometers; ft³ cubic_foot cubic_feet; cm3 cubic_centimeter cubic_centimeters
"""

UNITS: dict[str, Unit] = {}
for _row in _TABLE.replace("\n", ";").split(";"):
    if _row.strip():
        _symbol, _one, _many = _row.split()
        UNITS[_symbol] = Unit(_one.replace("_", " "), _many.replace("_", " "))

SPACED_ONLY = frozenset({"ac", "bar"})
"""Read as units only with a space before them."""
TIGHT_ONLY = frozenset({"J", "s", "º", "MP"})
"""Read as units only right after the number: apart they are too often something else."""
BARE_LETTER = frozenset({"K"})
"""Never read as a unit of its own: 4K, 5K; only in compounds."""


def british(words: str) -> str:
    """ "kilometers" → "kilometres"."""
    for american, spelling in (("meter", "metre"), ("liter", "litre")):
        words = words.replace(american, spelling)
    return words
