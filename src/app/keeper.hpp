// SPDX-License-Identifier: Apache-2.0
// The background thread: follows the catalog's revision, the stops and the register of agents, signs checkpoints of a
// growing log, flushes the operational log, deletes what expired. Everything slow that must not run on an I/O thread
// and is not a write.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/base/time.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/crypto/ed25519.hpp"
#include "b2a/service/agents.hpp"
#include "b2a/service/policy_holder.hpp"
#include "b2a/store/store.hpp"

namespace b2a::app {

class Keeper {
  public:
    struct Parts {
        store::Store& store;
        catalog::Holder& catalog;
        Clock const& clock;
        crypto::SigningKey const& key;
        std::string origin;
        std::chrono::milliseconds checkpoint_interval;
        std::uint64_t checkpoint_entries;  // that wait for a signature at most
        domain::LegalTerms legal;          // of every snapshot
        service::PolicyHolder& policy;
        service::AgentHolder& agents;
        std::vector<policy::Agent> configured;  // agents beside those of the store
    };
    explicit Keeper(Parts parts) : parts_(std::move(parts)) {}
    ~Keeper() { stop(); }
    Keeper(Keeper const&) = delete;
    Keeper& operator=(Keeper const&) = delete;

    /// Opens its reader, checks the log (log_check.hpp), loads the catalog and the agents. Errors stop the start: a log
    /// that contradicts its own signature must not grow.
    Result<void> prepare();
    void start();
    /// Signs a last checkpoint and joins. Idempotent.
    void stop();
    /// Makes the thread look now at what others wrote: catalog, stops, register; returns when it has.
    void refresh();

    [[nodiscard]] bool healthy() const noexcept { return healthy_.load(std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t checkpoint_size() const noexcept {
        return signed_size_.load(std::memory_order_relaxed);
    }
    /// When the newest checkpoint was last known to cover the log.
    [[nodiscard]] Timestamp checkpoint_time() const noexcept { return signed_at_.load(std::memory_order_relaxed); }

  private:
    Result<void> load_catalog(std::uint64_t revision);
    Result<void> follow_catalog();
    Result<void> follow_records();
    Result<void> sign();
    bool has_grown();
    Result<void> sweep();
    void run();
    void tick(bool sign_now);

    Parts parts_;
    std::unique_ptr<store::Reader> reader_;
    std::uint64_t loaded_revision_ = 0;
    std::optional<std::uint64_t> loaded_records_;
    Timestamp swept_{};
    std::optional<audit::Checkpoint> signed_;
    std::atomic<std::uint64_t> signed_size_{0};
    std::atomic<Timestamp> signed_at_{Timestamp{}};
    std::atomic<bool> healthy_{true};

    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::uint64_t refresh_asked_ = 0;
    std::uint64_t refresh_done_ = 0;
    std::thread thread_;
};

}  // namespace b2a::app
