"""Every block of docs/building.md is a file of a world: it loads, and its tests pass."""

import os
import re
import subprocess
import tempfile

from gyre import main

BINARY = os.environ.get("GYRE_BINARY", "build/release/gyre")
GUIDE = "docs/building.md"


def files_of_guide():
    with open(GUIDE, encoding="utf-8") as guide:
        text = guide.read()
    files = dict(re.findall(r"^`((?:scripts|tests)/\w+\.lua)`\n\n```lua\n(.*?)^```$", text, re.M | re.S))
    assert len(files) == text.count("```lua"), "a block without a file name"
    return files


def gyre(*arguments):
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=120)


def test_the_guide_makes_a_world_that_passes_its_tests():
    with tempfile.TemporaryDirectory() as directory:
        world = os.path.join(directory, "mytown")
        assert gyre("new", world).returncode == 0
        for path, source in files_of_guide().items():
            with open(os.path.join(world, path), "w", encoding="utf-8") as file:
                file.write(source)
        check = gyre("check", world)
        assert check.returncode == 0, check.stdout + check.stderr
        tests = gyre("test", world, "--filter", "")
        assert tests.returncode == 0, tests.stdout + tests.stderr
        assert tests.stdout.count("ok      chapel_test:") == 5, tests.stdout


if __name__ == "__main__":
    main(test_the_guide_makes_a_world_that_passes_its_tests)
