// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/privacy.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/domain/erasure.hpp"

#include "service/committer.hpp"
#include "service/elsewhere.hpp"
#include "service/refusal.hpp"

namespace b2a::service {

using boost::asio::awaitable;

namespace {

constexpr std::string_view gone_type = "application/problem+json";
constexpr std::string_view gone_body =
    R"({"type":"urn:b2a:error:erased","title":"Erased","status":410,"code":"erased",)"
    R"("detail":"the answer to this request held personal data that has been erased"})";
constexpr int rounds_max = 5;

Result<void> check(store::DataSubject const& subject) {
    if (subject.email.empty() != subject.order.has_value())
        return Error(Code::invalid_request, "name one e-mail address or one order");
    if (subject.email.size() > limits::buyer_field_bytes_max)
        return Error(Code::invalid_request, "the e-mail address is too long", "/email");
    return {};
}

/// The evidence names no person: not the address that was asked for, and no digest of it, which could be guessed.
audit::Event event_of(std::string_view type, RequestContext const& context, policy::Verdict const& verdict,
                      store::Holdings const& found) {
    auto event = audit_event(type, context, verdict);
    std::string orders;
    for (std::size_t i = 0; i < std::min(found.orders.size(), limits::audit_items_max); ++i)
        orders += (i == 0 ? "" : ",") + found.orders[i].id.text();
    event.details.emplace_back("orders", std::move(orders));
    event.details.emplace_back("order_count", std::to_string(found.orders.size()));
    event.details.emplace_back("checkout_count", std::to_string(found.checkouts.size()));
    event.details.emplace_back("cart_count", std::to_string(found.carts.size()));
    event.details.emplace_back("notice_count", std::to_string(found.notices.size()));
    event.details.emplace_back("reply_count", std::to_string(found.replies.size()));
    return event;
}

store::Erasure erasure_of(store::Holdings const& found) {
    store::Erasure out;
    for (auto const& order : found.orders) out.orders.push_back(order.id);
    for (auto const& checkout : found.checkouts) out.checkouts.push_back(checkout.id);
    for (auto const& cart : found.carts) out.carts.push_back(cart.id);
    for (auto const& notice : found.notices) out.notices.push_back(notice.id);
    for (auto const& reply : found.replies) out.replies.push_back(reply.key);
    out.gone = {410, std::string(gone_type), std::string(gone_body)};
    return out;
}

/// Rows that an erasure has been through already are held, but hold nothing.
bool is_empty_of_person(domain::Order const& order) {
    return domain::without_buyer(order) == order;
}
bool is_empty_of_person(domain::Checkout const& checkout) {
    return domain::without_buyer(checkout) == checkout;
}
bool is_empty_of_person(store::HeldReply const& reply) {
    return reply.reply.body == gone_body;
}

void drop_what_is_done(store::Holdings& found) {
    std::erase_if(found.orders, [](auto const& order) { return is_empty_of_person(order); });
    std::erase_if(found.checkouts, [](auto const& checkout) {
        return checkout.status == domain::CheckoutStatus::completed && is_empty_of_person(checkout);
    });
    std::erase_if(found.replies, [](auto const& reply) { return is_empty_of_person(reply); });
}

void add_texts(std::vector<std::string>& texts, store::Holdings const& found) {
    auto const add = [&](std::vector<std::string> more) {
        for (auto& text : more)
            if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
    };
    for (auto const& order : found.orders) add(domain::personal_texts(order));
    for (auto const& checkout : found.checkouts) add(domain::personal_texts(checkout));
    for (auto const& cart : found.carts) add(domain::personal_texts(cart));
}

void count(Erased& report, store::Holdings const& found) {
    report.orders += found.orders.size();
    report.checkouts += found.checkouts.size();
    report.carts += found.carts.size();
    report.notices += found.notices.size();
    report.replies += found.replies.size();
}

std::string subject_text(store::DataSubject const& subject) {
    return subject.order ? subject.order->text() : std::string("buyer");
}

}  // namespace

struct PrivacyService::Impl {
    Parts parts;
    Committer committer;

    /// Work for the background: everything that is held, on a reader of its own.
    std::function<Result<store::Holdings>()> search(store::DataSubject const& subject) {
        return [&store = parts.store, subject]() -> Result<store::Holdings> {
            B2A_TRY(reader, store.open_reader());
            return reader->holdings(subject);
        };
    }
    std::function<Result<store::ScrubReport>()> scrub(std::vector<std::string> texts) {
        return [&store = parts.store, texts = std::move(texts)] { return store.scrub(texts); };
    }
    awaitable<Result<Erased>> erase_rows(RequestContext const& context, policy::Authorized<EraseSubject> const& proof,
                                         std::vector<std::string>& texts);
};

PrivacyService::PrivacyService(Parts parts) : impl_(std::make_unique<Impl>(Impl{parts, Committer(parts.store)})) {}
PrivacyService::~PrivacyService() = default;

awaitable<Result<store::Holdings>> PrivacyService::export_data(RequestContext context, ExportSubject command) {
    if (auto const sound = check(command.subject); !sound) co_return sound.error();
    context.request_digest = {};
    policy::Facts facts;
    facts.action = policy::Action::privacy_export;
    auto subject = subject_text(command.subject);
    auto decided = impl_->parts.governance.authorize(context, std::move(command), std::move(facts));
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(impl_->committer, context, std::move(*refused), std::move(subject));
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<ExportSubject>>(decided);
    auto work = impl_->search(proof.command().subject);
    auto found = co_await elsewhere<store::Holdings>(impl_->parts.background, std::move(work));
    if (!found) co_return std::move(found).error();
    store::ChangeSet changes;
    changes.now = context.now;
    changes.events.push_back(event_of("subject.exported", context, proof.verdict(), *found));
    changes.events.back().subject = std::move(subject);
    auto committed = co_await impl_->committer.commit(proof, std::move(changes), Deadline::max());
    if (!committed) co_return std::move(committed).error();
    co_return std::move(*found);
}

/// Looks, erases, and looks again: a request that was under way may have written meanwhile.
awaitable<Result<Erased>> PrivacyService::Impl::erase_rows(RequestContext const& context,
                                                           policy::Authorized<EraseSubject> const& proof,
                                                           std::vector<std::string>& texts) {
    Erased report;
    for (int round = 0; round < rounds_max; ++round) {
        auto work = search(proof.command().subject);
        auto found = co_await elsewhere<store::Holdings>(parts.background, std::move(work));
        if (!found) co_return std::move(found).error();
        add_texts(texts, *found);
        drop_what_is_done(*found);
        if (round > 0 && found->empty()) co_return report;
        store::ChangeSet changes;
        changes.now = context.now;
        changes.erasure = erasure_of(*found);
        changes.events.push_back(event_of("subject.erased", context, proof.verdict(), *found));
        changes.events.back().subject = subject_text(proof.command().subject);
        auto committed = co_await committer.commit(proof, std::move(changes), Deadline::max());
        if (!committed) co_return std::move(committed).error();
        if (round == 0) report.audit_seq = std::get<store::Receipt>(*committed).audit_seq;
        count(report, *found);
    }
    co_return Error(Code::conflict, "the buyer's data keeps being written; stop what writes it and try again");
}

awaitable<Result<Erased>> PrivacyService::erase(RequestContext context, EraseSubject command) {
    if (auto const sound = check(command.subject); !sound) co_return sound.error();
    context.request_digest = {};
    policy::Facts facts;
    facts.action = policy::Action::privacy_erase;
    auto subject = subject_text(command.subject);
    auto decided = impl_->parts.governance.authorize(context, std::move(command), std::move(facts));
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(impl_->committer, context, std::move(*refused), std::move(subject));
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<EraseSubject>>(decided);
    std::vector<std::string> texts;
    if (!proof.command().subject.email.empty()) texts.push_back(proof.command().subject.email);
    auto report = co_await impl_->erase_rows(context, proof, texts);
    if (!report) co_return std::move(report).error();
    auto work = impl_->scrub(std::move(texts));
    auto files = co_await elsewhere<store::ScrubReport>(impl_->parts.background, std::move(work));
    if (!files) co_return std::move(files).error();
    report->files = *files;
    co_return std::move(*report);
}

}  // namespace b2a::service
