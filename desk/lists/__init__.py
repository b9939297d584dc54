"""Defect lists and work orders at the desk: registers, one list, compiling and issuing."""
