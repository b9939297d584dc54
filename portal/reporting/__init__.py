"""Reporting defects in three steps: where, what, send. By account under `/portal/report/`, by link under `/report/`.

The same steps serve both doors (`doors.py`); a `Sitting` says whose draft it is and where its pages are.
"""
