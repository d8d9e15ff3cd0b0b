// SPDX-License-Identifier: Apache-2.0
// Bytes of a connection. First byte: where they are cut into pieces. How they arrive changes nothing of what is read,
// and what is read can be told apart by nobody else: no field holds a line end, one length, one host, an origin-form
// target.
#include <algorithm>
#include <string>
#include <vector>

#include "b2a/base/text.hpp"

#include "fuzz/target.hpp"
#include "http/request_reader.hpp"

namespace b2a::http {
namespace {

using State = RequestReader::State;
constexpr std::size_t body_bytes_max = 4096;

std::string shown(web::Request const& request) {
    FUZZ_CHECK(request.target.starts_with('/') && !request.method_text.empty());
    FUZZ_CHECK(request.body.size() <= body_bytes_max);
    FUZZ_CHECK(request.headers.count("Host") <= 1 && request.headers.count("Content-Length") <= 1);
    FUZZ_CHECK(!request.headers.find("Content-Length") || !request.headers.find("Transfer-Encoding"));
    std::string out(request.method_text);
    out += ' ';
    out += request.target;
    for (auto const& [name, value] : request.headers.fields()) {
        auto const ends = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
        FUZZ_CHECK(std::ranges::none_of(name, ends) && std::ranges::none_of(value, ends));
        FUZZ_CHECK(!name.empty() && trim(name) == name);
        out.append("\n").append(name).append(":").append(value);
    }
    return out.append("\n\n").append(request.body);
}

std::vector<std::string> read(std::string_view bytes, std::size_t piece) {
    RequestReader reader(body_bytes_max);
    std::vector<std::string> out;
    while (!bytes.empty()) {
        auto const space = reader.prepare();
        auto const size = std::min({piece, space.size(), bytes.size()});
        std::copy_n(bytes.begin(), size, space.begin());
        reader.commit(size);
        bytes.remove_prefix(size);
        for (auto state = reader.parse(); state != State::need_more; state = reader.parse()) {
            if (state == State::refused) {
                auto const status = reader.refusal().status;
                FUZZ_CHECK(status >= 400 && status < 600);
                return out;
            }
            web::Request request;
            reader.fill(request);
            out.push_back(shown(request));
            reader.next();
        }
    }
    return out;
}

void check(std::string_view input) {
    fuzz::Pieces pieces(input);
    std::size_t const piece = pieces.byte() + std::size_t{1};
    auto const whole = read(pieces.rest(), pieces.rest().size());
    auto const cut = read(pieces.rest(), piece);
    // An unfinished message may be refused sooner or later, and so may a blank line before one that arrives in halves;
    // what is read before is the same.
    auto const common = std::min(whole.size(), cut.size());
    FUZZ_CHECK(std::equal(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(common), cut.begin()));
}

}  // namespace
}  // namespace b2a::http

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    b2a::http::check(b2a::fuzz::text(data, size));
    return 0;
}
