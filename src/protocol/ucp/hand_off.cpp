// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/hand_off.hpp"

#include "b2a/protocol/presentation.hpp"

namespace b2a::protocol::ucp {
namespace {

using domain::CheckoutStatus;

constexpr std::string_view style =
    "body{margin:0;background:#f4f5f7;color:#1f2530;font:16px/1.5 system-ui,Segoe UI,Helvetica,Arial,sans-serif}"
    "main{max-width:44rem;margin:3rem auto;padding:2rem;background:#fff;border-radius:14px;"
    "box-shadow:0 2px 18px rgba(31,37,48,.08)}"
    "h1{font-size:1.4rem;margin:0 0 .25rem}p.status{margin:0 0 1.5rem;color:#5a6372}"
    "table{width:100%;border-collapse:collapse}td,th{padding:.55rem 0;border-bottom:1px solid #e6e8ec;"
    "text-align:left}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}"
    "tr.total td{font-weight:600;border-bottom:0}ul{padding-left:1.2rem}footer{margin-top:1.5rem;color:#5a6372;"
    "font-size:.85rem}footer a{color:inherit;margin-right:1rem}";

std::string_view headline(CheckoutStatus status) noexcept {
    switch (status) {
        case CheckoutStatus::incomplete: return "Your agent is still preparing this order";
        case CheckoutStatus::requires_escalation: return "This order needs your attention";
        case CheckoutStatus::ready_for_complete: return "This order is ready to be placed";
        case CheckoutStatus::complete_in_progress: return "The payment is being settled";
        case CheckoutStatus::completed: return "This order has been placed";
        case CheckoutStatus::canceled: return "This checkout is no longer open";
    }
    return {};
}

void open_page(std::string& out, Site const& site) {
    out +=
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
        "<meta name=\"robots\" content=\"noindex\"><title>";
    out += escape_markup(site.title) + "</title><style>";
    out += style;
    out += "</style></head><body><main><h1>" + escape_markup(site.title) + "</h1>";
}

void append_link(std::string& out, std::string_view text, std::string const& url) {
    if (!url.starts_with("https://") && !url.starts_with("http://")) return;
    out += "<a href=\"" + escape_markup(url) + "\" rel=\"noreferrer\">";
    out += text;
    out += "</a>";
}

void close_page(std::string& out, Site const& site) {
    out += "<footer>";
    append_link(out, "Privacy", site.absolute(site.privacy_url));
    append_link(out, "Terms", site.absolute(site.terms_url));
    append_link(out, "Refunds", site.absolute(site.refund_url));
    append_link(out, "Shipping", site.absolute(site.shipping_url));
    out += "</footer></main></body></html>";
}

void append_row(std::string& out, std::string_view name, std::string_view middle, std::string_view amount,
                std::string_view row_class) {
    out += row_class.empty() ? "<tr>" : "<tr class=\"" + std::string(row_class) + "\">";
    out += "<td>" + escape_markup(name) + "</td><td class=\"n\">" + escape_markup(middle) + "</td><td class=\"n\">" +
           escape_markup(amount) + "</td></tr>";
}

void append_table(std::string& out, domain::Checkout const& checkout) {
    auto const money = [&](std::int64_t minor) { return to_text(Money{minor, checkout.currency}); };
    out += "<table><thead><tr><th>Item</th><th class=\"n\">Quantity</th><th class=\"n\">Price</th></tr></thead><tbody>";
    for (auto const& line : checkout.lines)
        append_row(out, line.title, std::to_string(line.quantity), money(line.unit_minor), {});
    for (auto const& total : checkout.totals) {
        auto const name = total.title.empty() ? std::string(to_text(total.kind)) : total.title;
        append_row(out, name, {}, money(total.minor), total.kind == domain::TotalKind::total ? "total" : "");
    }
    out += "</tbody></table>";
}

}  // namespace

void render_hand_off(std::string& out, Site const& site, service::CheckoutOutcome const& outcome) {
    auto const& checkout = outcome.checkout;
    open_page(out, site);
    out += "<p class=\"status\">";
    out += headline(checkout.status);
    if (outcome.order && !outcome.order->label.empty()) out += ": " + escape_markup(outcome.order->label);
    out += ".</p>";
    append_table(out, checkout);
    if (!checkout.findings.empty() || !checkout.disclosures.empty()) {
        out += "<ul>";
        for (auto const& finding : checkout.findings) out += "<li>" + escape_markup(finding.content) + "</li>";
        for (auto const& disclosure : checkout.disclosures) out += "<li>" + escape_markup(disclosure.content) + "</li>";
        out += "</ul>";
    }
    close_page(out, site);
}

void render_hand_off_missing(std::string& out, Site const& site) {
    open_page(out, site);
    out += "<p class=\"status\">There is no such checkout.</p>";
    close_page(out, site);
}

}  // namespace b2a::protocol::ucp
