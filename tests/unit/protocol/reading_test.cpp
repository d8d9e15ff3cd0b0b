// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/reading.hpp"

#include "fixture.hpp"

namespace b2a::protocol::reading {
namespace {

Site site_with_surfaces() {
    auto site = test::make_site();
    site.surfaces = {{"native", {"v1"}, "https://shop.example/b2a/v1", "https://shop.example/b2a/v1/openapi.json"},
                     {"ucp", {"1", "2"}, "https://shop.example/ucp/v1", "https://shop.example/.well-known/ucp"},
                     {"later", {}, "https://elsewhere.example/x", ""}};
    return site;
}

TEST(Reading, ThePageNamesSurfacesAndPolicies) {
    auto const text = llms_text(site_with_surfaces());
    EXPECT_TRUE(text.starts_with("# Example & Sons\n\n> ")) << text;
    for (auto const* part :
         {"- [Native REST](https://shop.example/b2a/v1): versions v1; ", "(https://shop.example/b2a/v1/openapi.json)",
          "- [Universal Commerce Protocol](https://shop.example/ucp/v1): versions 1, 2; ",
          "- [later](https://elsewhere.example/x)\n", "- [Terms](https://shop.example/terms)\n"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    EXPECT_EQ(text.find("Returns"), std::string::npos) << "there is no such page";
    EXPECT_EQ(text.find("sandbox"), std::string::npos);
    auto sandbox = site_with_surfaces();
    sandbox.sandbox = true;
    EXPECT_NE(llms_text(sandbox).find("This is a sandbox"), std::string::npos);
}

TEST(Reading, ATitleStaysATitle) {
    auto site = site_with_surfaces();
    site.title = "A\n## [B](https://evil.example) <script>";
    auto const text = llms_text(site);
    EXPECT_TRUE(text.starts_with("# A ## \\[B\\](https://evil.example) \\<script\\>\n")) << text;
}

TEST(Reading, CrawlersStayOutOfSessions) {
    EXPECT_EQ(robots_text(site_with_surfaces()),
              "User-agent: *\n"
              "Disallow: /checkout/\n"
              "Disallow: /b2a/v1/carts\n"
              "Disallow: /b2a/v1/checkouts\n"
              "Disallow: /b2a/v1/orders\n"
              "Disallow: /b2a/v1/decisions\n"
              "Disallow: /ucp/v1\n"
              "Allow: /\n");
}

}  // namespace
}  // namespace b2a::protocol::reading
