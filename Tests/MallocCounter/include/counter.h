// How often this thread asked for memory: exact, and only in the tests' executable.
#pragma once

/// Requests for memory by the calling thread so far; -1 where they cannot be counted.
long stray_allocations(void);
