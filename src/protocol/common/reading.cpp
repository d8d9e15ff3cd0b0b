// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/reading.hpp"

#include <array>

#include "b2a/protocol/render_cache.hpp"

namespace b2a::protocol::reading {
namespace {

struct Known {
    std::string_view protocol;
    std::string_view name;
    std::string_view use;
};
constexpr std::array known{
    Known{"native", "Native REST",
          "search with constraints, products as JSON-LD, decisions and where prices come from"},
    Known{"ucp", "Universal Commerce Protocol",
          "catalog, locations, carts, checkouts and orders; the profile says how"},
    Known{"acp", "Agentic Commerce Protocol", "checkout sessions and carts"},
    Known{"mcp", "Model Context Protocol", "the same as tools for language models"},
    Known{"a2a", "Agent2Agent", "the same as actions in a conversation; the agent card lists them"},
};

Known const* find(std::string_view protocol) {
    for (auto const& row : known)
        if (row.protocol == protocol) return &row;
    return nullptr;
}

/// One line of Markdown: what a title could do to the text around it is taken out.
std::string line_of(std::string_view text) {
    std::string out;
    for (char const c : text) {
        bool const plain = static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
        if (c == '[' || c == ']' || c == '<' || c == '>' || c == '`') out += '\\';
        out += plain ? c : ' ';
    }
    return out;
}

void add_link(std::string& out, std::string_view name, std::string const& url, std::string_view note) {
    if (url.empty()) return;
    out.append("- [").append(name).append("](").append(url).append(")");
    if (!note.empty()) out.append(": ").append(note);
    out += '\n';
}

void add_surface(std::string& out, Surface const& surface) {
    auto const* row = find(surface.protocol);
    std::string versions;
    for (auto const& version : surface.versions) versions += (versions.empty() ? "" : ", ") + version;
    std::string note = versions.empty() ? std::string() : "versions " + versions;
    if (row != nullptr) note.append(note.empty() ? "" : "; ").append(row->use);
    add_link(out, row != nullptr ? row->name : std::string_view(surface.protocol), surface.url, note);
    if (!surface.description.empty() && surface.description != surface.url)
        add_link(out, std::string(surface.protocol) + ", described", surface.description, {});
}

void send_text(web::Request const& request, std::string const& body, std::string_view operation,
               web::Response& response) {
    response.operation = operation;
    auto const etag = entity_tag(body);
    send(request, {body, etag, web::text_type}, response);
}

}  // namespace

std::string llms_text(Site const& site) {
    std::string out = "# " + line_of(site.title) + "\n\n";
    out +=
        "> The shop of " + line_of(site.title) +
        " for software agents: search the catalog, compare, fill a cart, buy, and follow the order, without a page "
        "for people. All protocols below lead to the same shop: what is begun in one can be finished in another.\n\n";
    if (site.sandbox) out += "This is a sandbox: nothing is sold, and no money moves.\n\n";
    out +=
        "Reading the catalog needs no identity. To buy, say who you are: a UCP-Agent field with the URL of your "
        "profile, a signature (RFC 9421), or a bearer token that the shop gave you.\n\n";
    out += "## Endpoints\n\n";
    for (auto const& surface : site.surfaces) add_surface(out, surface);
    out += "\n## Documents\n\n";
    add_link(out, "Everything that is served here", site.base_url + "/.well-known/b2a", "as JSON");
    add_link(out, "Our public keys", site.base_url + "/.well-known/http-message-signatures-directory",
             "for signatures of ours");
    add_link(out, "Privacy", site.absolute(site.privacy_url), {});
    add_link(out, "Terms", site.absolute(site.terms_url), {});
    add_link(out, "Returns", site.absolute(site.refund_url), {});
    add_link(out, "Shipping", site.absolute(site.shipping_url), {});
    return out;
}

std::string robots_text(Site const& site) {
    std::string out = "User-agent: *\n";
    out += "Disallow: /checkout/\n";
    for (auto const& surface : site.surfaces) {
        bool const own = surface.url.starts_with(site.base_url + '/');
        if (!own) continue;
        auto const path = surface.url.substr(site.base_url.size());
        if (surface.protocol != "native") out += "Disallow: " + path + '\n';
        // Of the native surface products are for everybody, buyers' sessions are not.
        else
            for (auto const* sessions : {"/carts", "/checkouts", "/orders", "/decisions"})
                out += "Disallow: " + path + sessions + '\n';
    }
    out += "Allow: /\n";
    return out;
}

void send(web::Request const& request, Page const& page, web::Response& response) {
    response.header("Cache-Control", "public, max-age=300");
    response.header("ETag", std::string(page.etag));
    if (auto const had = request.headers.find("If-None-Match"); had && matches_entity_tag(*had, page.etag)) {
        response.status = 304;
        return;
    }
    response.body = page.body;
    response.content_type = page.content_type;
}

void mount(web::Router& router, Site const& site) {
    router.add(web::Method::get, "/llms.txt", "reading.llms",
               web::Immediate([&site](web::Request const& request, web::Response& response) {
                   send_text(request, llms_text(site), "reading.llms", response);
               }));
    router.add(web::Method::get, "/robots.txt", "reading.robots",
               web::Immediate([&site](web::Request const& request, web::Response& response) {
                   send_text(request, robots_text(site), "reading.robots", response);
               }));
}

}  // namespace b2a::protocol::reading
