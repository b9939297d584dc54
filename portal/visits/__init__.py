"""A visit as its homeowner sees it, signed in or by the link of a mail: choose a time, another day, nobody came."""
