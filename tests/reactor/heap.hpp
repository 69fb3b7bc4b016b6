#pragma once

#include <malloc.h>

#include <cstddef>

// In a program with ASan, malloc's own figures say nothing.
extern "C" __attribute__((weak)) std::size_t __sanitizer_get_current_allocated_bytes();  // NOLINT: its name.

namespace gyre::test {

/// Bytes that this process has allocated and not freed.
inline std::size_t heap_in_use() {
    if (__sanitizer_get_current_allocated_bytes != nullptr) return __sanitizer_get_current_allocated_bytes();
    return mallinfo2().uordblks;
}

}  // namespace gyre::test
