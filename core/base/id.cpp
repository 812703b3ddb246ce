#include "core/base/id.h"

#include <QRandomGenerator>

namespace hookbench {

std::string newId()
{
    static constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    std::string id(20, 'a');
    for (char &c : id)
        c = kAlphabet[QRandomGenerator::system()->bounded(32)];
    return id;
}

} // namespace hookbench
