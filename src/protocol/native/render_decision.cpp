// SPDX-License-Identifier: Apache-2.0
#include "render_decision.hpp"

#include "b2a/json/writer.hpp"

namespace b2a::protocol::native {

void render_decision(std::string& out, Site const& site, service::DecisionView const& view) {
    auto const& recorded = view.recorded;
    json::Writer json(out);
    json.begin_object().member("id", recorded.decision_id).member("time", to_rfc3339(recorded.time));
    json.member("action", policy::to_text(recorded.facts.action));
    json.member("outcome", policy::to_text(recorded.outcome)).key("reasons").begin_array();
    for (auto const& code : recorded.codes) json.begin_object().member("code", code).end_object();
    json.end_array().member_if("subject", recorded.subject).member("policy", recorded.ruleset);
    json.member("trust", static_cast<std::int64_t>(recorded.principal.trust));
    json.member("audit_entry", site.audit_origin + '#' + std::to_string(recorded.seq)).end_object();
}

}  // namespace b2a::protocol::native
