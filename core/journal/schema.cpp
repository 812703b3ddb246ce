#include "core/journal/schema.h"

#include <array>

namespace hookbench::journal {

// One file each: migration_1.cpp and so on.
extern const Migration kMigration1;
extern const Migration kMigration2;
extern const Migration kMigration3;
extern const Migration kMigration4;
extern const Migration kMigration5;
extern const Migration kMigration6;

std::span<const Migration> migrations()
{
    static const std::array<Migration, 6> all{ kMigration1, kMigration2, kMigration3, kMigration4, kMigration5,
        kMigration6 };
    return all;
}

} // namespace hookbench::journal
