// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/provenance.hpp"

namespace corridor::simulation {

std::string_view program_version() { return CORRIDOR_VERSION; }

std::string_view program_commit() { return CORRIDOR_COMMIT; }

std::string citation(bool real_names) {
  std::string text = "Corridor " + std::string(program_version()) +
                     ", agent-based simulator of international travel and border control "
                     "(CITATION.cff). Every traveller is synthetic.";
  if (!real_names) return text + " The world is invented.";
  return text +
         " Data, changed: OpenTravelData (CC BY 4.0); OurAirports (public domain); World Bank "
         "(CC BY 4.0); GeoNames (CC BY 4.0); Natural Earth (public domain); Unicode CLDR (Unicode "
         "licence); CEPII GeoDist (Etalab 2.0); United Nations DESA, International Migrant Stock "
         "2019 (CC BY 3.0 IGO); UNCTADstat (CC BY 3.0 IGO); all credits: data/README.md.";
}

std::string public_command(std::span<const std::string> arguments) {
  std::string line;
  for (const std::string& argument : arguments) {
    std::string kept, path = argument;
    if (const std::size_t slash = argument.find('/'); slash != std::string::npos) {
      // "--output=/a/b.h5", "world.data=/a/b" and "-o/a/b.h5" hold a path too: what precedes it
      // stays.
      const std::size_t equals = argument.rfind('=', slash);
      const bool joined = argument.size() > 1 && argument[0] == '-' && argument[1] != '-';
      const std::size_t start = equals != std::string::npos ? equals + 1 : joined ? 2u : 0u;
      kept = argument.substr(0, start);
      path = argument.substr(start);
    }
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    if (path.size() > 1) path = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
    if (!line.empty()) line += ' ';
    const std::string word = kept + path;
    line += word.find(' ') == std::string::npos ? word : '\'' + word + '\'';
  }
  return line;
}

}  // namespace corridor::simulation
