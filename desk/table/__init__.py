"""The case table: filters in the address, tiles that follow them, ticked rows."""
