// SPDX-License-Identifier: Apache-2.0
// Requests that no honest client sends: each is refused with its status, and the connection is closed.
#include <string>

#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

#include "client.hpp"

using namespace std::string_literals;

namespace b2a::http {
namespace {

struct Case {
    char const* name;
    std::string bytes;
    int status = 400;
};

void PrintTo(Case const& shown, std::ostream* out) {
    *out << shown.name;
}

class Hostile : public testing::TestWithParam<Case>, public Fixture {};

TEST_P(Hostile, IsRefusedAndTheConnectionClosed) {
    start();
    auto client = connect();
    // What follows must not be taken for a second request, however the first one is read.
    auto const reply = client.send(GetParam().bytes + get("/smuggled")).reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, GetParam().status);
    EXPECT_EQ(reply->field("connection"), "close");
    EXPECT_NE(reply->body.find("\"status\":" + std::to_string(GetParam().status)), std::string::npos);
    client.finish_sending();
    EXPECT_EQ(client.rest(), "");
    for (auto const& seen : seen()) EXPECT_NE(seen.target, "/smuggled");
    EXPECT_EQ(seen().size(), 1U);
}

std::string field(std::string const& lines) {
    return "GET /hello HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n\r\n";
}
std::string body(std::string const& lines, std::string const& text) {
    return "POST /echo HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n\r\n" + text;
}

std::string many_fields() {
    std::string all;
    for (std::size_t i = 0; i <= limits::http_header_count_max; ++i) all += "A: b\r\n";
    return all + "B: c";
}

std::string tiny_chunks(std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += "1\r\nz\r\n";
    return all + "0\r\n\r\n";
}

std::vector<Case> framing() {
    return {
        {"LengthAndCoding", body("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n")},
        {"CodingAndLength", body("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n")},
        {"LengthsDiffer", body("Content-Length: 5\r\nContent-Length: 6", "abcdef")},
        {"LengthTwice", body("Content-Length: 5\r\nContent-Length: 5", "abcde")},
        {"LengthList", body("Content-Length: 5, 5", "abcde")},
        {"LengthSigned", body("Content-Length: +5", "abcde")},
        {"LengthNegative", body("Content-Length: -5", "abcde")},
        {"LengthHex", body("Content-Length: 0x5", "abcde")},
        {"LengthEmpty", body("Content-Length:", "abcde")},
        {"LengthOverflow", body("Content-Length: 18446744073709551616", "abcde")},
        {"LengthHuge", body("Content-Length: 18446744073709551615", "abcde"), 413},
        {"SpaceBeforeColon", body("Content-Length : 5", "abcde")},
        {"FoldedLength", body("Content-Length:\r\n 5", "abcde")},
        {"CodingTwice", body("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n")},
        {"CodingGzip", body("Transfer-Encoding: gzip", "abcde"), 501},
        {"CodingChunkedFirst", body("Transfer-Encoding: chunked, identity", "0\r\n\r\n"), 501},
        {"CodingChunkedLast", body("Transfer-Encoding: gzip, chunked", "0\r\n\r\n"), 501},
        {"CodingObscured", body("Transfer-Encoding: \x0b"
                                "chunked",
                                "0\r\n\r\n")},
        {"CodingQuoted", body("Transfer-Encoding: \"chunked\"", "0\r\n\r\n"), 501},
        {"CodingIn10", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"ChunkNotHex", body("Transfer-Encoding: chunked", "xyz\r\nabc\r\n0\r\n\r\n")},
        {"ChunkPrefixed", body("Transfer-Encoding: chunked", "0x3\r\nabc\r\n0\r\n\r\n")},
        {"ChunkNegative", body("Transfer-Encoding: chunked", "-3\r\nabc\r\n0\r\n\r\n")},
        {"ChunkOverflow", body("Transfer-Encoding: chunked", "10000000000000003\r\nabc\r\n0\r\n\r\n")},
        {"ChunkHuge", body("Transfer-Encoding: chunked", "ffffffffffffffff\r\nabc\r\n0\r\n\r\n"), 413},
        {"ChunkTooLong", body("Transfer-Encoding: chunked", "3\r\nabcdef\r\n0\r\n\r\n")},
        {"ChunkBareLf", body("Transfer-Encoding: chunked", "3\nabc\n0\n\n")},
        {"ChunkExtensionEndless", body("Transfer-Encoding: chunked", "3;" + std::string(9'000, 'a'))},
        {"TrailerFraming", body("Transfer-Encoding: chunked", "0\r\nContent-Length: 5\r\n\r\n")},
        {"TrailerMalformed", body("Transfer-Encoding: chunked", "0\r\nbad trailer\r\n\r\n")},
    };
}

std::vector<Case> header() {
    return {
        {"ObsFold", field("X: a\r\n b")},
        {"ObsFoldTab", field("X: a\r\n\tb")},
        {"ObsFoldEmpty", field("X: a\r\n ")},
        {"FoldedFirst", "GET /hello HTTP/1.1\r\n Host: a\r\n\r\n"},
        {"NulInValue", field("X: a\0b"s)},
        {"NulInName", field("X\0: a"s)},
        {"BareCr", field("X: a\rb")},
        {"BareLf", field("X: a\nY: b")},
        {"NoColon", field("X")},
        {"EmptyName", field(": a")},
        {"ControlByte", field("X: \x01")},
        {"Delete", field("X: \x7f")},
        {"NoHost", "GET /hello HTTP/1.1\r\n\r\n"},
        {"TwoHosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"},
        {"HostList", "GET /hello HTTP/1.1\r\nHost: a, b\r\n\r\n"},
        {"HostWithUser", "GET /hello HTTP/1.1\r\nHost: user@a\r\n\r\n"},
        {"ExpectOther", field("Expect: 200-ok"), 417},
        {"TooManyFields", field(many_fields()), 431},
        {"FieldTooLarge", field("X: " + std::string(limits::http_header_bytes_max, 'a')), 431},
        {"FieldEndless", "GET /hello HTTP/1.1\r\nHost: a\r\nX: " + std::string(40'000, 'a'), 431},
    };
}

std::vector<Case> request_line() {
    std::string const long_target(limits::http_target_bytes_max + 1, 'a');
    return {
        {"AbsoluteForm", "GET http://a/hello HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"AuthorityForm", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"AsteriskForm", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"RelativeTarget", "GET hello HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"Fragment", "GET /hello#x HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"RawByteInTarget", "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"SpaceInTarget", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"NulInTarget", "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"s},
        {"LongTarget", "GET /" + long_target + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
        {"EndlessTarget", "GET /" + std::string(40'000, 'a'), 414},
        {"NoVersion", "GET /hello\r\nHost: a\r\n\r\n"},
        {"Http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {"Http09", "GET /hello HTTP/0.9\r\nHost: a\r\n\r\n"},
        {"LowerCaseVersion", "GET /hello http/1.1\r\nHost: a\r\n\r\n"},
        {"BareLfLines", "GET /hello HTTP/1.1\nHost: a\n\n"},
        {"TlsHello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s},
        {"Garbage", "\0\0\0\0"s},
    };
}

auto const name_of = [](testing::TestParamInfo<Case> const& info) { return std::string(info.param.name); };
INSTANTIATE_TEST_SUITE_P(Framing, Hostile, testing::ValuesIn(framing()), name_of);
INSTANTIATE_TEST_SUITE_P(Header, Hostile, testing::ValuesIn(header()), name_of);
INSTANTIATE_TEST_SUITE_P(RequestLine, Hostile, testing::ValuesIn(request_line()), name_of);

class BodyLimit : public testing::Test, public Fixture {};

TEST_F(BodyLimit, HoldsForEveryFraming) {
    options.body_bytes_max = 1000;
    start();
    std::string const fits(1000, 'a');
    EXPECT_EQ(connect().send(post("/echo", fits)).reply()->body, fits);
    EXPECT_EQ(connect().send(post("/echo", fits + "a")).reply()->status, 413);
    auto const chunked = [](std::string const& text) { return body("Transfer-Encoding: chunked", text); };
    EXPECT_EQ(connect().send(chunked("3e8\r\n" + fits + "\r\n0\r\n\r\n")).reply()->body, fits);
    EXPECT_EQ(connect().send(chunked("3e9\r\n" + fits + "a\r\n0\r\n\r\n")).reply()->status, 413);
    EXPECT_EQ(connect().send(chunked(tiny_chunks(1000))).reply()->status, 200);
    EXPECT_EQ(connect().send(chunked(tiny_chunks(1001))).reply()->status, 413);
}

TEST_F(BodyLimit, TheAnswerArrivesThoughTheBodyWasNotRead) {
    start();
    auto client = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + std::string(3'000'000, 'a'));
    EXPECT_EQ(client.reply()->status, 413);
}

}  // namespace
}  // namespace b2a::http
