// SPDX-License-Identifier: Apache-2.0
// The only file that knows spdlog. Each line is one JSON object; strings are escaped here, so a hostile value cannot
// forge a second line.
#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <iterator>
#include <memory>

#include "b2a/base/log.hpp"

namespace b2a::log {
namespace {

spdlog::logger& logger() {
    static auto const instance = [] {
        auto made = std::make_shared<spdlog::logger>("b2a", std::make_shared<spdlog::sinks::stderr_sink_mt>());
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

void set_level(Level level) { logger().set_level(translate(level)); }
bool enabled(Level level) noexcept { return logger().should_log(translate(level)); }
void flush() { logger().flush(); }

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
