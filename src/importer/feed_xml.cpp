// SPDX-License-Identifier: Apache-2.0
#include "importer/feed_xml.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <string_view>
#include <utility>

#include <expat.h>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::importer {
namespace {

constexpr char name_separator = '|';  // between namespace and local name, as asked of the parser
constexpr std::string_view google_namespace = "http://base.google.com/ns/1.0|";
constexpr int depth_max = 32;

std::string_view local_name(std::string_view name) {
    return name.substr(name.rfind(name_separator) + 1);  // npos + 1 is 0
}

/// What a child of an item is called as a field; empty for one that is none. The feed's own id and guid are not the
/// product's.
std::string field_of(std::string_view name) {
    auto const local = local_name(name);
    if (name.starts_with(google_namespace)) return std::string(local);
    if (local == "title" || local == "link" || local == "description") return std::string(local);
    if (local == "summary" || local == "content") return "description";
    return {};
}

std::string_view attribute_of(XML_Char const** attributes, std::string_view name) {
    for (; *attributes != nullptr; attributes += 2)
        if (name == attributes[0]) return attributes[1];
    return {};
}

/// A table has them as "section:name:value".
constexpr std::array<std::string_view, 3> detail_parts{"section_name", "attribute_name", "attribute_value"};

struct ParserDeleter {
    void operator()(XML_Parser parser) const noexcept { XML_ParserFree(parser); }
};

}  // namespace

struct FeedXmlReader::State {
    explicit State(Source file) : source(std::move(file)), parser(XML_ParserCreateNS(nullptr, name_separator)) {}

    void begin();
    void start(std::string_view name, XML_Char const** attributes);
    void end();
    void text(std::string_view bytes);
    void stop(std::string reason) {
        if (refusal.empty()) refusal = std::move(reason);
        XML_StopParser(parser.get(), XML_FALSE);
    }
    /// Reads one more chunk; false when the file was read to its end.
    Result<bool> pump();
    [[nodiscard]] Error broken(std::string reason) const {
        return Error(Code::invalid_request, source.path() + ": line " + std::to_string(line()) + ": " + reason);
    }

    [[nodiscard]] std::uint64_t line() const { return XML_GetCurrentLineNumber(parser.get()); }

    Source source;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, ParserDeleter> parser;
    std::string refusal;          // ours, where the parser would go on
    std::size_t quiet_bytes = 0;  // since the parser last told anything
    bool finished = false;
    std::deque<FeedItem> items;

    int depth = 0;
    int item_depth = 0;  // 0: not in an item
    FeedItem item;
    std::size_t item_bytes = 0;
    std::string field;  // name of the open child of the item; empty: ignored
    std::string value;
    std::array<std::string, detail_parts.size()> detail;  // of a product_detail
    std::string* part = nullptr;                          // the one that is open
};

void FeedXmlReader::State::begin() {
    auto* const p = parser.get();
    XML_SetUserData(p, this);
    XML_SetElementHandler(
        p,
        [](void* self, XML_Char const* name, XML_Char const** attributes) {
            static_cast<State*>(self)->start(name, attributes);
        },
        [](void* self, XML_Char const*) { static_cast<State*>(self)->end(); });
    XML_SetCharacterDataHandler(p, [](void* self, XML_Char const* bytes, int size) {
        static_cast<State*>(self)->text({bytes, static_cast<std::size_t>(size)});
    });
    XML_SetCommentHandler(p, [](void* self, XML_Char const*) { static_cast<State*>(self)->quiet_bytes = 0; });
    XML_SetStartDoctypeDeclHandler(p, [](void* self, XML_Char const*, XML_Char const*, XML_Char const*, int) {
        static_cast<State*>(self)->stop("a document type declaration, which no feed needs");
    });
}

void FeedXmlReader::State::start(std::string_view name, XML_Char const** attributes) {
    quiet_bytes = 0;
    if (!refusal.empty()) return;  // the parser may still deliver what it has
    auto const local = local_name(name);
    if (++depth > depth_max) return stop("elements deeper than " + std::to_string(depth_max));
    if (depth == 1 && local != "rss" && local != "feed" && local != "RDF")
        return stop("the root element " + std::string(local.substr(0, 60)) + " is none of rss, feed and RDF");
    if (item_depth == 0) {
        if (local != "item" && local != "entry") return;
        item_depth = depth;
        item = FeedItem{};
        item.line = line();
        item_bytes = 0;
        return;
    }
    if (depth == item_depth + 1) {
        field = field_of(name);
        value.clear();
        detail.fill({});
        auto const relation = attribute_of(attributes, "rel");
        if (local == "link" && (relation.empty() || relation == "alternate")) value = attribute_of(attributes, "href");
        if (item.fields.size() == limits::import_columns_max && item.fault.empty())
            item.fault = "more than " + std::to_string(limits::import_columns_max) + " fields";
    } else if (depth == item_depth + 2 && field == "product_detail") {
        auto const* const known = std::find(detail_parts.begin(), detail_parts.end(), local);
        if (known != detail_parts.end()) part = &detail[static_cast<std::size_t>(known - detail_parts.begin())];
    }
}

void FeedXmlReader::State::text(std::string_view bytes) {
    quiet_bytes = 0;
    if (!refusal.empty() || item_depth == 0 || field.empty() || !item.fault.empty()) return;
    item_bytes += bytes.size();
    auto& into = part != nullptr ? *part : value;
    if (into.size() + bytes.size() > limits::import_field_bytes_max)
        item.fault = field + " is larger than " + std::to_string(limits::import_field_bytes_max) + " bytes";
    else if (item_bytes > limits::import_row_bytes_max)
        item.fault = "the item is larger than " + std::to_string(limits::import_row_bytes_max) + " bytes";
    else if (part != nullptr || depth == item_depth + 1) into += bytes;
}

void FeedXmlReader::State::end() {
    quiet_bytes = 0;
    if (!refusal.empty()) return;
    if (item_depth != 0 && depth == item_depth + 2) {
        part = nullptr;
    } else if (item_depth != 0 && depth == item_depth + 1) {
        if (!field.empty() && item.fault.empty())
            item.fields.emplace_back(field,
                                     field == "product_detail" ? detail[0] + ':' + detail[1] + ':' + detail[2] : value);
        field.clear();
    } else if (item_depth != 0 && depth == item_depth) {
        if (!item.fault.empty()) item.fields.clear();
        items.push_back(std::move(item));
        item_depth = 0;
    }
    --depth;
}

// The parser keeps a tag or comment in memory until its end, so that one without end must not grow.
Result<bool> FeedXmlReader::State::pump() {
    if (finished) return false;
    B2A_TRY(more, source.refill());
    auto const bytes = source.chunk();
    quiet_bytes += bytes.size();
    auto const status = XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), more ? 0 : 1);
    if (!refusal.empty()) return broken(refusal);
    if (status != XML_STATUS_OK)
        return broken(std::string("not well-formed: ") + XML_ErrorString(XML_GetErrorCode(parser.get())));
    if (quiet_bytes > limits::import_row_bytes_max + Source::chunk_bytes)
        return broken("a tag or comment larger than " + std::to_string(limits::import_row_bytes_max) + " bytes");
    finished = !more;
    return true;
}

FeedXmlReader::FeedXmlReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
FeedXmlReader::FeedXmlReader(FeedXmlReader&&) noexcept = default;
FeedXmlReader::~FeedXmlReader() = default;

Result<FeedXmlReader> FeedXmlReader::open(std::string const& path) {
    B2A_TRY(source, Source::open(path));
    auto state = std::make_unique<State>(std::move(source));
    if (!state->parser) return Error(Code::internal, "no memory for an XML parser");
    state->begin();
    return FeedXmlReader(std::move(state));
}

Result<bool> FeedXmlReader::next(FeedItem& item) {
    while (state_->items.empty()) {
        B2A_TRY(more, state_->pump());
        if (!more) return false;
    }
    item = std::move(state_->items.front());
    state_->items.pop_front();
    return true;
}

Source const& FeedXmlReader::source() const noexcept {
    return state_->source;
}

}  // namespace b2a::importer
