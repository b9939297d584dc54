"""Default rows of this room: editable once installed, each with its source."""
