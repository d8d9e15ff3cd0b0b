// SPDX-License-Identifier: Apache-2.0
#include "http/request_reader.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace b2a::http {
namespace {

using State = RequestReader::State;

struct Message {
    std::string target;
    std::string body;
    std::string field;
    friend bool operator==(Message const&, Message const&) = default;
};

struct Outcome {
    std::vector<Message> messages;
    int refused = 0;
    std::size_t capacity_max = 0;
    friend bool operator==(Outcome const& a, Outcome const& b) {
        return a.messages == b.messages && a.refused == b.refused;
    }
};

/// Feeds `bytes` in pieces whose sizes come from `cuts` in turn.
Outcome read(std::string_view bytes, std::vector<std::size_t> const& cuts, std::size_t body_bytes_max = 1 << 20) {
    RequestReader reader(body_bytes_max);
    Outcome outcome;
    for (std::size_t i = 0; !bytes.empty(); ++i) {
        auto const space = reader.prepare();
        outcome.capacity_max = std::max(outcome.capacity_max, space.size());
        auto const wanted = cuts.empty() ? bytes.size() : cuts[i % cuts.size()] + 1;
        auto const size = std::min({wanted, space.size(), bytes.size()});
        std::copy_n(bytes.begin(), size, space.begin());
        reader.commit(size);
        bytes.remove_prefix(size);
        for (auto state = reader.parse(); state != State::need_more; state = reader.parse()) {
            web::Request request;
            reader.fill(request);
            if (state == State::refused) {
                outcome.refused = reader.refusal().status;
                return outcome;
            }
            outcome.messages.push_back({std::string(request.target), std::string(request.body),
                                        std::string(request.headers.find("x-field").value_or("none"))});
            reader.next();
        }
    }
    return outcome;
}

std::string sample() {
    std::string chunked = "PUT /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nX-Field: three\r\n\r\n";
    for (auto i = 0; i < 300; ++i) chunked += "5;e=\"v\"\r\nhello\r\n";
    return "\r\nGET /a?b=1 HTTP/1.1\r\nHost: a\r\nX-Field: one\r\n\r\n"
           "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nx-field:two\t\r\n\r\nbody" +
           chunked + "0\r\nT: v\r\n\r\nGET /d HTTP/1.0\r\n\r\n";
}

TEST(RequestReader, ReadsMessagesBackToBack) {
    std::string hellos;
    for (auto i = 0; i < 300; ++i) hellos += "hello";
    auto const outcome = read(sample(), {});
    ASSERT_EQ(outcome.messages.size(), 4U);
    EXPECT_EQ(outcome.messages[0], (Message{"/a?b=1", "", "one"}));
    EXPECT_EQ(outcome.messages[1], (Message{"/b", "body", "two"}));
    EXPECT_EQ(outcome.messages[2], (Message{"/c", hellos, "three"}));
    EXPECT_EQ(outcome.messages[3], (Message{"/d", "", "none"}));
}

RC_GTEST_PROP(RequestReader, TheCutsDoNotMatter, (std::vector<std::uint8_t> const& cuts)) {
    // A blank line before the first request may only be skipped when it arrives whole.
    auto const bytes = sample().substr(2);
    std::vector<std::size_t> const sizes(cuts.begin(), cuts.end());
    RC_ASSERT(read(bytes, sizes) == read(bytes, {}));
}

RC_GTEST_PROP(RequestReader, DamageNeverBreaksIt, (std::size_t at, char value, std::vector<std::uint8_t> const& cuts)) {
    auto bytes = sample();
    bytes[at % bytes.size()] = value;
    std::vector<std::size_t> const sizes(cuts.begin(), cuts.end());
    auto const outcome = read(bytes, sizes);
    RC_ASSERT(outcome.messages.size() <= 4U);
}

TEST(RequestReader, TinyChunksTakeNoMoreMemoryThanTheirData) {
    std::string bytes = "PUT /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (auto i = 0; i < 100'000; ++i) bytes += "1\r\nz\r\n";
    auto const outcome = read(bytes + "0\r\n\r\n", {1400});
    ASSERT_EQ(outcome.messages.size(), 1U);
    EXPECT_EQ(outcome.messages[0].body.size(), 100'000U);
    EXPECT_LE(outcome.capacity_max, 256U * 1024);
}

TEST(RequestReader, GivesMemoryBackAfterALargeRequest) {
    RequestReader reader(1 << 20);
    std::string const bytes =
        "PUT /c HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n" + std::string(900'000, 'a');
    for (std::string_view left = bytes; !left.empty();) {
        auto const space = reader.prepare();
        auto const size = std::min(space.size(), left.size());
        std::copy_n(left.begin(), size, space.begin());
        reader.commit(size);
        left.remove_prefix(size);
        auto const state = reader.parse();
        EXPECT_EQ(state, left.empty() ? State::complete : State::need_more);
    }
    reader.next();
    EXPECT_TRUE(reader.idle());
    EXPECT_LE(reader.prepare().size(), 4096U);
}

}  // namespace
}  // namespace b2a::http
