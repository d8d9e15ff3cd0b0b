// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/erasure.hpp"

#include <algorithm>

namespace b2a::domain {
namespace {

constexpr std::string_view erased = "erased";
constexpr std::size_t telling_bytes_min = 4;

/// The country stays: it says which tax was due. Ids are the client's own words, so they go as well.
void erase(std::vector<FulfillmentMethod>& methods) {
    for (auto& method : methods) {
        if (method.kind == FulfillmentKind::pickup) continue;  // the brand's own address
        auto const* chosen = selected_destination(method);
        std::vector<Destination> kept;
        if (chosen != nullptr) {
            auto& destination = kept.emplace_back();
            destination.id = erased;
            destination.address.country = chosen->address.country;
        }
        method.selected_destination_id = kept.empty() ? "" : std::string(erased);
        method.destinations = std::move(kept);
    }
}

void erase(Payment& payment) {
    for (auto& instrument : payment.instruments) {
        instrument.id = erased;
        instrument.last_digits.clear();
    }
}

class Texts {
  public:
    void add(std::string const& text) {
        if (text.size() >= telling_bytes_min && std::ranges::find(out_, text) == out_.end()) out_.push_back(text);
    }
    void add(Buyer const& buyer) {
        add(buyer.email), add(buyer.phone_number);
        if (!buyer.first_name.empty() && !buyer.last_name.empty()) add(buyer.first_name + " " + buyer.last_name);
    }
    void add(std::vector<FulfillmentMethod> const& methods) {
        for (auto const& method : methods) {
            if (method.kind == FulfillmentKind::pickup) continue;
            for (auto const& destination : method.destinations) {
                add(destination.address.street_address), add(destination.address.extended_address);
                add(destination.address.phone_number);
            }
        }
    }
    [[nodiscard]] std::vector<std::string> take() { return std::move(out_); }

  private:
    std::vector<std::string> out_;
};

}  // namespace

Order without_buyer(Order order) {
    order.buyer = {};
    order.attribution.clear();
    erase(order.methods);
    erase(order.payment);
    for (auto& event : order.events) {
        event.tracking_number.clear();
        event.tracking_url.clear();
        event.description.clear();
    }
    for (auto& adjustment : order.adjustments) adjustment.description.clear();
    return order;
}

Checkout without_buyer(Checkout checkout) {
    checkout.buyer = {};
    auto country = std::move(checkout.context.country);
    checkout.context = {};
    checkout.context.country = std::move(country);
    checkout.attribution.clear();
    erase(checkout.fulfillment.methods);
    erase(checkout.payment);
    checkout.findings.clear();
    return checkout;
}

std::vector<std::string> personal_texts(Order const& order) {
    Texts texts;
    texts.add(order.buyer);
    texts.add(order.methods);
    for (auto const& event : order.events) texts.add(event.tracking_number);
    return texts.take();
}

std::vector<std::string> personal_texts(Checkout const& checkout) {
    Texts texts;
    texts.add(checkout.buyer);
    texts.add(checkout.fulfillment.methods);
    return texts.take();
}

std::vector<std::string> personal_texts(Cart const& cart) {
    Texts texts;
    texts.add(cart.buyer);
    return texts.take();
}

}  // namespace b2a::domain
