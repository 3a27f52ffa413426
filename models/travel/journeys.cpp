// SPDX-License-Identifier: Apache-2.0
#include "models/travel/journeys.hpp"

#include <algorithm>

namespace corridor::travel {
namespace {

constexpr std::int32_t walk_minutes = 10;  // from the aircraft to the hall
constexpr std::int32_t spread_minutes =
    20;  // passengers of one arrival reach the hall within this time
constexpr std::int32_t border_minutes = 30;  // stop at a land border before the journey goes on

std::int32_t scaled(std::uint32_t half_word, std::int32_t range) {
  return static_cast<std::int32_t>((half_word * static_cast<std::uint32_t>(range)) >> 16);
}

}  // namespace

JourneyMaker::JourneyMaker(const TravelTables& tables, const StreamParams& params,
                           const SignalParams& signals, sim::RunKey key, Sites sites,
                           sim::SimdPath path)
    : tables_(tables),
      key_(key),
      sites_(sites),
      path_(path),
      check_in_(static_cast<std::uint32_t>(params.check_in_minutes)),
      connection_(static_cast<std::uint32_t>(params.connection_minutes)),
      one_way_cut_(static_cast<std::uint32_t>(params.one_way_share * 1024)),
      agency_cut_(static_cast<std::uint32_t>(params.agency_share * 1024)),
      signals_(signals) {
  for (std::size_t p = 0; p < n_purposes; ++p) {
    const auto lead = tables.lead_days.subspan(p * lead_quantiles, lead_quantiles);
    late_cut_[p] = static_cast<std::uint32_t>(
        std::upper_bound(lead.begin(), lead.end(), signals.short_lead_days) - lead.begin());
  }
}

void JourneyMaker::make(Batch& batch) const {
  draw_words(batch);
  for (std::size_t i = 0; i < batch.n; ++i) trip_columns(batch, i);
  if (!batch.planned.empty()) [[unlikely]] {
    for (std::size_t i = 0; i < batch.n; ++i) planned_columns(batch, i);
  }
  for (std::size_t i = 0; i < batch.n; ++i) {
    if (batch.mode[i] == static_cast<std::uint8_t>(Mode::land)) {
      land_journey(batch, i);
    } else {
      scheduled_journey(batch, i);
    }
  }
}

void JourneyMaker::make_parties(Batch& batch) const {
  draw_block(batch, sim::Purpose::trip, 0, 0);
  for (std::size_t i = 0; i < batch.n; ++i) purpose_and_party(batch, i);
}

void JourneyMaker::draw_block(Batch& batch, sim::Purpose purpose, std::uint16_t index,
                              std::size_t first) const {
  std::fill_n(batch.index.begin(), batch.n, index);
  sim::draw_batch(path_, key_, purpose, batch.n, batch.trip.data(), batch.departure_day.data(),
                  batch.index.data(),
                  {batch.words[first].data(), batch.words[first + 1].data(),
                   batch.words[first + 2].data(), batch.words[first + 3].data()});
}

void JourneyMaker::draw_words(Batch& batch) const {
  draw_block(batch, sim::Purpose::trip, 0, 0);
  draw_block(batch, sim::Purpose::trip, 1, 4);
  draw_block(batch, sim::Purpose::journey, static_cast<std::uint16_t>(batch.way), 8);
}

std::uint32_t JourneyMaker::purpose_and_party(Batch& batch, std::size_t i) const {
  const TravelTables& t = tables_;
  const BlockRow& block = t.blocks[batch.block[i]];
  const std::uint32_t entry =
      batch.planned.empty() ? block.first_entry + sim::pick(&t.entry_alias[block.first_entry],
                                                            block.n_entries, batch.words[0][i])
                            : batch.planned[i].entry;
  choose_purpose_and_party(batch, i, entry);
  return entry;
}

void JourneyMaker::choose_purpose_and_party(Batch& batch, std::size_t i,
                                            std::uint32_t entry) const {
  const TravelTables& t = tables_;
  const std::uint32_t high = batch.words[2][i] >> 16, low = batch.words[2][i] & 0xffff;
  const std::uint16_t* cuts = &t.entry_purpose[std::size_t{entry} * (n_purposes - 1)];
  const std::uint32_t purpose =
      static_cast<std::uint32_t>(high >= cuts[0]) + static_cast<std::uint32_t>(high >= cuts[1]) +
      static_cast<std::uint32_t>(high >= cuts[2]) + static_cast<std::uint32_t>(high >= cuts[3]);
  batch.purpose[i] = static_cast<std::uint8_t>(purpose);
  const std::uint16_t* persons = &t.party_cut[std::size_t{purpose} * max_party];
  std::uint32_t party = 1;
  for (std::uint32_t k = 0; k + 1 < max_party; ++k) {
    party += static_cast<std::uint32_t>(low >= persons[k]);
  }
  batch.party[i] = static_cast<std::uint8_t>(party);
}

void JourneyMaker::planned_columns(Batch& batch, std::size_t i) const {
  const TravelTables& t = tables_;
  const InjectedTrip& plan = batch.planned[i];
  batch.party[i] = plan.party;
  batch.nationality[i] = plan.nationality;
  if (plan.mode != any_mode && plan.mode != batch.mode[i]) {
    // Among the pair's itineraries of that mode, as often as others take them.
    const PairRow& pair = t.pairs[plan.pair];
    double total = 0;
    for (std::uint32_t o = 0; o < pair.n_options; ++o) {
      const std::uint32_t option = pair.first_option + o;
      if (t.options[option].mode == plan.mode) total += t.option_weight[option];
    }
    double at = sim::uniform32(batch.words[0][i]) * total;
    for (std::uint32_t o = 0; o < pair.n_options; ++o) {
      const std::uint32_t option = pair.first_option + o;
      if (t.options[option].mode != plan.mode) continue;
      batch.option[i] = option;
      at -= t.option_weight[option];
      if (at < 0) break;
    }
    batch.mode[i] = plan.mode;
  }
  if (plan.nights == 0) {
    // What the booking shows: nights of an ordinary trip.
    const BlockRow& block = t.blocks[plan.block];
    const Band& band = bands[block.band];
    std::uint32_t k = 0;
    while (k + 1 < band.n_values && batch.words[5][i] >= t.night_cut[block.first_night + k + 1]) {
      ++k;
    }
    batch.nights[i] = static_cast<std::uint16_t>(band.night(k));
  }
}

void JourneyMaker::trip_columns(Batch& batch, std::size_t i) const {
  const TravelTables& t = tables_;
  const std::uint32_t entry = purpose_and_party(batch, i);
  const std::uint32_t pair_index = t.entry_pair[entry];
  const PairRow& pair = t.pairs[pair_index];
  const std::uint32_t option = pair.first_option + sim::pick(&t.option_alias[pair.first_option],
                                                             pair.n_options, batch.words[1][i]);
  batch.pair[i] = pair_index;
  batch.option[i] = option;
  batch.mode[i] = t.options[option].mode;
  const std::uint32_t purpose = batch.purpose[i];

  std::uint32_t booking = batch.words[3][i];
  if (batch.threat[i] != 0) [[unlikely]]
    booking = illicit_booking(booking, purpose);
  batch.lead_days[i] = t.lead_days[purpose * lead_quantiles + (booking >> 20)];
  batch.ticket[i] = static_cast<std::uint8_t>(((booking >> 10) & 1023) < one_way_cut_);
  batch.channel[i] = static_cast<std::uint8_t>((booking & 1023) < agency_cut_);

  const CountryRow& home = t.countries[pair.origin];
  std::uint16_t nationality = pair.origin;
  if (batch.words[4][i] < pair.native_share) {
    nationality = pair.destination;
  } else if (batch.words[5][i] < home.foreign_share) {
    nationality =
        t.native_country[home.first_native + sim::pick(&t.native_alias[home.first_native],
                                                       home.n_natives, batch.words[6][i])];
  }
  batch.nationality[i] = nationality;
}

std::uint32_t JourneyMaker::illicit_booking(std::uint32_t word, std::uint32_t purpose) const {
  const std::uint32_t lead =
      sim::tilted(word >> 20, lead_quantiles, late_cut_[purpose], signals_.short_lead_ratio);
  const std::uint32_t ticket =
      sim::tilted((word >> 10) & 1023, 1024, one_way_cut_, signals_.one_way_ratio);
  const std::uint32_t channel = sim::tilted(word & 1023, 1024, agency_cut_, signals_.agency_ratio);
  return lead << 20 | ticket << 10 | channel;
}

void JourneyMaker::scheduled_journey(Batch& batch, std::size_t i) const {
  const TravelTables& t = tables_;
  const OptionRow& option = t.options[batch.option[i]];
  const std::uint32_t n = option.n_links;
  const bool out = batch.way == Way::out;
  const std::uint32_t exit_gate = out ? option.home_gate : option.away_gate;
  const std::uint32_t entry_gate = out ? option.away_gate : option.home_gate;
  const std::uint32_t exit_link = out ? option.exit_link : n - 1U - option.entry_link;
  const std::uint32_t entry_link = out ? option.entry_link : n - 1U - option.exit_link;
  const std::uint32_t latest =
      std::min<std::uint32_t>((out ? batch.nights[i] : 0xffffU) * 1440U, horizon_days * 1440U) - 1U;
  batch.n_links[i] = static_cast<std::uint8_t>(n);

  std::uint32_t crossings = 0;
  const auto cross = [&](bool entry, std::uint32_t gate, std::uint32_t minute) {
    const std::uint32_t post = (entry ? sites_.entry_post : sites_.exit_post)[gate];
    if (post == no_post) return;
    batch.post[crossings][i] = post;
    batch.entry[crossings][i] = entry;
    batch.minute[crossings][i] = static_cast<std::int16_t>(std::min(minute, latest));
    ++crossings;
  };
  const std::uint32_t jitter = batch.words[9][i];
  std::uint32_t now = 0;
  for (std::uint32_t k = 0; k < n; ++k) {
    const std::uint32_t leg_index = out ? option.link[k] : t.legs[option.link[n - 1 - k]].reverse;
    const LegRow& leg = t.legs[leg_index];
    const std::uint16_t* departures = &t.departures[leg.first_departure];
    std::uint32_t number = 0, departs = 0;
    if (k == 0) {
      number =
          static_cast<std::uint32_t>((std::uint64_t{batch.words[8][i]} * leg.n_departures) >> 32);
      // The journey's day is the day of its start, check_in_ minutes before departure.
      const std::uint32_t start = (departures[number] + 2880U - check_in_) % 1440U;
      departs = start + check_in_;
      if (exit_link == 0 && exit_gate != no_post) {
        cross(false, exit_gate,
              start + static_cast<std::uint32_t>(
                          scaled(jitter >> 16, static_cast<std::int32_t>(check_in_ / 2))));
      }
    } else {
      const std::uint32_t ready = now + connection_;
      const std::uint32_t of_day = ready % 1440U;
      while (number < leg.n_departures && departures[number] < of_day) ++number;
      departs = ready - of_day;
      if (number == leg.n_departures) {
        number = 0;
        departs += 1440U;
      }
      departs += departures[number];
      if (exit_link == k && exit_gate != no_post) {
        cross(
            false, exit_gate,
            now + walk_minutes + static_cast<std::uint32_t>(scaled(jitter >> 16, spread_minutes)));
      }
    }
    batch.link[k][i] = leg_index;
    batch.departure[k][i] = static_cast<std::uint16_t>(number);
    batch.link_minute[k][i] = static_cast<std::int16_t>(departs);
    now = departs + leg.minutes;
    if (entry_link == k && entry_gate != no_post) {
      cross(
          true, entry_gate,
          now + walk_minutes + static_cast<std::uint32_t>(scaled(jitter & 0xffff, spread_minutes)));
    }
  }
  batch.end_minute[i] = static_cast<std::int16_t>(std::min(now, out ? latest : 32767U));
  batch.n_crossings[i] = static_cast<std::uint8_t>(crossings);
}

void JourneyMaker::land_journey(Batch& batch, std::size_t i) const {
  const TravelTables& t = tables_;
  const OptionRow& option = t.options[batch.option[i]];
  const PairRow& pair = t.pairs[batch.pair[i]];
  const std::uint32_t n = option.n_links;
  const bool out = batch.way == Way::out;
  const GateNumbers gates = t.gates();
  const std::uint32_t latest =
      std::min<std::uint32_t>((out ? batch.nights[i] : 0xffffU) * 1440U, horizon_days * 1440U) - 1U;
  batch.n_links[i] = static_cast<std::uint8_t>(n);

  std::uint16_t country = out ? pair.origin : pair.destination;
  const std::uint32_t local = t.land_hours[batch.words[8][i] >> 24];
  const auto shift = static_cast<std::int32_t>(4 * t.countries[country].lon);
  const auto start = static_cast<std::uint32_t>(
      (static_cast<std::int32_t>(local) + scaled(batch.words[9][i] >> 16, 10) - shift + 2880) %
      1440);
  std::uint32_t crossings = 0;
  for (std::uint32_t k = 0; k < n; ++k) {
    const std::uint32_t border = option.link[out ? k : n - 1 - k];
    // The way back takes the same stages in the other order; its first stage is taken as long as
    // the last one out.
    const std::uint32_t minutes = out ? option.land_minutes[k]
                                      : option.land_minutes[0] + (option.land_minutes[n - 1] -
                                                                  option.land_minutes[n - 1 - k]);
    const std::uint32_t arrives = start + minutes + border_minutes * k;
    batch.link[k][i] = border;
    batch.departure[k][i] = 0;
    batch.link_minute[k][i] = static_cast<std::int16_t>(std::min(arrives, 30000U));
    const std::uint32_t side = t.border_ends[2 * border] == country ? 0 : 1;
    const std::uint16_t other = t.border_ends[2 * border + 1 - side];
    const std::uint32_t exit_post = sites_.exit_post[gates.border(border, side)];
    const std::uint32_t entry_post = sites_.entry_post[gates.border(border, 1 - side)];
    const auto crossing = static_cast<std::uint32_t>(
        (std::uint64_t{batch.words[10][i]} * sites_.crossings[border]) >> 32);
    const auto minute = static_cast<std::int16_t>(std::min(arrives, latest));
    for (const std::uint32_t post : {exit_post, entry_post}) {
      if (post == no_post) continue;
      batch.post[crossings][i] = post + crossing * sites_.crossing_stride;
      batch.entry[crossings][i] = post == entry_post;
      batch.minute[crossings][i] = minute;
      ++crossings;
    }
    country = other;
    batch.end_minute[i] =
        static_cast<std::int16_t>(std::min(arrives + border_minutes, out ? latest : 32767U));
  }
  batch.n_crossings[i] = static_cast<std::uint8_t>(crossings);
}

}  // namespace corridor::travel
