#pragma once
// The numbers Segment's own screens and documents give, and ours where they give none.
#include <cstddef>

namespace hookbench::destination {

inline constexpr std::size_t kMaxMappings = 50; ///< per destination; an older sentence of the documents says 5
inline constexpr std::size_t kDefaultBatchSize = 1000; ///< what batch_size 0 and an absent one mean
inline constexpr std::size_t kMaxBatchSize = 4000;
inline constexpr std::size_t kMaxProjectBytes = std::size_t{ 64 } << 20; ///< a larger project file is refused

} // namespace hookbench::destination
