"""What all sheets of the register share: columns and their names, days as people write them, what a row leads to."""
