// SPDX-License-Identifier: Apache-2.0
#include "models/risk/record_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "models/risk/record_columns.hpp"
#include "models/world/csv_reader.hpp"
#include "sim/hdf5.hpp"
#include "sim/hdf5_table.hpp"
#include "sim/names.hpp"
#include "sim/safe_file.hpp"

namespace corridor::risk {
namespace {

using Kind = ColumnRole::Kind;
using world::Complaints;

/// What both kinds of table do alike.
class Table : public RecordSource {
 public:
  Table(std::string name, const RecordSchema& schema, TableOptions options)
      : name_(std::move(name)), schema_(schema), options_(std::move(options)) {
    options_.block_rows = std::max<std::size_t>(options_.block_rows, 1);
  }

  bool next(RecordBlock& block) final {
    columns_->begin_block();
    const std::uint64_t first = rows_;
    const std::size_t n = read_rows();
    alarm();
    if (complaints_.count() > 0) {
      while (read_on()) {
      }
      complaints_.throw_if_any();
    }
    columns_->give(n, first, block);
    return n > 0;
  }
  [[nodiscard]] const Catalogue& catalogue() const final { return schema_.catalogue; }
  [[nodiscard]] const std::vector<ProtectedAttribute>& protected_attributes() const final {
    return schema_.protected_attributes;
  }
  [[nodiscard]] const std::vector<std::string>& posts() const final { return columns_->posts(); }
  [[nodiscard]] std::string date() const final { return options_.date; }
  [[nodiscard]] std::string description() const final {
    const std::string& statement = schema_.catalogue.synthetic_statement();
    return fmt::format("{}: synthetic records, {} columns{}", name_, columns_->size(),
                       statement.empty() ? "" : "; " + statement);
  }

 protected:
  /// Appends at most block_rows rows; 0 at the end.
  virtual std::size_t read_rows() = 0;
  /// Where column `column` is named, and where a value of it stands.
  virtual void complain_of_name(std::size_t column, std::string what) = 0;
  virtual void complain_of_value(std::size_t column, std::uint64_t place, std::string what) = 0;
  virtual void complain_of_all(std::string what) = 0;

  /// Checks the names of the columns; when one is wrong, looks at a block of values too and throws.
  void start(std::vector<std::string> names) {
    columns_.emplace(schema_, std::move(names), options_.stage);
    const std::vector<std::string> known = possible_columns(schema_);
    for (std::size_t i = 0; i < columns_->size(); ++i) {
      if (columns_->role(i).kind != Kind::unknown) continue;
      const std::string& name = columns_->name(i);
      if (const auto kind = personal_by_name(name))
        complain_of_name(i, fmt::format("column '{}' is called like {}; {}", name, words_for(*kind),
                                        not_for_real_persons));
      else
        complain_of_name(
            i, fmt::format("unknown column '{}'{}; columns are the features that "
                           "{} lists, id, truth, post, hour, stage and protected "
                           "attributes",
                           name, sim::did_you_mean(name, known), schema_.catalogue.listed_by()));
    }
    const bool other = about_other_subject();
    for (const std::uint16_t feature : options_.required)
      if (!other && !has({Kind::feature, feature}))
        complain_of_all(fmt::format("column '{}' is missing; the rules in use read it",
                                    schema_.catalogue[feature].name));
    if (complaints_.count() == 0) return;
    columns_->begin_block();
    static_cast<void>(read_rows());
    alarm();
    complaints_.throw_if_any();
  }

  /// Complains when the features of the table are all of the subject that the rules are not about.
  bool about_other_subject() {
    std::array<std::size_t, 2> of{};
    for (std::size_t i = 0; i < columns_->size(); ++i) {
      const ColumnRole& role = columns_->role(i);
      if (role.kind == Kind::feature)
        ++of.at(static_cast<std::size_t>(schema_.catalogue[role.index].subject));
    }
    if (!options_.subject || of[0] + of[1] == 0 ||
        of.at(static_cast<std::size_t>(*options_.subject)) > 0)
      return false;
    const Subject wanted = of[0] > 0 ? Subject::traveller : Subject::consignment;
    complain_of_all(
        fmt::format("the records are about {}s, and the rules about {}s: name rules with "
                    "subject = \"{}\"",
                    name(wanted), name(*options_.subject), name(wanted)));
    return true;
  }

  [[nodiscard]] bool has(const ColumnRole& role) const {
    for (std::size_t i = 0; i < columns_->size(); ++i)
      if (columns_->role(i) == role) return true;
    return false;
  }

  std::string name_;
  const RecordSchema& schema_;
  TableOptions options_;
  Complaints complaints_;
  std::optional<RecordColumns> columns_;
  std::uint64_t rows_ = 0;  ///< read so far

 private:
  bool read_on() {
    columns_->begin_block();
    const bool more = read_rows() > 0;
    alarm();
    return more;
  }
  void alarm() {
    for (const RecordColumns::Alarm& found : columns_->alarms())
      complain_of_value(found.column, found.finding.first,
                        found.text(columns_->name(found.column)));
  }
};

/// The bytes of a table, from the beginning each time.
using Opener = std::function<world::CsvReader::Source()>;

class CsvTable final : public Table {
 public:
  CsvTable(const std::string& name, Opener open, const RecordSchema& schema, TableOptions options)
      : Table(name, schema, std::move(options)), open_(std::move(open)) {
    reader_.emplace(open_(), name_, complaints_, rules);
    complaints_.throw_if_any();
    std::vector<std::string> names;
    for (const world::CsvField& field : reader_->header()) names.push_back(field.text);
    start(std::move(names));
  }
  void rewind() final {
    reader_.emplace(open_(), name_, complaints_, rules);
    rows_ = 0;
  }

 private:
  static constexpr world::CsvRules rules{.mixed_line_ends = false, .most_row_bytes = 1 << 20};

  static constexpr std::uint64_t place_of(const world::CsvField& field) {
    return std::uint64_t{field.line} << 32 | field.column;
  }
  std::size_t read_rows() final {
    std::size_t n = 0;
    while (n < options_.block_rows && reader_->next(row_)) {
      for (std::size_t i = 0; i < row_.size(); ++i) {
        std::string wrong = columns_->put_text(i, row_[i].text, place_of(row_[i]));
        if (!wrong.empty()) complain_of_value(i, place_of(row_[i]), std::move(wrong));
      }
      ++n;
    }
    rows_ += n;
    return n;
  }
  void complain_of_name(std::size_t column, std::string what) final {
    const world::CsvField& field = reader_->header()[column];
    complaints_.add(name_, field.line, field.column, std::move(what));
  }
  void complain_of_value(std::size_t, std::uint64_t place, std::string what) final {
    complaints_.add(name_, place >> 32, place & UINT32_MAX, std::move(what));
  }
  void complain_of_all(std::string what) final { complaints_.add(name_, 1, 1, std::move(what)); }

  Opener open_;
  std::optional<world::CsvReader> reader_;
  std::vector<world::CsvField> row_;
};

class Hdf5Records final : public Table {
 public:
  Hdf5Records(const std::filesystem::path& path, const RecordSchema& schema, TableOptions options)
      : Table(path.string(), schema, std::move(options)), table_(path, options_.group) {
    std::vector<std::string> names;
    for (const sim::Hdf5Table::Column& column : table_.columns()) names.push_back(column.name);
    start(std::move(names));
  }
  void rewind() final { rows_ = 0; }

 private:
  std::size_t read_rows() final {
    const auto n = static_cast<std::size_t>(
        std::min<std::uint64_t>(options_.block_rows, table_.n_rows() - rows_));
    for (std::size_t i = 0; i < columns_->size(); ++i) read_column(i, n);
    rows_ += n;
    return n;
  }
  void read_column(std::size_t i, std::size_t n) {
    using Stored = sim::Hdf5Table::Kind;
    const sim::Hdf5Table::Column& column = table_.columns()[i];
    const auto put = [&](std::size_t k, std::string wrong) {
      if (!wrong.empty()) complain_of_value(i, rows_ + k, std::move(wrong));
    };
    if (column.kind == Stored::text) {
      table_.read(i, rows_, n, texts_);
      for (std::size_t k = 0; k < n; ++k) {
        if (world::valid_utf8_prefix(texts_[k]) < texts_[k].size())
          put(k, columns_->put_missing(i) + column.name + " is not UTF-8");
        else
          put(k, columns_->put_text(i, texts_[k], rows_ + k));
      }
    } else if (columns_->takes_numbers(i)) {
      table_.read(i, rows_, n, numbers_);
      for (std::size_t k = 0; k < n; ++k) {
        const double x = numbers_[k];
        const bool missing =
            column.fill && (x == *column.fill || (std::isnan(x) && std::isnan(*column.fill)));
        if (missing)
          put(k, columns_->put_missing(i));
        else if (std::isnan(x))
          put(k, columns_->put_missing(i) + column.name +
                     " = nan; a missing value is declared by the attribute _FillValue");
        else
          put(k, columns_->put_number(i, x, rows_ + k));
      }
    } else if (column.kind == Stored::whole) {  // ids as numbers, and what is not known
      table_.read(i, rows_, n, wholes_);
      for (std::size_t k = 0; k < n; ++k)
        put(k, columns_->put_text(i, std::to_string(wholes_[k]), rows_ + k));
    } else {
      for (std::size_t k = 0; k < n; ++k) static_cast<void>(columns_->put_missing(i));
      if (columns_->role(i).kind != Kind::unknown && rows_ == 0)
        complain_of_name(i, column.name + " holds real numbers; text is due");
    }
  }
  void complain_of_name(std::size_t column, std::string what) final {
    complaints_.add(at(column), 0, 0, std::move(what));
  }
  void complain_of_value(std::size_t column, std::uint64_t place, std::string what) final {
    complaints_.add(fmt::format("{}[{}]", at(column), place), 0, 0, std::move(what));
  }
  void complain_of_all(std::string what) final { complaints_.add(name_, 0, 0, std::move(what)); }
  [[nodiscard]] std::string at(std::size_t column) const {
    return name_ + ":" + table_.group() + table_.columns()[column].name;
  }

  sim::Hdf5Table table_;
  std::vector<double> numbers_;
  std::vector<std::int64_t> wholes_;
  std::vector<std::string> texts_;
};

}  // namespace

void check_record_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto refuse = [&](const std::string& what) {
    return sim::UserError(path.string() + ": error: " + what);
  };
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw refuse("no such file");
  if (std::filesystem::is_directory(status)) throw refuse("a folder, not a table");
  if (!std::filesystem::is_regular_file(status)) throw refuse("not a regular file");
}

std::unique_ptr<RecordSource> open_record_table(const std::filesystem::path& path,
                                                const RecordSchema& schema, TableOptions options) {
  check_record_file(path);
  if (sim::hdf5_start(path)) return std::make_unique<Hdf5Records>(path, schema, std::move(options));
  const auto file = std::make_shared<sim::File>(path, sim::File::Mode::read);
  const Opener open = [file]() -> world::CsvReader::Source {
    return [file, at = std::uint64_t{0}](std::span<char> piece) mutable {
      const std::size_t n = file->read_at(at, std::as_writable_bytes(piece));
      at += n;
      return n;
    };
  };
  return std::make_unique<CsvTable>(path.string(), open, schema, std::move(options));
}

std::unique_ptr<RecordSource> read_record_text(std::string_view bytes, const std::string& name,
                                               const RecordSchema& schema, TableOptions options) {
  const Opener open = [bytes]() -> world::CsvReader::Source {
    return [rest = bytes](std::span<char> piece) mutable {
      const std::size_t n = rest.copy(piece.data(), piece.size());
      rest.remove_prefix(n);
      return n;
    };
  };
  return std::make_unique<CsvTable>(name, open, schema, std::move(options));
}

}  // namespace corridor::risk
