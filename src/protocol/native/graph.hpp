// SPDX-License-Identifier: Apache-2.0
// The product graph on the native surface, in both directions: walks, looks and occasions. Parsing takes JSON and not
// a request, so that another transport of the same operation (a tool call) can use it.
#pragma once

#include <string>

#include "b2a/json/view.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/shopping.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol::native {

/// Errors: invalid_request with a JSON pointer (unknown members are refused).
Result<catalog::TraverseQuery> parse_traverse(json::View root);
enum class DocumentFilters : std::uint8_t { none, brand_and_occasion };
/// GET parameters. Errors: invalid_request with the parameter's name as pointer.
Result<service::DocumentQuery> parse_document_query(web::Request const& request, DocumentFilters filters);

void render_traverse(std::string& out, Site const& site, service::TraverseView const& view);
/// The same as schema.org JSON-LD with GS1 terms for allergens; sources and scores are in the other form only.
void render_traverse_ld(std::string& out, Site const& site, service::TraverseView const& view);
void render_looks(std::string& out, Site const& site, service::DocumentPage<domain::Look> const& page);
void render_look(std::string& out, Site const& site, service::LookView const& view);
void render_occasions(std::string& out, service::DocumentPage<domain::Occasion> const& page);

/// Where a node can be read; empty for those that have no document.
std::string node_url(Site const& site, catalog::Graph const& graph, catalog::NodeId node);

}  // namespace b2a::protocol::native
