// SPDX-License-Identifier: Apache-2.0
#include <iterator>
#include <nlohmann/json.hpp>

#include "models/risk/rule_document.hpp"

namespace corridor::risk {
namespace {

using Json = nlohmann::json;
using Kind = DocumentValue::Kind;

/// Counts the bytes that the parser has taken: so events, which carry no place, get one.
class CountingBytes {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingBytes(const char* at, const char** latest) : at_(at), latest_(latest) {}
  reference operator*() const { return *at_; }
  CountingBytes& operator++() {
    ++at_;
    if (latest_) *latest_ = at_;
    return *this;
  }
  CountingBytes operator++(int) {
    CountingBytes before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingBytes& other) const { return at_ == other.at_; }
  bool operator!=(const CountingBytes& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** latest_;
};

/// Events of the parser, made into a tree. The stack holds pointers into it, which stay good
/// because a list or table grows only while it is the innermost one.
class Builder : public nlohmann::json_sax<Json> {
 public:
  Builder(std::string_view source, const char** latest, RuleProblems& problems)
      : source_(source), latest_(latest), problems_(problems) {}

  bool null() override { return put(Kind::other); }
  bool boolean(bool) override { return put(Kind::boolean); }
  bool number_integer(number_integer_t value) override {
    if (!put(Kind::whole)) return false;
    last_->whole = value;
    return true;
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(INT64_MAX)) return put(Kind::real);
    return number_integer(static_cast<number_integer_t>(value));
  }
  bool number_float(number_float_t, const string_t&) override { return put(Kind::real); }
  bool string(string_t& value) override {
    if (!put(Kind::text)) return false;
    last_->text = value;
    return true;
  }
  bool binary(binary_t&) override { return put(Kind::other); }
  bool start_object(std::size_t) override { return open(Kind::table); }
  bool start_array(std::size_t) override { return open(Kind::list); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& value) override {
    const sim::LinePlace at = begin();
    DocumentValue& table = *stack_.back();
    if (table.entries.size() >= most_document_keys) {
      problems_.add(at, "not-json", "more keys than a table of a rule file has");
      return false;
    }
    if (table.find(value))
      problems_.add(at, "duplicate-key", "the key " + in_quotes(value) + " stands twice");
    table.entries.push_back({value, at, {}});
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    std::string why = error.what();
    for (const std::string_view mark : {"syntax error ", "; last read"}) {
      const std::size_t found = why.find(mark);
      if (found == why.npos) continue;
      if (mark[0] == 's')
        why.erase(0, found + mark.size());
      else
        why.erase(found);
    }
    for (char& c : why)
      if (static_cast<unsigned char>(c) < 0x20) c = '?';
    problems_.add(place(position == 0 ? 0 : position - 1), "not-json", "not JSON: " + why);
    return false;
  }

  DocumentValue root;

 private:
  /// Line and column of a byte, counted on from the one before it.
  sim::LinePlace place(std::size_t offset) {
    if (offset < counted_) {
      counted_ = 0;
      at_ = {1, 1};
    }
    for (; counted_ < offset && counted_ < source_.size(); ++counted_) {
      if (source_[counted_] == '\n') {
        ++at_.line;
        at_.column = 1;
      } else if ((static_cast<unsigned char>(source_[counted_]) & 0xC0U) != 0x80U) {
        ++at_.column;
      }
    }
    return at_;
  }

  /// Where the value or key begins that the parser has just read: after the blanks and signs that
  /// follow the one before it.
  sim::LinePlace begin() {
    const std::size_t first = source_.find_first_not_of(" \t\r\n,:]}", read_);
    read_ = static_cast<std::size_t>(*latest_ - source_.data());
    return place(std::min(first, source_.size()));
  }

  bool put(Kind kind) {
    const sim::LinePlace at = begin();
    DocumentValue* made = &root;
    if (!stack_.empty()) {
      DocumentValue& outer = *stack_.back();
      if (outer.kind == Kind::list) outer.items.emplace_back();
      made = outer.kind == Kind::list ? &outer.items.back() : &outer.entries.back().value;
    }
    made->kind = kind;
    made->place = at;
    last_ = made;
    return true;
  }
  bool open(Kind kind) {
    put(kind);
    stack_.push_back(last_);
    if (stack_.size() <= static_cast<std::size_t>(most_document_depth)) return true;
    problems_.add(last_->place, "not-json", "tables and lists nest too deep for a rule file");
    return false;
  }
  bool close() {
    stack_.pop_back();
    return true;
  }

  std::string_view source_;
  const char** latest_;
  RuleProblems& problems_;
  std::vector<DocumentValue*> stack_;
  DocumentValue* last_ = nullptr;
  std::size_t read_ = 0, counted_ = 0;
  sim::LinePlace at_{1, 1};
};

}  // namespace

DocumentValue read_json_document(std::string_view source, RuleProblems& problems) {
  const char* latest = source.data();
  Builder builder(source, &latest, problems);
  const bool whole =
      Json::sax_parse(CountingBytes(source.data(), &latest),
                      CountingBytes(source.data() + source.size(), nullptr), &builder);
  if (!whole) return {};
  return std::move(builder.root);
}

}  // namespace corridor::risk
