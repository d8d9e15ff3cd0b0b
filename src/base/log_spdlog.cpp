// SPDX-License-Identifier: Apache-2.0
// The only file that knows spdlog. Each line is one JSON object; strings are escaped here, so a hostile value cannot
// forge a second line.
#include "b2a/base/log.hpp"

#include <cstdio>
#include <iterator>
#include <memory>
#include <mutex>

#include <fmt/format.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace b2a::log {
namespace {

/// stderr through a buffer: a line a request must not cost a system call a request. Whoever owns the process flushes a
/// few times a second; warnings and errors go out at once.
class BufferedStderr final : public spdlog::sinks::base_sink<std::mutex> {
  public:
    BufferedStderr() : file_(::fdopen(::dup(STDERR_FILENO), "w")) {
        if (file_ != nullptr) std::setvbuf(file_, nullptr, _IOFBF, std::size_t{64} * 1024);
    }
    ~BufferedStderr() override {
        if (file_ != nullptr) std::fclose(file_);
    }
    BufferedStderr(BufferedStderr const&) = delete;
    BufferedStderr& operator=(BufferedStderr const&) = delete;

  protected:
    void sink_it_(spdlog::details::log_msg const& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        if (file_ != nullptr) std::fwrite(line.data(), 1, line.size(), file_);
    }
    void flush_() override {
        if (file_ != nullptr) std::fflush(file_);
    }

  private:
    std::FILE* file_;
};

spdlog::logger& logger() {
    static auto const instance = [] {
        auto made = std::make_shared<spdlog::logger>("b2a", std::make_shared<BufferedStderr>());
        made->flush_on(spdlog::level::warn);
        made->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
        made->set_level(spdlog::level::info);
        return made;
    }();
    return *instance;
}

spdlog::level::level_enum translate(Level level) {
    switch (level) {
        case Level::debug: return spdlog::level::debug;
        case Level::info: return spdlog::level::info;
        case Level::warning: return spdlog::level::warn;
        case Level::error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

void quote(fmt::memory_buffer& out, std::string_view text) {
    out.push_back('"');
    for (auto const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
        else {
            if (c == '"' || c == '\\') out.push_back('\\');
            out.push_back(c);
        }
    }
    out.push_back('"');
}

}  // namespace

void set_level(Level level) {
    logger().set_level(translate(level));
}
bool enabled(Level level) noexcept {
    return logger().should_log(translate(level));
}
void flush() {
    logger().flush();
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (!enabled(level)) return;
    fmt::memory_buffer out;
    fmt::format_to(std::back_inserter(out), "\"event\":");
    quote(out, event);
    for (auto const& field : fields) {
        fmt::format_to(std::back_inserter(out), ",\"{}\":", field.key);
        if (auto const* text = std::get_if<std::string_view>(&field.value)) quote(out, *text);
        else if (auto const* number = std::get_if<std::int64_t>(&field.value))
            fmt::format_to(std::back_inserter(out), "{}", *number);
        else fmt::format_to(std::back_inserter(out), "{}", std::get<bool>(field.value));
    }
    logger().log(translate(level), "{}", std::string_view(out.data(), out.size()));
}

}  // namespace b2a::log
