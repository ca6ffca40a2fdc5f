# SPDX-License-Identifier: GPL-3.0-or-later
"""German, Dutch, Afrikaans, Swedish, Danish, Norwegian, Icelandic."""

from __future__ import annotations

from oscine.text.normalize.world.locale import Locale, agreement, nouns

LOCALES: tuple[Locale, ...] = (
    Locale(
        "de",
        numbers="de",
        agreement=agreement("m eins=ein; n eins=ein; f eins=eine"),
        minus="minus",
        point="Komma",
        reads_fraction_whole=False,
        percent="{} Prozent",
        to="bis",
        and_="und",
        web=("Punkt", "Schrägstrich", "ät"),
        units=nouns("""
            km: Kilometer; m: Meter; cm: Zentimeter; mm: Millimeter; m²,qm: Quadratmeter; km²: Quadratkilometer
            m³: Kubikmeter; kg: Kilogramm n; g: Gramm n; mg: Milligramm n; t: Tonne/Tonnen f; l,L: Liter
            ml: Milliliter; km/h: Kilometer pro Stunde; m/s: Meter pro Sekunde; °C: Grad Celsius; °: Grad
            h,Std.: Stunde/Stunden f; min,Min.: Minute/Minuten f; s,Sek.: Sekunde/Sekunden f
            ms: Millisekunde/Millisekunden f; kB: Kilobyte n; MB: Megabyte n; GB: Gigabyte n; TB: Terabyte n
            Hz: Hertz n; kHz: Kilohertz n; MHz: Megahertz n; GHz: Gigahertz n; W: Watt n; kW: Kilowatt n
            kWh: Kilowattstunde/Kilowattstunden f; V: Volt n; dB: Dezibel n
        """),
        currencies=nouns("€: Euro; $: Dollar; £: Pfund n; ¥: Yen; ₹: Rupie/Rupien f; ₽: Rubel; CHF,Fr.: Franken"),
        months=tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
        date="{d} {m} {y}",
        day="dotted",
        clock="{h} Uhr {m}",
        oclock="{h} Uhr",
        hour_signs="Uhr",
        century=("hundert", ""),
    ),
    Locale(
        "nl",
        numbers="nl",
        minus="min",
        point="komma",
        reads_fraction_whole=False,
        percent="{} procent",
        to="tot",
        and_="en",
        web=("punt", "schuine streep", "apenstaartje"),
        units=nouns("""
            km: kilometer; m: meter; cm: centimeter; mm: millimeter; m²: vierkante meter; km²: vierkante kilometer
            m³: kubieke meter; kg: kilogram; g: gram; mg: milligram; l,L: liter; ml: milliliter
            km/h,km/u: kilometer per uur; m/s: meter per seconde; °C: graden Celsius; °: graad/graden; h,u: uur
            min: minuut/minuten; s: seconde/seconden; ms: milliseconde/milliseconden; MB: megabyte; GB: gigabyte
            TB: terabyte; kHz: kilohertz; MHz: megahertz; GHz: gigahertz; W: watt; kW: kilowatt; kWh: kilowattuur
            V: volt
        """),
        currencies=nouns("€: euro; $: dollar; £: pond; ¥: yen; ₹: roepie; ₽: roebel"),
        months=tuple("januari februari maart april mei juni juli augustus september oktober november december".split()),
        clock="{h} uur {m}",
        oclock="{h} uur",
        hour_signs="uur",
        century=("honderd", " "),
        ordinal="e|de|ste",
    ),
    Locale(
        "af",
        percent="{} persent",
        to="tot",
        and_="en",
        units=nouns("""
            km: kilometer; m: meter; cm: sentimeter; mm: millimeter; kg: kilogram; g: gram; l: liter; ml: milliliter
            km/h: kilometer per uur; °C: grade Celsius; min: minuut/minute; s: sekonde/sekondes; MB: megagreep
        """),
        currencies=nouns("€: euro; $: dollar; £: pond; R: rand"),
        months=tuple(
            "Januarie Februarie Maart April Mei Junie Julie Augustus September Oktober November Desember".split()
        ),
    ),
    Locale(
        "sv",
        numbers="sv",
        fixes={"etttusen": "ettusen"},
        agreement=agreement("m ett=en; f ett=en"),
        group=".",
        minus="minus",
        point="komma",
        percent="{} procent",
        to="till",
        and_="och",
        web=("punkt", "snedstreck", "snabel-a"),
        units=nouns("""
            km: kilometer; m: meter; cm: centimeter; mm: millimeter; m²: kvadratmeter; km²: kvadratkilometer
            m³: kubikmeter; mil: mil; kg: kilogram n; g: gram n; mg: milligram n; l,L: liter; dl: deciliter
            ml: milliliter; km/h,km/tim: kilometer i timmen; m/s: meter per sekund; °C: grader Celsius; °: grad/grader
            h,tim: timme/timmar; min: minut/minuter; s: sekund/sekunder; ms: millisekund/millisekunder; MB: megabyte
            GB: gigabyte; TB: terabyte; kHz: kilohertz; MHz: megahertz; GHz: gigahertz; W: watt; kW: kilowatt
            kWh: kilowattimme/kilowattimmar; V: volt
        """),
        currencies=nouns("€: euro; $: dollar; £: pund n; ¥: yen; kr,SEK: krona/kronor"),
        cents=" och ",
        months=tuple("januari februari mars april maj juni juli augusti september oktober november december".split()),
        day="ordinal",
        century=("hundra", ""),
        ordinal=":a|:e",
    ),
    Locale(
        "da",
        numbers="da",
        fixes={"en millioner": "en million", "en milliarder": "en milliard", "en billioner": "en billion"},
        agreement=agreement("m et=en; f et=en"),
        minus="minus",
        point="komma",
        reads_fraction_whole=False,
        percent="{} procent",
        to="til",
        and_="og",
        web=("punktum", "skråstreg", "snabel-a"),
        units=nouns("""
            km: kilometer; m: meter; cm: centimeter; mm: millimeter; m²: kvadratmeter; km²: kvadratkilometer
            kg: kilogram n; g: gram n; mg: milligram n; l,L: liter; dl: deciliter; ml: milliliter
            km/t,km/h: kilometer i timen; m/s: meter i sekundet; °C: grader celsius; °: grad/grader; t,h: time/timer
            min: minut/minutter n; s: sekund/sekunder n; MB: megabyte; GB: gigabyte; TB: terabyte; MHz: megahertz
            GHz: gigahertz; W: watt; kW: kilowatt; kWh: kilowatttime/kilowatttimer; V: volt
        """),
        currencies=nouns("€: euro; $: dollar; £: pund n; ¥: yen; kr,DKK: krone/kroner"),
        cents=" og ",
        months=tuple("januar februar marts april maj juni juli august september oktober november december".split()),
        day="dotted",
        century=(" hundrede", " og "),
    ),
    Locale(
        "no",
        numbers="no",
        fixes={"millard": "milliard"},
        agreement=agreement("n en=ett"),
        minus="minus",
        point="komma",
        percent="{} prosent",
        to="til",
        and_="og",
        web=("punktum", "skråstrek", "krøllalfa"),
        units=nouns("""
            km: kilometer; m: meter; cm: centimeter; mm: millimeter; m²: kvadratmeter; km²: kvadratkilometer
            kg: kilogram n; g: gram n; mg: milligram n; l,L: liter; dl: desiliter; ml: milliliter
            km/t,km/h: kilometer i timen; m/s: meter i sekundet; °C: grader celsius; °: grad/grader; t,h: time/timer
            min: minutt/minutter n; s: sekund/sekunder n; MB: megabyte; GB: gigabyte; TB: terabyte; MHz: megahertz
            GHz: gigahertz; W: watt; kW: kilowatt; kWh: kilowattime/kilowattimer; V: volt
        """),
        currencies=nouns("€: euro; $: dollar; £: pund n; ¥: yen; kr,NOK: krone/kroner"),
        cents=" og ",
        months=tuple("januar februar mars april mai juni juli august september oktober november desember".split()),
        day="dotted",
        century=(" hundre", " og "),
    ),
    Locale(
        "is",
        numbers="is",
        minus="mínus",
        point="komma",
        percent="{} prósent",
        to="til",
        and_="og",
        units=nouns("km: kílómetri/kílómetrar; m: metri/metrar; °C: gráður á Celsíus; MB: megabæti n; GB: gígabæti n"),
        currencies=nouns("€: evra/evrur f; $: dollari/dollarar; kr: króna/krónur f"),
        months=tuple("janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember".split()),
    ),
)
