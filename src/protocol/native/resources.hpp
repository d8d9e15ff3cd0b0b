// SPDX-License-Identifier: Apache-2.0
// The shop's documents by URI: b2a://brand/{name}, b2a://policies, b2a://products/{id}, b2a://size-charts/{id}. A
// further kind of document is a row in resources.cpp.
#pragma once

#include <memory>

#include "b2a/protocol/resource.hpp"

#include "operations.hpp"

namespace b2a::protocol::native {

inline constexpr std::string_view product_uri = "b2a://products/";
inline constexpr std::string_view product_template = "b2a://products/{id}";
inline constexpr std::string_view size_chart_uri = "b2a://size-charts/";
inline constexpr std::string_view size_chart_template = "b2a://size-charts/{id}";

/// The contents object of a JSON document.
std::string contents_of(std::string_view uri, std::string_view document);

std::shared_ptr<ResourceSet> make_resources(std::shared_ptr<Operations> operations);

}  // namespace b2a::protocol::native
