// The loader's pass over the source before Lua sees it. It is a lexer and two small state machines (one
// follows blocks, one gathers doc comments), not a parser: what it does not understand it copies.

#include "world/script/source.hpp"

#include "world/source_lexer.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace gyre::world::script {

namespace {

/// Which blocks the tokens so far have opened.
class Blocks {
  public:
    void see(const Token& token) {
        if (token.kind != Token::Kind::name) return;
        const std::string_view word = token.source;
        if (word == "function" || word == "if" || word == "do" || word == "repeat") {
            open_.push_back(word == "function");
        } else if ((word == "end" || word == "until") && !open_.empty()) {
            open_.pop_back();
        }
    }
    [[nodiscard]] std::size_t depth() const { return open_.size(); }
    [[nodiscard]] bool in_function() const {
        return std::find(open_.begin(), open_.end(), true) != open_.end();
    }

  private:
    std::vector<bool> open_;  ///< Whether each is a function. `for` and `while` open with their `do`.
};

/// Gathers the doc comments and gives them to what they describe.
class Docs {
  public:
    explicit Docs(Source& source) : source_(source) {}

    void comment(const Token& token) {
        if (token.value.empty() || token.value.front() != '-') return;
        std::string_view text = token.value;
        while (!text.empty() && (text.front() == '-' || text.front() == ' ')) text.remove_prefix(1);
        while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0)
            text.remove_suffix(1);
        if (token.line == code_line_) return trailing(text);
        if (token.line > comment_line_ + 1) end_of_block();
        comment_line_ = token.line;
        if (!pending_.empty()) pending_ += '\n';
        pending_ += text;
    }
    /// Code that is no comment.
    void code(const Token& token) {
        if (source_.class_doc.empty() && !pending_.empty()) source_.class_doc.swap(pending_);
        if (token.line != code_line_) named_.clear();
        code_line_ = token.line;
    }
    /// A declaration of this name stands here.
    void declares(std::string_view name) {
        named_.emplace_back(name);
        std::string& doc = source_.docs[named_.back()];
        if (doc.empty()) doc = pending_;
        pending_.clear();
    }
    void verb(int line) {
        verb_line_ = line;
        source_.verb_docs[line] = pending_;
    }

  private:
    /// An empty line after a comment: the first such block is about the class, any other about nothing.
    void end_of_block() {
        if (source_.class_doc.empty()) source_.class_doc.swap(pending_);
        pending_.clear();
    }
    void trailing(std::string_view text) {
        if (named_.empty() && verb_line_ == code_line_) source_.verb_docs[verb_line_] = text;
        for (const std::string& name : named_) source_.docs[name] = text;
    }

    Source& source_;
    std::string pending_;
    std::vector<std::string> named_;  ///< Declared on the line of the last code.
    int code_line_ = 0;
    int verb_line_ = 0;
    int comment_line_ = 0;
};

/// Walks over the tokens once and writes the code.
class Preparation {
  public:
    Preparation(std::string_view source, std::string_view file)
        : source_(source), file_(file), lexer_(source), docs_(result_) {}

    Result<Source> run() {
        for (Token token = lexer_.next();; token = lexer_.next()) {
            const auto begin = static_cast<std::size_t>(token.source.data() - source_.data());
            result_.code += source_.substr(copied_, begin - copied_);
            copied_ = begin + token.source.size();
            if (token.kind == Token::Kind::end) break;
            if (token.kind == Token::Kind::comment) {
                docs_.comment(token);
                result_.code += token.source;
                continue;
            }
            docs_.code(token);
            if (std::optional<Error> error = handle(token)) return *error;
        }
        return std::move(result_);
    }

  private:
    std::optional<Error> handle(Token& token) {
        if (token.is("_ENV"))
            return error(token.line, "_ENV is not available: a class keeps its state in properties");
        if (token.kind == Token::Kind::string && token.well_formed && !token.raw &&
            text::looks_like_template(token.value)) {
            if (std::optional<Error> wrong = add_template(token)) return wrong;
        } else {
            result_.code += token.source;
        }
        see_local(token);
        see_declaration(token);
        blocks_.see(token);
        last_[2].swap(last_[1]);
        last_[1].swap(last_[0]);
        last_[0] = token.kind == Token::Kind::string ? std::string_view{"\""} : token.source;
        return {};
    }

    [[nodiscard]] Error error(int line, const std::string& message) const {
        return {Errc::script, std::string{file_} + ':' + std::to_string(line) + ": " + message};
    }

    std::optional<Error> add_template(const Token& token) {
        const Result<const text::Template*> compiled = text::compile(token.value);
        if (!compiled) return error(token.line, compiled.error().text);
        result_.code += '(' + template_name(result_.templates.size()) + ')';
        result_.code.append(
            static_cast<std::size_t>(std::count(token.source.begin(), token.source.end(), '\n')), '\n');
        result_.templates.push_back(compiled.value());
        return {};
    }

    /// `local` or `for`, then names with attributes, up to whatever else.
    void see_local(const Token& token) {
        if (token.is("local") || token.is("for")) {
            in_local_ = !blocks_.in_function();
            local_at_ = result_.code.size() - token.source.size();
            names_.clear();
        } else if (!in_local_) {
            return;
        } else if (token.is("function")) {
            in_local_ = false;
            if (blocks_.depth() == 0) {
                result_.code.replace(local_at_, 5, "     ");
                in_local_function_ = true;
            }
        } else if (token.is("const") && last_[0] == "<" && !names_.empty()) {
            result_.constants.insert(names_.back());
            names_.pop_back();
        } else if (token.kind == Token::Kind::name &&
                   (last_[0] == "local" || last_[0] == "for" || last_[0] == ",")) {
            names_.emplace_back(token.source);
        } else if (!token.is("<") && !token.is(">") && !token.is(",") && !token.is("close")) {
            in_local_ = false;
        }
        if (!in_local_) result_.locals.insert(names_.begin(), names_.end());
    }

    void see_declaration(const Token& token) {
        if (in_local_function_ && last_[0] == "function") {
            result_.functions.emplace(token.source);
            in_local_function_ = false;
        } else if (declares_member(token)) {
            docs_.declares(token.source);
        } else if (declares_event(token)) {
            docs_.declares(token.value);
        } else if (blocks_.depth() == 0 && token.is("verb")) {
            docs_.verb(token.line);
        }
    }

    /// `function self:NAME` (which has opened a block by now) or `property.NAME = ` at file level.
    [[nodiscard]] bool declares_member(const Token& token) const {
        const std::string& of = last_[1];
        if (token.kind != Token::Kind::name || (last_[0] != "." && last_[0] != ":")) return false;
        const bool is_method = blocks_.depth() == 1 && last_[2] == "function";
        if (of == "self" || of == "private") return is_method || blocks_.depth() == 0;
        return blocks_.depth() == 0 && (of == "property" || of == "transient");
    }

    /// `event "NAME"` or `event("NAME")` at file level.
    [[nodiscard]] bool declares_event(const Token& token) const {
        if (token.kind != Token::Kind::string || blocks_.depth() != 0) return false;
        return last_[0] == "event" || (last_[0] == "(" && last_[1] == "event");
    }

    std::string_view source_;
    std::string_view file_;
    Lexer lexer_;
    Source result_;
    Docs docs_;
    Blocks blocks_;
    std::size_t copied_ = 0;
    std::array<std::string, 3> last_;  ///< The tokens before this one, nearest first; strings as `"`.
    std::vector<std::string> names_;
    std::size_t local_at_ = 0;
    bool in_local_ = false;
    bool in_local_function_ = false;
};

}  // namespace

std::string template_name(std::size_t index) { return "__text" + std::to_string(index + 1); }

Result<Source> prepare_source(std::string_view source, std::string_view file) {
    return Preparation{source, file}.run();
}

}  // namespace gyre::world::script
