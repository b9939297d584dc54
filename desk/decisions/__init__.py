"""What waits for a manager, and the answers."""
