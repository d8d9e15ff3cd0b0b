// SPDX-License-Identifier: Apache-2.0
#include "app/system.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/base/text.hpp"

namespace b2a::app {

Result<std::string> read_file(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error(Code::not_found, fmt::format("{}: cannot be read", path));
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

Result<std::string> read_secret_file(std::string const& path) {
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0) return Error(Code::not_found, fmt::format("{}: cannot be read", path));
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return Error(Code::invalid_request,
                     fmt::format("{}: others may read this secret; its mode must be 0600", path));
    B2A_TRY(content, read_file(path));
    auto secret = std::string(trim(content));
    if (secret.empty()) return Error(Code::invalid_request, fmt::format("{}: is empty", path));
    if (secret.find('\n') != std::string::npos)
        return Error(Code::invalid_request, fmt::format("{}: holds more than one line", path));
    return secret;
}

Result<void> write_private_file(std::string const& path, std::string_view content) {
    auto const failed = [&](std::string_view step) {
        return Error(Code::internal, fmt::format("{}: {}: {}", path, step, std::strerror(errno)));
    };
    auto const temporary = path + ".new";
    int const fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) return failed("cannot be created");
    auto left = content;
    while (!left.empty()) {
        auto const n = ::write(fd, left.data(), left.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            ::close(fd);
            return failed("cannot be written");
        }
        left.remove_prefix(static_cast<std::size_t>(n));
    }
    bool const synced = ::fsync(fd) == 0;
    if (::close(fd) != 0 || !synced || ::rename(temporary.c_str(), path.c_str()) != 0) return failed("cannot be kept");
    return {};
}

Result<crypto::SigningKey> load_or_create_audit_key(std::string const& data_dir, std::string const& origin,
                                                    Random& random, bool log_exists) {
    auto const directory = data_dir + "/keys";
    auto const path = directory + "/audit.pem";
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) {
        B2A_TRY(pem, read_file(path));
        return crypto::SigningKey::from_pem(pem);
    }
    if (log_exists)
        return Error(
            Code::not_found,
            fmt::format("{} is missing, but the audit log exists: restore the key, do not start a second identity",
                        path));
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    if (failure) return Error(Code::internal, fmt::format("{}: {}", directory, failure.message()));
    std::filesystem::permissions(directory, std::filesystem::perms::owner_all, failure);
    B2A_TRY(key, crypto::SigningKey::generate(random));
    B2A_CHECK(write_private_file(path, key.to_pem()));
    audit::VerifierKey const verifier{origin, key.public_key()};
    B2A_CHECK(write_private_file(directory + "/audit.vkey", verifier.text() + "\n"));
    return std::move(key);
}

}  // namespace b2a::app
