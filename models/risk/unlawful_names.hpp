// SPDX-License-Identifier: Apache-2.0
/// \file unlawful_names.hpp  Why a name that is no feature cannot become one.
///
/// A rule that asks for religion or for a passport number is no slip of the pen, so the answer is
/// the reason and not only "unknown". The words of a name (parts between '_') are compared with
/// lists of beginnings and of whole words, in English and French. This is help for authors, not
/// the guard: what is read is decided by the catalogue alone, where such features do not exist.
///
/// Source. Directive (EU) 2016/681, Article 6(4): criteria are in no circumstances based on a
/// person's race or ethnic origin, political opinions, religion or philosophical beliefs, trade
/// union membership, health, sexual life or sexual orientation.
/// Checked in tests/models/risk/test_expression_text.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace corridor::risk {

struct UnlawfulName {
  std::string code;     ///< "unlawful", "country-list" or "personal"
  std::string message;  ///< a whole sentence
};

/// \param texts  what it is compared with, if anything: a list of capital letters of two or three
/// is taken for countries
[[nodiscard]] std::optional<UnlawfulName> unlawful_name(std::string_view name,
                                                        std::span<const std::string> texts = {});

/// Whether texts look like codes of countries: two or three capital letters each.
[[nodiscard]] bool look_like_countries(std::span<const std::string> texts);

}  // namespace corridor::risk
