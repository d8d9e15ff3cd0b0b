// SPDX-License-Identifier: Apache-2.0
// The way into UCP (overview, request pipeline): which platform, on what terms, proven or only declared. One instance
// per I/O thread. A profile that the directory holds costs a look-up; only an unknown one makes the request wait.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <variant>

#include <boost/asio/awaitable.hpp>

#include "b2a/protocol/recognizer.hpp"
#include "b2a/protocol/ucp.hpp"

#include "terms.hpp"

namespace b2a::protocol::ucp {

/// In which protocol an operation is asked for. Stops, rules and the audit log go by it.
struct Dialect {
    policy::Protocol protocol = policy::Protocol::ucp;
    std::string_view key_scope = {};  // of all its idempotency keys; empty: each operation has a scope of its own
    /// Where a bearer token says who asks and no profile says on what terms, ours are taken: the root version with
    /// everything that needs no key of the platform.
    bool token_suffices = false;
};

/// An admitted request.
struct Caller {
    service::RequestContext context;
    std::shared_ptr<Terms const> terms;
};

class Admission {
  public:
    struct Parts {
        Site const& site;
        Settings const& settings;
        ContextFactory& contexts;
        service::Directory& directory;
        Recognizer& recognizer;
        std::vector<service::HandlerInfo> handlers;
    };
    explicit Admission(Parts parts);
    explicit Admission(Deps const& deps) :
        Admission(Parts{deps.site, deps.settings, deps.contexts, deps.directory, deps.recognizer,
                        deps.payments.handlers()}) {}

    /// What the operation asks of its caller, and what a signature is used for.
    struct Asked {
        Entry entry;
        identity::Use use = identity::Use::read;
        Dialect dialect = {};
        Asked(Entry e, identity::Use u = identity::Use::read, Dialect d = {}) :  // NOLINT(*-explicit-*)
            entry(e), use(u), dialect(d) {}
    };
    using Admitted = std::variant<Caller, Refusal>;
    /// `named` is the profile URL that an MCP call carries in its arguments; it must agree with a UCP-Agent field.
    boost::asio::awaitable<Admitted> admit(web::Request const& request, std::string named, Asked asked);
    /// The terms alone, for listings that belong to no operation.
    boost::asio::awaitable<std::variant<std::shared_ptr<Terms const>, Refusal>> terms(web::Request const& request,
                                                                                      std::string named);

  private:
    using Agreed = std::variant<std::shared_ptr<Terms const>, Refusal>;
    struct Remembered {
        std::shared_ptr<service::Document const> document;
        Agreed agreed;
    };

    std::variant<std::string, Refusal> profile_url(web::Request const& request, std::string const& named) const;
    boost::asio::awaitable<Agreed> agree(std::string url);
    Agreed const& derive(std::shared_ptr<service::Document const> const& document);
    boost::asio::awaitable<Admitted> identify(web::Request const& request, std::string url,
                                              std::shared_ptr<Terms const> terms, Asked asked);
    [[nodiscard]] bool is_registered(std::string_view url) const noexcept;
    boost::asio::awaitable<Admitted> by_token_alone(web::Request const& request, Asked asked);
    static bool proves(Recognition const& recognised, std::string const& url);
    policy::Principal principal_of(Recognition const& recognised, std::string url, Asked const& asked) const;

    Parts parts_;
    std::unordered_map<std::string, Remembered> remembered_;
    std::shared_ptr<Terms const> without_profile_;
};

}  // namespace b2a::protocol::ucp
