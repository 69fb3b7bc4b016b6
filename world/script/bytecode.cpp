// Reads the format of Lua 5.4's ldump.c as far as it takes to find uses of globals: OP_GETTABUP and
// OP_SETTABUP of an upvalue that is called _ENV.

#include "world/script/bytecode.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace gyre::world::script {

namespace {

constexpr std::string_view signature{"\x1bLua\x54\x00\x19\x93\r\n\x1a\n", 12};
constexpr std::size_t numbers_in_header = 3 + 8 + 8;  // Sizes, and two numbers to compare.
constexpr int max_depth = 200;                        // Functions within functions; the compiler's own limit.
constexpr std::uint8_t short_string = 0x04;
constexpr std::uint8_t long_string = 0x14;
constexpr std::uint8_t an_integer = 0x03;
constexpr std::uint8_t a_number = 0x13;
constexpr std::uint32_t op_loadk = 3;
constexpr std::uint32_t op_gettabup = 11;
constexpr std::uint32_t op_settabup = 15;
constexpr std::int8_t absolute_line = -128;

struct Line {
    std::uint64_t instruction;
    std::uint64_t line;
};

struct Function {
    std::uint64_t first_line = 0;
    std::vector<std::uint32_t> code;
    std::vector<std::string> constants;  ///< Empty for what is no string.
    std::vector<std::int8_t> line_steps;
    std::vector<Line> lines;
    std::vector<std::string> upvalues;
    std::vector<GlobalUse> inner;  ///< Of the functions inside.
};

class Reader {
  public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    std::vector<GlobalUse> read() {
        if (take(signature.size()) != signature || take(numbers_in_header).empty()) return {};
        static_cast<void>(byte());  // How many upvalues.
        std::vector<GlobalUse> uses;
        function(uses, 0);
        return bad_ ? std::vector<GlobalUse>{} : uses;
    }

  private:
    std::string_view take(std::size_t size) {
        if (size > rest_.size()) {
            bad_ = true;
            rest_ = {};
            return {};
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    std::uint8_t byte() {
        const std::string_view taken = take(1);
        return taken.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(taken[0]);
    }
    /// Seven bits a byte, the highest first; the last byte has its high bit set.
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int bytes = 0; bytes < 10 && !bad_; ++bytes) {
            const std::uint8_t next = byte();
            value = (value << 7U) | (next & 0x7FU);
            if ((next & 0x80U) != 0) return value;
        }
        bad_ = true;
        return 0;
    }
    std::string string() {
        const std::uint64_t size = number();
        return size == 0 ? std::string{} : std::string{take(static_cast<std::size_t>(size - 1))};
    }
    /// How many of something follow, each of at least so many bytes.
    std::size_t count(std::size_t least_bytes) {
        const std::uint64_t many = number();
        if (many > rest_.size() / least_bytes) bad_ = true;
        return bad_ ? 0 : static_cast<std::size_t>(many);
    }

    void code(Function& function) {
        function.code.resize(count(4));
        for (std::uint32_t& instruction : function.code) {
            for (const unsigned shift : {0U, 8U, 16U, 24U}) instruction |= std::uint32_t{byte()} << shift;
        }
    }
    void constants(Function& function) {
        function.constants.resize(count(1));
        for (std::string& constant : function.constants) {
            const std::uint8_t type = byte();
            if (type == short_string || type == long_string) constant = string();
            if (type == an_integer || type == a_number) static_cast<void>(take(8));
        }
    }
    void debug(Function& function) {
        function.line_steps.resize(count(1));
        for (std::int8_t& step : function.line_steps) step = static_cast<std::int8_t>(byte());
        function.lines.resize(count(2));
        for (Line& line : function.lines) line = {number(), number()};
        for (std::size_t locals = count(3); locals > 0 && !bad_; --locals) {
            static_cast<void>(string());
            static_cast<void>(number());
            static_cast<void>(number());
        }
        function.upvalues.resize(count(1));
        for (std::string& name : function.upvalues) name = string();
    }

    void function(std::vector<GlobalUse>& uses, int depth) {
        if (depth > max_depth) bad_ = true;
        if (bad_) return;
        Function read;
        static_cast<void>(string());  // Source.
        read.first_line = number();
        static_cast<void>(number());
        static_cast<void>(take(3));
        code(read);
        constants(read);
        static_cast<void>(take(count(3) * 3));  // Upvalues.
        for (std::size_t inner = count(1); inner > 0 && !bad_; --inner) function(read.inner, depth + 1);
        debug(read);
        if (!bad_) add_uses(read, depth > 0, uses);
    }

    static void add_uses(const Function& function, bool in_function, std::vector<GlobalUse>& uses) {
        std::uint64_t line = function.first_line;
        std::size_t next_line = 0;
        for (std::size_t index = 0; index < function.code.size(); ++index) {
            if (index < function.line_steps.size()) {
                const std::int8_t step = function.line_steps[index];
                if (step != absolute_line) {
                    line += static_cast<std::uint64_t>(std::int64_t{step});
                } else if (next_line < function.lines.size()) {
                    line = function.lines[next_line++].line;
                }
            }
            std::optional<GlobalUse> use = global(function, function.code[index]);
            if (!use) continue;
            constexpr auto max_line = static_cast<std::uint64_t>(std::numeric_limits<int>::max());
            use->line = static_cast<int>(std::min(line, max_line));
            use->in_function = in_function;
            if (index + 1 < function.code.size()) use->argument = loaded(function, function.code[index + 1]);
            uses.push_back(std::move(*use));
        }
        uses.insert(uses.end(), function.inner.begin(), function.inner.end());
    }

    /// GETTABUP A B C: R[A] := Upvalue[B][K[C]]; SETTABUP A B C: Upvalue[A][K[B]] := ...
    static std::optional<GlobalUse> global(const Function& function, std::uint32_t instruction) {
        const std::uint32_t operation = instruction & 0x7FU;
        if (operation != op_gettabup && operation != op_settabup) return std::nullopt;
        const std::size_t a = (instruction >> 7U) & 0xFFU;
        const std::size_t b = (instruction >> 16U) & 0xFFU;
        const std::size_t c = instruction >> 24U;
        const bool is_write = operation == op_settabup;
        const std::size_t upvalue = is_write ? a : b;
        const std::size_t constant = is_write ? b : c;
        const bool is_global = upvalue < function.upvalues.size() && function.upvalues[upvalue] == "_ENV";
        if (!is_global || constant >= function.constants.size()) return std::nullopt;
        return GlobalUse{function.constants[constant], 0, false, is_write};
    }

    /// LOADK A Bx: R[A] := K[Bx]; the constant if it is a string.
    static std::string loaded(const Function& function, std::uint32_t instruction) {
        const std::size_t constant = instruction >> 15U;
        const bool is_load = (instruction & 0x7FU) == op_loadk && constant < function.constants.size();
        return is_load ? function.constants[constant] : std::string{};
    }

    std::string_view rest_;
    bool bad_ = false;
};

int append(lua_State*, const void* bytes, std::size_t size, void* to) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
    return 0;
}

}  // namespace

std::vector<GlobalUse> global_uses(std::string_view dumped) { return Reader{dumped}.read(); }

std::vector<GlobalUse> global_uses(lua_State* lua) {
    std::string dumped;
    if (lua_dump(lua, append, &dumped, 0) != 0) return {};
    return global_uses(dumped);
}

}  // namespace gyre::world::script
