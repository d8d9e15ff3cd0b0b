// SPDX-License-Identifier: Apache-2.0
#include "http/environment.hpp"

#include <exception>

#include "b2a/base/log.hpp"
#include "http/response_writer.hpp"

namespace b2a::http {

void render_error(Environment const& environment, Error const& error, int status, web::Response& response) {
    response.clear();
    try {
        environment.render_error(error, status, response);
    } catch (std::exception const& e) {
        response.clear();
        log::error("http.error_renderer_failed", {{"what", e.what()}});
    }
    response.status = status;
    if (response.error_code.empty()) response.error_code = to_text(error.code);
}

std::string_view CommonFields::at(Deadline now) {
    if (now < stale_at_) return lines_;
    lines_ = "Server: " + options_.server_name + "\r\n";
    stale_at_ = Deadline::max();
    if (options_.clock != nullptr) {
        auto const time = options_.clock->now();
        lines_ += "Date: " + to_http_date(time) + "\r\n";
        stale_at_ = now + (std::chrono::floor<std::chrono::seconds>(time) + std::chrono::seconds{1} - time);
    }
    return lines_;
}

}  // namespace b2a::http
