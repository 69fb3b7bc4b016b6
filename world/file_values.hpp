#pragma once

#include "world/object_file.hpp"
#include "world/source_lexer.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gyre::world {

/// The tokens of an object file, comments left out, with one to look ahead. After the first fault of a
/// statement nothing is taken any more, until skip_statement().
class FileTokens {
  public:
    explicit FileTokens(std::string_view text);

    [[nodiscard]] const Token& now() const { return now_; }
    [[nodiscard]] const Token& ahead() const { return ahead_; }
    void advance();
    /// Takes this symbol or name; false if something else is there.
    bool take(std::string_view symbol);
    void expect(std::string_view symbol);
    /// A string, whatever it looks like; `what` it should be.
    std::string string(std::string_view what);
    std::string name(std::string_view what);
    /// Of what the string that is next begins with: behind a long bracket that stands alone, the next line.
    [[nodiscard]] int line_of_string() const;

    /// Keeps the first fault. Line 0: the one of the token that is next.
    void fail(const std::string& what, int line = 0);
    [[nodiscard]] bool failed() const { return fault_.has_value(); }
    /// Gives the fault, and goes on at the next line that begins with a word.
    FileFault skip_statement();
    /// "'{'", "the end of the file": what is next, for messages.
    [[nodiscard]] std::string described() const;

  private:
    Token read();
    [[nodiscard]] bool begins_line(const Token& token) const;

    std::string_view text_;
    Lexer lexer_;
    Token now_;
    Token ahead_;
    std::optional<FileFault> fault_;
};

/// Reads values. What it gives after a fault of the tokens is to be thrown away.
class FileValues {
  public:
    explicit FileValues(FileTokens& tokens) : tokens_(tokens) {}
    FileValue value();
    /// object "square", object "@..."; perhaps in brackets.
    std::string reference();

  private:
    FileValue operand();
    FileValue number();
    FileValue word();
    FileValue literal();
    FileValue table();
    void entry(FileValue& table, bool& has_keys, bool& has_entries);
    void check_keys(const FileValue& map);
    FileValue key();
    FileValue object();
    FileValue player();
    FileValue data();
    FileValue text();
    FileValue words(bool is_forced);
    std::vector<FileValue> template_arguments();
    FileValue title();
    FileValue items(FileValue::Kind kind);
    FileValue text_table();
    void row(FileValue& table);
    FileValue as_text(FileValue value);
    FileValue made(FileValue::Kind kind);

    FileTokens& tokens_;
    int depth_ = 0;
    std::size_t count_ = 0;
};

/// A text that is one piece.
[[nodiscard]] FileValue wrapped(FileValue piece);

/// What is wrong with it as the key of an object; empty: nothing.
[[nodiscard]] std::string fault_of_key(std::string_view key);

}  // namespace gyre::world
