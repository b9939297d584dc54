"""Days that people can mean."""

from datetime import date, timedelta

import pytest
from django import forms

from units import sane_days
from units.form_fields import DayField

ODD = ["", "soon", "2026-02-30", "0001-01-01", "1989-12-31", "2200-01-01", "9999-12-31", "2026-13-01", "\0"]


@pytest.mark.parametrize("text", ODD)
def test_an_address_names_no_such_day(text):
    assert sane_days.read(text) is None


@pytest.mark.parametrize("text", ["1990-01-01", "2026-03-02", "2026-03-02T10:00", "2199-12-31"])
def test_an_address_names_a_day(text):
    assert sane_days.read(text).isoformat() == text[:10]


@pytest.mark.parametrize("text", ODD[1:])
def test_a_field_takes_no_such_day(text):
    with pytest.raises(forms.ValidationError):
        DayField().clean(text)


def test_every_day_that_a_field_takes_has_a_day_before_and_after():
    for text in ("1990-01-01", "2199-12-31"):
        day = DayField().clean(text)
        assert day - timedelta(days=400) < day < day + timedelta(days=400)
        assert isinstance(day, date)
