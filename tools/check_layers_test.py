#!/usr/bin/env python3
"""Shows that check_layers.py finds each kind of fault, and none where there is none."""
import pathlib
import tempfile
import unittest

import check_layers


def faults(files):
    """The faults of a tree made of {path: lines}."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            path = pathlib.Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return list(check_layers.Tree(root).faults())


BASE = {"engine/base/text.hpp": "#pragma once\n#include <fmt/format.h>\n", "engine/base/clock.hpp": ""}


class Layers(unittest.TestCase):
    def test_what_points_down_is_fine(self):
        self.assertEqual(faults(BASE | {
            "engine/reactor/tcp.cpp": '#include "engine/base/text.hpp"\n#include <asio/io_context.hpp>\n',
            "net/finger/finger_codec.cpp": '#include "net/finger/finger_codec.hpp"\n',
            "net/finger/finger_codec.hpp": '#include "engine/base/text.hpp"\n',
            "world/gate.hpp": "",
            "net/finger/finger_service.cpp": '#include "net/finger/finger_codec.hpp"\n#include "world/gate.hpp"\n',
            "world/script/run.cpp": '#include <lua.hpp>\n#include "world/gate.hpp"\n',
            "world/store/store.cpp": "#include <sqlite3.h>\n",
        }), [])

    def test_up_is_found(self):
        self.assertEqual(faults(BASE | {
            "world/gate.hpp": "",
            "engine/base/bad.cpp": '\n#include "world/gate.hpp"\n',
        }), ["engine/base/bad.cpp:2: engine/base may not include world/gate.hpp"])

    def test_across_is_found(self):
        found = faults({
            "net/finger/finger_service.hpp": "",
            "world/a.cpp": '#include "net/finger/finger_service.hpp"\n',
            "world/store/store.hpp": "",
            "world/script/b.cpp": '#include "world/store/store.hpp"\n',
        })
        self.assertEqual(len(found), 2)

    def test_net_sees_only_the_face_of_the_world(self):
        found = faults({
            "world/native.hpp": "",
            "world/text/tree.hpp": "",
            "world/transaction.hpp": "",
            "net/telnet/a.cpp": '#include "world/native.hpp"\n#include "world/text/tree.hpp"\n'
                                '#include "world/transaction.hpp"\n',
        })
        self.assertEqual(found, ["net/telnet/a.cpp:3: net may not include world/transaction.hpp"])

    def test_a_codec_sees_only_base_and_codecs(self):
        found = faults(BASE | {
            "net/irc/irc_service.hpp": "",
            "net/irc/irc_codec.cpp": '#include "net/irc/irc_service.hpp"\n#include "engine/base/clock.hpp"\n'
                                     "#include <asio.hpp>\n",
        })
        self.assertEqual(len(found), 3)

    def test_a_library_is_found_through_a_header(self):
        found = faults({
            "engine/reactor/reactor.hpp": "#include <asio/io_context.hpp>\n",
            "engine/reactor/transport.hpp": "",
            "net/telnet/a.cpp": '#include "engine/reactor/transport.hpp"\n#include "engine/reactor/reactor.hpp"\n',
        })
        self.assertEqual(found, ["net/telnet/a.cpp:2: net may not reach asio (through engine/reactor/reactor.hpp)"])

    def test_libraries_have_their_places(self):
        for header in ("lua.hpp", "sqlite3.h", "openssl/ssl.h", "asio.hpp", "toml++/toml.h"):
            self.assertEqual(len(faults({"world/a.cpp": f"#include <{header}>\n"})), 1, header)

    def test_relative_and_missing_headers_are_found(self):
        found = faults(BASE | {"engine/base/a.cpp": '#include "text.hpp"\n#include "../base/text.hpp"\n'})
        self.assertEqual(len(found), 2)

    def test_circles_end(self):
        self.assertEqual(faults({"world/a.hpp": '#include "world/b.hpp"\n', "world/b.hpp": '#include "world/a.hpp"\n'}),
                         [])


if __name__ == "__main__":
    unittest.main()
