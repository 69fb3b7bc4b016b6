#include "world/line_editor.hpp"

#include <catch2/catch.hpp>

#include <string>

using gyre::world::LineEditor;

namespace {

std::string said(LineEditor& editor, std::string_view line) { return editor.type(line).words; }

}  // namespace

TEST_CASE("line editor: lines are added until a full stop", "[world][editor]") {
    LineEditor editor;
    CHECK(said(editor, "one").empty());
    CHECK(said(editor, "").empty());
    CHECK(said(editor, "..three").empty());
    CHECK_FALSE(editor.type(".list").done);
    CHECK(editor.type(".").done);
    CHECK(editor.text() == "one\n\n.three");
}

TEST_CASE("line editor: lines are listed, inserted, replaced and taken away", "[world][editor]") {
    LineEditor editor{"one\ntwo\nthree"};
    CHECK(said(editor, ".list") == "   1  one\n   2  two\n   3  three");
    CHECK(said(editor, ".l 2") == "   2  two");
    CHECK(said(editor, ".l 2-3") == "   2  two\n   3  three");
    CHECK(said(editor, ".i 2") == "You go on before line 2.");
    CHECK(said(editor, "one and a half").empty());
    CHECK(said(editor, "nearly two").empty());
    CHECK(said(editor, ".replace 1 uno") == "   1  uno");
    CHECK(said(editor, ".s 4 /two/dos/") == "   4  dos");
    CHECK(said(editor, ".d 2 3") == "2 lines are gone.");
    CHECK(editor.text() == "uno\ndos\nthree");
    CHECK(said(editor, ".insert") == "You go on at the end.");
    CHECK(said(editor, "four").empty());
    CHECK(editor.text() == "uno\ndos\nthree\nfour");
    CHECK(said(editor, ".clear") == "All lines are gone.");
    CHECK(editor.text().empty());
}

TEST_CASE("line editor: one goes on writing where one was, also when lines before it go", "[world][editor]") {
    LineEditor editor{"a\nb\nc\nd"};
    said(editor, ".i 3");
    said(editor, ".d 1");
    said(editor, "x");
    CHECK(editor.text() == "b\nx\nc\nd");
    said(editor, ".d 1 4");
    said(editor, "y");
    CHECK(editor.text() == "y");
}

TEST_CASE("line editor: what makes no sense is answered and changes nothing", "[world][editor]") {
    LineEditor editor{"a\nb"};
    for (const char* line :
         {".frob", ".delete", ".delete 0", ".delete 3", ".delete 2 1", ".d x", ".list 9", ".insert 3",
          ".insert 1 2", ".replace", ".replace 9 x", ".subst 1", ".subst 1 /q/r/", ".subst 1 //x/",
          ".subst 1 one/three", ".subst 9 /a/b/", ".delete 99999999999999999999"}) {
        CAPTURE(line);
        const LineEditor::Reply reply = editor.type(line);
        CHECK_FALSE(reply.words.empty());
        CHECK_FALSE(reply.done);
        CHECK(editor.text() == "a\nb");
    }
}

TEST_CASE("line editor: a text has an end", "[world][editor]") {
    LineEditor bytes{std::string(LineEditor::max_bytes - 1, 'x')};
    CHECK(bytes.text().size() == LineEditor::max_bytes - 1);
    CHECK_FALSE(said(bytes, "").empty());
    CHECK(said(bytes, ".replace 1 " + std::string(LineEditor::max_bytes, 'y')) ==
          "There is no room for that line.");
    CHECK(said(bytes, ".replace 1 short") == "   1  short");
    LineEditor lines{std::string(LineEditor::max_lines + 100, '\n')};
    CHECK(lines.text().size() == LineEditor::max_lines - 1);
    CHECK_FALSE(said(lines, "one more").empty());
}
