// The name tagger: a linear chain over the words of an island, the best sequence of labels found exactly (Viterbi), all
// in whole numbers, so every machine decides alike. What training maximises is the likelihood of the labels (Lafferty
// et al. 2001, Conditional Random Fields); what is read here is the best sequence and, for each name in it, by how much
// the best sequence that reads its words otherwise falls behind.
#pragma once

#include <cstdint>
#include <vector>

#include "entities/draft.h"
#include "entities/name_features.h"
#include "entities/name_model.h"

namespace chancery::entities {

struct TaggedName {
  std::uint32_t first = 0, last = 0;  // words [first, last)
  NameKind kind = NameKind::person;
  float confidence = 0;
  int margin = 0;  // in units of score
};

// The names of a page in text order; none without a model. Reads the drafts of known names and titles.
std::vector<TaggedName> tag_names(const PageEntities& page, const NameModel& model);

}  // namespace chancery::entities
