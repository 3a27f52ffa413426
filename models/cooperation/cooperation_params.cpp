// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/cooperation_params.hpp"

namespace corridor::cooperation {

static_assert(cooperation_table.size() > 0);

}  // namespace corridor::cooperation
