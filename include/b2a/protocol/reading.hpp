// SPDX-License-Identifier: Apache-2.0
// Documents for everybody. For agents that read before they call, and for crawlers: /llms.txt says what there is, in
// words and links, and /robots.txt what is no page. Both are made of the site's own settings; nothing of the catalog
// gets in.
#pragma once

#include <string>
#include <string_view>

#include "b2a/protocol/site.hpp"
#include "b2a/web/router.hpp"

namespace b2a::protocol::reading {

/// Markdown in the form of llmstxt.org.
std::string llms_text(Site const& site);
/// RFC 9309: sessions of buyers and the endpoints of protocols are not for crawlers.
std::string robots_text(Site const& site);

/// A document that is everybody's: cacheable for five minutes, 304 for who has it already.
struct Page {
    std::string_view body;
    std::string_view etag;          // of entity_tag()
    std::string_view content_type;  // static text
};
void send(web::Request const& request, Page const& page, web::Response& response);

/// Adds both routes. The site's surfaces must be complete when the first request comes.
void mount(web::Router& router, Site const& site);

}  // namespace b2a::protocol::reading
