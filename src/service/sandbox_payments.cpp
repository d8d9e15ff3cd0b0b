// SPDX-License-Identifier: Apache-2.0
// A payment provider without money: the token says what it answers. Stateless, so the same request always gets the same
// answer, which is all that idempotency asks for.
#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/service/payment_port.hpp"

namespace b2a::service {
namespace {

bool is_authenticated(Authentication const& result) {
    return result.outcome == "authenticated" || result.outcome == "attempt_acknowledged" ||
           result.outcome == "informational";
}

class SandboxPayments final : public PaymentPort {
  public:
    explicit SandboxPayments(std::vector<HandlerInfo> handlers) : handlers_(std::move(handlers)) {}
    [[nodiscard]] std::vector<HandlerInfo> const& handlers() const override { return handlers_; }
    boost::asio::awaitable<PaymentResult> authorize(PaymentRequest request) override { co_return answer(request); }
    boost::asio::awaitable<void> release(std::string) override { co_return; }

  private:
    [[nodiscard]] PaymentResult answer(PaymentRequest const& request) const {
        PaymentResult result;
        result.reference = "sandbox:" + request.payment_id;
        auto const token = to_ascii_lower(request.credential);
        auto const says = [&](std::string_view word) { return token.find(word) != std::string::npos; };
        auto const handler = std::ranges::find(handlers_, request.handler_id, &HandlerInfo::id);
        if (handler == handlers_.end())
            result.message = "The payment handler is not offered here; use one of those advertised.";
        else if (std::ranges::find(handler->credential_types, request.credential_type) ==
                 handler->credential_types.end())
            result.message = "The payment handler does not take credentials of this type.";
        else if (token.empty()) result.message = "The payment credential has no token.";
        else if (says("decline")) result.message = "The payment was declined; use another instrument.";
        else if (request.authentication && !is_authenticated(*request.authentication))
            result.message = "The buyer was not authenticated; use another instrument.";
        else if (says("3ds") && !request.authentication) {
            result.outcome = PaymentOutcome::requires_action;
            result.message = "The buyer has to authenticate the payment.";
        } else if (says("timeout")) {
            result.outcome = PaymentOutcome::unknown;
            result.message = "The payment provider has not answered yet.";
        } else result.outcome = PaymentOutcome::approved;
        return result;
    }

    std::vector<HandlerInfo> handlers_;
};

}  // namespace

std::unique_ptr<PaymentPort> make_sandbox_payments(bool offered) {
    std::vector<HandlerInfo> handlers;
    if (offered)
        handlers.push_back(
            {"sandbox_card",
             "com.example.sandbox",
             "Sandbox card",
             {"token", "spt"},
             "sandbox",
             "merchant_sandbox",
             HandlerInfo::AuthenticationTerms{"411111", "US", "merchant_sandbox", "B2A sandbox", "visa"}});
    return std::make_unique<SandboxPayments>(std::move(handlers));
}

}  // namespace b2a::service
