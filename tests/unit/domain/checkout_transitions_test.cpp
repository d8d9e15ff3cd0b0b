// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <gtest/gtest.h>

#include "b2a/domain/checkout.hpp"

namespace b2a::domain {
namespace {

TEST(Transitions, FollowTheTable) {
    struct Row {
        CheckoutStatus status;
        bool update, complete, cancel, settle;
    };
    for (auto const& row : std::array<Row, 6>{{{CheckoutStatus::incomplete, true, true, true, false},
                                               {CheckoutStatus::requires_escalation, true, true, true, false},
                                               {CheckoutStatus::ready_for_complete, true, true, true, false},
                                               {CheckoutStatus::complete_in_progress, false, false, false, true},
                                               {CheckoutStatus::completed, false, false, false, false},
                                               {CheckoutStatus::canceled, false, false, false, false}}}) {
        EXPECT_EQ(!forbids(row.status, CheckoutAction::update), row.update) << to_text(row.status);
        EXPECT_EQ(!forbids(row.status, CheckoutAction::complete), row.complete) << to_text(row.status);
        EXPECT_EQ(!forbids(row.status, CheckoutAction::cancel), row.cancel) << to_text(row.status);
        EXPECT_EQ(!forbids(row.status, CheckoutAction::settle), row.settle) << to_text(row.status);
    }
}

TEST(Transitions, AFindingSaysWhatIsForbidden) {
    auto const finding = forbids(CheckoutStatus::completed, CheckoutAction::cancel);
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->code, FindingCode::invalid_transition);
    EXPECT_EQ(finding->severity, Severity::recoverable);
    EXPECT_EQ(finding->content, "A checkout that is completed cannot be canceled.");
}

TEST(Transitions, TerminalStatesAreTwo) {
    EXPECT_TRUE(is_terminal(CheckoutStatus::completed));
    EXPECT_TRUE(is_terminal(CheckoutStatus::canceled));
    EXPECT_FALSE(is_terminal(CheckoutStatus::complete_in_progress));
}

}  // namespace
}  // namespace b2a::domain
