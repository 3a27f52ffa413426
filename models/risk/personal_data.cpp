// SPDX-License-Identifier: Apache-2.0
/// \file personal_data.cpp  Values that look personal (personal_data.hpp).
#include "models/risk/personal_data.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace corridor::risk {
namespace {

/// ISO 3166-1 alpha-3 and alpha-2; UTO is Utopia, which specimen documents name.
constexpr std::string_view alpha3 =
    "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA "
    "BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN "
    "CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU "
    "EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB "
    "GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL "
    "ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO "
    "LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR "
    "MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER "
    "PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM "
    "SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK "
    "TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UTO UZB VAT VCT VEN VGB VIR "
    "VNM VUT WLF WSM XKX YEM ZAF ZMB ZWE ";
constexpr std::string_view alpha2 =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO "
    "BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ "
    "DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP "
    "GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG "
    "KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML "
    "MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE "
    "PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL "
    "SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM "
    "US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW ";

/// Lower case, each between blanks: the countries most travelled from, in English and French.
constexpr std::string_view country_names =
    " afghanistan albania algeria algerie argentina argentine australia australie austria autriche "
    "bangladesh belgium belgique brazil bresil bulgaria bulgarie cameroon cameroun canada chile "
    "chili china chine colombia colombie croatia croatie cuba denmark danemark egypt egypte "
    "ethiopia ethiopie finland finlande france germany allemagne ghana greece grece hungary "
    "hongrie "
    "india inde indonesia indonesie iran iraq irak ireland irlande israel italy italie japan japon "
    "kenya lebanon liban libya libye malaysia malaisie mali mexico mexique morocco maroc nepal "
    "netherlands nigeria niger norway norvege pakistan peru perou philippines poland pologne "
    "portugal romania roumanie russia russie senegal serbia serbie singapore somalia somalie spain "
    "espagne sudan soudan sweden suede switzerland suisse syria syrie thailand thailande tunisia "
    "tunisie turkey turquie ukraine venezuela vietnam yemen british french german italian spanish "
    "russian chinese indian american mexican brazilian moroccan algerian syrian turkish ";

/// Lower case, each between blanks: given names common in many countries.
constexpr std::string_view given_names =
    " john james robert michael william david richard joseph thomas charles mary patricia jennifer "
    "linda elizabeth susan jessica sarah karen anna maria jose juan carlos luis antonio francisco "
    "manuel pedro miguel ana carmen isabel jean pierre michel jacques philippe marie nathalie "
    "isabelle sylvie peter hans klaus stefan thomas andreas ursula monika sabine giuseppe giovanni "
    "marco luca francesca giulia joao paulo mohammed muhammad mohamed ahmed ahmad ali hassan "
    "hussein omar ibrahim khalid fatima aisha khadija mariam zainab mehmet mustafa ayse emine ivan "
    "dmitri sergei vladimir alexei olga natalia tatiana elena svetlana wei li wang fang hiroshi "
    "takashi yuki sakura kenji minh nguyen raj priya amit anil sunita deepak kumar emma olivia "
    "liam noah lucas leo mia sofia jan piotr katarzyna agnieszka ";

bool in_list(std::string_view list, std::string_view word) {
  for (std::size_t at = list.find(word); at != list.npos; at = list.find(word, at + 1))
    if ((at == 0 || list[at - 1] == ' ') && list[at + word.size()] == ' ') return true;
  return false;
}

constexpr bool digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool capital(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool small(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// What kinds of characters a value has.
struct Shape {
  std::size_t digits = 0, capitals = 0, smalls = 0, arrows = 0, blanks = 0, others = 0;
  [[nodiscard]] std::size_t letters() const { return capitals + smalls; }
};
Shape shape_of(std::string_view value) {
  Shape s;
  for (const char c : value) {
    s.digits += digit(c) ? 1 : 0;
    s.capitals += capital(c) ? 1 : 0;
    s.smalls += small(c) ? 1 : 0;
    s.arrows += c == '<' ? 1 : 0;
    s.blanks += c == ' ' ? 1 : 0;
  }
  s.others = value.size() - s.digits - s.capitals - s.smalls - s.arrows - s.blanks;
  return s;
}

bool is_email(std::string_view v) {
  const std::size_t at = v.find('@');
  if (at == v.npos || at == 0 || v.find('@', at + 1) != v.npos) return false;
  const std::size_t dot = v.find('.', at + 2);
  return dot != v.npos && dot + 2 < v.size() && v.find(' ') == v.npos;
}

bool is_mrz(std::string_view v, const Shape& s) {
  return v.size() >= 28 && s.arrows >= 2 && s.digits + s.capitals + s.arrows == v.size();
}

/// Digits of a telephone number, with blanks and signs between; 0 when it is none.
std::size_t telephone_digits(std::string_view v) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (digit(v[i]))
      ++digits;
    else if (std::string_view(" -./()").find(v[i]) == std::string_view::npos &&
             !(i == 0 && v[i] == '+'))
      return 0;
  }
  return digits >= 8 && digits <= 15 ? digits : 0;
}

int month_of(std::string_view three) {
  constexpr std::string_view months = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
  std::string upper;
  for (const char c : three) upper += small(c) ? static_cast<char>(c - 'a' + 'A') : c;
  const std::size_t at = months.find(upper);
  return at == months.npos || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
}

bool sound_date(int year, int month, int day) {
  return year >= 1900 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool is_date(std::string_view v, const Shape& s) {
  if (s.digits < 3 || v.size() > 30) return false;
  if (const std::size_t time = v.find_first_of("T "); s.digits > 8 && time == 10)
    return is_date(v.substr(0, 10), shape_of(v.substr(0, 10)));
  std::vector<std::string_view> parts;
  for (std::size_t i = 0; i < v.size();) {
    const bool number = digit(v[i]), word = capital(v[i]) || small(v[i]);
    std::size_t end = i + 1;
    while (end < v.size() &&
           ((number && digit(v[end])) || (word && (capital(v[end]) || small(v[end])))))
      ++end;
    if (number || word)
      parts.push_back(v.substr(i, end - i));
    else if (std::string_view("-/. ").find(v[i]) == std::string_view::npos)
      return false;
    i = end;
  }
  const auto value = [](std::string_view digits) {
    int n = 0;
    for (const char c : digits) n = 10 * n + (c - '0');
    return n;
  };
  if (parts.size() == 1 && v.size() == 8 && s.digits == 8)
    return sound_date(value(v.substr(0, 4)), value(v.substr(4, 2)), value(v.substr(6, 2)));
  if (parts.size() != 3 || parts[0].size() > 4 || parts[2].size() > 4 || !digit(parts[0][0]) ||
      !digit(parts[2][0]))
    return false;
  const int first = value(parts[0]), last = value(parts[2]);
  if (!digit(parts[1][0])) {
    const int month = parts[1].size() >= 3 ? month_of(parts[1].substr(0, 3)) : 0;
    return sound_date(parts[2].size() == 4 ? last : 1900 + last, month, first);
  }
  if (parts[1].size() > 2) return false;
  const int middle = value(parts[1]);
  if (parts[0].size() == 4) return sound_date(first, middle, last);
  if (parts[2].size() == 4 || parts[2].size() == 2) {
    const int year = parts[2].size() == 4 ? last : 1900 + last;
    return sound_date(year, middle, first) || sound_date(year, first, middle);
  }
  return false;
}

bool is_document(std::string_view v) {
  std::string joined;
  for (const char c : v)
    if (c != ' ') joined += c;
  const Shape s = shape_of(joined);
  if (s.others > 0 || s.arrows > 0 || s.letters() + s.digits != joined.size()) return false;
  std::size_t lead = 0;
  while (lead < joined.size() && !digit(joined[lead])) ++lead;
  if (lead >= 1 && lead <= 2 && lead == s.letters() && s.digits >= 6 && s.digits <= 9) return true;
  return joined.size() >= 8 && joined.size() <= 10 && s.smalls == 0 && s.capitals >= 1 &&
         s.capitals <= 3 && s.digits >= 5;
}

/// Letters of a word that stands in a name: "Müller", "O'Neil", "Jean-Luc".
bool capitalised(std::string_view word) {
  if (word.size() < 2 || !(capital(word[0]) || beyond_ascii(word[0]))) return false;
  bool has_small = false;
  for (const char c : word.substr(1)) {
    if (!(small(c) || capital(c) || beyond_ascii(c) || c == '-' || c == '\'')) return false;
    has_small = has_small || small(c) || beyond_ascii(c);
  }
  return has_small;
}

std::string lower(std::string_view v) {
  std::string out;
  for (const char c : v) out += capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool is_name(std::string_view v, const Shape& s) {
  if (s.digits > 0 || s.arrows > 0 || v.size() > 60 || s.letters() < 2) return false;
  if (const std::size_t slash = v.find('/'); slash != v.npos)  // SURNAME/GIVEN MRS
    return slash >= 2 && s.smalls == 0 && v.size() - slash > 2 && s.others == 1;
  std::vector<std::string_view> words;
  std::size_t commas = 0;
  for (std::size_t i = 0; i <= v.size();) {
    const std::size_t end = std::min(v.find(' ', i), v.size());
    std::string_view word = v.substr(i, end - i);
    if (word.ends_with(',')) {
      ++commas;
      word.remove_suffix(1);
    }
    words.push_back(word);
    i = end + 1;
  }
  if (words.size() == 1) return commas == 0 && in_list(given_names, lower(v));
  if (words.size() > 4 || commas > 1) return false;
  return std::ranges::all_of(words,
                             [](std::string_view w) {
                               return capitalised(w) ||
                                      (w.size() == 2 && capital(w[0]) && w[1] == '.');
                             }) ||
         (s.others <= 1 && (in_list(given_names, lower(words.front())) ||
                            in_list(given_names, lower(words.back()))));
}

bool is_country(std::string_view v, const Shape& s) {
  if (s.letters() != v.size()) return false;
  const bool one_case = s.capitals == v.size() || s.smalls == v.size();
  std::string upper;
  for (const char c : v) upper += small(c) ? static_cast<char>(c - 'a' + 'A') : c;
  if (one_case && v.size() == 3) return in_list(alpha3, upper);
  if (s.capitals == 2 && v.size() == 2) return in_list(alpha2, upper);
  return v.size() > 3 && in_list(country_names, lower(v));
}

/// "entry at LHR (GBR)", "exit at GBDVR (GBR)", "entry at AFG-CHN (CHN)": codes alone, no names.
bool is_post(std::string_view v) {
  if (v.starts_with("entry at "))
    v.remove_prefix(9);
  else if (v.starts_with("exit at "))
    v.remove_prefix(8);
  else
    return false;
  const std::size_t open = v.find(' ');
  if (open == v.npos || v.size() != open + 6 || v[open + 1] != '(' || v.back() != ')') return false;
  const auto code = [](std::string_view c) {
    return std::ranges::all_of(c, [](char x) { return capital(x) || digit(x); });
  };
  const std::string_view place = v.substr(0, open);
  const bool border =
      place.size() == 7 && place[3] == '-' && code(place.substr(0, 3)) && code(place.substr(4));
  return (border ||
          ((place.size() == 3 || place.size() == 5 || place.size() == 6) && code(place))) &&
         code(v.substr(open + 2, 3));
}

/// n of `of` values, as tenths.
bool tenths(std::uint64_t n, std::uint64_t of, std::uint64_t tenth) { return 10 * n >= tenth * of; }

}  // namespace

std::string_view words_for(Personal kind) {
  switch (kind) {
    case Personal::mrz:
      return "machine-readable zones of documents";
    case Personal::email:
      return "e-mail addresses";
    case Personal::telephone:
      return "telephone numbers";
    case Personal::date:
      return "dates or places of birth";
    case Personal::document_number:
      return "numbers of documents, such as passports";
    case Personal::record_locator:
      return "locators of bookings";
    case Personal::country:
      return "nationalities";
    case Personal::personal_name:
      return "names of persons";
    case Personal::address:
      return "addresses";
    case Personal::biometrics:
      return "biometrics";
    case Personal::n:
      break;
  }
  return "personal data";
}

namespace {

constexpr std::uint64_t block_values = 1000, a_few = 5;

}  // namespace

/// Whether the value continues the count that the column began with, or begins it, or is the value
/// before and 1.
bool PersonalWatch::follow(std::string_view value) {
  std::size_t end = value.size();
  while (end > 0 && value.size() - end < 18 && digit(value[end - 1])) --end;
  std::uint64_t number = 0;
  for (const char c : value.substr(end)) number = 10 * number + static_cast<std::uint64_t>(c - '0');
  const std::string_view prefix = value.substr(0, end);
  bool continues = whole_.values == 1;
  if (continues) {
    begins_small_ = number <= 1 || (value.size() > end + 1 && value[end] == '0');
    first_prefix_ = prefix;
    first_number_ = number;
  } else if (end < value.size()) {
    const bool step = prefix == prefix_ && number == number_ + 1;
    const bool goes_on = prefix == first_prefix_ && number == first_number_ + 1;
    whole_.steps += step ? 1 : 0;
    block_.steps += step ? 1 : 0;
    if (goes_on) first_number_ = number;
    continues = step || goes_on;
  }
  prefix_ = prefix;
  number_ = number;
  return continues;
}

PersonalWatch::Looked PersonalWatch::form_of(std::string_view v) {
  const Shape s = shape_of(v);
  const auto is = [](Personal kind) { return Looked{Form::kind, kind}; };
  if (is_email(v)) return is(Personal::email);
  if (is_mrz(v, s)) return is(Personal::mrz);
  if (is_date(v, s)) return is(Personal::date);
  if (s.letters() == 0 && telephone_digits(v) > 0) {
    if (v.front() == '+' || (v.starts_with("00") && s.digits < v.size()))
      return is(Personal::telephone);
    if (s.digits < v.size() && v.front() != '-') return {Form::local_telephone, {}};
    if (s.digits == v.size() && v.size() <= 13) return {Form::plain_number, {}};
    return {};
  }
  if (is_document(v)) return is(Personal::document_number);
  if (v.size() == 6 && s.capitals + s.digits == 6 && s.capitals > 0)
    return is(Personal::record_locator);
  if (is_country(v, s)) return is(Personal::country);
  return is_name(v, s) ? is(Personal::personal_name) : Looked{};
}

void PersonalWatch::add(Tally& tally, const Looked& looked, std::string_view value,
                        std::uint64_t place) {
  switch (looked.form) {
    case Form::other:
      return;
    case Form::plain_number:
      return tally.plain_numbers.add(place);
    case Form::local_telephone:
      return tally.local_telephones.add(place);
    case Form::kind:
      break;
  }
  tally.kinds[static_cast<std::size_t>(looked.kind)].add(place);
  if (looked.kind == Personal::country && tally.countries.size() < 16)
    tally.countries.emplace(value);
}

void PersonalWatch::look(std::string_view v, std::uint64_t place) {
  if (v.empty() || (watched_ == Watched::post && is_post(v))) return;
  ++whole_.values;
  ++block_.values;
  const bool continues = follow(v);
  const Looked looked = form_of(v);
  add(whole_, looked, v, place);
  add(block_, looked, v, place);
  with_letters_ += std::ranges::any_of(v, [](char c) { return !digit(c); }) ? 1 : 0;
  if (!continues) {
    if (looked.form == Form::plain_number) stray_numbers_.add(place);
    if (looked.form == Form::kind && looked.kind == Personal::document_number)
      stray_documents_.add(place);
  }
  if (block_.values < block_values) return;
  if (!of_block_) of_block_ = by_share(block_);
  block_ = {};
}

/// What one is enough for.
std::optional<PersonalFinding> PersonalWatch::by_one() const {
  for (const Personal kind : {Personal::mrz, Personal::email, Personal::telephone}) {
    const Count& c = whole_.kinds[static_cast<std::size_t>(kind)];
    if (c.n > 0) return PersonalFinding{kind, c.n, whole_.values, c.first};
  }
  return std::nullopt;
}

/// What a few are enough for.
std::optional<PersonalFinding> PersonalWatch::by_few() const {
  const auto found = [&](Personal kind, const Count& c) {
    return PersonalFinding{kind, c.n, whole_.values, c.first};
  };
  if (stray_documents_.n >= a_few) return found(Personal::document_number, stray_documents_);
  if (whole_.local_telephones.n >= a_few)
    return found(Personal::telephone, whole_.local_telephones);
  if (stray_numbers_.n >= a_few && with_letters_ > 0)
    return found(Personal::document_number, stray_numbers_);
  return std::nullopt;
}

std::optional<PersonalFinding> PersonalWatch::by_share(const Tally& t) const {
  const auto at = [&](Personal kind) { return t.kinds[static_cast<std::size_t>(kind)]; };
  const auto found = [&](Personal kind, const Count& c) {
    return PersonalFinding{kind, c.n, t.values, c.first};
  };
  if (t.values == 0) return std::nullopt;
  if (tenths(t.local_telephones.n, t.values, 5))
    return found(Personal::telephone, t.local_telephones);
  for (const Personal kind : {Personal::date, Personal::personal_name})
    if (tenths(at(kind).n, t.values, 5)) return found(kind, at(kind));
  const bool row_numbers = t.values == 1 ? begins_small_ : tenths(t.steps, t.values - 1, 9);
  if (tenths(at(Personal::document_number).n, t.values, 5) && !(row_numbers && begins_small_))
    return found(Personal::document_number, at(Personal::document_number));
  if (tenths(t.plain_numbers.n, t.values, 9) && !row_numbers)
    return found(Personal::document_number, t.plain_numbers);
  if (tenths(at(Personal::record_locator).n, t.values, 9) && !row_numbers)
    return found(Personal::record_locator, at(Personal::record_locator));
  if (tenths(at(Personal::country).n, t.values, 9) && t.countries.size() >= 2)
    return found(Personal::country, at(Personal::country));
  return std::nullopt;
}

std::optional<PersonalFinding> PersonalWatch::finding() const {
  if (auto one = by_one()) return one;
  if (auto share = by_share(whole_)) return share;
  if (auto few = by_few()) return few;
  return of_block_;
}

void DateNumberWatch::look(double value, std::uint64_t place) {
  ++values_;
  if (!(value >= 19'000'101 && value <= 20'991'231) || value != std::floor(value)) return;
  const int n = static_cast<int>(value);
  if (!sound_date(n / 10'000, n / 100 % 100, n % 100)) return;
  if (dates_++ == 0) first_ = place;
}

std::optional<PersonalFinding> DateNumberWatch::finding() const {
  if (dates_ < 3 || !tenths(dates_, values_, 9)) return std::nullopt;
  return PersonalFinding{Personal::date, dates_, values_, first_};
}

}  // namespace corridor::risk
