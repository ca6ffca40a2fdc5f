# SPDX-License-Identifier: GPL-3.0-or-later
"""All languages but English: numbers, percentages, money, units, times and dates in a plain form.

`rules.py` lists what is rewritten; a language is one `Locale` in a family's file.
"""
