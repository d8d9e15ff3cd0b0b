// SPDX-License-Identifier: Apache-2.0
// Importing into a data directory: opens the store, asks policy, runs the importer, leaves evidence.
#pragma once

#include <functional>

#include "b2a/base/time.hpp"
#include "b2a/importer/importer.hpp"
#include "b2a/service/context.hpp"
#include "b2a/store/store.hpp"

#include "app/config.hpp"

namespace b2a::app {

std::string database_path(Config const& config);

/// Opens `<data_dir>/b2a.db` (creating it) and imports as the operator at the command line. Errors: policy_denied and
/// those of store::open_sqlite and importer::run.
Result<importer::Report> import_catalog(Config const& config, importer::Options const& options, Clock const& clock,
                                        std::function<void(importer::Progress const&)> const& progress);
/// The same into an open store; for the sandbox's first start.
Result<importer::Report> import_catalog(store::Store& store, Config const& config, importer::Options const& options,
                                        Clock const& clock,
                                        std::function<void(importer::Progress const&)> const& progress);

/// The context of what somebody on this machine does: by a command, or by a signal.
service::RequestContext command_context(std::string_view who, Clock const& clock, Random& random);

}  // namespace b2a::app
