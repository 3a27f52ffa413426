// SPDX-License-Identifier: Apache-2.0
#include "sim/mapped_tables.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <filesystem>

using namespace corridor;

namespace {

template <template <class> class Array>
struct Arrays {
  Array<double> numbers;
  Array<std::uint16_t> words, nothing;
  template <class Visit, class... A>
  static constexpr void each(Visit visit, A&... a) {
    visit("numbers", a.numbers...);
    visit("words", a.words...);
    visit("nothing", a.nothing...);
  }
};
struct Tables : Arrays<sim::SpanOf> {
  std::shared_ptr<const void> owner;
};
static_assert(sim::visits_all<Arrays>);

/// As Arrays, but `words` was forgotten.
template <template <class> class Array>
struct Forgetful {
  Array<double> numbers;
  Array<std::uint16_t> words;
  template <class Visit, class... A>
  static constexpr void each(Visit visit, A&... a) {
    visit("numbers", a.numbers...);
  }
};
static_assert(!sim::visits_all<Forgetful>);

}  // namespace

TEST_CASE("tables over built arrays, and over a file of them, are those arrays",
          "[mapped_file][exact]") {
  auto built = std::make_shared<const Arrays<sim::VectorOf>>(
      Arrays<sim::VectorOf>{{1.5, -2, 1e300}, {7, 8, 9}, {}});
  const Arrays<sim::VectorOf> expected = *built;
  const auto same = [&](const Tables& tables) {
    Tables::each(
        [](const char* name, const auto& span, const auto& vector) {
          CAPTURE(name);
          CHECK(std::equal(span.begin(), span.end(), vector.begin(), vector.end()));
        },
        tables, expected);
  };
  const auto viewed = sim::view_arrays<Tables>(built);
  built.reset();  // the tables keep their arrays alive
  same(viewed);

  const std::string key = "0123456789abcdef0123456789abcdef";
  const auto path = std::filesystem::temp_directory_path() /
                    ("corridor-tables-" + std::to_string(::getpid())) / "cache.bin";
  sim::MappedFileWriter writer;
  sim::add_arrays(viewed, writer);
  writer.write(path, key);
  auto file = sim::MappedFile::open(path, key);
  REQUIRE(file);
  same(sim::map_arrays<Tables>(std::make_shared<const sim::MappedFile>(std::move(*file))));
  std::filesystem::remove_all(path.parent_path());
}
