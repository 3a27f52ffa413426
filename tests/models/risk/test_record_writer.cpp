// SPDX-License-Identifier: Apache-2.0
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "models/risk/record_table.hpp"
#include "models/risk/record_writer.hpp"

namespace {

using namespace corridor::risk;

Feature feature(const std::string& name, FeatureType type, Storage storage, int per_unit = 1) {
  Feature f;
  f.name = name;
  f.type = type;
  f.storage = storage;
  f.per_unit = per_unit;
  f.unit = "1";
  f.lo = -1e15;
  f.hi = 1e15;
  if (type == FeatureType::category) f.values = {"plain", "with, comma"};
  return f;
}

const RecordSchema& schema() {
  static const RecordSchema made{
      Catalogue({feature("real", FeatureType::number, Storage::f64),
                 feature("cents", FeatureType::number, Storage::i32, 100),
                 feature("thirds", FeatureType::number, Storage::i16, 3),
                 feature("flag", FeatureType::boolean, Storage::u8),
                 feature("kind", FeatureType::category, Storage::u8),
                 feature("absent", FeatureType::boolean, Storage::u8)},
                "made for a test"),
      {{"group", {"a", "b"}}}};
  return made;
}

/// One block in memory.
class OneBlock final : public RecordSource {
 public:
  RecordBlock block;
  bool next(RecordBlock& out) override {
    if (given_) return false;
    out = block;
    return given_ = true;
  }
  void rewind() override { given_ = false; }
  [[nodiscard]] const Catalogue& catalogue() const override { return schema().catalogue; }
  [[nodiscard]] const std::vector<ProtectedAttribute>& protected_attributes() const override {
    return schema().protected_attributes;
  }
  [[nodiscard]] const std::vector<std::string>& posts() const override { return posts_; }
  [[nodiscard]] std::string date() const override { return "2026-01-01"; }
  [[nodiscard]] std::string description() const override { return ""; }

 private:
  bool given_ = false;
  std::vector<std::string> posts_{"Dover", "a \"b\""};
};

std::string written(RecordSource& source) {
  std::string out;
  write_records(source, [&](std::string_view text) { out += text; });
  return out;
}

}  // namespace

TEST_CASE("records are written with the fewest digits that read back as the same number",
          "[risk][exact]") {
  const std::vector<double> real{0.1, std::nan(""), 1e15};
  const std::vector<std::int32_t> cents{125, -7, missing_i32};
  const std::vector<std::int16_t> thirds{1, 3, missing_i16};
  const std::vector<std::uint8_t> flag{1, 0, missing_u8}, kind{1, 0, missing_u8};
  OneBlock source;
  source.block.features = {
      3, {{real.data()}, {cents.data()}, {thirds.data()}, {flag.data()}, {kind.data()}, {nullptr}}};
  source.block.id = {"x", "y,z", "w"};
  source.block.truth = {1, 0, unknown_truth};
  source.block.post = {0, 1, unknown_post};
  source.block.hour = {-3, unknown_hour, 8};
  source.block.stage = {0, 1, 2};
  source.block.protected_values = {{0, 1, unknown_value}};
  CHECK(written(source) ==
        "id,real,cents,thirds,flag,kind,truth,post,hour,stage,group\n"
        "x,0.1,1.25,0.3333333333333333,1,\"with, comma\",1,Dover,-3,booking,a\n"
        "\"y,z\",,-0.07,1,0,plain,0,\"a \"\"b\"\"\",,check-in,b\n"
        "w,1000000000000000,,,,,,,8,arrival,\n");
}

TEST_CASE("what is written is read back to the bit", "[risk][property]") {
  CHECK(rc::check("any numbers", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 20);
    std::vector<double> real(n);
    std::vector<std::int32_t> cents(n);
    std::vector<std::int16_t> thirds(n);
    OneBlock source;
    for (std::size_t i = 0; i < n; ++i) {
      const auto mantissa = *rc::gen::arbitrary<std::int32_t>();
      real[i] = std::ldexp(mantissa, *rc::gen::inRange(-60, 18));
      cents[i] = *rc::gen::arbitrary<std::int32_t>();
      thirds[i] = *rc::gen::arbitrary<std::int16_t>();
      source.block.id.push_back("r" + std::to_string(i));
      source.block.stage.push_back(2);
    }
    source.block.features = {
        n, {{real.data()}, {cents.data()}, {thirds.data()}, {nullptr}, {nullptr}, {nullptr}}};
    const std::string text = written(source);
    const auto table = read_record_text(text, "t.csv", schema(), {});
    RecordBlock back;
    RC_ASSERT(table->next(back));
    for (std::size_t i = 0; i < n; ++i) {
      RC_ASSERT(back.features.columns[0].as<double>()[i] == real[i]);
      RC_ASSERT(back.features.columns[1].as<std::int32_t>()[i] == cents[i]);
      RC_ASSERT(back.features.columns[2].as<std::int16_t>()[i] == thirds[i]);
    }
    RC_ASSERT(written(*table) == text);
  }));
}
