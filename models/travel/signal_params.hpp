// SPDX-License-Identifier: Apache-2.0
/// \file signal_params.hpp  What a booking shows beyond the journey, how often it shows it, and how
/// much likelier an illicit journey shows it.
///
/// All of these are invented round numbers, and say so. A ratio r is a likelihood ratio: what
/// ordinary journeys show with probability q, illicit ones show with r q. What a rule gains
/// restates the ratios; whoever believes in other ones sets them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/parameter.hpp"

namespace corridor::travel {

inline constexpr std::size_t n_indicators = 8;

struct SignalParams {
  // How often ordinary journeys show it.
  double cash_rate = 0.05, transfer_rate = 0.1;
  double low_fit_rate = 0.05, medium_fit_rate = 0.25;
  double x1_rate = 0.02, x2_rate = 0.05, x3_rate = 0.05, x4_rate = 0.1, x5_rate = 0.2,
         x6_rate = 0.3, x7_rate = 0.01, x8_rate = 0.1;
  double short_lead_days = 3;
  // How much likelier illicit journeys show it.
  double cash_ratio = 4, low_fit_ratio = 4, one_way_ratio = 2, agency_ratio = 1,
         short_lead_ratio = 2;
  double x1_ratio = 10, x2_ratio = 5, x3_ratio = 4, x4_ratio = 2, x5_ratio = 1, x6_ratio = 0.5,
         x7_ratio = 20, x8_ratio = 2;
  // The synthetic protected attribute and its proxies.
  double group_rate = 0.2, group_cash_ratio = 1.5, group_agency_ratio = 1.5;
};

namespace signal_sources {
inline constexpr std::string_view invented = "invented round number, docs/odd/risk.md";
}

inline constexpr auto signal_rate = [](std::string_view path, std::string_view meaning,
                                       double SignalParams::*field, double hi = 0.5) {
  return sim::Parameter<SignalParams>{
      path, "1", meaning, sim::Tag::assumed, signal_sources::invented, 0, hi, field};
};
inline constexpr auto signal_ratio = [](std::string_view path, std::string_view meaning,
                                        double SignalParams::*field) {
  return sim::Parameter<SignalParams>{
      path, "1", meaning, sim::Tag::assumed, signal_sources::invented, 0, 100, field};
};

inline constexpr std::array signal_table{
    signal_rate("travel.signals.cash_rate", "share of ordinary trips that are paid in cash",
                &SignalParams::cash_rate),
    signal_rate("travel.signals.transfer_rate", "share of trips that are paid by transfer",
                &SignalParams::transfer_rate),
    signal_rate("travel.signals.low_fit_rate",
                "share of ordinary trips whose itinerary fits the declared purpose badly",
                &SignalParams::low_fit_rate),
    signal_rate("travel.signals.medium_fit_rate",
                "share of trips whose itinerary fits the declared purpose in part",
                &SignalParams::medium_fit_rate),
    signal_rate("travel.signals.x1_rate", "share of ordinary trips that show indicator x1",
                &SignalParams::x1_rate, 1),
    signal_rate("travel.signals.x2_rate", "share of ordinary trips that show indicator x2",
                &SignalParams::x2_rate, 1),
    signal_rate("travel.signals.x3_rate", "share of ordinary trips that show indicator x3",
                &SignalParams::x3_rate, 1),
    signal_rate("travel.signals.x4_rate", "share of ordinary trips that show indicator x4",
                &SignalParams::x4_rate, 1),
    signal_rate("travel.signals.x5_rate", "share of ordinary trips that show indicator x5",
                &SignalParams::x5_rate, 1),
    signal_rate("travel.signals.x6_rate", "share of ordinary trips that show indicator x6",
                &SignalParams::x6_rate, 1),
    signal_rate("travel.signals.x7_rate", "share of ordinary trips that show indicator x7",
                &SignalParams::x7_rate, 1),
    signal_rate("travel.signals.x8_rate", "share of ordinary trips that show indicator x8",
                &SignalParams::x8_rate, 1),
    sim::Parameter<SignalParams>{"travel.signals.short_lead_days", "day",
                                 "a booking is late when it is at most so long before departure",
                                 sim::Tag::assumed, signal_sources::invented, 0, 365,
                                 &SignalParams::short_lead_days},
    signal_ratio("travel.signals.cash_ratio", "likelihood ratio of payment in cash",
                 &SignalParams::cash_ratio),
    signal_ratio("travel.signals.low_fit_ratio", "likelihood ratio of a bad fit to the purpose",
                 &SignalParams::low_fit_ratio),
    signal_ratio("travel.signals.one_way_ratio", "likelihood ratio of two one-way tickets",
                 &SignalParams::one_way_ratio),
    signal_ratio("travel.signals.agency_ratio", "likelihood ratio of a ticket bought at an agency",
                 &SignalParams::agency_ratio),
    signal_ratio("travel.signals.short_lead_ratio", "likelihood ratio of a late booking",
                 &SignalParams::short_lead_ratio),
    signal_ratio("travel.signals.x1_ratio", "likelihood ratio of indicator x1",
                 &SignalParams::x1_ratio),
    signal_ratio("travel.signals.x2_ratio", "likelihood ratio of indicator x2",
                 &SignalParams::x2_ratio),
    signal_ratio("travel.signals.x3_ratio", "likelihood ratio of indicator x3",
                 &SignalParams::x3_ratio),
    signal_ratio("travel.signals.x4_ratio", "likelihood ratio of indicator x4",
                 &SignalParams::x4_ratio),
    signal_ratio("travel.signals.x5_ratio", "likelihood ratio of indicator x5",
                 &SignalParams::x5_ratio),
    signal_ratio("travel.signals.x6_ratio",
                 "likelihood ratio of indicator x6; below 1 it speaks for the traveller",
                 &SignalParams::x6_ratio),
    signal_ratio("travel.signals.x7_ratio", "likelihood ratio of indicator x7",
                 &SignalParams::x7_ratio),
    signal_ratio("travel.signals.x8_ratio", "likelihood ratio of indicator x8",
                 &SignalParams::x8_ratio),
    signal_rate("travel.signals.group_rate",
                "share of people in group b of the synthetic protected attribute, no proxy shown",
                &SignalParams::group_rate),
    signal_ratio("travel.signals.group_cash_ratio",
                 "how much likelier group b is among those who pay in cash",
                 &SignalParams::group_cash_ratio),
    signal_ratio("travel.signals.group_agency_ratio",
                 "how much likelier group b is among those who book at an agency",
                 &SignalParams::group_agency_ratio),
};

/// Base rate and likelihood ratio of indicator i = 0..7.
[[nodiscard]] constexpr std::array<double, n_indicators> indicator_rates(const SignalParams& p) {
  return {p.x1_rate, p.x2_rate, p.x3_rate, p.x4_rate, p.x5_rate, p.x6_rate, p.x7_rate, p.x8_rate};
}
[[nodiscard]] constexpr std::array<double, n_indicators> indicator_ratios(const SignalParams& p) {
  return {p.x1_ratio, p.x2_ratio, p.x3_ratio, p.x4_ratio,
          p.x5_ratio, p.x6_ratio, p.x7_ratio, p.x8_ratio};
}

}  // namespace corridor::travel
