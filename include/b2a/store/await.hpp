// SPDX-License-Identifier: Apache-2.0
// The bridge from coroutines to the writer thread: awaits a commit and resumes on the caller's own executor.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "b2a/store/store.hpp"

namespace b2a::store {

/// Not itself a coroutine: the change set is moved to the queue before the caller suspends.
boost::asio::awaitable<Result<CommitResult>> commit(Store& store, ChangeSet changes, Deadline deadline);

}  // namespace b2a::store
