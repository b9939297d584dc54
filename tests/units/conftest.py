"""Property tests of this room: no deadline on a shared machine, nothing written into the checkout."""

from hypothesis import settings

settings.register_profile("portal", deadline=None, database=None)
settings.load_profile("portal")
