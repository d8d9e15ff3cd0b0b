// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/export.hpp"

#include <gtest/gtest.h>

#include "b2a/audit/event.hpp"
#include "b2a/audit/merkle.hpp"
#include "b2a/json/value.hpp"

#include "keys.hpp"

namespace b2a::audit {
namespace {

constexpr std::string_view origin = "shop.example/audit";

std::string body_of(std::string agent, std::string outcome) {
    Event event;
    event.type = "order.placed";
    event.agent = std::move(agent);
    event.action = "checkout.complete";
    event.outcome = std::move(outcome);
    event.reasons = {"a", "b"};
    event.subject = "ord_1";
    event.trust = 4;
    return canonical_bytes(event, 7, from_micros(1'800'000'000'123'000)).value();
}

std::string line_of(ExportFormat format, std::string const& body) {
    return export_line(format, origin, {7, leaf_hash(as_bytes(body)), body}).value();
}

TEST(Export, EveryShapeCarriesIndexAndLeaf) {
    auto const body = body_of("https://agent.example/p", "allow");
    auto const leaf = to_hex(leaf_hash(as_bytes(body)));
    for (std::string_view const name : {"jsonl", "cloudevents", "otlp", "ocsf", "cef"}) {
        auto const line = line_of(*export_format(name), body);
        EXPECT_NE(line.find(leaf), std::string::npos) << name;
        EXPECT_EQ(line.find('\n'), std::string::npos) << name;
        if (name != "cef") EXPECT_TRUE(json::parse_value(line).ok()) << line;
    }
    EXPECT_EQ(export_format("xml"), std::nullopt);
    EXPECT_FALSE(export_line(ExportFormat::ocsf, origin, {7, {}, "[]"}).ok());
}

TEST(Export, CloudEvents) {
    auto const body = body_of("https://agent.example/p", "allow");
    auto const event = json::parse_value(line_of(ExportFormat::cloudevents, body)).value();
    EXPECT_EQ(event["specversion"], "1.0");
    EXPECT_EQ(event["id"], "shop.example/audit#7");
    EXPECT_EQ(event["source"], origin);
    EXPECT_EQ(event["type"], "dev.b2a.order.placed");
    EXPECT_EQ(event["time"], "2027-01-15T08:00:00.123Z");
    EXPECT_EQ(event["subject"], "ord_1");
    EXPECT_EQ(event["seq"], "7");
    EXPECT_EQ(event["data"].dump(), body);
}

TEST(Export, OpenTelemetry) {
    auto const body = body_of("https://agent.example/p", "deny");
    auto const request = json::parse_value(line_of(ExportFormat::otlp, body)).value();
    auto const record = request["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0];
    EXPECT_EQ(record["timeUnixNano"], "1800000000123000000");
    EXPECT_EQ(record["severityNumber"], 13);
    EXPECT_EQ(record["eventName"], "dev.b2a.order.placed");
    EXPECT_EQ(record["body"]["stringValue"], body);
    EXPECT_EQ(record["attributes"][0]["value"]["intValue"], "7");
}

TEST(Export, Ocsf) {
    auto const done = json::parse_value(line_of(ExportFormat::ocsf, body_of("a", "allow"))).value();
    EXPECT_EQ(done["class_uid"], 6003);
    EXPECT_EQ(done["type_uid"], 600399);
    EXPECT_EQ(done["time"], 1'800'000'000'123);
    EXPECT_EQ(done["api"]["operation"], "checkout.complete");
    EXPECT_EQ(done["metadata"]["sequence"], 7);
    auto const refused = json::parse_value(line_of(ExportFormat::ocsf, body_of("a", "deny"))).value();
    EXPECT_EQ(refused["class_uid"], 3003);
    EXPECT_EQ(refused["status_id"], 2);
    EXPECT_EQ(refused["status_detail"], "a,b");
}

TEST(Export, CefEscapesWhatWouldEndAField) {
    auto const line = line_of(ExportFormat::cef, body_of("a=b\\c|d\ne", "deny"));
    EXPECT_TRUE(line.starts_with("CEF:0|B2A|Gateway|1|order.placed|checkout.complete|5|rt=1800000000123 externalId=7 "))
        << line;
    EXPECT_NE(line.find(" suser=a\\=b\\\\c|d\\ne act="), std::string::npos) << line;
    EXPECT_NE(line.find(" reason=a,b "), std::string::npos) << line;
}

}  // namespace
}  // namespace b2a::audit
