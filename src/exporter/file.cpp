// SPDX-License-Identifier: Apache-2.0
#include "b2a/exporter/file.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace b2a::exporter {
namespace {

constexpr std::size_t piece = 256 * 1024;

Error failed(Code code, std::string const& path, std::string_view step) {
    return Error(code, path + ": " + std::string(step) + ": " + std::strerror(errno));
}

}  // namespace

Result<AtomicFile> AtomicFile::create(std::string path) {
    auto const temporary = path + ".new";
    constexpr mode_t mode = S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;  // a feed is for others to read
    int const fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (fd < 0) return failed(Code::invalid_request, path, "cannot be created");
    return AtomicFile(std::move(path), fd);
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept :
    path_(std::move(other.path_)),
    fd_(std::exchange(other.fd_, -1)),
    buffer_(std::move(other.buffer_)),
    bytes_(other.bytes_) {}

AtomicFile::~AtomicFile() {
    if (fd_ < 0) return;
    ::close(fd_);
    ::unlink(temporary().c_str());
}

Result<void> AtomicFile::append(std::string_view bytes) {
    buffer_ += bytes;
    bytes_ += bytes.size();
    return buffer_.size() < piece ? Result<void>() : flush();
}

Result<void> AtomicFile::flush() {
    std::string_view left = buffer_;
    while (!left.empty()) {
        auto const n = ::write(fd_, left.data(), left.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return failed(Code::internal, path_, "cannot be written");
        left.remove_prefix(static_cast<std::size_t>(n));
    }
    buffer_.clear();
    return {};
}

Result<void> AtomicFile::commit() {
    B2A_CHECK(flush());
    if (::fsync(fd_) != 0) return failed(Code::internal, path_, "cannot be kept");
    ::close(std::exchange(fd_, -1));
    if (::rename(temporary().c_str(), path_.c_str()) == 0) return {};
    auto error = failed(Code::internal, path_, "cannot be kept");
    ::unlink(temporary().c_str());
    return error;
}

}  // namespace b2a::exporter
