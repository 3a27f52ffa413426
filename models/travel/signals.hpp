// SPDX-License-Identifier: Apache-2.0
/// \file signals.hpp  What a booking shows beyond the journey, drawn for a whole batch.
///
/// Model. Each trip of a travelling unit shows a signal when a keyed uniform u is below its rate:
/// u < q for an ordinary trip, u < min(1, r q) for an illicit one, with r the likelihood ratio. The
/// uniform is the same in both cases, so making a unit illicit, or raising a ratio, only adds what
/// it shows. Signals are independent of each other and of the journey given the truth.
///
///     Purpose::signals, index 0:            x1..x8, sixteen bits each
///     Purpose::trip, index 1, last word:    payment, fit, sixteen bits each (journeys.hpp)
///
/// Late booking, two one-way tickets and agencies are attributes that every booking has
/// (journeys.hpp): for an illicit unit the word behind them is mapped so that the share r q of it
/// means "shown" (`sim::tilted`). Rates have a resolution of 2^-16 (attributes of the journey:
/// 2^-10 and 2^-12).
///
/// | symbol | in code                | domain   | where it comes from                  |
/// |--------|------------------------|----------|--------------------------------------|
/// | q      | SignalParams::*_rate   | [0, 1]   | invented round numbers               |
/// | r      | SignalParams::*_ratio  | [0, 100] | invented round numbers, r q <= 1     |
///
/// Not modelled. Signals that depend on the route or on what the illicit have learnt (later
/// models). Checked in tests/models/travel/test_signals.cpp: shares against rates and ratios, ratio
/// 1 hides the illicit, nobody else's attributes move.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "models/travel/signal_params.hpp"
#include "sim/random.hpp"

namespace corridor::travel {

struct Batch;

enum class Payment : std::uint8_t { card, transfer, cash };
enum class Fit : std::uint8_t { high, medium, low };

class Signals {
 public:
  Signals(const SignalParams& params, sim::RunKey key, sim::SimdPath path);
  /// Fills payment, fit and indicators of rows [0, n) of a batch that JourneyMaker has made.
  void draw(Batch& batch) const;

 private:
  struct Cuts {
    std::array<std::int32_t, n_indicators> indicator;  ///< u < cut of 2^16
    std::int32_t cash, transfer, low, medium;          ///< cumulative cuts of 2^16
  };
  [[nodiscard]] static Cuts cuts(const SignalParams& params, bool illicit);

  sim::RunKey key_;
  sim::SimdPath path_;
  std::array<Cuts, 2> cuts_;
};

}  // namespace corridor::travel
