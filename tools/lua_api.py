#!/usr/bin/env python3
"""Writes docs/lua_api.md from the doc comments of world/script and scripts/core.

lua_api.py [--check]: with --check it writes nothing and fails if the file is not what it would write. Either way it
fails if something that scripts can use has no documentation, or if something of tools/lua_api_wanted.txt is missing.

A function that is registered as {"name", guarded<function>...} has a comment of /// lines right above it: the first is its
signature ("t:move_to(place) [R W]"), the others say what it does. What is registered otherwise has such a comment
anywhere in the same file."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUTPUT = "docs/lua_api.md"
WANTED = "tools/lua_api_wanted.txt"

INTRODUCTION = """# What scripts can use

Written by `tools/lua_api.py` from the comments in the code: change them there. In the game, `help WORD` shows a builder the
entry of that name.

Marks: **R** may refuse, **E** error on misuse, **N** returns nil and a reason, **Y** yields (what was done so far stays
done), **W** writes, **n** costs more the more there is. All of it takes part in the transaction of the call.
"""

# Sections by what stands before the name in a signature.
SECTIONS = [
    ("declarations", "Declarations of a class file"),
    ("", "Functions"),
    ("world", "`world`"),
    ("text", "`text`"),
    ("time", "`time`"),
    ("json", "`json`"),
    ("system", "`system`: for wizards' code"),
    ("o", "Every object"),
    ("t", "Things"),
    ("r", "Rooms"),
    ("e", "Exits"),
    ("p", "People: `npc` and `player`"),
    ("string", "`string`"),
    ("table", "`table`"),
    ("math", "`math`"),
    ("utf8", "`utf8`"),
    ("tests", "Tests: files `tests/*_test.lua`"),
]
DECLARING = {"declarations.cpp", "decorators.cpp", "special_defaults.cpp"}
TESTING = {"test_api.cpp"}
# Names in signatures of values and hooks, by the kind that the engine checks.
KINDS = {"thing": "t", "room": "r", "exit": "e", "person": "p", "player": "p", "container": "t"}

faults = []


class Entry:
    def __init__(self, signature, marks, text):
        self.signature, self.marks, self.text, self.name = signature, marks, text, ""

    @property
    def names(self):
        """What it is called: "t:move_to" and "move_to"."""
        return {re.match(r"\w*(?:[.:]\w+)?", self.signature).group(), self.name}


def entry_of(lines):
    signature, marks = lines[0], ""
    if found := re.search(r"\s+\[([REYNWn ]+)\]$", signature):
        signature, marks = signature[: found.start()], found.group(1)
    return Entry(signature, marks, " ".join(lines[1:]).strip())


def blocks(source):
    """The comments of /// lines with the number of the line behind each."""
    lines, block = source.split("\n"), []
    for number, line in enumerate(lines):
        stripped = line.strip()
        if stripped.startswith("/// "):
            block.append(stripped[4:])
        elif block:
            yield number, block, line
            block = []


def registered(source):
    """(name, function or None, kind or None) of all that this file gives to scripts."""
    for found in re.finditer(r'\{"(\w+)",\s*guarded<(\w+)>(?:,\s*Class::(\w+))?', source):
        if found.group(1) == "__call":  # `text` is a table and a function.
            yield "text", found.group(2), found.group(3)
        elif not found.group(1).startswith("__"):
            yield found.groups()
    for found in re.finditer(r'key == "(\w+)"\) \{\s*(?:lua_pushcfunction\(lua, guarded<(\w+)>\))?', source):
        yield found.group(1), found.group(2), None
    for found in re.finditer(r'add_section\(lua, "(\w+)"', source):
        yield found.group(1), None, None


def natives():
    """Entries by section; faults for what has no comment."""
    sections = {key: {} for key, _ in SECTIONS}
    sources = {path: path.read_text() for path in sorted((ROOT / "world/script").glob("*.cpp"))}
    documented = {}  # Functions may stand in another file than their registration.
    for path, source in sources.items():
        for _, block, behind in blocks(source):
            if found := re.match(r"int (\w+)\(lua_State\* lua\)", behind):
                documented[path.name, found.group(1)] = block
                documented.setdefault(found.group(1), block)
    for path, source in sources.items():
        for name, function, kind in registered(source):
            block = documented.get((path.name, function)) or documented.get(function)
            if function is None:
                block = next((b for _, b, _ in blocks(source) if re.match(rf"(function |world\.)?{name}\b", b[0])), None)
            entry = entry_of(block) if block else None
            where = f"world/script/{path.name}: {name}"
            if entry is None or not entry.text or not re.search(rf"\b{name}\b", entry.signature):
                faults.append(f"{where} has no comment with its signature and what it does")
                continue
            entry.name = name
            add(sections, path.name, kind, entry, where)
    return sections


def add(sections, file, kind, entry, where):
    before = re.match(r"(\w+)[.:]", entry.signature)
    key = before.group(1) if before else ""
    if file in DECLARING:
        key = "declarations"
    elif file in TESTING:
        key = "tests"
    elif kind and KINDS.get(kind, key) != key:
        faults.append(f"{where} is for every {kind}: its signature begins with '{KINDS[kind]}:', not '{key}'")
    if key not in sections:
        faults.append(f"{where}: there is no section for '{key}'")
        return
    sections[key][entry.signature] = entry


def of_lua(source):
    """Names that are taken from Lua's own libraries unchanged: {library: [names]}."""
    found = {"": re.findall(r'"(\w+)"', re.search(r"for \(const char\* name : \{([^}]*)\}", source["base"]).group(1))}
    numbers = source["numbers"]
    for part, library in zip(numbers.split("luaL_requiref(")[1:], ("math", "utf8")):
        copied = re.search(r"copy\(lua, \{([^}]*)\}", part).group(1)
        found[library] = re.findall(r'"(\w+)"', copied) + re.findall(r'wrap\(lua, "(\w+)"', part)
    return found


# --- Classes of the library


class LuaClass:
    documented, waiting = set(), []

    def __init__(self, path):
        self.name, self.doc, self.head = path.stem, "", []
        self.properties, self.events, self.methods = [], [], []
        self.where = f"scripts/core/{path.name}"
        comment, verbs = [], []
        for line in path.read_text().split("\n"):
            if line.startswith("--- "):
                comment.append(line[4:].strip())
                continue
            if line.startswith(("inherit", "use")):
                self.take_doc(comment)
                self.head.append(line)
                comment = []
                continue
            if line.startswith(("verb", "before", "every", "daily")):
                verbs.append(re.sub(r"\s*---.*", "", line))
                continue
            self.take_doc(comment)
            comment, verbs = self.take(line, comment, verbs)

    def take_doc(self, comment):
        if not self.doc and comment:
            self.doc = " ".join(comment)

    def take(self, line, comment, verbs):
        behind = re.search(r"--- (.*)", line)
        text = behind.group(1) if behind else " ".join(comment)
        if found := re.match(r"(property|transient)\.(\w+)(?:\.\w+)? = (.*?)\s*(?:---.*)?$", line):
            self.properties.append((found.group(2), found.group(3), self.needs(found.group(2), text)))
        elif found := re.match(r'event "(\w+)"', line):
            self.events.append((found.group(1), self.needs(found.group(1), text)))
        elif found := re.match(r"function self:(\w+)(\([^)]*\))", line):
            self.methods.append((found.group(1) + found.group(2), verbs, self.needs(found.group(1), text)))
        elif line.strip():
            return ([], []) if not line.startswith("---") else (comment, verbs)
        else:
            return ([], verbs)
        return [], []

    def needs(self, name, text):
        """A member that another class documents and this one only gives another value needs no comment."""
        if not text and name not in LuaClass.documented:
            LuaClass.waiting.append((name, f"{self.where}: {name} has no comment"))
        LuaClass.documented.update({name} if text else set())
        return text

    def write(self, out):
        out.append(f"\n### {self.name}\n")
        if not self.doc:
            faults.append(f"{self.where} has no comment")
        out.append(self.doc + (f" `{'; '.join(self.head)}`" if self.head else ""))
        if self.properties or self.events or self.methods:
            out.append("")
        for name, default, text in self.properties:
            out.append(f"- `{name} = {default}`" + (f": {text}" if text else ""))
        for name, text in self.events:
            out.append(f"- event `{name}`: {text}")
        for name, verbs, text in self.methods:
            sentences = "; ".join(f"`{verb}`" for verb in verbs)
            out.append(f"- `{name}`: {text}{' ' + sentences if sentences else ''}")


def page():
    out = [INTRODUCTION]
    sections = natives()
    script = ROOT / "world/script"
    copied = of_lua({"base": (script / "base_library.cpp").read_text(),
                     "numbers": (script / "number_libraries.cpp").read_text()})
    names = set()
    for key, title in SECTIONS:
        out.append(f"\n## {title}\n")
        for entry in sorted(sections[key].values(), key=lambda each: each.name):
            marks = f" **{entry.marks}**" if entry.marks else ""
            out.append(f"- `{entry.signature}`{marks}  \n  {entry.text}")
            names |= entry.names
        if key in copied:
            words = ", ".join(f"`{name}`" for name in sorted(copied[key]))
            out.append(f"- As in Lua 5.4: {words}.")
            names.update((key + "." if key else "") + name for name in copied[key])
    out.append("\n## Classes and traits of the library\n")
    out.append("Every `can_*` may refuse and, like the other hooks, may not change anything; events are told afterwards.")
    for path in sorted((ROOT / "scripts/core").glob("*.lua")):
        each = LuaClass(path)
        each.write(out)
        for name, *_ in each.properties + each.events:
            names.add(f"{each.name}.{name}")
        for name, *_ in each.methods:
            names.add(f"{each.name}.{name.split('(')[0]}")
    faults.extend(fault for name, fault in LuaClass.waiting if name not in LuaClass.documented)
    check_wanted(names)
    return "\n".join(out) + "\n"


def check_wanted(names):
    """Lines "name" or "name: which later part of the server brings it"."""
    for line in (ROOT / WANTED).read_text().split("\n"):
        name, later, _ = line.partition(": ")
        if not name or name.startswith("#"):
            continue
        if not later and name not in names:
            faults.append(f"{name} is to be there and is not ({WANTED})")
        if later and name in names:
            faults.append(f"{name} is there now: {WANTED} still says that it comes later")


def main():
    text = page()
    path = ROOT / OUTPUT
    if "--check" in sys.argv[1:]:
        if not path.exists() or path.read_text() != text:
            faults.append(f"{OUTPUT} is not what {sys.argv[0]} writes: run it")
    elif not faults:
        path.write_text(text)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
