// SPDX-License-Identifier: Apache-2.0
// `b2a audit prove`, `verify-receipt` and `export`: what leaves the house, and how its receiver checks it.
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "b2a/audit/export.hpp"
#include "b2a/audit/receipt.hpp"
#include "b2a/base/encoding.hpp"
#include "b2a/json/value.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/service/evidence.hpp"

#include "app/commands/audit_source.hpp"
#include "app/system.hpp"

namespace b2a::app {
namespace {

Result<std::uint64_t> index_of(store::Reader& reader, AuditOptions const& options) {
    if (options.order.empty()) return options.index;
    auto const id = OrderId::parse(options.order);
    if (!id) return Error(Code::invalid_request, options.order + ": no order id");
    B2A_TRY(entry, reader.order_entry(*id));
    if (!entry) return Error(Code::not_found, options.order + ": no such order");
    return *entry;
}

Result<audit::Receipt> receipt_of(store::Reader& reader, AuditOptions const& options) {
    B2A_TRY(index, index_of(reader, options));
    B2A_TRY(proof, service::prove(reader, index));
    B2A_TRY(entries, reader.audit_entries(index, 1));
    if (entries.empty() || entries.front().seq != index)
        return Error(Code::not_found, "the entry was given up: with its bytes its proof still verifies");
    return audit::Receipt{std::move(entries.front().body), std::move(proof)};
}

/// Runs `write` on the output file, or on standard output without one.
template <class Write>
int with_output(std::string const& path, Write write) {
    std::ofstream file;
    if (!path.empty()) {
        file.open(path, std::ios::binary | std::ios::trunc);
        if (!file) return fail(path + ": cannot be written");
    }
    auto& out = path.empty() ? std::cout : static_cast<std::ostream&>(file);
    Result<void> const written = write(out);
    if (!written) return fail(written.error().detail);
    out.flush();
    return out ? exit_done : fail("the output could not be written completely");
}

Result<void> write_lines(store::Reader& reader, AuditOptions const& options, audit::ExportFormat format,
                         std::string_view origin, std::ostream& out) {
    Result<void> outcome;
    auto const count = each_entry(reader, options.from, [&](store::AuditEntry const& entry) {
        if (!outcome) return;
        auto line = audit::export_line(format, origin, {entry.seq, entry.leaf, entry.body});
        if (line) out << *line << '\n';
        else outcome = Error(line.error().code, fmt::format("entry {}: {}", entry.seq, line.error().detail));
    });
    if (!count) return count.error();
    return outcome;
}

/// The hashes of what was given up, and the checkpoints: with them the file can be verified.
Result<void> write_given_up(store::Reader& reader, AuditOptions const& options, std::ostream& out) {
    B2A_TRY(head, reader.audit_head());
    for (auto at = options.from; at < head.first; ++at) {
        B2A_TRY(hashes, reader.audit_tile({0, at / audit::tile_width}, audit::tile_width));
        std::string line;
        json::Writer writer(line);
        writer.begin_object().member("seq", at).member("leaf", to_hex(hashes[at % audit::tile_width])).end_object();
        out << line << '\n';
    }
    return {};
}

Result<void> write_export(store::Reader& reader, AuditOptions const& options, std::string_view origin,
                          std::ostream& out) {
    auto const format = audit::export_format(options.format);
    if (!format) return Error(Code::invalid_request, options.format + ": no such format");
    bool const native = *format == audit::ExportFormat::jsonl;
    if (native) B2A_CHECK(write_given_up(reader, options, out));
    B2A_CHECK(write_lines(reader, options, *format, origin, out));
    if (!native) return {};
    B2A_TRY(notes, reader.checkpoints());
    for (auto const& note : notes) out << json::Value{{"checkpoint", note}}.dump() << '\n';
    return {};
}

}  // namespace

int audit_prove(Common const& common, AuditOptions const& options) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    auto const log = open_log(*config);
    if (!log) return fail(log.error().detail);
    auto const receipt = receipt_of(*log->reader, options);
    if (!receipt) return fail(receipt.error().detail);
    return with_output(options.output, [&](std::ostream& out) -> Result<void> {
        options.proof_only ? out << audit::to_text(receipt->proof) : out << audit::to_json(*receipt) << '\n';
        return {};
    });
}

int audit_verify_receipt(Common const& common, AuditOptions const& options) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    auto const key = verifier_key(*config, options.vkey);
    if (!key) return fail(key.error().detail);
    if (!*key) return fail("a receipt is checked with the log's verifier key: --vkey");
    auto const text = read_file(options.receipt);
    if (!text) return fail(text.error().detail);
    auto const receipt = audit::parse_receipt(*text);
    if (!receipt) return fail(options.receipt + ": " + receipt.error().detail);
    auto const checkpoint = audit::verify(*receipt, **key);
    if (common.json) {
        json::Value out{{"sound", checkpoint.ok()}, {"index", receipt->proof.index}};
        if (checkpoint) out["origin"] = checkpoint->origin, out["size"] = checkpoint->size;
        else out["problem"] = checkpoint.error().detail;
        std::cout << out.dump() << '\n';
    } else if (checkpoint) {
        std::cout << fmt::format("sound: entry {} of {} is under the signed checkpoint of size {}\n{}\n",
                                 receipt->proof.index, checkpoint->origin, checkpoint->size, receipt->entry);
    } else {
        std::cout << "NOT SOUND: " << checkpoint.error().detail << '\n';
    }
    return checkpoint ? exit_done : exit_no;
}

int audit_export(Common const& common, AuditOptions const& options) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    auto const log = open_log(*config);
    if (!log) return fail(log.error().detail);
    if (options.format == "tiles") {
        if (options.output.empty()) return fail("tiles are written into a directory: --output");
        auto const count = write_tiles(*log->reader, options.output);
        if (!count) return fail(count.error().detail);
        std::cout << fmt::format("{} entries\n", *count);
        return exit_done;
    }
    auto const note = log->reader->last_checkpoint();
    auto const signed_head = note && *note ? audit::peek_checkpoint(**note) : audit::Checkpoint{config->audit_origin};
    if (!signed_head) return fail(signed_head.error().detail);
    return with_output(options.output, [&](std::ostream& out) {
        return write_export(*log->reader, options, signed_head->origin, out);
    });
}

}  // namespace b2a::app
