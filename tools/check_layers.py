#!/usr/bin/env python3
"""Finds includes that point up or across the layers of the source tree.

usage: check_layers.py [ROOT]

Each part of the tree may include itself and what PARTS lists for it; each library may be reached, directly or through
our own headers, from the parts that LIBRARIES lists for it. Prints one line for each fault and ends with 1 if there
are any. The rules are those of docs/ARCHITECTURE.md.
"""
import pathlib
import re
import sys

# What net may know of the world: to call it, to ask it, to hear it; never how it works inside.
WORLD_FACE = ["world/gate.hpp", "world/native.hpp", "world/audience.hpp", "world/value.hpp", "world/atoms.hpp", "world/view.hpp",
              "world/text"]

# part -> what it may include besides itself. A file belongs to the longest part that its path begins with; a codec is a
# part of its own wherever it stands.
PARTS = {
    "engine/base": [],
    "engine/reactor": ["engine/base"],
    "codec": ["engine/base"],
    "net": ["net/ssh", "engine/base", "engine/reactor", "codec", *WORLD_FACE],
    "net/ssh": ["net", "engine/base", "engine/reactor", "codec", *WORLD_FACE],
    "world": ["engine/base", "world/text", "world/sentence", "world/script", "world/store"],
    "world/text": ["engine/base", "world"],
    "world/sentence": ["engine/base", "world", "world/text"],
    "world/script": ["engine/base", "world", "world/text", "world/sentence"],
    "world/store": ["engine/base", "world"],
    "engine/app": ["engine/base", "engine/reactor", "codec", "net", "net/ssh", "world", "world/text", "world/sentence",
                   "world/script", "world/store", "clients/terminal"],
    "clients": ["engine/base"],
    "clients/terminal": ["engine/base", "codec", "net/terminal/line_editor.hpp", "net/telnet/compressed_input.hpp",
                         "engine/reactor/compression.hpp"],
}

# how a library's headers begin -> the parts that may reach them
LIBRARIES = {
    "asio": ["engine/reactor", "net/ssh", "engine/app", "clients", "clients/terminal"],
    "openssl/": ["engine/reactor", "engine/app", "clients", "clients/terminal"],
    "libssh/": ["net/ssh"],
    "zlib": ["engine/reactor"],
    "lua": ["world/script"],
    "lauxlib.h": ["world/script"],
    "sqlite3": ["world/store"],
    "utf8proc": ["engine/base"],
    "toml++/": ["engine/app"],
    "CLI/": ["engine/app", "clients/terminal"],
}

# What a codec may not do besides: wait for or look at time. Its events carry no clock.
CODEC_BANS = {"engine/base/clock.hpp": "a codec has no clock", "thread": "a codec starts no thread"}

TOPS = ("engine", "net", "world", "clients")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
CODEC = re.compile(r"net/[^/]+/[^/]+_codec\.[ch]pp$")


def part_of(path):
    """The part that `path`, relative to the root, belongs to; "" if none."""
    if CODEC.match(path):
        return "codec"
    return max((part for part in PARTS if path.startswith(part + "/")), key=len, default="")


def may_include(part, header):
    """Whether a file of `part` may include our own `header`."""
    target = part_of(header)
    if target == part:
        return True
    return any(seen == header or seen == target for seen in PARTS[part])


def library_of(header):
    return next((prefix for prefix in LIBRARIES if header.startswith(prefix)), None)


class Tree:
    """The sources below a root, with their includes."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.includes = {}
        for top in TOPS:
            for path in sorted((self.root / top).rglob("*.[ch]pp")):
                self.includes[path.relative_to(self.root).as_posix()] = self.read(path)
        self.reached = {}

    @staticmethod
    def read(path):
        """[(line number, is it ours, header)] of one file."""
        found = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if match:
                found.append((number, match[1] == '"', match[2]))
        return found

    def libraries(self, path):
        """The libraries that including `path` brings along."""
        if path not in self.reached:
            self.reached[path] = set()  # Ends a circle of includes.
            found = set()
            for _, ours, header in self.includes.get(path, []):
                found |= self.libraries(header) if ours else {library_of(header)}
            self.reached[path] = found - {None}
        return self.reached[path]

    def faults(self):
        for path, includes in self.includes.items():
            part = part_of(path)
            if not part:
                yield f"{path}:1: belongs to no part of the tree"
                continue
            for number, ours, header in includes:
                for text in self.faults_of(part, ours, header):
                    yield f"{path}:{number}: {text}"

    def faults_of(self, part, ours, header):
        if part == "codec" and header in CODEC_BANS:
            yield f"{CODEC_BANS[header]}: {header}"
        if not ours:
            brought = {library_of(header)} - {None}
        elif header not in self.includes:
            yield f"there is no {header} (includes count from the root)"
            return
        elif not may_include(part, header):
            yield f"{part} may not include {header}"
            return
        else:
            brought = self.libraries(header)
        for library in sorted(brought):
            if part not in LIBRARIES[library]:
                yield f"{part} may not reach {library.rstrip('/')} (through {header})"


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[1]
    faults = list(Tree(root).faults())
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
