// SPDX-License-Identifier: Apache-2.0
#include "models/world/csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>

#include "sim/utf8.hpp"

namespace corridor::world {
namespace {

constexpr std::size_t window_bytes = 1 << 16;

constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Whether a byte is an ordinary one of an unquoted field.
constexpr bool ordinary(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 || byte == '\t') && byte != 0x7F && byte != ',' && byte != '"';
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view bytes) {
  std::size_t i = 0;
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(bytes[k]); };
  while (i < bytes.size()) {
    const unsigned char lead = byte(i);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                               : lead >= 0xE0 && lead <= 0xEF ? 3
                               : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                              : 0;
    if (length == 0 || i + length > bytes.size()) return i;
    for (std::size_t k = 1; k < length; ++k)
      if (!is_continuation(bytes[i + k])) return i;
    const unsigned char second = byte(i + 1);
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
        (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
      return i;
    i += length;
  }
  return i;
}

CsvReader::CsvReader(Source source, std::string file_name, Complaints& complaints, CsvRules rules)
    : source_(std::move(source)),
      file_(std::move(file_name)),
      complaints_(complaints),
      rules_(rules),
      window_(window_bytes) {
  if (more(3) && sim::starts_with_mark({window_.data(), end_})) {
    complain(1, 1, std::string(sim::mark_complaint));
    at_ = 3;
  }
  read_header();
  if (header_.empty()) broken_ = true;
}

/// Whether there are `n` bytes at hand, of whole characters.
bool CsvReader::more(std::size_t n) {
  while (end_ - at_ < n && !no_more_ && !bad_bytes_) {
    std::memmove(window_.data(), window_.data() + at_, filled_ - at_);
    before_ += at_;
    end_ -= at_;
    filled_ -= at_;
    at_ = 0;
    const std::size_t got = source_(std::span(window_).subspan(filled_));
    no_more_ = got == 0;
    filled_ += got;
    end_ += valid_utf8_prefix({window_.data() + end_, filled_ - end_});
    // Up to three bytes may be the beginning of a character whose rest is still to come.
    bad_bytes_ = filled_ - end_ > 3 || (no_more_ && filled_ > end_);
  }
  return end_ - at_ >= n;
}

bool CsvReader::at_line_end() {
  if (at_end()) return false;
  return window_[at_] == '\n' || (window_[at_] == '\r' && more(2) && window_[at_ + 1] == '\n');
}

void CsvReader::step() {
  const char c = window_[at_++];
  if (c == '\n') {
    ++line_;
    column_ = 1;
  } else if (!is_continuation(c)) {
    ++column_;
  }
}

void CsvReader::end_line() {
  if (at_end()) return;
  const LineEnd kind = window_[at_] == '\r' ? LineEnd::crlf : LineEnd::lf;
  if (line_end_ == LineEnd::unseen) line_end_ = kind;
  if (kind != line_end_ && !rules_.mixed_line_ends && !std::exchange(mixed_told_, true))
    complain(line_, column_,
             fmt::format("this line ends in {}, those before it in {}; use one of them throughout",
                         kind == LineEnd::crlf ? "CR LF" : "LF",
                         kind == LineEnd::crlf ? "LF" : "CR LF"));
  if (kind == LineEnd::crlf) step();
  step();
}

void CsvReader::complain(std::uint32_t line, std::uint32_t column, std::string what) {
  complaints_.add(file_, line, column, std::move(what));
  sound_ = false;
}

bool CsvReader::too_long() {
  if (before_ + at_ - row_begin_ <= rules_.most_row_bytes) return false;
  complain(
      line_, column_,
      fmt::format("a row of more than {} bytes; is a quote not closed?", rules_.most_row_bytes));
  broken_ = true;
  return true;
}

void CsvReader::plain(CsvField& out) {
  do {
    const char* const begin = window_.data() + at_;
    const char* const end = window_.data() + end_;
    const char* here = begin;
    std::uint32_t characters = 0;
    for (; here < end && ordinary(*here); ++here) characters += is_continuation(*here) ? 0 : 1;
    out.text.append(begin, here);
    at_ += static_cast<std::size_t>(here - begin);
    column_ += characters;
    if (too_long()) return;
  } while (at_ == end_ && more(1));
  if (at_ == end_ || window_[at_] == ',' || at_line_end()) return;
  if (window_[at_] == '"')
    complain(line_, column_, "a quote inside a field that does not begin with one");
  else
    complain(line_, column_,
             fmt::format("control character 0x{:02x}", static_cast<unsigned char>(window_[at_])));
  skip_to_field_end();
}

void CsvReader::quoted(CsvField& out) {
  step();
  for (;;) {
    if (at_end()) {
      if (!bad_bytes_) complain(out.line, out.column, "the quote that begins here is never closed");
      return;
    }
    if (window_[at_] == '"') {
      step();
      if (at_end() || window_[at_] != '"') break;
    }
    out.text += window_[at_];
    step();
    if (too_long()) return;
  }
  if (!at_end() && window_[at_] != ',' && !at_line_end()) {
    complain(line_, column_, "text after the closing quote; a comma or the end of the line is due");
    skip_to_field_end();
  }
}

void CsvReader::skip_to_field_end() {
  while (!at_end() && window_[at_] != ',' && !at_line_end()) step();
}

/// The fields of the next line (or lines, when a quoted field spans some); false when it was
/// complained of.
bool CsvReader::record(std::vector<CsvField>& row) {
  sound_ = true;
  row_begin_ = before_ + at_;
  if (at_line_end()) {
    complain(line_, column_, "empty line");
    end_line();
    return false;
  }
  std::size_t n = 0;
  for (;;) {
    if (n == row.size()) row.emplace_back();
    CsvField& field = row[n++];
    field.text.clear();
    field.line = line_;
    field.column = column_;
    if (!at_end() && window_[at_] == '"')
      quoted(field);
    else
      plain(field);
    if (broken_ || at_end() || at_line_end()) break;
    step();  // the comma
  }
  row.resize(n);
  if (broken_) return false;
  if (at_end() && bad_bytes_) {
    complain(line_, column_,
             fmt::format("byte 0x{:02x} is not UTF-8; save the file as UTF-8",
                         static_cast<unsigned char>(window_[at_])));
    broken_ = true;
    return false;
  }
  end_line();
  return sound_;
}

void CsvReader::read_header() {
  if (at_end() && !bad_bytes_) {
    complain(1, 1, "the file is empty; a line with the names of the columns is due");
    return;
  }
  std::vector<CsvField> names;
  if (!record(names)) return;
  std::set<std::string_view> seen;
  bool named = true;
  for (const CsvField& name : names) {
    if (name.text.empty()) {
      complain(name.line, name.column, "a column without a name");
      named = false;
    } else if (!seen.insert(name.text).second) {
      complain(name.line, name.column, fmt::format("column '{}' is there twice", name.text));
      named = false;
    }
  }
  if (named) header_ = std::move(names);
}

bool CsvReader::next(std::vector<CsvField>& row) {
  while (!broken_ && (!at_end() || bad_bytes_)) {
    if (!record(row)) continue;
    if (row.size() == header_.size()) return true;
    complain(row.front().line, row.front().column,
             fmt::format("the row has {} fields, the header has {}", row.size(), header_.size()));
  }
  return false;
}

}  // namespace corridor::world
