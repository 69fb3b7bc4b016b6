"""Every block of docs/building.md does what it says: the files make a world whose tests pass, the lines that are typed
are answered like that."""

import os
import re
import subprocess
import tempfile
import time

from gyre import BINARY, PATIENCE, Client, Server, main

GUIDE = "docs/building.md"


def guide():
    with open(GUIDE, encoding="utf-8") as file:
        return file.read()


def files_of_guide():
    text = guide()
    files = dict(re.findall(r"^`((?:scripts|tests)/\w+\.lua)`\n\n```lua\n(.*?)^```$", text, re.M | re.S))
    assert len(files) == text.count("```lua"), "a block without a file name"
    return files


def sessions_of_guide():
    """(what is typed, what is read) in their order."""
    text = guide()
    blocks = re.findall(r"^```text\n(.*?)^```$", text, re.M | re.S)
    assert len(blocks) == text.count("```text")
    steps = []
    for line in "".join(blocks).splitlines():
        if line.startswith("> "):
            steps.append((line[2:], []))
        else:
            steps[-1][1].append(line)
    return steps


def regular(line):
    """Numbers of things, and how long ago something was, differ from run to run."""
    return re.sub(r"\d+ (?:second|minute)s? ago|just now", "a moment ago",
                  re.sub(r"thing_\d+", "thing_N", re.sub(r"#\d+", "#N", line))).rstrip()


def agree(wanted, read):
    """Whether these lines were read, "..." standing for any."""
    pattern = "".join(r"(?:.*\n)*" if line == "..." else re.escape(regular(line)) + "\n" for line in wanted)
    return re.fullmatch(pattern, "".join(regular(line) + "\n" for line in read))


def answer(client, wanted):
    """What is read until it is what was wanted, or too much time has passed."""
    end = time.monotonic() + PATIENCE
    text = ""
    while True:
        text += client.rest(0.3)
        lines = [line.removeprefix("> ") for line in text.replace("\r", "").split("\n")]
        lines = [line for line in lines if line]
        if agree(wanted, lines) or time.monotonic() > end:
            return lines


def gyre(*arguments):
    return subprocess.run([str(BINARY), *arguments], capture_output=True, text=True, timeout=240)


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


def test_what_is_typed_is_answered_as_the_guide_says():
    with Server() as server:
        ann = Client(server.port()).create("ann")
        assert gyre("account", "role", "ann", "builder", "--world", str(server.dir)).returncode == 0
        ann.does("set width 1000", "columns wide")
        ann.rest(1)
        for typed, wanted in sessions_of_guide():
            ann.send(typed)
            read = answer(ann, wanted)
            assert agree(wanted, read), f"{typed}\n" + "\n".join(read) + "\n-- instead of\n" + "\n".join(wanted)


if __name__ == "__main__":
    main(test_the_guide_makes_a_world_that_passes_its_tests, test_what_is_typed_is_answered_as_the_guide_says)
