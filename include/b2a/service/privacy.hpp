// SPDX-License-Identifier: Apache-2.0
// The rights of a buyer, in the hands of the operator: everything that is held, and its erasure. Both leave evidence
// that names nobody. What is sold, for how much and into which country stays, and so does every proof.
#pragma once

#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

struct ExportSubject {
    store::DataSubject subject;
};
struct EraseSubject {
    store::DataSubject subject;
};

struct Erased {
    std::size_t orders = 0, checkouts = 0, carts = 0, notices = 0, replies = 0;
    store::ScrubReport files;
    std::uint64_t audit_seq = 0;  // of the first entry that tells of it
};

class PrivacyService {
  public:
    struct Parts {
        store::Store& store;
        Governance& governance;
        boost::asio::any_io_executor background;  // where a look through everything may take its time
    };
    explicit PrivacyService(Parts parts);
    ~PrivacyService();

    /// Errors: invalid_request (not exactly one of e-mail and order), policy_denied.
    boost::asio::awaitable<Result<store::Holdings>> export_data(RequestContext context, ExportSubject command);
    /// Takes the data out of the rows, then out of the files. Errors: as above; conflict while a payment is under way:
    /// then nothing has happened. Once the rows are changed a failure of the files is an error too: run it again.
    boost::asio::awaitable<Result<Erased>> erase(RequestContext context, EraseSubject command);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::service
