#include "core/journal/schema.h"

#include <array>

namespace hookbench::journal {

// One file each: migration_1.cpp and so on.
extern const Migration kMigration1;
extern const Migration kMigration2;
extern const Migration kMigration3;
extern const Migration kMigration4;

std::span<const Migration> migrations()
{
    static const std::array<Migration, 4> all{ kMigration1, kMigration2, kMigration3, kMigration4 };
    return all;
}

} // namespace hookbench::journal
