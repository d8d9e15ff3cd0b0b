// SPDX-License-Identifier: Apache-2.0
#include "policy/draws.hpp"

#include <algorithm>

#include "b2a/crypto/hash.hpp"
#include "b2a/policy/own_limits.hpp"

#include "policy/eval.hpp"

namespace b2a::policy {
namespace {

constexpr std::int64_t day_s = 24 * 60 * 60;

/// The window of `length_s` seconds that holds `now`: windows begin at multiples of their length since 1970 in UTC.
struct Window {
    std::int64_t number = 0;
    Timestamp end{};
};
Window window_of(Timestamp now, std::int64_t length_s) {
    auto const seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    auto const number = seconds / length_s;
    return {number, Timestamp{} + std::chrono::seconds((number + 1) * length_s)};
}

void put(crypto::Sha256& hash, std::string_view text) {
    hash.update(std::to_string(text.size()) + ':').update(text);
}

Digest key_of(std::string_view limit, std::string_view who, std::string_view unit, Window const& window) {
    crypto::Sha256 hash;
    put(hash, "b2a allowance");
    for (auto const part : {limit, who, unit}) put(hash, part);
    put(hash, std::to_string(window.number));
    return hash.finish();
}

std::string_view who_of(RateLimit const& limit, Facts const& facts, std::string_view peer) {
    auto const& agent = *facts.principal;
    switch (limit.per) {
        case LimitKey::principal: return agent.trust == TrustLevel::anonymous && !peer.empty() ? peer : agent.id;
        case LimitKey::peer: return peer.empty() ? std::string_view(agent.id) : peer;
        case LimitKey::agent_class: return agent.agent_class;
        case LimitKey::product:
        case LimitKey::everyone: break;
    }
    return {};
}

Reason reason_of(RateLimit const& limit) {
    return {limit.id, limit.code, limit.message, limit.window_s > day_s ? Remedy::reduce : Remedy::wait};
}

/// The amount in the currency of the total. A total that is unknown, or in a currency without an allowance, is over it.
Draw amount_draw(std::vector<Money> const& amounts, Facts const& facts, Reason reason, std::string_view who,
                 Window const& window) {
    Draw draw;
    auto const allowed = [&](Money const& money) { return facts.total && money.currency == facts.total->currency; };
    auto const found = std::ranges::find_if(amounts, allowed);
    draw.amount = facts.total && found != amounts.end() ? facts.total->minor : 1;
    draw.cap = found != amounts.end() ? found->minor : 0;
    draw.key = key_of(reason.rule, who, facts.total ? facts.total->currency.code() : "", window);
    draw.reason = std::move(reason);
    draw.expires = window.end;
    return draw;
}

void add_quantities(RateLimit const& limit, Facts const& facts, std::string_view who, Window const& window,
                    std::vector<Draw>& out) {
    if (limit.per != LimitKey::product) {
        auto const count = facts.item_count.value_or(0);
        out.push_back({key_of(limit.id, who, "", window), reason_of(limit), count > 0 ? count : 1,
                       count > 0 ? limit.count : 0, window.end});
        return;
    }
    for (auto const& line : facts.lines)
        if (line.quantity > 0)
            out.push_back({key_of(limit.id, line.product_id, "", window), reason_of(limit), line.quantity, limit.count,
                           window.end});
}

}  // namespace

std::vector<Draw> draws(Compiled const& compiled, Facts const& facts, std::string_view peer) {
    std::vector<Draw> out;
    for (auto const position : compiled.of(facts.action).durable) {
        if (!applies(compiled.file.limits[position], facts)) continue;
        auto const& limit = compiled.rates[position];
        auto const who = who_of(limit, facts, peer);
        auto const window = window_of(facts.now, limit.window_s);
        switch (limit.kind) {
            case LimitKind::requests: break;
            case LimitKind::orders:
                out.push_back({key_of(limit.id, who, "", window), reason_of(limit), 1, limit.count, window.end});
                break;
            case LimitKind::quantity: add_quantities(limit, facts, who, window, out); break;
            case LimitKind::amount:
                out.push_back(amount_draw(limit.amounts, facts, reason_of(limit), who, window));
                break;
        }
    }
    std::erase_if(out, [](Draw const& draw) { return draw.amount == 0; });  // a gift takes nothing
    return out;
}

std::vector<Draw> own_draws(Facts const& facts) {
    std::vector<Draw> out;
    auto const& limits = facts.principal->limits;
    if (!limits || limits->daily_total_max.empty() || facts.action != Action::checkout_complete) return out;
    Reason reason{"agent.daily_total", "agent_daily_total", "Your limit of orders per day with this brand is used up.",
                  Remedy::wait};
    auto draw = amount_draw(limits->daily_total_max, facts, std::move(reason), facts.principal->id,
                            window_of(facts.now, day_s));
    if (draw.amount > 0) out.push_back(std::move(draw));
    return out;
}

}  // namespace b2a::policy
