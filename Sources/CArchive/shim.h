// libarchive, for gzip, bzip2, xz and zstd.
#pragma once
#include <archive.h>
#include <archive_entry.h>
