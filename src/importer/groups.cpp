// SPDX-License-Identifier: Apache-2.0
#include "importer/groups.hpp"

#include <algorithm>
#include <utility>

#include "b2a/base/limits.hpp"

namespace b2a::importer {
namespace {

using domain::Attribute;
using domain::Variant;

bool has(std::vector<Attribute> const& list, Attribute const& attribute) {
    return std::find(list.begin(), list.end(), attribute) != list.end();
}

/// Attributes that every variant has are the product's.
void lift_shared_attributes(domain::Product& product) {
    auto const candidates = product.variants.front().attributes;
    for (auto const& attribute : candidates) {
        auto const shared = std::all_of(product.variants.begin(), product.variants.end(),
                                        [&](Variant const& variant) { return has(variant.attributes, attribute); });
        if (!shared) continue;
        for (auto& variant : product.variants) std::erase(variant.attributes, attribute);
        if (!has(product.attributes, attribute)) product.attributes.push_back(attribute);
    }
}

}  // namespace

Groups::Waiting& Groups::open(std::string const& key, std::uint64_t line) {
    auto const [found, fresh] = waiting_.try_emplace(key);
    if (fresh) {
        found->second.line = line;
        found->second.product.id = key;
    }
    return found->second;
}

Result<void> Groups::add(std::string const& key, GroupedRow row) {
    introduce(key, row.line, std::move(row.facts));
    auto& group = waiting_.at(key);
    auto reason = context_.intake.claim(row.variant.id, row.line);
    if (!reason && group.product.variants.size() == limits::product_variants_max)
        reason = "product \"" + key + "\" has more than " + std::to_string(limits::product_variants_max) + " variants";
    if (reason) context_.journal.reject(row.line, *std::move(reason));
    else group.product.variants.push_back(std::move(row.variant));
    return seen(key);
}

void Groups::introduce(std::string const& key, std::uint64_t line, domain::Product facts) {
    auto& group = open(key, line);
    if (group.has_facts) return;
    facts.id = key;
    group.product = std::move(facts);
    group.line = line;
    group.has_facts = true;
}

Result<void> Groups::add_alone(GroupedRow row) {
    if (auto reason = context_.intake.claim(row.variant.id, row.line)) {
        context_.journal.reject(row.line, *std::move(reason));
        return {};
    }
    Waiting alone;
    alone.product = std::move(row.facts);
    alone.product.id = row.variant.id;
    alone.line = row.line;
    alone.product.variants.push_back(std::move(row.variant));
    return take(std::move(alone));
}

void Groups::describe(std::string const& key, std::uint64_t line, domain::Product facts) {
    auto& group = open(key, line);
    facts.id = key;
    facts.variants = std::move(group.product.variants);
    group.product = std::move(facts);
    group.line = line;
    group.has_facts = true;
    group.described = true;
}

Result<void> Groups::pass(std::string const& key) {
    if (!waiting_.contains(key) && !expected_.contains(key)) return {};
    open(key, 0);
    return seen(key);
}

domain::Product* Groups::waiting(std::string const& key) {
    auto const found = waiting_.find(key);
    return found == waiting_.end() || !found->second.has_facts ? nullptr : &found->second.product;
}

Result<void> Groups::close(std::string const& key) {
    auto const found = waiting_.find(key);
    if (found == waiting_.end()) return {};
    auto done = std::move(found->second);
    waiting_.erase(found);
    return take(std::move(done));
}

Result<void> Groups::seen(std::string const& key) {
    auto const found = waiting_.find(key);
    auto const expected = expected_.find(key);
    if (expected == expected_.end() || ++found->second.seen < expected->second) return {};
    expected_.erase(expected);
    return close(key);
}

Result<void> Groups::take(Waiting done) {
    auto& product = done.product;
    if (product.variants.empty()) {
        if (done.described) context_.journal.reject(done.line, "a group without variants that can be used");
        return {};  // each of its rows was rejected
    }
    auto const single = product.variants.size() == 1;
    for (auto& variant : product.variants)
        if (variant.title.empty()) variant.title = product.title;
    if (single && product.variants.front().media == product.media) product.variants.front().media.clear();
    lift_shared_attributes(product);
    auto const of_variant = std::any_of(product.variants.begin(), product.variants.end(),
                                        [&](Variant const& variant) { return variant.id == product.id; });
    // Shops name a product after its first variant; here an id means one thing.
    if (of_variant && !single) product.id += "-group";
    if (!of_variant || !single)
        if (auto reason = context_.intake.claim(product.id, done.line)) {
            context_.journal.reject(done.line, *std::move(reason));
            return {};
        }
    return context_.intake.take(std::move(product), done.line, Intake::Ids::claimed_before);
}

Result<void> Groups::finish() {
    for (auto& [key, group] : waiting_) B2A_CHECK(take(std::move(group)));
    waiting_.clear();
    return {};
}

}  // namespace b2a::importer
