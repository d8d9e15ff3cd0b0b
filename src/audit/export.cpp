// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/export.hpp"

#include <array>
#include <string>

#include "b2a/base/encoding.hpp"
#include "b2a/base/time.hpp"
#include "b2a/json/view.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::audit {
namespace {

constexpr std::string_view vendor = "B2A";
constexpr std::string_view product = "Gateway";
constexpr std::string_view type_prefix = "dev.b2a.";
constexpr std::array<std::string_view, 5> names{"jsonl", "cloudevents", "otlp", "ocsf", "cef"};

/// What the shapes need to know of an entry; the rest goes along in its bytes.
struct Parts {
    std::string_view origin;
    ExportedEntry entry;
    std::string id, leaf, type, time, agent, action, outcome, subject, decision, request, reasons;
    std::int64_t trust = 0;
    std::int64_t millis = 0;
    [[nodiscard]] bool refused() const { return !outcome.empty() && outcome != "allow"; }
};

Result<Parts> parts_of(json::Document& document, std::string_view origin, ExportedEntry const& entry) {
    B2A_TRY(root, document.parse(entry.body));
    auto const text = [&root](std::string_view name) {
        return std::string(root.get(name).value_or(json::View()).as_string().value_or(""));
    };
    Parts out;
    out.origin = origin;
    out.entry = entry;
    out.id = std::string(origin) + '#' + std::to_string(entry.seq);
    out.leaf = to_hex(entry.leaf);
    out.type = text("type"), out.time = text("time"), out.agent = text("agent"), out.action = text("action");
    out.outcome = text("outcome"), out.subject = text("subject"), out.decision = text("decision_id");
    out.request = text("request_id");
    out.trust = root.get("trust").value_or(json::View()).as_int().value_or(0);
    if (auto const reasons = root.get("reasons"))
        reasons->each_element([&](std::size_t i, json::View reason) {
            out.reasons += (i == 0 ? "" : ",") + std::string(reason.as_string().value_or(""));
        });
    auto const time = from_rfc3339(out.time);
    if (!time) return Error(Code::invalid_request, "the entry has no time");
    out.millis = to_micros(*time) / 1000;
    return out;
}

std::string jsonl(ExportedEntry const& entry) {
    std::string text;
    json::Writer out(text);
    out.begin_object().member("seq", entry.seq).member("leaf", to_hex(entry.leaf)).member("entry", entry.body);
    out.end_object();
    return text;
}

/// CloudEvents 1.0, structured mode. Attributes of its own are strings: an integer there has 32 bits only.
std::string cloud_event(Parts const& p) {
    std::string text;
    json::Writer out(text);
    out.begin_object().member("specversion", "1.0").member("id", p.id).member("source", p.origin);
    out.member("type", std::string(type_prefix) + p.type).member_if("subject", p.subject).member("time", p.time);
    out.member("datacontenttype", "application/json").member("seq", std::to_string(p.entry.seq));
    out.member("leafhash", p.leaf).member_raw("data", p.entry.body).end_object();
    return text;
}

void attribute(json::Writer& out, std::string_view key, std::string_view value) {
    if (value.empty()) return;
    out.begin_object().member("key", key).key("value").begin_object().member("stringValue", value);
    out.end_object().end_object();
}

/// One ExportLogsServiceRequest of OTLP/HTTP in JSON, with one record: 64-bit integers are texts there.
std::string otlp(Parts const& p) {
    auto const nanos = std::to_string(p.millis * 1'000'000);
    std::string text;
    json::Writer out(text);
    out.begin_object().key("resourceLogs").begin_array().begin_object();
    out.key("resource").begin_object().key("attributes").begin_array();
    attribute(out, "service.name", "b2a");
    out.end_array().end_object().key("scopeLogs").begin_array().begin_object();
    out.key("scope").begin_object().member("name", "b2a.audit").end_object();
    out.key("logRecords").begin_array().begin_object();
    out.member("timeUnixNano", nanos).member("observedTimeUnixNano", nanos);
    out.member("severityNumber", p.refused() ? 13 : 9).member("severityText", p.refused() ? "WARN" : "INFO");
    out.member("eventName", std::string(type_prefix) + p.type);
    out.key("body").begin_object().member("stringValue", p.entry.body).end_object();
    out.key("attributes").begin_array();
    out.begin_object().member("key", "b2a.audit.seq").key("value").begin_object();
    out.member("intValue", std::to_string(p.entry.seq)).end_object().end_object();
    attribute(out, "b2a.audit.leaf", p.leaf);
    attribute(out, "b2a.audit.origin", p.origin);
    attribute(out, "b2a.agent", p.agent);
    attribute(out, "b2a.action", p.action);
    attribute(out, "b2a.outcome", p.outcome);
    attribute(out, "b2a.subject", p.subject);
    attribute(out, "b2a.decision_id", p.decision);
    attribute(out, "b2a.request_id", p.request);
    out.end_array().end_object().end_array().end_object().end_array().end_object().end_array().end_object();
    return text;
}

/// OCSF: API Activity (6003) for what was done, Authorize Session (3003) for what was refused or held.
std::string ocsf(Parts const& p) {
    std::int64_t const class_uid = p.refused() ? 3003 : 6003;
    constexpr std::int64_t activity_other = 99;
    std::string text;
    json::Writer out(text);
    out.begin_object().member("category_uid", p.refused() ? 3 : 6).member("class_uid", class_uid);
    out.member("activity_id", activity_other).member("activity_name", p.action.empty() ? p.type : p.action);
    out.member("type_uid", class_uid * 100 + activity_other).member("severity_id", p.refused() ? 2 : 1);
    out.member("time", p.millis).member("status_id", p.refused() ? 2 : 1).member_if("status_detail", p.reasons);
    out.key("metadata").begin_object().member("version", "1.3.0").member("uid", p.id).member("log_name", p.origin);
    out.member("sequence", p.entry.seq).member("event_code", p.type).member_if("correlation_uid", p.request);
    out.key("product").begin_object().member("name", product).member("vendor_name", vendor).end_object().end_object();
    out.key("actor").begin_object().member("app_uid", p.agent).key("user").begin_object();
    out.member("uid", p.agent).end_object().end_object();
    if (p.refused()) {
        out.key("user").begin_object().member("uid", p.agent).end_object();
    } else {
        out.key("api").begin_object().member("operation", p.action.empty() ? p.type : p.action).end_object();
        // The log keeps no network addresses; the class wants an endpoint.
        out.key("src_endpoint").begin_object().member("uid", p.agent).end_object();
    }
    out.key("unmapped").begin_object().member("seq", p.entry.seq).member("leaf", p.leaf);
    out.member_raw("entry", p.entry.body).end_object().end_object();
    return text;
}

std::string cef_header(std::string_view text) {
    std::string out;
    for (auto const c : text) {
        if (c == '\\' || c == '|') out += '\\';
        out += c == '\n' || c == '\r' ? ' ' : c;
    }
    return out;
}

void cef_extension(std::string& out, std::string_view key, std::string_view value) {
    if (value.empty()) return;
    if (out.back() != '|') out += ' ';
    out.append(key).append("=");
    for (auto const c : value) {
        if (c == '\\' || c == '=') out += '\\';
        if (c == '\n') out += "\\n";
        else if (c == '\r') out += "\\r";
        else out += c;
    }
}

std::string cef(Parts const& p) {
    std::string out = "CEF:0|" + cef_header(vendor) + "|" + cef_header(product) + "|1|" + cef_header(p.type) + "|" +
                      cef_header(p.action.empty() ? p.type : p.action) + "|" + (p.refused() ? "5" : "1") + "|";
    cef_extension(out, "rt", std::to_string(p.millis));
    cef_extension(out, "externalId", std::to_string(p.entry.seq));
    cef_extension(out, "suser", p.agent);
    cef_extension(out, "act", p.action);
    cef_extension(out, "outcome", p.outcome);
    cef_extension(out, "reason", p.reasons);
    cef_extension(out, "cn1Label", "trust");
    cef_extension(out, "cn1", std::to_string(p.trust));
    cef_extension(out, "cs1Label", "leaf");
    cef_extension(out, "cs1", p.leaf);
    cef_extension(out, "cs2Label", "origin");
    cef_extension(out, "cs2", p.origin);
    cef_extension(out, "cs3Label", "subject");
    cef_extension(out, "cs3", p.subject);
    cef_extension(out, "cs4Label", "entry");
    cef_extension(out, "cs4", p.entry.body);
    return out;
}

}  // namespace

std::optional<ExportFormat> export_format(std::string_view name) noexcept {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<ExportFormat>(i);
    return std::nullopt;
}

Result<std::string> export_line(ExportFormat format, std::string_view origin, ExportedEntry const& entry) {
    if (format == ExportFormat::jsonl) return jsonl(entry);
    json::Document document;
    B2A_TRY(parts, parts_of(document, origin, entry));
    switch (format) {
        case ExportFormat::cloudevents: return cloud_event(parts);
        case ExportFormat::otlp: return otlp(parts);
        case ExportFormat::ocsf: return ocsf(parts);
        case ExportFormat::cef: return cef(parts);
        case ExportFormat::jsonl: break;
    }
    return jsonl(entry);
}

}  // namespace b2a::audit
