// SPDX-License-Identifier: Apache-2.0
#include "http/request_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <vector>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "b2a/base/assert.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using BeastError = beast::http::error;

constexpr std::size_t initial_bytes = 4 * 1024;
constexpr std::size_t retained_bytes_max = 64 * 1024;     // more is given back after the request
constexpr std::size_t chunk_header_bytes_max = 4 * 1024;  // size line with extensions, or the trailers, in pieces
// Of an extension, or of all trailers: well below the line above, so that it does not matter how they arrive.
constexpr std::size_t chunk_extra_bytes_max = 1024;

constexpr Refusal header_too_large{431, Code::headers_too_large, "The header is too large"};
constexpr Refusal target_too_long{414, Code::headers_too_large, "The request target is too long"};
constexpr Refusal bad_chunk{400, Code::invalid_request, "The chunked body is malformed"};
constexpr Refusal body_too_large{413, Code::payload_too_large, "The body is too large"};

/// A slice of the buffer, relative to the request's first byte so that it survives a move of the buffer.
struct Slice {
    std::size_t at = 0;
    std::size_t size = 0;
};

struct Field {
    Slice name;
    Slice value;
};

web::Method to_method(std::string_view text) noexcept {
    using web::Method;
    for (auto const method :
         {Method::get, Method::post, Method::put, Method::head, Method::patch, Method::del, Method::options})
        if (text == to_text(method)) return method;
    return Method::other;
}

bool valid_target(std::string_view target) noexcept {
    return target.starts_with('/') &&
           std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
}

bool valid_host(std::string_view host) noexcept {
    return host.find_first_of(" \t,/\\@?#<>\"") == std::string_view::npos &&
           std::all_of(host.begin(), host.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

Refusal to_refusal(error_code const& ec, bool start_line_done) {
    if (ec == BeastError::header_limit) return start_line_done ? header_too_large : target_too_long;
    if (ec == BeastError::body_limit) return body_too_large;
    if (ec == BeastError::bad_method || ec == BeastError::bad_target || ec == BeastError::bad_version)
        return {400, Code::invalid_request, "The request line is malformed"};
    if (ec == BeastError::bad_content_length || ec == BeastError::multiple_content_length ||
        ec == BeastError::bad_transfer_encoding)
        return {400, Code::invalid_request, "The length of the body is ambiguous"};
    if (ec == BeastError::bad_chunk || ec == BeastError::bad_chunk_extension) return bad_chunk;
    return {400, Code::invalid_request, "A header field is malformed"};
}

/// Beast's state machine with our sink: fields stay in the buffer, and what Beast tolerates but we do not is
/// refused.
class Parser : public beast::http::basic_parser<true> {
  public:
    explicit Parser(std::size_t body_bytes_max) {
        eager(true);
        header_limit(static_cast<std::uint32_t>(limits::http_header_bytes_max));
        body_limit(body_bytes_max);
    }

    char* origin = nullptr;       // the request's first byte; set before each put, like `limit`
    char const* limit = nullptr;  // the end of what was read
    Slice method;
    Slice target;
    std::vector<Field> fields;
    Slice body;
    std::optional<Refusal> refusal;
    bool header_done = false;
    bool chunked_body = false;
    bool expects_continue = false;
    bool http11 = true;

  private:
    using Text = beast::string_view;
    using BeastField = beast::http::field;

    [[nodiscard]] Slice slice(Text text) const noexcept {
        return {static_cast<std::size_t>(text.data() - origin), text.size()};
    }
    void refuse(Refusal why, error_code& ec) {
        refusal = why;
        ec = BeastError::bad_field;
    }
    /// obs-fold shows as a value that Beast joined elsewhere, or as a line end between the colon and the
    /// value.
    [[nodiscard]] bool folded(Text name, Text value) const noexcept {
        auto const* const colon = name.data() + name.size();
        std::less<char const*> const before;
        if (before(value.data(), colon) || before(limit, value.data())) return true;
        return std::any_of(colon + 1, value.data(), [](char c) { return c != ' ' && c != '\t'; });
    }

    void on_request_impl(beast::http::verb /*verb*/, Text method_text, Text target_text, int version,
                         error_code& ec) override {
        method = slice(method_text);
        target = slice(target_text);
        http11 = version >= 11;
        if (target.size > limits::http_target_bytes_max) return refuse(target_too_long, ec);
        if (!valid_target({target_text.data(), target_text.size()}))
            refuse({400, Code::invalid_request, "The request target must be in origin form"}, ec);
    }

    void on_field_impl(BeastField field, Text name, Text value, error_code& ec) override {
        if (folded(name, value)) return refuse({400, Code::invalid_request, "Folded fields are not supported"}, ec);
        if (++field_count_ > limits::http_header_count_max) return refuse(header_too_large, ec);
        if (header_done) {  // trailers are checked and dropped: nothing of ours needs them
            trailer_bytes_ += name.size() + value.size();
            if (trailer_bytes_ > chunk_extra_bytes_max) refuse(bad_chunk, ec);
            return;
        }
        Field const item{slice(name), slice(value)};
        if (item.value.at + item.value.size > limits::http_header_bytes_max) return refuse(header_too_large, ec);
        fields.push_back(item);
        check_framing(field, {value.data(), value.size()}, ec);
    }

    void check_framing(BeastField field, std::string_view value, error_code& ec) {
        switch (field) {
            case BeastField::host:
                if (++host_count_ > 1 || !valid_host(value))
                    refuse({400, Code::invalid_request, "The Host field is malformed"}, ec);
                return;
            case BeastField::content_length:
                if (++length_count_ > 1 || !parse_int<std::uint64_t>(value))
                    refuse({400, Code::invalid_request, "The length of the body is ambiguous"}, ec);
                return;
            case BeastField::transfer_encoding:
                if (!http11) return refuse({400, Code::invalid_request, "HTTP/1.0 has no Transfer-Encoding"}, ec);
                if (!iequals(value, "chunked"))
                    return refuse({501, Code::not_implemented, "The transfer coding is not supported"}, ec);
                chunked_body = true;
                return;
            case BeastField::content_encoding:
                // Nothing here unpacks: a small message must not become a large one.
                if (!iequals(value, "identity"))
                    refuse({415, Code::unsupported_media, "Send the body without a content coding"}, ec);
                return;
            case BeastField::expect:
                if (!iequals(value, "100-continue"))
                    return refuse({417, Code::invalid_request, "The expectation is not supported"}, ec);
                expects_continue = http11;
                return;
            default: return;
        }
    }

    void on_header_impl(error_code& ec) override {
        header_done = true;
        if (http11 && host_count_ == 0) refuse({400, Code::invalid_request, "The Host field is missing"}, ec);
    }

    void on_body_init_impl(boost::optional<std::uint64_t> const& /*length*/, error_code& /*ec*/) override {}

    /// Bodies are kept in place; the data of later chunks is moved up to that of the first.
    std::size_t on_body_impl(Text text, error_code& /*ec*/) override {
        auto const piece = slice(text);
        if (body.size == 0) body.at = piece.at;
        auto const end = body.at + body.size;
        if (end != piece.at) std::memmove(origin + end, origin + piece.at, piece.size);
        body.size += piece.size;
        return text.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t /*remain*/, Text text, error_code& ec) override {
        return on_body_impl(text, ec);
    }
    void on_chunk_header_impl(std::uint64_t /*size*/, Text extensions, error_code& ec) override {
        if (extensions.size() > chunk_extra_bytes_max) refuse(bad_chunk, ec);
    }
    void on_finish_impl(error_code& /*ec*/) override {}
    void on_response_impl(int /*status*/, Text /*reason*/, int /*version*/, error_code& /*ec*/) override {}

    std::size_t field_count_ = 0;
    std::size_t trailer_bytes_ = 0;
    std::size_t host_count_ = 0;
    std::size_t length_count_ = 0;
};

}  // namespace

struct RequestReader::Impl {
    explicit Impl(std::size_t body_bytes) : body_bytes_max(body_bytes) { parser.emplace(body_bytes); }

    /// Beast's parser serves one message; the vector of fields outlives it to keep its memory.
    void restart() {
        auto fields = std::move(parser->fields);
        fields.clear();
        parser.emplace(body_bytes_max);
        parser->fields = std::move(fields);
        refusal = {};
    }

    std::size_t body_bytes_max;
    std::optional<Parser> parser;
    Refusal refusal;
    bool started = false;
};

RequestReader::RequestReader(std::size_t body_bytes_max) :
    data_(std::make_unique_for_overwrite<char[]>(initial_bytes)),  // NOLINT(*-c-arrays)
    capacity_(initial_bytes),
    impl_(std::make_unique<Impl>(body_bytes_max)) {}

RequestReader::~RequestReader() = default;

std::span<char> RequestReader::prepare() {
    if (begin_ == end_ && !impl_->started) begin_ = parsed_ = end_ = 0;
    auto const room_wanted = capacity_ / 4;
    if (capacity_ - end_ < room_wanted && begin_ > 0) {
        std::memmove(data_.get(), data_.get() + begin_, end_ - begin_);
        parsed_ -= begin_;
        end_ -= begin_;
        begin_ = 0;
    }
    if (capacity_ - end_ < room_wanted) move_storage(capacity_ * 2);
    return {data_.get() + end_, capacity_ - end_};
}

RequestReader::State RequestReader::parse() {
    auto& impl = *impl_;
    if (!impl.started) skip_blank_lines();
    auto& parser = *impl.parser;
    while (parsed_ < end_) {
        impl.started = true;
        parser.origin = data_.get() + begin_;
        parser.limit = data_.get() + end_;
        error_code ec;
        parsed_ += parser.put(boost::asio::const_buffer(data_.get() + parsed_, end_ - parsed_), ec);
        if (ec == BeastError::need_more) break;
        if (ec) return refuse(parser.refusal.value_or(to_refusal(ec, parser.target.size > 0)));
        if (parser.is_done()) return State::complete;
    }
    if (parser.header_done && parser.chunked_body) {
        close_gap();
        if (end_ - parsed_ > chunk_header_bytes_max) return refuse(bad_chunk);
    }
    return State::need_more;
}

void RequestReader::fill(web::Request& request) const {
    auto const& parser = *impl_->parser;
    char const* const origin = data_.get() + begin_;
    auto const view = [origin](Slice slice) { return std::string_view(origin + slice.at, slice.size); };
    request.method_text = view(parser.method);
    request.method = to_method(request.method_text);
    request.target = view(parser.target);
    auto const mark = request.target.find('?');
    request.path = request.target.substr(0, mark);
    request.query = mark == std::string_view::npos ? std::string_view{} : request.target.substr(mark + 1);
    request.headers.clear();
    for (auto const& field : parser.fields) request.headers.add(view(field.name), view(field.value));
    request.body = view(parser.body);
    request.params.clear();
}

Refusal const& RequestReader::refusal() const noexcept {
    return impl_->refusal;
}
bool RequestReader::keep_alive() const {
    return impl_->parser->header_done && impl_->parser->keep_alive();
}
bool RequestReader::http11() const noexcept {
    return impl_->parser->http11;
}
bool RequestReader::idle() const noexcept {
    return begin_ == end_ && !impl_->started;
}
bool RequestReader::in_body() const noexcept {
    return impl_->parser->header_done;
}

bool RequestReader::take_expectation() noexcept {
    auto& parser = *impl_->parser;
    bool const waits = parser.expects_continue && parser.header_done && parser.body.size == 0 && parsed_ == end_;
    parser.expects_continue = parser.expects_continue && !parser.header_done;
    return waits;
}

void RequestReader::next() {
    begin_ = parsed_;
    impl_->started = false;
    impl_->restart();
    if (begin_ == end_) begin_ = parsed_ = end_ = 0;
    if (capacity_ > retained_bytes_max && end_ - begin_ <= initial_bytes / 2) move_storage(initial_bytes);
}

RequestReader::State RequestReader::refuse(Refusal refusal) {
    impl_->refusal = refusal;
    return State::refused;
}

/// RFC 9112 §2.2: empty lines before a request line are ignored.
void RequestReader::skip_blank_lines() noexcept {
    while (end_ - begin_ >= 2 && data_[begin_] == '\r' && data_[begin_ + 1] == '\n') begin_ += 2;
    parsed_ = begin_;
}

/// Framing between chunks is dropped, so that a body of tiny chunks takes no more memory than its data.
void RequestReader::close_gap() noexcept {
    auto const& body = impl_->parser->body;
    if (body.size == 0) return;
    auto const body_end = begin_ + body.at + body.size;
    if (parsed_ - body_end < initial_bytes / 2) return;
    std::memmove(data_.get() + body_end, data_.get() + parsed_, end_ - parsed_);
    end_ -= parsed_ - body_end;
    parsed_ = body_end;
}

void RequestReader::move_storage(std::size_t capacity) {
    auto const used = end_ - begin_;
    B2A_ASSERT(used <= capacity);
    auto storage = std::make_unique_for_overwrite<char[]>(capacity);  // NOLINT(*-c-arrays)
    std::memcpy(storage.get(), data_.get() + begin_, used);
    data_ = std::move(storage);
    capacity_ = capacity;
    parsed_ -= begin_;
    end_ = used;
    begin_ = 0;
}

}  // namespace b2a::http
