// SPDX-License-Identifier: Apache-2.0
#include "b2a/store/await.hpp"

#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "contract/fixtures.hpp"

namespace b2a::store {
namespace {

namespace asio = boost::asio;

template <class Factory>
class AwaitContract : public testing::Test {
  protected:
    Factory factory_;
};

using Stores = testing::Types<MemoryFactory, SqliteFactory>;
TYPED_TEST_SUITE(AwaitContract, Stores);

struct Seen {
    std::vector<Result<CommitResult>> results;
    std::vector<std::thread::id> threads;
};

asio::awaitable<void> run(Store& store, std::uint8_t first, Deadline deadline, Seen& seen) {
    for (std::uint8_t i = 0; i < 10; ++i) {
        auto changes = insert_checkout(static_cast<std::uint8_t>(first + i));
        auto result = co_await commit(store, std::move(changes), deadline);
        seen.results.push_back(std::move(result));
        seen.threads.push_back(std::this_thread::get_id());
    }
}

TYPED_TEST(AwaitContract, ResumesOnTheCallersLoopAndKeepsItRunning) {
    asio::io_context loop(1);
    Seen seen;
    int finished = 0;
    for (std::uint8_t task = 0; task < 8; ++task) {
        asio::co_spawn(loop, run(*this->factory_.store, static_cast<std::uint8_t>(task * 10), no_deadline(), seen),
                       [&](std::exception_ptr const& failure) {
                           EXPECT_FALSE(failure);
                           ++finished;
                       });
    }
    loop.run();
    EXPECT_EQ(finished, 8);
    ASSERT_EQ(seen.results.size(), 80U);
    for (auto const& result : seen.results) EXPECT_TRUE(result.ok());
    for (auto const thread : seen.threads) EXPECT_EQ(thread, std::this_thread::get_id());
}

TYPED_TEST(AwaitContract, ErrorsArriveAsValues) {
    asio::io_context loop(1);
    Seen seen;
    this->factory_.store->close();
    asio::co_spawn(loop, run(*this->factory_.store, 0, no_deadline(), seen), [](std::exception_ptr const&) {});
    loop.run();
    ASSERT_EQ(seen.results.size(), 10U);
    EXPECT_EQ(seen.results[0].error().code, Code::store_unavailable);
}

}  // namespace
}  // namespace b2a::store
