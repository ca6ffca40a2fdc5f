# SPDX-License-Identifier: GPL-3.0-or-later
"""French, Spanish, Portuguese, Italian, Catalan, Galician, Romanian."""

from __future__ import annotations

from dataclasses import replace

from oscine.text.normalize.world.locale import Locale, agreement, nouns

_FRENCH = Locale(
    "fr",
    numbers="fr",
    agreement=agreement("f un=une"),
    plural="up to one",
    minus="moins",
    point="virgule",
    percent="{} pour cent",
    to="à",
    and_="et",
    web=("point", "barre oblique", "arobase"),
    units=nouns("""
        km: kilomètre/kilomètres; m: mètre/mètres; cm: centimètre/centimètres; mm: millimètre/millimètres
        m²: mètre carré/mètres carrés; km²: kilomètre carré/kilomètres carrés; m³: mètre cube/mètres cubes
        kg: kilogramme/kilogrammes; g: gramme/grammes; mg: milligramme/milligrammes; t: tonne/tonnes f
        l,L: litre/litres; ml,mL: millilitre/millilitres; km/h: kilomètre par heure/kilomètres par heure
        m/s: mètre par seconde/mètres par seconde; °C: degré Celsius/degrés Celsius; °: degré/degrés
        h: heure/heures f; min: minute/minutes f; s: seconde/secondes f; ms: milliseconde/millisecondes f
        Ko,ko: kilooctet/kilooctets; Mo: mégaoctet/mégaoctets; Go: gigaoctet/gigaoctets; To: téraoctet/téraoctets
        MB: mégabyte/mégabytes; GB: gigabyte/gigabytes; Hz: hertz; kHz: kilohertz; MHz: mégahertz; GHz: gigahertz
        W: watt/watts; kW: kilowatt/kilowatts; kWh: kilowattheure/kilowattheures; V: volt/volts; dB: décibel/décibels
    """),
    currencies=nouns("""
        €: euro/euros; $: dollar/dollars; £: livre/livres f; ¥: yen/yens; ₹: roupie/roupies f
        CHF: franc suisse/francs suisses; ₽: rouble/roubles
    """),
    months=tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    day="first",
    clock="{h} heures {m}",
    hour_gender="f",
    clock_marks=":hH",
    ordinal="ers?|res?|ères?|nde?|e|è|es|ème|èmes|eme|emes|ième|me",
)

_SPANISH = Locale(
    "es",
    numbers="es",
    agreement=agreement("m uno=un veintiuno=veintiún; f uno=una veintiuno=veintiuna"),
    minus="menos",
    point="coma",
    percent="{} por ciento",
    to="a",
    and_="y",
    web=("punto", "barra", "arroba"),
    units=nouns("""
        km: kilómetro/kilómetros; m: metro/metros; cm: centímetro/centímetros; mm: milímetro/milímetros
        m²: metro cuadrado/metros cuadrados; km²: kilómetro cuadrado/kilómetros cuadrados
        m³: metro cúbico/metros cúbicos; kg: kilogramo/kilogramos; g: gramo/gramos; mg: miligramo/miligramos
        t: tonelada/toneladas f; l,L: litro/litros; ml: mililitro/mililitros
        km/h: kilómetro por hora/kilómetros por hora; m/s: metro por segundo/metros por segundo
        °C,ºC: grado Celsius/grados Celsius; °: grado/grados; h: hora/horas f; min: minuto/minutos
        s: segundo/segundos; ms: milisegundo/milisegundos; KB: kilobyte/kilobytes; MB: megabyte/megabytes
        GB: gigabyte/gigabytes; TB: terabyte/terabytes; Hz: hercio/hercios; kHz: kilohercio/kilohercios
        MHz: megahercio/megahercios; GHz: gigahercio/gigahercios; W: vatio/vatios; kW: kilovatio/kilovatios
        kWh: kilovatio hora/kilovatios hora; V: voltio/voltios; dB: decibelio/decibelios
    """),
    currencies=nouns(
        "€: euro/euros; $: dólar/dólares; £: libra/libras f; ¥: yen/yenes; ₹: rupia/rupias f; ₽: rublo/rublos"
    ),
    cents=" con ",
    months=tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
    date="{d} de {m} de {y}",
    day="first",
    hour_signs="h|hs|hrs",
    ordinal=r"\.?[ºª]|\.?er",
)

_PORTUGUESE = Locale(
    "pt",
    numbers="pt",
    agreement=agreement("f um=uma dois=duas"),
    plural="up to one",
    minus="menos",
    point="vírgula",
    percent="{} por cento",
    to="a",
    and_="e",
    web=("ponto", "barra", "arroba"),
    units=nouns("""
        km: quilómetro/quilómetros; m: metro/metros; cm: centímetro/centímetros; mm: milímetro/milímetros
        m²: metro quadrado/metros quadrados; km²: quilómetro quadrado/quilómetros quadrados
        m³: metro cúbico/metros cúbicos; kg: quilograma/quilogramas; g: grama/gramas; mg: miligrama/miligramas
        t: tonelada/toneladas f; l,L: litro/litros; ml: mililitro/mililitros
        km/h: quilómetro por hora/quilómetros por hora; m/s: metro por segundo/metros por segundo
        °C,ºC: grau Celsius/graus Celsius; °: grau/graus; h: hora/horas f; min: minuto/minutos; s: segundo/segundos
        ms: milissegundo/milissegundos; MB: megabyte/megabytes; GB: gigabyte/gigabytes; TB: terabyte/terabytes
        Hz: hertz; kHz: quilohertz; MHz: megahertz; GHz: gigahertz; W: watt/watts; kW: quilowatt/quilowatts
        kWh: quilowatt-hora/quilowatts-hora; V: volt/volts
    """),
    currencies=nouns(
        "€: euro/euros; $: dólar/dólares; R$: real/reais; £: libra/libras f; ¥: iene/ienes; ₹: rupia/rupias f"
    ),
    cents=" e ",
    months=tuple("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()),
    date="{d} de {m} de {y}",
    day="first",
    clock="{h} horas e {m}",
    hour_gender="f",
    clock_marks=":hH",
    ordinal=r"\.?[ºª]",
)

LOCALES: tuple[Locale, ...] = (
    _FRENCH,
    replace(_FRENCH, code="fr-BE", numbers="fr_BE", fixes={"un millions": "un million", "un billions": "un billion"}),
    replace(_FRENCH, code="fr-CH", numbers="fr_CH", fixes={"un millions": "un million", "un billions": "un billion"}),
    _SPANISH,
    replace(_SPANISH, code="es-MX", group=",", decimal=".", point="punto"),
    replace(_SPANISH, code="es-US", group=",", decimal=".", point="punto", order="mdy"),
    _PORTUGUESE,
    replace(
        _PORTUGUESE,
        code="pt-BR",
        numbers="pt_BR",
        fixes={",": ""},
        units={
            symbol: replace(noun, forms=tuple(form.replace("quilóm", "quilôm") for form in noun.forms))
            for symbol, noun in _PORTUGUESE.units.items()
        },
    ),
    Locale(
        "it",
        numbers="it",
        agreement=agreement("m uno=un; f uno=una"),
        minus="meno",
        point="virgola",
        percent="{} per cento",
        to="a",
        and_="e",
        web=("punto", "barra", "chiocciola"),
        units=nouns("""
            km: chilometro/chilometri; m: metro/metri; cm: centimetro/centimetri; mm: millimetro/millimetri
            m²,mq: metro quadrato/metri quadrati; km²: chilometro quadrato/chilometri quadrati
            m³: metro cubo/metri cubi; kg: chilogrammo/chilogrammi; g: grammo/grammi; mg: milligrammo/milligrammi
            l,L: litro/litri; ml: millilitro/millilitri; km/h: chilometro all'ora/chilometri all'ora
            m/s: metro al secondo/metri al secondo; °C: grado Celsius/gradi Celsius; °: grado/gradi; h: ora/ore f
            min: minuto/minuti; s: secondo/secondi; ms: millisecondo/millisecondi; MB: megabyte; GB: gigabyte
            TB: terabyte; Hz: hertz; kHz: chilohertz; MHz: megahertz; GHz: gigahertz; W: watt; kW: chilowatt
            kWh: chilowattora/chilowattore; V: volt
        """),
        currencies=nouns(
            "€: euro; $: dollaro/dollari; £: sterlina/sterline f; ¥: yen; ₹: rupia/rupie f; CHF: franco/franchi"
        ),
        cents=" e ",
        months=tuple(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
        ),
        day="first",
        clock="{h} e {m}",
        ordinal=r"\.?[º°ª](?![CF])",
    ),
    Locale(
        "ca",
        numbers="ca",
        agreement=agreement("f un=una dos=dues"),
        minus="menys",
        point="coma",
        percent="{} per cent",
        to="a",
        and_="i",
        web=("punt", "barra", "arrova"),
        units=nouns("""
            km: quilòmetre/quilòmetres; m: metre/metres; cm: centímetre/centímetres; mm: mil·límetre/mil·límetres
            kg: quilogram/quilograms; g: gram/grams; l,L: litre/litres; ml: mil·lilitre/mil·lilitres
            km/h: quilòmetre per hora/quilòmetres per hora; °C: grau Celsius/graus Celsius; h: hora/hores f
            min: minut/minuts; s: segon/segons; MB: megabyte/megabytes; GB: gigabyte/gigabytes
        """),
        currencies=nouns("€: euro/euros; $: dòlar/dòlars; £: lliura/lliures f"),
        cents=" amb ",
        months=tuple(
            "de gener;de febrer;de març;d'abril;de maig;de juny;de juliol;d'agost;de setembre;d'octubre;de novembre;"
            "de desembre".split(";")
        ),
        date="{d} {m} de {y}",
    ),
    Locale(
        "gl",
        percent="{} por cento",
        to="a",
        and_="e",
        units=nouns("""
            km: quilómetro/quilómetros; m: metro/metros; cm: centímetro/centímetros; kg: quilogramo/quilogramos
            g: gramo/gramos; l: litro/litros; km/h: quilómetros por hora; °C: graos Celsius; h: hora/horas f
            min: minuto/minutos; GB: xigabyte/xigabytes; MB: megabyte/megabytes
        """),
        currencies=nouns("€: euro/euros; $: dólar/dólares; £: libra/libras f"),
        months=tuple("xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro".split()),
        date="{d} de {m} de {y}",
    ),
    Locale(
        "ro",
        numbers="ro",
        limit=9,
        agreement=agreement("m unu=un; n unu=un doi=două; f unu=o doi=două"),
        plural="romanian",
        minus="minus",
        point="virgulă",
        percent="{} la sută",
        to="la",
        and_="și",
        web=("punct", "bară", "arond"),
        units=nouns("""
            km: kilometru/kilometri/de kilometri; m: metru/metri/de metri; cm: centimetru/centimetri/de centimetri
            mm: milimetru/milimetri/de milimetri; m²: metru pătrat/metri pătrați/de metri pătrați
            kg: kilogram/kilograme/de kilograme n; g: gram/grame/de grame n; l: litru/litri/de litri
            ml: mililitru/mililitri/de mililitri; °C: grad Celsius/grade Celsius/de grade Celsius n
            km/h: kilometru pe oră/kilometri pe oră/de kilometri pe oră; h: oră/ore/de ore f
            min: minut/minute/de minute n; s: secundă/secunde/de secunde f; MB: megabait/megabaiți/de megabaiți
            GB: gigabait/gigabaiți/de gigabaiți; kW: kilowatt/kilowați/de kilowați; V: volt/volți/de volți
        """),
        currencies=nouns(
            "€: euro/euro/de euro; $: dolar/dolari/de dolari; £: liră/lire/de lire f; lei,RON: leu/lei/de lei"
        ),
        cents=" și ",
        months=tuple(
            "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie".split()
        ),
        clock="{h} și {m}",
    ),
)
