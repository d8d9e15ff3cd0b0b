// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/evidence.hpp"

#include <string>

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/reply.hpp"
#include "b2a/web/problem.hpp"

namespace b2a::protocol::evidence {
namespace {

constexpr std::string_view bytes_type = "application/octet-stream";
constexpr std::string_view immutable = "public, max-age=31536000, immutable";
constexpr std::size_t path_parts_max = 7;  // of a tile, below its level

void fail(Error const& error, web::Response& response) {
    response.body.clear();
    web::render_problem(error, response);
    add_error_fields(error, response);
}

Result<std::uint64_t> number(web::Request const& request, std::string_view name) {
    auto const text = web::query_value(request.query, name);
    auto const value = text ? parse_int<std::uint64_t>(*text) : std::nullopt;
    if (!value) return Error(Code::invalid_request, std::string(name) + " is a whole number", std::string(name));
    return *value;
}

std::string part_name(std::size_t i) {
    return "part" + std::to_string(i);
}

class Evidence {
  public:
    explicit Evidence(Deps const& deps) : deps_(deps) {}

    void checkpoint(web::Request const&, web::Response& response) {
        auto const note = deps_.evidence.checkpoint();
        if (!note) return fail(note.error(), response);
        response.content_type = web::text_type;
        response.body = *note;
        response.header("Cache-Control", "no-cache");
    }

    void tile(web::Request const& request, web::Response& response) {
        std::string text(request.param("level"));
        for (std::size_t i = 0; i < path_parts_max; ++i)
            if (auto const part = request.param(part_name(i)); !part.empty()) text.append("/").append(part);
        auto const path = audit::parse_tile_path(text);
        if (!path) return fail(path.error(), response);
        auto const context = open(request, response);
        if (!context) return;
        path->kind == audit::TilePath::Kind::hashes ? hashes(*context, *path, response)
                                                    : entries(*context, *path, response);
    }

    void proof(web::Request const& request, web::Response& response) {
        auto const context = open(request, response);
        if (!context) return;
        auto const index = number(request, "index");
        if (!index) return fail(index.error(), response);
        auto const proof = deps_.evidence.proof(*context, *index);
        if (!proof) return fail(proof.error(), response);
        response.content_type = web::text_type;
        response.body = audit::to_text(*proof);
        response.header("Cache-Control", "no-cache");
    }

    void consistency(web::Request const& request, web::Response& response) {
        auto const context = open(request, response);
        if (!context) return;
        auto const from = number(request, "from");
        auto const to = number(request, "to");
        if (!from || !to) return fail((!from ? from : to).error(), response);
        auto const proof = deps_.evidence.consistency(*context, *from, *to);
        if (!proof) return fail(proof.error(), response);
        response.content_type = web::json_type;
        json::Writer out(response.body);
        out.begin_object().member("from", *from).member("to", *to).key("consistency").begin_array();
        for (auto const& hash : *proof) out.value(to_base64(hash));
        out.end_array().end_object();
    }

    void entry(web::Request const& request, web::Response& response) {
        auto const context = open(request, response);
        if (!context) return;
        auto const index = parse_int<std::uint64_t>(request.param("index"));
        // What is no number is no entry either: one answer for all that is not the caller's.
        auto const entry = index ? deps_.evidence.entry(*context, *index) : Error(Code::not_found, "no such entry");
        if (!entry) return fail(entry.error(), response);
        response.content_type = web::json_type;
        response.body = entry->body;
        response.header("Cache-Control", "private, no-cache");
        add_audit_entry(deps_.site, entry->seq, response);
    }

    void receipt(web::Request const& request, web::Response& response) {
        auto const context = open(request, response);
        if (!context) return;
        auto const id = OrderId::parse(request.param("order_id"));
        auto const receipt = id ? deps_.evidence.receipt(*context, *id) : Error(Code::not_found, "no such entry");
        if (!receipt) return fail(receipt.error(), response);
        response.content_type = web::json_type;
        response.body = audit::to_json(*receipt);
        response.header("Cache-Control", "private, no-cache");
        add_audit_entry(deps_.site, receipt->proof.index, response);
    }

  private:
    std::optional<service::RequestContext> open(web::Request const& request, web::Response& response) {
        auto context = deps_.context(request);
        if (!context) {
            fail(context.error(), response);
            return std::nullopt;
        }
        stamp(request, *context, response);
        return std::optional(*std::move(context));
    }

    void hashes(service::RequestContext const& context, audit::TilePath const& path, web::Response& response) {
        auto const tile = deps_.evidence.tile(context, path.id, path.width);
        if (!tile) return fail(tile.error(), response);
        response.content_type = bytes_type;
        for (auto const& hash : *tile) response.body += as_text(hash);
        response.header("Cache-Control", std::string(immutable));
    }

    /// Entries one after the other, each behind its length in two bytes.
    void entries(service::RequestContext const& context, audit::TilePath const& path, web::Response& response) {
        auto const entries = deps_.evidence.entries(context, path.id.index, path.width);
        if (!entries) return fail(entries.error(), response);
        response.content_type = bytes_type;
        for (auto const& entry : *entries) audit::append_to_bundle(response.body, entry.body);
        response.header("Cache-Control", "private, no-cache");
    }

    Deps deps_;
};

}  // namespace

void mount(web::Router& router, Deps const& deps) {
    auto const evidence = std::make_shared<Evidence>(deps);
    auto const get = [&](std::string_view path, std::string_view name,
                         void (Evidence::*handler)(web::Request const&, web::Response&)) {
        router.add(web::Method::get, path, name,
                   web::Immediate([evidence, handler](web::Request const& request, web::Response& response) {
                       ((*evidence).*handler)(request, response);
                   }));
    };
    get("/audit/checkpoint", "audit.checkpoint", &Evidence::checkpoint);
    get("/audit/proof", "audit.proof", &Evidence::proof);
    get("/audit/consistency", "audit.consistency", &Evidence::consistency);
    get("/audit/entries/{index}", "audit.entry", &Evidence::entry);
    get("/audit/receipts/{order_id}", "audit.receipt", &Evidence::receipt);
    std::string path = "/audit/tile/{level}";
    for (std::size_t i = 0; i < path_parts_max; ++i) {
        path += "/{" + part_name(i) + "}";
        get(path, "audit.tile", &Evidence::tile);
    }
}

}  // namespace b2a::protocol::evidence
