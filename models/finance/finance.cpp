// SPDX-License-Identifier: Apache-2.0
#include "models/finance/finance.hpp"

#include <algorithm>
#include <stdexcept>

#include "models/finance/capability.hpp"
#include "models/finance/laundering.hpp"
#include "models/finance/recovery.hpp"

namespace corridor::finance {

Finance::Finance(FinanceParams params, Actors actors, const sim::Calendar& calendar,
                 sim::RunKey key)
    : params_(std::move(params)),
      freeze_hazard_(params_.freeze_hazard),
      confirmed_(params_.confirmed),
      actors_(std::move(actors)),
      calendar_(calendar),
      key_(key) {
  // The number of a group is part of the number of a courier, which has 40 bits.
  if (actors_.groups.size() >= 0xffff) throw std::invalid_argument("too many groups");
  for (const Group& g : actors_.groups) {
    if (g.opening_cash < 0 || g.opening_assets < 0 || g.need < 0 || g.layers > 16 ||
        !(g.freeze_factor >= 0)) {
      throw std::invalid_argument("a group with a number out of range");
    }
    names_.push_back(g.name);
  }
  for (const Facilitator& f : actors_.facilitators) {
    if (f.capacity < 0 || f.people < 1 || f.fee < 0 || !(f.fee_share >= 0 && f.fee_share <= 1) ||
        !(f.share_probability >= 0 && f.share_probability <= 1) ||
        (!f.serves.empty() && f.serves.back() >= actors_.groups.size())) {
      throw std::invalid_argument("a facilitator with a number out of range");
    }
  }
  state_ = opening();
  check(0);
}

FinanceState Finance::opening() const {
  FinanceState s;
  std::uint32_t n_layers = 0;
  for (const Group& g : actors_.groups) n_layers = std::max(n_layers, layers_of(params_, g));
  s.books = Books(actors_.groups, static_cast<std::uint32_t>(actors_.facilitators.size()),
                  static_cast<std::uint16_t>(n_layers), 0);
  for (const Group& g : actors_.groups) {
    GroupMoney money;
    money.need = g.need;
    money.freeze_factor = g.freeze_factor;
    s.groups.push_back(money);
  }
  s.services.assign(actors_.facilitators.size() * actors_.groups.size(), 0);
  return s;
}

std::vector<CashJourney> Finance::decide(std::int32_t day) {
  const Desk d = desk();
  replace_arrested(d, day);
  step_laundering(d, day);
  settle_cases(d, day);
  return send_cash_home(d, day);
}

Booked Finance::book(const Posting& posting) {
  const Booked booked = state_.books.book(posting);
  if (posting.item == Item::facilitator) count_service(desk(), posting.other, posting.group);
  return booked;
}

void Finance::book(std::span<const Posting> postings) {
  for (const Posting& p : postings) book(p);
}

void Finance::learn(std::span<const travel::JourneyOutcome> outcomes) {
  hear_of_couriers(desk(), outcomes);
}

ClosedDay Finance::close(std::int32_t day) {
  const Desk d = desk();
  ClosedDay closed;
  for (std::uint32_t g = 0; g < state_.books.n_groups(); ++g) state_.books.repay(g, day);
  if (const int month = calendar_.month_index(day); calendar_.month_index(day + 1) != month) {
    end_month(d, day);
    closed.months = group_rows(d, month);
    closed.services = service_rows(d, month);
    state_.services.assign(state_.services.size(), 0);
    state_.books.ledger().close_month();
  }
  check(day);
  closed.transfers = state_.books.ledger().close_day(day);
  closed.events.swap(events_);
  return closed;
}

void Finance::check(std::int32_t day) const {
  const Books& books = state_.books;
  books.ledger().check(day, names_);
  // What lots, cases and couriers say they hold is what the accounts hold.
  const auto agree = [&](AccountKind kind, const auto& rows) {
    std::vector<Cents> held(books.n_groups());
    for (const auto& row : rows) held[row.group] += row.cents;
    for (std::uint32_t g = 0; g < books.n_groups(); ++g) {
      const Cents found = books.balance(g, kind);
      if (found == held[g]) continue;
      throw LedgerError(std::string(name(kind)) + " of '" + names_[g] + "' holds " +
                            std::to_string(found) + " cents, its parts are " +
                            std::to_string(held[g]),
                        day, held[g], found);
    }
  };
  agree(AccountKind::layer, state_.lots);
  agree(AccountKind::frozen, state_.cases);
  agree(AccountKind::on_the_way, state_.on_the_way);
}

std::optional<Offer> Finance::offer(std::uint32_t group, Service service, Cents cents) const {
  if (group >= actors_.groups.size()) throw std::invalid_argument("there is no such group");
  return finance::offer(actors_, state_, key_, group, service, cents);
}

double Finance::capability(std::uint32_t group) const {
  return finance::capability(liquid(group), state_.groups[group].need, params_.capability_floor);
}

bool Finance::arrest_facilitator(std::uint32_t facilitator, std::int32_t day) {
  if (facilitator >= actors_.facilitators.size()) {
    throw std::invalid_argument("there is no such facilitator");
  }
  return arrest(desk(), facilitator, day);
}

void Finance::set_freeze_factor(std::uint32_t group, double factor) {
  if (group >= state_.groups.size() || !(factor >= 0)) {
    throw std::invalid_argument("no such group, or a factor below 0");
  }
  state_.groups[group].freeze_factor = factor;
}

void Finance::set_help(double freeze_factor, double recovery_gain) {
  params_.freeze_hazard = freeze_hazard_ * freeze_factor;
  params_.confirmed = confirmed_ + recovery_gain * (1 - confirmed_);
}

void Finance::set_state(FinanceState state) {
  const auto of_groups = [&](const auto& rows) {
    return std::all_of(rows.begin(), rows.end(),
                       [&](const auto& r) { return r.group < actors_.groups.size(); });
  };
  const bool fits =
      state.books.same_chart(state_.books) && state.groups.size() == state_.groups.size() &&
      state.services.size() == state_.services.size() && of_groups(state.lots) &&
      of_groups(state.cases) && of_groups(state.on_the_way) &&
      std::all_of(state.lots.begin(), state.lots.end(),
                  [&](const Lot& l) {
                    return l.layer >= 1 && l.layer <= layers_of(params_, actors_.groups[l.group]);
                  }) &&
      std::all_of(state.arrested.begin(), state.arrested.end(),
                  [&](const Arrested& a) { return a.facilitator < actors_.facilitators.size(); });
  if (!fits) throw sim::UserError("the saved state of money is damaged; run again");
  state_ = std::move(state);
  events_.clear();
}

std::vector<GroupMonthRow> Finance::rows(std::int32_t month) const {
  Finance copy = *this;
  return group_rows(copy.desk(), month);
}

}  // namespace corridor::finance
