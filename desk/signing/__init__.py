"""Signing at the home: the officer hands the phone over; and the signatures as staff read them."""
