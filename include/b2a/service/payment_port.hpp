// SPDX-License-Identifier: Apache-2.0
// The port to payment service providers. Authorisation is idempotent by `payment_id`: a crash between authorisation and
// commit, followed by the client's retry, charges once.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"

namespace b2a::service {

/// How a buyer's authentication (3-D Secure) went, as the agent brings it back from the authentication provider. Handed
/// to the payment provider, never stored and never logged.
struct Authentication {
    std::string outcome;  // "authenticated", "denied", … (ACP 2026-04-17, AuthenticationResult)
    std::string cryptogram;
    std::string electronic_commerce_indicator;
    std::string transaction_id;
    std::string version;
};

struct PaymentRequest {
    /// "<checkout id>/<version>" with the version that is paid for: the same after a crash, another one as soon as
    /// anything about the checkout changed, so that an old authorisation never pays for a new amount.
    std::string payment_id;
    Money amount;
    std::string handler_id;
    std::string credential_type;  // "token"
    std::string credential;       // never stored, never logged
    std::optional<Authentication> authentication;
};

enum class PaymentOutcome : std::uint8_t { approved, declined, requires_action, unknown };

struct PaymentResult {
    PaymentOutcome outcome = PaymentOutcome::declined;
    std::string reference;
    std::string message;  // safe for the agent
};

struct HandlerInfo {
    std::string id;    // "sandbox_card"
    std::string name;  // reverse-domain handler name
    std::string title;
    std::vector<std::string> credential_types;  // that it takes: "token", "spt"
    std::string provider;                       // who settles, "sandbox"
    std::string merchant_id;                    // as the provider knows us
    /// What an agent needs to have a buyer authenticated; without `acquirer` the handler never asks for it.
    struct AuthenticationTerms {
        std::string acquirer_bin, acquirer_country, acquirer_merchant_id, merchant_name;
        std::string directory_server;  // "visa", "mastercard", …
    };
    std::optional<AuthenticationTerms> authentication;
};

class PaymentPort {
  public:
    virtual ~PaymentPort() = default;
    [[nodiscard]] virtual std::vector<HandlerInfo> const& handlers() const = 0;
    virtual boost::asio::awaitable<PaymentResult> authorize(PaymentRequest request) = 0;
    /// Gives an authorisation back after the commit failed.
    virtual boost::asio::awaitable<void> release(std::string payment_id) = 0;
};

/// The sandbox PSP: the token decides. "decline", "3ds", "timeout" anywhere in it, else approved. Where it is not
/// `offered` (a shop that is no sandbox) it has no handlers and declines everything: nobody buys with a made-up token.
std::unique_ptr<PaymentPort> make_sandbox_payments(bool offered = true);

}  // namespace b2a::service
