// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/notices.hpp"

namespace b2a::service {

std::vector<store::Notice> OrderNotices::about(domain::Order const& order, Timestamp now, Random& random) const {
    std::vector<store::Notice> notices;
    for (auto const& port : ports_) {
        auto draft = port->render(order);
        if (!draft) continue;
        store::Notice notice;
        notice.id = NoticeId::make(now, random);
        notice.subject = order.id.text();
        notice.target = std::move(draft->target);
        notice.dialect = std::move(draft->dialect);
        notice.content_type = std::move(draft->content_type);
        notice.body = std::move(draft->body);
        notice.created = now;
        notice.due = now;
        notices.push_back(std::move(notice));
    }
    return notices;
}

std::optional<web::OutboundRequest> OrderNotices::request(store::Notice const& notice, Timestamp now) const {
    for (auto const& port : ports_)
        if (auto request = port->request(notice, now)) return request;
    return std::nullopt;
}

}  // namespace b2a::service
