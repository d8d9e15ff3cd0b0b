// SPDX-License-Identifier: Apache-2.0
#include "app/catalog_import.hpp"

#include <filesystem>
#include <system_error>
#include <variant>

#include <fmt/format.h>

#include "b2a/crypto/random.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/sqlite.hpp"

#include "app/policy_source.hpp"

namespace b2a::app {
namespace {

struct PublishCatalog {};

service::RequestContext command_line_context(Clock const& clock, Random& random) {
    service::RequestContext context;
    context.now = clock.now();
    context.id = RequestId::make(context.now, random);
    context.principal = {"command-line", policy::TrustLevel::operator_, policy::Protocol::cli, "operator", true, {}};
    return context;
}

}  // namespace

std::string database_path(Config const& config) {
    return config.data_dir + "/b2a.db";
}

Result<importer::Report> import_catalog(store::Store& store, Config const& config, importer::Options const& options,
                                        Clock const& clock,
                                        std::function<void(importer::Progress const&)> const& progress) {
    B2A_TRY(rules, load_rules(config.policy_file));
    auto const random = crypto::system_random();
    service::PolicyHolder const holder(rules);
    service::Limiter limiter;
    service::PolicyCounters counters;
    service::Governance governance(holder, limiter, *random, counters);
    auto const context = command_line_context(clock, *random);

    policy::Facts facts;
    facts.action = policy::Action::catalog_publish;
    auto const outcome = governance.authorize(context, PublishCatalog{}, std::move(facts));
    if (auto const* refused = std::get_if<policy::Verdict>(&outcome)) return service::refusal_error(*refused);
    auto const& authorized = std::get<policy::Authorized<PublishCatalog>>(outcome);

    auto event = service::audit_event("catalog.published", context, authorized.verdict());
    event.subject = "catalog";
    return importer::run(store, options, context.now, std::move(event), progress);
}

Result<importer::Report> import_catalog(Config const& config, importer::Options const& options, Clock const& clock,
                                        std::function<void(importer::Progress const&)> const& progress) {
    std::error_code failure;
    std::filesystem::create_directories(config.data_dir, failure);
    if (failure) return Error(Code::store_unavailable, fmt::format("{}: {}", config.data_dir, failure.message()));
    B2A_TRY(store, store::open_sqlite(database_path(config), store::OpenMode::create));
    auto report = import_catalog(*store, config, options, clock, progress);
    store->close();
    return report;
}

}  // namespace b2a::app
