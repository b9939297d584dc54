"""`./run bench`: the figures of the quality page, measured on the product as it is started in earnest.

`python -m tests.bench --help`. Nothing here is a test; pytest does not collect it.
"""
