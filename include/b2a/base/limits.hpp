// SPDX-License-Identifier: Apache-2.0
// Every bound of the system in one place. Those that a brand may want to change are defaults in app/config and are
// capped here; the others are constants on purpose.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace b2a::limits {

using namespace std::chrono_literals;

// HTTP
inline constexpr std::size_t http_header_bytes_max = 16 * 1024;
inline constexpr std::size_t http_header_count_max = 100;
inline constexpr std::size_t http_target_bytes_max = 8 * 1024;
inline constexpr std::size_t http_body_bytes_max = 512 * 1024;
inline constexpr std::size_t http_connections_max = 4096;
inline constexpr std::size_t http_pipeline_bytes_max = 256 * 1024;  // answers held back before a write
inline constexpr std::size_t structured_members_max = 1024;         // of a dictionary; what RFC 8941 wants at least
inline constexpr std::size_t structured_parameters_max = 256;       // of one item or inner list
inline constexpr std::chrono::seconds http_header_timeout = 10s;
inline constexpr std::chrono::seconds http_body_timeout = 20s;
inline constexpr std::chrono::seconds http_idle_timeout = 60s;
inline constexpr std::chrono::seconds http_write_timeout = 20s;
inline constexpr std::chrono::seconds drain_timeout = 10s;
inline constexpr std::size_t http_event_streams_max = 256;             // answers in pieces at once, one a connection
inline constexpr std::size_t http_stream_input_bytes_max = 64 * 1024;  // thrown away while a stream is open
inline constexpr std::chrono::seconds http_stream_comment_interval = 15s;  // of silence before a comment is sent

// JSON
inline constexpr std::size_t json_depth_max = 32;
inline constexpr std::size_t json_errors_max = 16;

// Shopping
inline constexpr std::size_t text_query_bytes_max = 256;
inline constexpr std::size_t id_bytes_max = 255;
inline constexpr std::size_t page_size_default = 10;
inline constexpr std::size_t page_size_max = 100;
inline constexpr std::size_t lookup_ids_max = 100;
inline constexpr std::size_t search_filters_max = 32;
inline constexpr std::size_t checkout_lines_max = 100;
inline constexpr std::int64_t line_quantity_max = 10'000;
inline constexpr std::size_t discount_codes_max = 10;
inline constexpr std::size_t discount_code_bytes_max = 64;
inline constexpr std::size_t buyer_field_bytes_max = 256;
inline constexpr std::size_t attribution_entries_max = 32;
inline constexpr std::size_t payment_instruments_max = 4;
inline constexpr std::size_t idempotency_key_bytes_max = 255;
inline constexpr std::chrono::hours checkout_ttl = 6h;
inline constexpr std::chrono::hours idempotency_ttl = 48h;

// Graph
inline constexpr std::size_t graph_values_max = 64;       // brand, categories, values and materials of one product
inline constexpr std::size_t graph_rule_edges_max = 6;    // that one rule derives from one product
inline constexpr std::size_t graph_sources_max = 60'000;  // files, looks and rules that edges come from
inline constexpr std::size_t graph_start_max = 16;        // nodes where a traversal starts
inline constexpr std::size_t graph_depth_max = 4;
inline constexpr std::size_t graph_work_max = 20'000;       // edges that one traversal looks at
inline constexpr std::size_t graph_edges_per_node_max = 8;  // shown of those that lead to one node
inline constexpr std::size_t occasion_names_max = 64;
inline constexpr std::size_t occasion_styles_max = 64;
inline constexpr std::size_t look_occasions_max = 32;
inline constexpr std::size_t look_slots_max = 32;
inline constexpr std::size_t look_choices_max = 200;  // products or categories of one slot

// Needs
inline constexpr std::size_t household_members_max = 16;
inline constexpr std::size_t need_values_max = 32;  // in one list of a need
inline constexpr std::size_t member_id_bytes_max = 64;
inline constexpr std::size_t country_bytes_max = 2;
inline constexpr std::size_t paired_demands_max = 32;  // of which pairs are tried when nothing is found
inline constexpr std::size_t relaxations_shown_max = 8;
inline constexpr std::size_t judged_variants_max = 64;  // of one product, to find the one that is told about
inline constexpr std::size_t choice_bytes_max = 32;     // a name out of a list of ours

// Other parties
inline constexpr std::size_t outbound_in_flight_max = 64;
inline constexpr std::size_t outbound_connections_per_host_max = 8;
inline constexpr std::size_t outbound_lookups_max = 8;                // names being resolved at once, a thread each
inline constexpr std::size_t outbound_addresses_max = 4;              // of one name that are tried
inline constexpr std::chrono::seconds outbound_connect_timeout = 1s;  // before the next address is tried
inline constexpr std::chrono::seconds outbound_timeout = 3s;
inline constexpr std::chrono::seconds notice_timeout = 10s;
inline constexpr std::size_t document_bytes_max = 128 * 1024;
inline constexpr std::size_t documents_max = 4096;
inline constexpr std::size_t documents_bytes_max = 64 * 1024 * 1024;  // of all together
inline constexpr std::size_t document_keys_max = 64;
inline constexpr std::chrono::seconds document_ttl_min = 60s;
inline constexpr std::chrono::hours document_ttl_max = 24h;
inline constexpr std::chrono::seconds document_failure_ttl = 30s;
inline constexpr std::size_t signatures_max = 4;             // in one message
inline constexpr std::size_t signature_components_max = 32;  // covered by one signature
inline constexpr std::size_t signature_input_bytes_max = 8 * 1024;
inline constexpr std::size_t signature_nonce_bytes_max = 256;
inline constexpr std::chrono::seconds signature_skew = 60s;          // between the signer's clock and ours
inline constexpr std::chrono::seconds signature_replay_life = 900s;  // how old a signed change may be that has no key
inline constexpr std::size_t replay_entries_max = 262'144;           // signatures remembered
inline constexpr std::chrono::seconds key_directory_life = 300s;     // of the signatures of our own key directory
inline constexpr std::size_t key_fetches_max = 2;                    // that one request may cause
inline constexpr std::size_t rsa_bits_min = 2048;
inline constexpr std::size_t rsa_bits_max = 8192;
inline constexpr std::chrono::hours notice_life = 24h;
inline constexpr std::chrono::hours notice_delay_max = 1h;
inline constexpr std::chrono::hours notice_kept = 24h * 30;  // after it was delivered
inline constexpr std::size_t notices_in_flight_max = 16;
inline constexpr std::size_t notices_looked_at_max = 128;  // of those that are due, to find some that may be sent

// Comparing
inline constexpr std::size_t compare_items_min = 2;
inline constexpr std::size_t compare_items_max = 20;
inline constexpr std::size_t compare_weights_max = 24;
inline constexpr std::int64_t compare_weight_max = 1'000;
inline constexpr std::size_t rebuild_candidates_max = 300;   // products looked at for one substitute
inline constexpr std::size_t rebuild_looked_at_max = 3'000;  // of one request
inline constexpr std::size_t rebuild_generations_max = 8;    // a model that replaces a model that replaces …
inline constexpr std::size_t rebuild_alternatives_max = 3;

// MCP
inline constexpr std::size_t mcp_page_items = 64;              // of tools/list and prompts/list
inline constexpr std::size_t mcp_completion_values_max = 100;  // what the specification allows
inline constexpr std::size_t mcp_cursor_bytes_max = 1024;
inline constexpr std::size_t mcp_state_bytes_max = 4 * 1024;       // of a requestState
inline constexpr std::size_t mcp_questions_max = 256;              // to clients, unanswered
inline constexpr std::chrono::seconds mcp_answer_timeout = 60s;    // of a client's answer to a question
inline constexpr std::chrono::seconds mcp_progress_interval = 1s;  // between signs of life of a long call

// The register of agents
inline constexpr std::size_t agents_max = 10'000;
inline constexpr std::size_t agent_id_bytes_max = 2048;  // a profile URL
inline constexpr std::size_t agent_text_bytes_max = 255;
inline constexpr std::size_t agent_keys_max = 16;  // keys, and tokens, of one agent
inline constexpr std::size_t agent_jwk_bytes_max = 4096;
inline constexpr std::size_t agent_amounts_max = 32;  // currencies of one limit

// Mandates
inline constexpr std::size_t mandate_bytes_max = 64 * 1024;
inline constexpr std::size_t mandate_hops_max = 4;
inline constexpr std::size_t mandate_disclosures_max = 64;  // of one hop
inline constexpr std::size_t mandate_constraints_max = 64;  // of one open mandate
inline constexpr std::size_t mandate_choices_max = 256;     // in one list of a constraint
inline constexpr std::chrono::seconds mandate_skew = 60s;
inline constexpr std::int64_t mandate_strikes_max = 3;          // completions of one checkout without a good mandate
inline constexpr std::chrono::hours mandate_kept = 24h * 3660;  // the use of a mandate that never expires

// Composing
inline constexpr std::size_t compose_slots_max = 16;   // of a request or a look
inline constexpr std::size_t compose_places_max = 64;  // slots times people and days
inline constexpr std::size_t compose_rules_max = 16;
inline constexpr std::uint32_t compose_days_max = 14;
inline constexpr std::uint32_t compose_people_max = 32;
inline constexpr std::size_t compose_looks_max = 8;               // tried for one occasion
inline constexpr std::size_t compose_variants_max = 1'000;        // looked at for one slot
inline constexpr std::uint64_t compose_work_default = 1'000'000;  // candidates looked at by the solver
inline constexpr std::uint64_t compose_work_max = 2'000'000;
inline constexpr std::uint64_t compose_advice_work_max = 20'000;   // likewise, for one attempt at a relaxation
inline constexpr std::size_t compose_advice_judged_max = 200'000;  // variants, in all attempts at relaxations
inline constexpr std::size_t compose_attempts_max = 64;            // at relaxations
inline constexpr std::int64_t compose_bonus_max = 1'000'000;       // of a soft rule

// Carts and locations
inline constexpr std::chrono::hours cart_ttl = 24h * 30;
inline constexpr std::size_t eligibility_claims_max = 16;
inline constexpr std::size_t consent_purposes_max = 32;
inline constexpr std::size_t locations_max = 2'000;
inline constexpr std::size_t location_lookup_ids_max = 50;
inline constexpr std::size_t time_zone_bytes_max = 64 * 1024;  // one file of the system's time zones
inline constexpr std::size_t pickup_destinations_max = 20;     // shown in one checkout

// Catalog import
inline constexpr std::size_t import_field_bytes_max = 1024 * 1024;
inline constexpr std::size_t import_row_bytes_max = 4 * 1024 * 1024;
inline constexpr std::size_t import_columns_max = 2'000;
inline constexpr std::size_t import_rejections_kept_max = 1'000;
inline constexpr std::int64_t import_stock_max = 1'000'000'000;
inline constexpr std::size_t product_title_bytes_max = 500;
inline constexpr std::size_t product_description_bytes_max = 20'000;
inline constexpr std::size_t product_attributes_max = 200;
inline constexpr std::size_t product_value_bytes_max = 1'000;  // of an attribute, a category path, a tag
inline constexpr std::size_t product_variants_max = 2'000;
inline constexpr std::size_t product_media_max = 50;
inline constexpr std::size_t product_edges_max = 500;

// Food
inline constexpr std::size_t food_source_bytes_max = 255;  // of a claim: "label", a certificate's name

// Store
inline constexpr std::size_t writer_queue_jobs_max = 4096;
inline constexpr std::size_t writer_batch_jobs_max = 128;
inline constexpr std::size_t audit_entry_bytes_max = 65'535;       // C2SP tlog-tiles length prefix
inline constexpr std::size_t audit_problems_max = 100;             // that a verifier lists
inline constexpr std::uint64_t audit_start_entries_max = 100'000;  // checked byte by byte at start
inline constexpr std::chrono::seconds commit_deadline = 5s;
inline constexpr std::size_t idempotency_window_entries_max = 8'000'000;

// Policy
inline constexpr std::size_t policy_source_bytes_max = 1024 * 1024;
inline constexpr std::size_t policy_rules_max = 10'000;
inline constexpr std::size_t policy_limits_max = 1'000;
inline constexpr std::size_t policy_tests_max = 10'000;
inline constexpr std::size_t policy_values_max = 1'000;      // in one list of a rule
inline constexpr std::size_t policy_key_parts_max = 8;       // of a dotted key or table header
inline constexpr std::size_t policy_name_bytes_max = 128;    // rule ids, reason codes, obligations
inline constexpr std::size_t policy_text_bytes_max = 1'000;  // messages, notes, literals
inline constexpr std::size_t policy_problems_max = 50;       // reported by one load
inline constexpr std::int64_t policy_limit_count_max = 1'000'000'000;
inline constexpr std::size_t policy_changes_max = 1'000;  // listed by one replay
inline constexpr std::chrono::hours policy_limit_window_max = 24h * 31;

inline constexpr std::size_t stops_max = 1'000;

// Service
inline constexpr std::size_t rate_limit_callers_max = 65'536;  // remembered by the rate limits
inline constexpr std::size_t audit_items_max = 20;             // item ids named in one audit entry

// Memory
inline constexpr std::size_t render_cache_bytes_max = 16 * 1024 * 1024;  // per I/O thread and format

// The shopper
inline constexpr std::size_t shopper_gateways_max = 8;
inline constexpr std::size_t shopper_household_bytes_max = 64 * 1024;
inline constexpr std::size_t shopper_members_max = 16;  // what a gateway takes in one request
inline constexpr std::size_t shopper_values_max = 32;   // in one list of a household
inline constexpr std::int64_t shopper_measurement_mm_max = 3'000;
inline constexpr std::size_t shopper_reply_bytes_max = 4 * 1024 * 1024;
inline constexpr std::size_t shopper_list_max = 2'000;        // elements of one list of an answer
inline constexpr std::size_t shopper_text_bytes_max = 4'096;  // of one text of an answer
inline constexpr std::size_t shopper_line_bytes_max = 400;    // printed
inline constexpr std::chrono::seconds shopper_reply_timeout = 15s;
inline constexpr int shopper_receipt_attempts_max = 40;  // until a checkpoint covers an order
inline constexpr std::chrono::milliseconds shopper_receipt_pause{250};

}  // namespace b2a::limits
