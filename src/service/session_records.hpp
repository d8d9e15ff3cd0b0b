// SPDX-License-Identifier: Apache-2.0
// What is kept beside a checkout for the brand alone (touchpoints, intent traces), and where a conversation stands.
// They are written in the transaction of what they belong to, and forgotten by the sweep.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "b2a/service/checkout.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

/// "first" at creation, "last" at completion: a later one of a kind takes the place of the one before.
Result<store::RecordWrite> touchpoint_record(store::Reader& reader, CheckoutId id, std::string_view which,
                                             Touchpoint const& touchpoint, Timestamp now);
Result<store::RecordWrite> intent_trace_record(store::Reader& reader, CheckoutId id, Touchpoint const& trace,
                                               Timestamp now);
Result<store::RecordWrite> conversation_record(store::Reader& reader, std::string const& owner,
                                               std::string const& conversation, CheckoutId id, Timestamp now);
/// The checkout that conversation_record() kept last; nullopt for an unknown conversation.
Result<std::optional<CheckoutId>> conversation_checkout(store::Reader& reader, std::string const& owner,
                                                        std::string const& conversation);

}  // namespace b2a::service
