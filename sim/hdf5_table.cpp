// SPDX-License-Identifier: Apache-2.0
#include "sim/hdf5_table.hpp"

#include <algorithm>
#include <filesystem>

#include "sim/names.hpp"

namespace corridor::sim {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& path, const std::string& what) {
  throw Hdf5TableError(path + ": error: " + what);
}

Hdf5Handle open_table(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) refuse(path.string(), "no such file");
  if (!fs::is_regular_file(status)) refuse(path.string(), "not a regular file");
  try {
    return open_hdf5(path);
  } catch (const Hdf5Error& why) {
    refuse(path.string(), "not an HDF5 file, or damaged (" + std::string(why.what()) + ")");
  }
}

struct Members {
  std::vector<std::string> datasets, groups;
};

herr_t add_member(hid_t group, const char* name, const H5L_info_t*, void* out) {
  auto& members = *static_cast<Members*>(out);
  H5O_info_t info;
  if (H5Oget_info_by_name2(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0)
    return 0;  // a link that leads nowhere
  if (info.type == H5O_TYPE_DATASET) members.datasets.emplace_back(name);
  if (info.type == H5O_TYPE_GROUP) members.groups.emplace_back(name);
  return 0;
}

Members members_of(hid_t file, const std::string& group) {
  const Hdf5Handle opened(H5Gopen2(file, group.c_str(), H5P_DEFAULT), H5Gclose, "open a group");
  Members found;
  check_hdf5(H5Literate(opened, H5_INDEX_NAME, H5_ITER_INC, nullptr, add_member, &found),
             "list a group");
  return found;
}

std::optional<Hdf5Table::Kind> kind_of(hid_t type) {
  switch (H5Tget_class(type)) {
    case H5T_INTEGER:
    case H5T_ENUM:
      return Hdf5Table::Kind::whole;
    case H5T_FLOAT:
      return Hdf5Table::Kind::real;
    case H5T_STRING:
      return Hdf5Table::Kind::text;
    default:
      return std::nullopt;
  }
}

std::optional<double> fill_of(hid_t dataset) {
  if (H5Aexists(dataset, "_FillValue") <= 0) return std::nullopt;
  const Hdf5Handle attribute(H5Aopen(dataset, "_FillValue", H5P_DEFAULT), H5Aclose,
                             "open an attribute");
  const Hdf5Handle space(H5Aget_space(attribute), H5Sclose, "read the size of an attribute");
  double value = 0;
  if (H5Sget_simple_extent_npoints(space) != 1 || H5Aread(attribute, H5T_NATIVE_DOUBLE, &value) < 0)
    return std::nullopt;
  return value;
}

}  // namespace

Hdf5Table::Hdf5Table(const fs::path& path, const std::string& group)
    : path_(path.string()), file_(open_table(path)) {
  try {
    Members root = members_of(file_, "/");
    Members members = root;
    std::string name = group;
    while (name.starts_with('/')) name.erase(0, 1);
    while (name.ends_with('/')) name.pop_back();
    if (group.empty() && root.datasets.empty()) {
      if (root.groups.size() != 1)
        refuse(path_, root.groups.empty()
                          ? "there are no columns: one dataset of one dimension each is due"
                          : "the columns stand in a group; name it, one of " + listed(root.groups));
      name = root.groups.front();
    }
    group_ = name.empty() ? "/" : "/" + name + "/";
    if (!name.empty()) {
      if (H5Lexists(file_, name.c_str(), H5P_DEFAULT) <= 0)
        refuse(path_, "there is no group '" + name + "'" + did_you_mean(name, root.groups));
      members = members_of(file_, "/" + name);
    }
    if (members.datasets.empty())
      refuse(path_,
             "there are no columns in " + group_ + ": one dataset of one dimension each is due");
    for (const std::string& column : members.datasets) {
      const std::string at = path_ + ":" + group_ + column;
      Hdf5Handle dataset(H5Dopen2(file_, (group_ + column).c_str(), H5P_DEFAULT), H5Dclose,
                         "open a dataset");
      const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "read the type of a dataset");
      const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "read the size of a dataset");
      const auto kind = kind_of(type);
      if (!kind) refuse(at, "a column holds numbers or text; this type is another");
      if (H5Sget_simple_extent_ndims(space) != 1)
        refuse(at, "a column has one dimension; this dataset has another number");
      hsize_t length = 0;
      check_hdf5(H5Sget_simple_extent_dims(space, &length, nullptr) < 0 ? -1 : 0,
                 "read the size of a dataset");
      if (!columns_.empty() && length != n_rows_)
        refuse(at, std::to_string(length) + " rows, but '" + columns_.front().name + "' has " +
                       std::to_string(n_rows_));
      n_rows_ = length;
      columns_.push_back({column, *kind, *kind == Kind::text ? std::nullopt : fill_of(dataset)});
      datasets_.push_back(std::move(dataset));
    }
  } catch (const Hdf5Error& why) {
    refuse(path_, "damaged: " + std::string(why.what()));
  }
}

void Hdf5Table::read_raw(std::size_t column, std::uint64_t first, std::size_t n, hid_t type,
                         void* out) const {
  if (n == 0) return;
  try {
    const Hdf5Handle space(H5Dget_space(datasets_[column]), H5Sclose, "read the size of a dataset");
    const hsize_t start = first, count = n;
    check_hdf5(H5Sselect_hyperslab(space, H5S_SELECT_SET, &start, nullptr, &count, nullptr),
               "select rows");
    const Hdf5Handle memory(H5Screate_simple(1, &count, nullptr), H5Sclose, "make a space");
    check_hdf5(H5Dread(datasets_[column], type, memory, space, H5P_DEFAULT, out), "read rows");
  } catch (const Hdf5Error& why) {
    refuse(path_ + ":" + group_ + columns_[column].name, "damaged: " + std::string(why.what()));
  }
}

void Hdf5Table::read(std::size_t column, std::uint64_t first, std::size_t n,
                     std::vector<double>& out) const {
  out.resize(n);
  read_raw(column, first, n, H5T_NATIVE_DOUBLE, out.data());
}

void Hdf5Table::read(std::size_t column, std::uint64_t first, std::size_t n,
                     std::vector<std::int64_t>& out) const {
  out.resize(n);
  read_raw(column, first, n, H5T_NATIVE_INT64, out.data());
}

void Hdf5Table::read(std::size_t column, std::uint64_t first, std::size_t n,
                     std::vector<std::string>& out) const {
  out.assign(n, "");
  if (n == 0) return;
  const Hdf5Handle stored(H5Dget_type(datasets_[column]), H5Tclose, "read the type of a dataset");
  if (H5Tis_variable_str(stored) > 0) {
    std::vector<char*> texts(n, nullptr);
    read_raw(column, first, n, stored, texts.data());
    for (std::size_t i = 0; i < n; ++i)
      if (texts[i] != nullptr) out[i] = texts[i];
    const hsize_t count = n;
    const Hdf5Handle memory(H5Screate_simple(1, &count, nullptr), H5Sclose, "make a space");
    H5Dvlen_reclaim(stored, memory, H5P_DEFAULT, texts.data());
    return;
  }
  const std::size_t width = H5Tget_size(stored);
  std::vector<char> bytes(n * width);
  read_raw(column, first, n, stored, bytes.data());
  for (std::size_t i = 0; i < n; ++i) {
    const char* const begin = bytes.data() + i * width;
    const char* end = std::find(begin, begin + width, '\0');
    if (H5Tget_strpad(stored) == H5T_STR_SPACEPAD)
      while (end > begin && end[-1] == ' ') --end;
    out[i].assign(begin, end);
  }
}

}  // namespace corridor::sim
