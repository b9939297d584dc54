"""What a child process may use at most. No Django here: children start quickly and have nothing to give away."""

import resource

MEGABYTE = 1024 * 1024


def limit(*, seconds: int, memory: int, largest_output: int, open_files: int) -> None:
    """Bounds this process for good: address space, processor time, what it may write (bytes); no core files."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # equal limits would kill without a sign
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_output, largest_output))
    resource.setrlimit(resource.RLIMIT_NOFILE, (open_files, open_files))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
