// SPDX-License-Identifier: Apache-2.0
#include "importer/source.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace b2a::importer {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

Source::Source(std::string path, int file, std::uint64_t size) :
    path_(std::move(path)), file_(file), size_(size), buffer_(chunk_bytes) {}

Source::Source(Source&& other) noexcept :
    path_(std::move(other.path_)),
    file_(std::exchange(other.file_, -1)),
    size_(other.size_),
    offset_(other.offset_),
    buffer_(std::move(other.buffer_)),
    filled_(std::exchange(other.filled_, 0)) {}

Source::~Source() {
    if (file_ >= 0) ::close(file_);
}

Result<Source> Source::open(std::string const& path) {
    if (path.empty() || path.find('\0') != std::string::npos)
        return Error(Code::invalid_request, "a file name is empty or holds a NUL byte");
    auto const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        if (errno == ENOENT) return Error(Code::not_found, path + ": no such file");
        return Error(Code::invalid_request, path + ": cannot be opened");
    }
    struct stat facts{};
    if (::fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        ::close(file);
        return Error(Code::invalid_request, path + ": not a regular file");
    }
    return Source(path, file, static_cast<std::uint64_t>(std::max<off_t>(facts.st_size, 0)));
}

Result<bool> Source::refill() {
    filled_ = 0;
    auto const first = offset_ == 0;
    while (filled_ < buffer_.size()) {  // until full: a short read must not split the byte order mark
        auto const got =
            ::pread(file_, buffer_.data() + filled_, buffer_.size() - filled_, static_cast<off_t>(offset_));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return Error(Code::invalid_request, path_ + ": cannot be read");
        if (got == 0) break;
        filled_ += static_cast<std::size_t>(got);
        offset_ += static_cast<std::uint64_t>(got);
    }
    if (first && chunk().starts_with(byte_order_mark)) {
        std::copy(buffer_.begin() + byte_order_mark.size(), buffer_.begin() + static_cast<std::ptrdiff_t>(filled_),
                  buffer_.begin());
        filled_ -= byte_order_mark.size();
        return true;
    }
    return filled_ > 0;
}

void Source::seek(std::uint64_t offset) noexcept {
    offset_ = offset;
    filled_ = 0;
}

}  // namespace b2a::importer
