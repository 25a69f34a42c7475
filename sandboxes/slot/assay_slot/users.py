"""The users that programs run as."""

import os
import random


def uid_range():
    """Users for this slot's programs: far from any real one, and unlikely to be another slot's."""
    try:
        with open("/proc/self/uid_map") as file:
            size = max(int(line.split()[0]) + int(line.split()[2]) for line in file)
    except (OSError, ValueError):
        size = 65536
    width = 1 << 16 if size > 1 << 30 else 1000
    low = 1 << 30 if size > 1 << 30 else 10000
    blocks = max(1, (min(size, (1 << 31) - 1) - low) // width)
    first = low + random.SystemRandom().randrange(blocks) * width
    return first, first + width - 1


def can_change_user():
    """CAP_SETUID and more than one user to change to."""
    try:
        with open("/proc/self/status") as file:
            effective = next(int(line.split()[1], 16) for line in file if line.startswith("CapEff:"))
        with open("/proc/self/uid_map") as file:
            users = sum(int(line.split()[2]) for line in file)
    except (OSError, ValueError, StopIteration):
        return False
    return bool(effective & (1 << 7)) and bool(effective & (1 << 6)) and users > 1000


def counts_by_namespace():
    """Does RLIMIT_NPROC count inside a user namespace alone? Since Linux 5.14."""
    try:
        major, minor = (int(part) for part in os.uname().release.split(".")[:2])
    except ValueError:
        return False
    return (major, minor) >= (5, 14)
