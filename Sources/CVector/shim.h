// One vector comparison that Swift cannot express: which of sixty-four bytes are equal to one byte.
// Swift 6.3 has no way from a SIMD mask to its bits; done by hand in 64-bit words it costs five
// times the instructions.
#pragma once
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>

static inline uint64_t stray_equal_bytes_64(const void *_Nonnull from, uint8_t byte) {
    const __m128i wanted = _mm_set1_epi8((char)byte);
    uint64_t bits = 0;
    for (int part = 0; part < 4; part++) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)from + part);
        bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)) << (16 * part);
    }
    return bits;
}
#else
static inline uint64_t stray_equal_bytes_64(const void *_Nonnull from, uint8_t byte) {
    const uint64_t low = 0x7f7f7f7f7f7f7f7fULL, pattern = 0x0101010101010101ULL * byte;
    uint64_t bits = 0;
    for (int part = 0; part < 8; part++) {
        uint64_t word;
        memcpy(&word, (const char *)from + 8 * part, 8);
        word ^= pattern;
        const uint64_t zeros = ~(((word & low) + low) | word | low);
        bits |= ((zeros * 0x0002040810204081ULL) >> 56) << (8 * part);
    }
    return bits;
}
#endif
