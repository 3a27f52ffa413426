// SPDX-License-Identifier: Apache-2.0
/// \file personal_data.hpp  Recognises columns that look as if they held data of real persons, by
/// name and by value, so that they can be refused. There is no override: the tool is not for real
/// persons.
///
/// By name: words for names, birth, nationality, documents, booking locators, addresses, telephone,
/// e-mail and biometrics in English, French, German, Spanish, Portuguese, Italian, Dutch, Polish,
/// Turkish, Russian, Ukrainian, Arabic, Chinese and Japanese; whole words of a name, after removal
/// of accents and case, so that `seal`, `leads` or `documents_match` are not touched. By value:
///
///     machine-readable zone   28 or more of A-Z 0-9 <, two or more of them <   one value is enough
///     e-mail address          local@host.tld                                   one value is enough
///     telephone number        + and 8 to 15 digits                             one value is enough
///                             0 and 8 to 15 digits                             half of the values
///     date                    2001-05-20, 20/05/2001, 20MAY01, 20010520, ...   half of the values
///     document number         1 or 2 letters and 6 to 9 digits; 8 to 10 capital letters and
///                             digits, 1 to 3 of them letters                   half of the values
///                             8 to 13 digits alone                             9 in 10
///     record locator          6 capital letters and digits, not digits alone   9 in 10
///     country                 ISO 3166-1 codes, names of countries             9 in 10
///     personal name           two to four capitalised words, NAME/GIVEN,
///                             "Name, Given", a common given name               half of the values
///
/// Shares are those of the column and of each block of 1000 of its values, so that a part of a file
/// is seen as a whole file is. Beside them a few are enough, however many other values there are:
/// 5 document numbers that do not continue the column's own count, 5 numbers of 8 to 13 digits
/// that do not, among values with letters, and 5 telephone numbers.
///
/// Numbers that count up by one are no document numbers and locators when they begin small; ids of
/// Corridor's own records (16 hex digits, way, person) have none of these forms.
///
/// Limits. A search for forms, not a proof: numbers without letters in a column declared as a
/// number, and names outside these forms, go unseen; so `synthetic = true` and its statement are
/// demanded beside it. Lists are short on purpose and invented by nobody: common given names and
/// country codes (ISO 3166-1). Names on which the law forbids to score are known to
/// unlawful_names.hpp. Checked in tests/models/risk/test_personal_data.cpp, both ways.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace corridor::risk {

enum class Personal : std::uint8_t {
  mrz,
  email,
  telephone,
  date,
  document_number,
  record_locator,
  country,
  personal_name,
  address,
  biometrics,
  n
};
/// "document numbers": as in "looks like ...".
[[nodiscard]] std::string_view words_for(Personal kind);

/// What the name of a column says that it holds.
[[nodiscard]] std::optional<Personal> personal_by_name(std::string_view column);

/// The end of every refusal.
inline constexpr std::string_view not_for_real_persons =
    "Corridor is not for real persons: it reads synthetic records only, and no option changes that";

/// What a column is for: decides which forms its values cannot have.
enum class Watched : std::uint8_t {
  text,  ///< not known, or ids: no form is allowed
  /// Places: what Corridor's own tables write, "entry at LHR (GBR)" with the code of an airport, a
  /// port or a border, is let through; anything else is searched as text.
  post,
};

struct PersonalFinding {
  Personal kind{};
  std::uint64_t values = 0, of = 0;  ///< so many of so many values
  std::uint64_t first = 0;           ///< the first of them, as `look` was told
};

/// Looks at the values of one column, one by one.
class PersonalWatch {
 public:
  explicit PersonalWatch(Watched watched = Watched::text) : watched_(watched) {}
  /// An empty value counts as none. \param place  where it stands, given back in the finding
  void look(std::string_view value, std::uint64_t place);
  /// What the values so far look like.
  [[nodiscard]] std::optional<PersonalFinding> finding() const;

 private:
  struct Count {
    std::uint64_t n = 0, first = 0;
    void add(std::uint64_t place) {
      if (n++ == 0) first = place;
    }
  };
  /// Of the column, or of a block of it.
  struct Tally {
    std::uint64_t values = 0, steps = 0;  ///< steps: values that are the one before and 1
    std::array<Count, static_cast<std::size_t>(Personal::n)> kinds{};
    Count plain_numbers;              ///< 8 to 13 digits and nothing else
    Count local_telephones;           ///< without the + of an international number
    std::set<std::string> countries;  ///< different ones, a few
  };
  enum class Form : std::uint8_t { other, kind, plain_number, local_telephone };
  struct Looked {
    Form form = Form::other;
    Personal kind{};
  };
  static Looked form_of(std::string_view value);
  static void add(Tally& tally, const Looked& looked, std::string_view value, std::uint64_t place);
  bool follow(std::string_view value);
  [[nodiscard]] std::optional<PersonalFinding> by_share(const Tally& tally) const;
  [[nodiscard]] std::optional<PersonalFinding> by_one() const;
  [[nodiscard]] std::optional<PersonalFinding> by_few() const;

  Watched watched_;
  Tally whole_, block_;
  std::optional<PersonalFinding> of_block_;  ///< of the first block that has one
  /// Documents, and numbers without letters, that do not continue the column's own count.
  Count stray_documents_, stray_numbers_;
  std::uint64_t with_letters_ = 0;
  std::string first_prefix_, prefix_;  ///< before the digits at the end, and the numbers
  std::uint64_t first_number_ = 0, number_ = 0;
  bool begins_small_ = false;
};

/// Looks at numbers for eight digits that are dates (20010520).
class DateNumberWatch {
 public:
  void look(double value, std::uint64_t place);
  [[nodiscard]] std::optional<PersonalFinding> finding() const;

 private:
  std::uint64_t values_ = 0, dates_ = 0, first_ = 0;
};

}  // namespace corridor::risk
