// SPDX-License-Identifier: Apache-2.0
// `b2a keys list|rotate`: the keys that sign our messages.
#include <iostream>

#include <fmt/format.h>

#include "b2a/crypto/random.hpp"
#include "b2a/json/value.hpp"

#include "app/commands/commands.hpp"
#include "app/signing_keys.hpp"
#include "app/system.hpp"

namespace b2a::app {
namespace {

int print(Common const& common, identity::KeyRing const& ring) {
    json::Value list = json::Value::array();
    for (auto const& key : ring.keys()) {
        bool const signs = &key == &ring.signer();
        json::Value entry{{"kid", key.kid}, {"created", to_rfc3339(key.created)}, {"signs", signs}};
        if (key.retired) entry["retired"] = to_rfc3339(*key.retired);
        if (!common.json)
            std::cout << fmt::format("{}  created {}{}\n", key.kid, to_rfc3339(key.created),
                                     signs         ? "  signs"
                                     : key.retired ? "  retired " + to_rfc3339(*key.retired)
                                                   : std::string());
        list.push_back(std::move(entry));
    }
    if (common.json) std::cout << json::Value{{"keys", std::move(list)}}.dump() << '\n';
    return exit_done;
}

using Make = Result<std::shared_ptr<identity::KeyRing const>> (*)(std::string const&, Clock const&, Random&);

int with_ring(Common const& common, Make make) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    SystemClock const clock;
    auto const random = crypto::system_random();
    auto const ring = make(config->data_dir, clock, *random);
    if (!ring) return fail(ring.error().detail);
    return print(common, **ring);
}

}  // namespace

int keys_list(Common const& common) {
    return with_ring(common, load_or_create_signing_keys);
}

int keys_rotate(Common const& common) {
    auto const code = with_ring(common, rotate_signing_keys);
    if (code == exit_done) std::cerr << "A running server takes the new key up on SIGHUP.\n";
    return code;
}

}  // namespace b2a::app
