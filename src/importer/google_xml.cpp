// SPDX-License-Identifier: Apache-2.0
// Google Merchant as XML: RSS 2.0 or Atom with the namespace g.
#include "importer/feed_xml.hpp"

namespace b2a::importer {

Result<void> check_google_xml(std::string const& path) {
    B2A_TRY(reader, FeedXmlReader::open(path));
    FeedItem item;
    B2A_CHECK(reader.next(item).map([](bool) { return true; }));
    return {};
}

Result<void> import_google_xml(FileContext const& context) {
    Groups groups(context);
    FeedItem item;
    {
        B2A_TRY(reader, FeedXmlReader::open(context.path));
        for (;;) {
            B2A_TRY(more, reader.next(item));
            if (!more) break;
            if (auto const group = item.group(); !group.empty()) groups.expect(group);
        }
    }
    B2A_TRY(reader, FeedXmlReader::open(context.path));
    for (;;) {
        B2A_TRY(more, reader.next(item));
        if (!more) break;
        context.journal.row(reader.source());
        B2A_CHECK(take_google_item(context, groups, item));
    }
    context.journal.end_file(reader.source());
    return groups.finish();
}

}  // namespace b2a::importer
