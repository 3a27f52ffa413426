// SPDX-License-Identifier: Apache-2.0
#include "models/world/complaints.hpp"

#include <fmt/format.h>

namespace corridor::world {

std::string Complaints::text() const {
  std::string out;
  for (const Complaint& c : shown_)
    out += c.line == 0 ? fmt::format("{}: error: {}\n", c.file, c.what)
                       : fmt::format("{}:{}:{}: error: {}\n", c.file, c.line, c.column, c.what);
  if (count_ > shown_.size()) out += fmt::format("and {} more\n", count_ - shown_.size());
  return out;
}

void Complaints::throw_if_any() const {
  if (count_ > 0) throw DataError(text(), shown_);
}

}  // namespace corridor::world
