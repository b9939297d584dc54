"""The officer's day: what wants somebody, in queues that are worked through one after the other."""
