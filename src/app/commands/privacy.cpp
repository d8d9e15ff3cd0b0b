// SPDX-License-Identifier: Apache-2.0
// `b2a privacy`: everything that is held about a buyer, and its erasure; beside a running server or without one.
#include "b2a/service/privacy.hpp"

#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "app/blocking.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/desk.hpp"
#include "app/privacy_json.hpp"

namespace b2a::app {
namespace {

std::optional<store::DataSubject> subject_of(PrivacyOptions const& options) {
    store::DataSubject subject;
    subject.email = options.email;
    if (!options.order.empty()) {
        subject.order = OrderId::parse(options.order);
        if (!subject.order) {
            fail(options.order + ": no order id");
            return std::nullopt;
        }
    }
    return subject;
}

int report(Error const& error) {
    return fail(error.detail + (error.note.text.empty() ? "" : ": " + error.note.text));
}

}  // namespace

int privacy_export(Common const& common, PrivacyOptions const& options) {
    auto subject = subject_of(options);
    if (!subject) return exit_failed;
    auto const desk = CommandDesk::open(common, CommandDesk::Access::write);
    if (!desk) return report(desk.error());
    service::PrivacyService service({*(*desk)->store, (*desk)->governance, (*desk)->loop.get_executor()});
    auto const held = run_blocking((*desk)->loop, service.export_data((*desk)->context(), {std::move(*subject)}));
    if (!held) return report(held.error());
    auto const left = attributions_of(*(*desk)->reader, *held);
    if (!left) return report(left.error());
    auto const text = to_json(*held, *left);
    if (options.output.empty()) {
        std::cout << text << '\n';
        return exit_done;
    }
    if (auto const written = write_private_file(options.output, text); !written) return report(written.error());
    return exit_done;
}

int privacy_erase(Common const& common, PrivacyOptions const& options) {
    auto subject = subject_of(options);
    if (!subject) return exit_failed;
    auto const desk = CommandDesk::open(common, CommandDesk::Access::write);
    if (!desk) return report(desk.error());
    service::PrivacyService service({*(*desk)->store, (*desk)->governance, (*desk)->loop.get_executor()});
    auto const erased = run_blocking((*desk)->loop, service.erase((*desk)->context(), {std::move(*subject)}));
    if (!erased) return report(erased.error());
    if (common.json) {
        std::cout << to_json(*erased) << '\n';
        return exit_done;
    }
    std::cout << fmt::format("erased from {} orders, {} checkouts, {} carts, {} notices, {} kept answers\n",
                             erased->orders, erased->checkouts, erased->carts, erased->notices, erased->replies);
    if (erased->files.rebuilt) std::cout << "the database file was written anew\n";
    if (erased->files.traces > 0)
        std::cout << fmt::format("{} places still hold one of the texts: in records of others\n", erased->files.traces);
    return exit_done;
}

}  // namespace b2a::app
