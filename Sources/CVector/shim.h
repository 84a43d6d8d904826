// The vector comparisons that Swift cannot express: which of many bytes are equal to one byte, or
// are digits. Swift 6.3 has no way from a SIMD mask to its bits; done by hand in 64-bit words it
// takes eight loads, subtractions and multiplications where four vector compares do.
#pragma once
#include <stdint.h>
#include <string.h>
#if defined(__linux__)
#include <malloc.h>
#endif

// Nothing in Swift asks for memory before it is needed: a table larger than the cache makes every
// look-up wait, unless the next ones are already on their way.
static inline void stray_prefetch(const void *_Nonnull from) { __builtin_prefetch(from); }

// One heap for all threads: what one lets go, the other can have. Before the first thread is made.
static inline void stray_share_heap(void) {
#if defined(M_ARENA_MAX)
    mallopt(M_ARENA_MAX, 1);
#endif
}

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

// Of sixteen bytes: those that equal `byte`.
static inline uint32_t stray_equal_bytes_16(const void *_Nonnull from, uint8_t byte) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)from);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)byte)));
}

// Of sixteen bytes: those that equal one of three.
static inline uint32_t stray_any_bytes_16(
    const void *_Nonnull from, uint8_t first, uint8_t second, uint8_t third) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)from);
    const __m128i one = _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)first));
    const __m128i two = _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)second));
    const __m128i three = _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)third));
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(one, two), three));
}

// Of sixteen bytes: those that names are made of, which are letters, digits, `_`, `-` and `.`.
static inline uint32_t stray_name_bytes_16(const void *_Nonnull from) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)from);
    const __m128i digits = _mm_xor_si128(bytes, _mm_set1_epi8('0'));
    const __m128i isDigit = _mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits);
    const __m128i letters =
        _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    const __m128i isLetter = _mm_cmpeq_epi8(_mm_min_epu8(letters, _mm_set1_epi8(25)), letters);
    const __m128i isMark = _mm_or_si128(
        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')),
        _mm_or_si128(
            _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('.'))));
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(isDigit, isLetter), isMark));
}

// Of sixteen bytes: those that are decimal digits in the low half, those equal to `byte` in the
// high half.
static inline uint32_t stray_digits_or_16(const void *_Nonnull from, uint8_t byte) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)from);
    const __m128i values = _mm_xor_si128(bytes, _mm_set1_epi8('0'));
    const __m128i digits = _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values);
    const __m128i equal = _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)byte));
    return (uint32_t)_mm_movemask_epi8(digits) | (uint32_t)_mm_movemask_epi8(equal) << 16;
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

static inline uint32_t stray_equal_bytes_16(const void *_Nonnull from, uint8_t byte) {
    const uint8_t *bytes = (const uint8_t *)from;
    uint32_t bits = 0;
    for (int at = 0; at < 16; at++) bits |= (uint32_t)(bytes[at] == byte) << at;
    return bits;
}

static inline uint32_t stray_any_bytes_16(
    const void *_Nonnull from, uint8_t first, uint8_t second, uint8_t third) {
    return stray_equal_bytes_16(from, first) | stray_equal_bytes_16(from, second)
        | stray_equal_bytes_16(from, third);
}

static inline uint32_t stray_name_bytes_16(const void *_Nonnull from) {
    const uint8_t *bytes = (const uint8_t *)from;
    uint32_t bits = 0;
    for (int at = 0; at < 16; at++) {
        const uint8_t byte = bytes[at];
        const int isLetter = (uint8_t)((byte | 0x20) - 'a') < 26;
        const int isDigit = (uint8_t)(byte - '0') < 10;
        bits |= (uint32_t)(isLetter || isDigit || byte == '_' || byte == '-' || byte == '.') << at;
    }
    return bits;
}

static inline uint32_t stray_digits_or_16(const void *_Nonnull from, uint8_t byte) {
    const uint8_t *bytes = (const uint8_t *)from;
    uint32_t bits = 0;
    for (int at = 0; at < 16; at++) {
        bits |= (uint32_t)(bytes[at] - '0' < 10u) << at;
        bits |= (uint32_t)(bytes[at] == byte) << (16 + at);
    }
    return bits;
}
#endif
