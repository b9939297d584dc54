"""One plain keyword-only function per model; each room has its own module here."""
