"""The rows a new installation starts with, as plain structures; `catalogue.defaults` installs them."""
