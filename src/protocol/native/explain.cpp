// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/explain.hpp"

#include "b2a/base/text.hpp"
#include "b2a/json/view.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::protocol::native {
namespace {

using json::Value;

/// The example nearest to what a JSON pointer names, from the part outwards to the whole.
Value const* example_at(Value const& schema, std::string_view pointer) {
    Value const* part = &schema;
    Value const* found = nullptr;
    auto const look = [&] {
        if (auto const examples = part->find("examples"); examples != part->end() && !examples->empty())
            found = &examples->front();
    };
    look();
    if (pointer.empty()) return found;
    for (auto const token : split(pointer.substr(1), '/')) {
        auto const list = part->find("items");
        auto const members = part->find("properties");
        if (list != part->end()) {
            part = &*list;
        } else if (members != part->end() && members->contains(std::string(token))) {
            part = &members->at(std::string(token));
        } else {
            break;
        }
        look();
    }
    return found;
}

/// What to do next, by the error's code.
std::string_view hint_for(std::string_view code) noexcept {
    if (code == "not_found")
        return "Use ids exactly as earlier answers of this shop gave them. Carts and checkouts belong to the agent "
               "that "
               "made them and expire; make a new one if it is gone. shop_search finds products and variants.";
    if (code == "unauthenticated" || code == "policy_denied" || code == "forbidden")
        return "Do not repeat the call as it is: detail and remedy say what would have to change. shop_why explains "
               "the decision by its decision_id.";
    if (code == "out_of_stock")
        return "Choose another variant or a smaller quantity; shop_get_product says what is there.";
    if (code == "conflict") return "Read it again and repeat the change.";
    if (code == "idempotency_conflict") return "Take a new idempotency_key for another request.";
    if (code == "rate_limited" || code == "overloaded" || code == "store_unavailable")
        return "Wait and repeat the same call.";
    if (code == "invalid_request") return "Correct the arguments that detail names and call the tool again.";
    return {};
}

std::string_view field_of(web::Response const& response, std::string_view name) {
    for (auto const& [key, value] : response.headers)
        if (iequals(key, name)) return value;
    return {};
}

}  // namespace

void explain(Value const& schema, web::Response& response) {
    json::Document document;
    auto const problem = document.parse(response.body);
    if (!problem) return;
    auto const pointer = problem->get("pointer");
    auto const at = pointer ? pointer->as_string().value_or("") : std::string_view();
    std::string more;
    json::Writer json(more);
    json.begin_object();
    bool const malformed = response.error_code == "invalid_request" && (at.empty() || at.starts_with('/'));
    if (auto const* example = malformed ? example_at(schema, at) : nullptr) json.member_raw("example", example->dump());
    json.member_if("hint", hint_for(response.error_code));
    if (auto const seconds = parse_int(field_of(response, "Retry-After"))) json.member("retry_after_seconds", *seconds);
    json.end_object();
    if (more.size() <= 2) return;
    // Two objects become one: the closing brace of the first makes room for the members of the second.
    response.body.back() = ',';
    response.body.append(more, 1);
}

}  // namespace b2a::protocol::native
