"""What the tests stand on: settings, the real servers they talk to, and the guards they run under."""
