// SPDX-License-Identifier: Apache-2.0
#include "http/response_writer.hpp"

#include <array>
#include <charconv>

#include "b2a/base/text.hpp"

namespace b2a::http {
namespace {

constexpr std::size_t retained_bytes_max = 64 * 1024;

std::string_view reason(int status) noexcept {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 402: return "Payment Required";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 424: return "Failed Dependency";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        default: return "";  // the reason phrase may be empty (RFC 9112 §4)
    }
}

void append_number(std::string& out, std::size_t value) {
    std::array<char, 20> digits{};
    auto const result = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    out.append(digits.data(), result.ptr);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

bool breaks_line(std::string_view text) noexcept {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

bool frames_message(std::string_view name) noexcept {
    return iequals(name, "content-length") || iequals(name, "transfer-encoding") || iequals(name, "connection") ||
           iequals(name, "date") || iequals(name, "server");
}

}  // namespace

std::size_t append_response(std::string& out, web::Response const& response, Framing framing, std::string_view common) {
    auto const start = out.size();
    bool const bodiless = response.status == 204 || response.status == 304;
    out += "HTTP/1.1 ";
    append_number(out, static_cast<std::size_t>(response.status));
    out += ' ';
    out += reason(response.status);
    out += "\r\n";
    out += common;
    if (!response.content_type.empty() && !breaks_line(response.content_type))
        append_field(out, "Content-Type", response.content_type);
    for (auto const& [name, value] : response.headers)
        if (!name.empty() && !breaks_line(name) && !breaks_line(value) && !frames_message(name))
            append_field(out, name, value);
    if (framing.chunked) {
        out += "Transfer-Encoding: chunked\r\n";
    } else if (!bodiless) {
        out += "Content-Length: ";
        append_number(out, response.body.size());
        out += "\r\n";
    }
    if (framing.persistence == Persistence::closing) out += "Connection: close\r\n";
    if (framing.persistence == Persistence::announced) out += "Connection: keep-alive\r\n";
    out += "\r\n";
    if (!bodiless && !framing.head && !framing.chunked) out += response.body;
    return out.size() - start;
}

std::string to_http_date(Timestamp time) {
    using namespace std::chrono;
    static constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day = floor<std::chrono::days>(time);
    year_month_day const date{day};
    hh_mm_ss const clock{floor<seconds>(time - day)};
    std::string out;
    auto const pad = [&out](auto value, std::size_t width) {
        auto const digits = std::to_string(value);
        out.append(width > digits.size() ? width - digits.size() : 0, '0');
        out += digits;
    };
    out += days[weekday{day}.c_encoding()];
    out += ", ";
    pad(static_cast<unsigned>(date.day()), 2);
    out += ' ';
    out += months[static_cast<unsigned>(date.month()) - 1];
    out += ' ';
    pad(static_cast<int>(date.year()), 4);
    out += ' ';
    pad(clock.hours().count(), 2);
    out += ':';
    pad(clock.minutes().count(), 2);
    out += ':';
    pad(clock.seconds().count(), 2);
    out += " GMT";
    return out;
}

void recycle(std::string& buffer) {
    buffer.clear();
    if (buffer.capacity() > retained_bytes_max) buffer.shrink_to_fit();
}

}  // namespace b2a::http
