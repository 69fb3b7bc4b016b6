#!/usr/bin/env python3
"""The torture finds what it looks for: a server that does not wait for its disk loses what it promised."""
import subprocess
import sys

from gyre import ROOT, main


def test_an_unsynced_disk_is_found_out():
    command = [sys.executable, "-B", ROOT / "tools" / "torture.py", "--power", "--unsynced", "--seed", "7", "40"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=250)
    assert done.returncode == 1, done.stdout + done.stderr
    assert any(word in done.stdout for word in ("LOST", "DAMAGED", "HALF DONE")), done.stdout


if __name__ == "__main__":
    main(test_an_unsynced_disk_is_found_out)
