// SPDX-License-Identifier: Apache-2.0
#include <future>

#include "b2a/store/store.hpp"

namespace b2a::store {

Result<CommitResult> commit_blocking(Store& store, ChangeSet changes, Deadline deadline) {
    // The promise is shared with the writer: set_value may still be touching it when the waiting side has returned.
    auto const answered = std::make_shared<std::promise<Result<CommitResult>>>();
    auto answer = answered->get_future();
    store.submit(std::move(changes), deadline,
                 [answered](Result<CommitResult> result) { answered->set_value(std::move(result)); });
    return answer.get();
}

}  // namespace b2a::store
