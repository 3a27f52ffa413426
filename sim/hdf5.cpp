// SPDX-License-Identifier: Apache-2.0
#include "sim/hdf5.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <string_view>

#include "sim/safe_file.hpp"

namespace corridor::sim {

namespace {

herr_t innermost(unsigned, const H5E_error2_t* error, void* out) {
  auto& text = *static_cast<std::string*>(out);
  if (text.empty() && error->desc != nullptr) text = error->desc;
  return 0;
}

[[noreturn]] void fail(const char* what) {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, innermost, &reason);
  throw Hdf5Error(std::string("HDF5: cannot ") + what + (reason.empty() ? "" : ": " + reason));
}

void check(herr_t status, const char* what) {
  if (status < 0) fail(what);
}

/// The library prints its errors unless told not to. Once, before its first use.
void silence() {
  static const bool done = [] {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    return true;
  }();
  static_cast<void>(done);
}

Hdf5Handle property_list(hid_t kind) { return {H5Pcreate(kind), H5Pclose, "make a property list"}; }

Hdf5Handle text_type(std::size_t bytes) {
  Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  check(H5Tset_size(type, bytes), "set the length of a text");
  check(H5Tset_strpad(type, H5T_STR_NULLTERM), "set the padding of a text");
  check(H5Tset_cset(type, H5T_CSET_UTF8), "set the encoding of a text");
  return type;
}

Hdf5Handle stored_type(ElementType type, std::size_t text_bytes) {
  const auto copy = [](hid_t of) { return Hdf5Handle(H5Tcopy(of), H5Tclose, "copy a type"); };
  switch (type) {
    case ElementType::text:
      return text_type(text_bytes);
    case ElementType::int64:
      return copy(H5T_STD_I64LE);
    case ElementType::int32:
      return copy(H5T_STD_I32LE);
    case ElementType::uint64:
      return copy(H5T_STD_U64LE);
    case ElementType::uint8:
      return copy(H5T_STD_U8LE);
    case ElementType::float64:
      return copy(H5T_IEEE_F64LE);
  }
  throw std::invalid_argument("stored_type: no such element type");
}

void declare_fill(hid_t properties, ElementType type, hid_t stored) {
  if (type == ElementType::text) return;  // empty text is the library's own fill value
  if (type == ElementType::float64) {
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    check(H5Pset_fill_value(properties, H5T_NATIVE_DOUBLE, &unknown), "declare a fill value");
    return;
  }
  const std::uint64_t ones = ~std::uint64_t{0};  // read as the stored type: all its bits set
  check(H5Pset_fill_value(properties, stored, &ones), "declare a fill value");
}

Hdf5Handle space_of(const std::vector<std::uint64_t>& dims) {
  if (dims.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "make a scalar space"};
  const std::vector<hsize_t> sizes(dims.begin(), dims.end());
  return {H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), H5Sclose,
          "make a space"};
}

void add_text(hid_t object, const std::string& key, const std::string& value) {
  const Hdf5Handle type = text_type(value.size() + 1);
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose, "make a scalar space");
  const Hdf5Handle attribute(H5Acreate2(object, key.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT),
                             H5Aclose, "make an attribute");
  check(H5Awrite(attribute, type, value.c_str()), "write an attribute");
}

Hdf5Handle make_file(const std::filesystem::path& path, std::uint64_t user_block) {
  silence();
  const Hdf5Handle creation = property_list(H5P_FILE_CREATE),
                   access = property_list(H5P_FILE_ACCESS);
  check(H5Pset_userblock(creation, user_block), "set the user block");
  check(H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST), "set the format");
  check(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "set how files close");
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose, "create the file"};
}

std::optional<ElementType> known_type(hid_t type) {
  if (H5Tget_class(type) == H5T_STRING)
    return H5Tis_variable_str(type) == 0 ? std::optional(ElementType::text) : std::nullopt;
  for (const ElementType candidate : {ElementType::int64, ElementType::int32, ElementType::uint64,
                                      ElementType::uint8, ElementType::float64})
    if (H5Tequal(type, stored_type(candidate, 0)) > 0) return candidate;
  return std::nullopt;
}

}  // namespace

Hdf5Handle open_hdf5(const std::filesystem::path& path) {
  silence();
  const Hdf5Handle access = property_list(H5P_FILE_ACCESS);
  check(H5Pset_file_locking(access, false, true), "leave locks alone");
  check(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "set how files close");
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), H5Fclose, "open the file"};
}

std::optional<std::uint64_t> hdf5_start(const std::filesystem::path& path) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  const File file(path, File::Mode::read);
  std::array<char, signature.size()> found{};
  for (std::uint64_t at = 0; at < file.size(); at = std::max<std::uint64_t>(512, 2 * at)) {
    const std::size_t n = file.read_at(at, std::as_writable_bytes(std::span(found)));
    if (std::string_view(found.data(), n) == signature) return at;
  }
  return std::nullopt;
}

void check_hdf5(herr_t status, const char* what) { check(status, what); }

Hdf5Handle::Hdf5Handle(hid_t id, herr_t (*closer)(hid_t), const char* what)
    : id_(id), close_(closer) {
  if (id < 0) fail(what);
}

void Hdf5Handle::close(const char* what) { check(close_(std::exchange(id_, -1)), what); }

std::uint64_t Hdf5Array::count() const {
  std::uint64_t product = 1;
  for (const std::uint64_t n : dims) product *= n;
  return product;
}

Hdf5Maker::Hdf5Maker(const std::filesystem::path& path, std::uint64_t user_block)
    : file_(make_file(path, user_block)) {}

void Hdf5Maker::add(const std::string& path, ElementType type, std::size_t text_bytes,
                    const std::vector<std::uint64_t>& dims, const TextAttributes& attributes) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const std::string group = path.substr(0, slash);
    if (std::ranges::find(groups_, group) != groups_.end()) continue;
    const Hdf5Handle properties = property_list(H5P_GROUP_CREATE);
    check(H5Pset_obj_track_times(properties, false), "leave clocks out");
    const Hdf5Handle made(H5Gcreate2(file_, group.c_str(), H5P_DEFAULT, properties, H5P_DEFAULT),
                          H5Gclose, "make a group");
    groups_.push_back(group);
  }
  const Hdf5Handle stored = stored_type(type, text_bytes), space = space_of(dims);
  const Hdf5Handle properties = property_list(H5P_DATASET_CREATE);
  check(H5Pset_obj_track_times(properties, false), "leave clocks out");
  check(H5Pset_layout(properties, H5D_CONTIGUOUS), "set the layout");
  check(H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY), "allocate early");
  check(H5Pset_fill_time(properties, H5D_FILL_TIME_NEVER), "leave filling to the caller");
  declare_fill(properties, type, stored);
  const Hdf5Handle array(
      H5Dcreate2(file_, path.c_str(), stored, space, H5P_DEFAULT, properties, H5P_DEFAULT),
      H5Dclose, "make an array");
  for (const auto& [key, value] : attributes) add_text(array, key, value);
}

void Hdf5Maker::describe(const TextAttributes& attributes) {
  const Hdf5Handle root(H5Gopen2(file_, "/", H5P_DEFAULT), H5Gclose, "open the root group");
  for (const auto& [key, value] : attributes) add_text(root, key, value);
}

void Hdf5Maker::close() { file_.close("close the file"); }

Hdf5File::Hdf5File(const std::filesystem::path& path) : file_(open_hdf5(path)) {}

std::optional<Hdf5Array> Hdf5File::find(const std::string& path) const {
  for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    if (H5Lexists(file_, path.substr(0, slash).c_str(), H5P_DEFAULT) <= 0) return std::nullopt;
    if (slash == std::string::npos) break;
  }
  const hid_t id = H5Dopen2(file_, path.c_str(), H5P_DEFAULT);
  if (id < 0) return std::nullopt;  // a group, or an array that HDF5 cannot open
  const Hdf5Handle array(id, H5Dclose, "open an array");
  const Hdf5Handle type(H5Dget_type(array), H5Tclose, "read the type of an array");
  const Hdf5Handle space(H5Dget_space(array), H5Sclose, "read the size of an array");
  const Hdf5Handle properties(H5Dget_create_plist(array), H5Pclose, "read the layout of an array");
  const auto known = known_type(type);
  if (!known || H5Pget_layout(properties) != H5D_CONTIGUOUS) return std::nullopt;

  Hdf5Array found;
  found.type = *known;
  found.element_bytes = H5Tget_size(type);
  const int rank = H5Sget_simple_extent_ndims(space);
  if (rank < 0) return std::nullopt;
  std::vector<hsize_t> dims(static_cast<std::size_t>(rank));
  if (rank > 0)
    check(H5Sget_simple_extent_dims(space, dims.data(), nullptr) < 0 ? -1 : 0,
          "read the size of an array");
  found.dims.assign(dims.begin(), dims.end());
  if (found.count() > 0) {
    const haddr_t offset = H5Dget_offset(array);
    if (offset == HADDR_UNDEF) return std::nullopt;  // never allocated
    found.offset = offset;
  }
  return found;
}

}  // namespace corridor::sim
