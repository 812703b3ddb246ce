#include "core/journal/record.h"

namespace hookbench::journal {

const char *wordOf(SignatureMode mode)
{
    switch (mode) {
    case SignatureMode::None:
        return "none";
    case SignatureMode::FirstEvent:
        return "first-event";
    case SignatureMode::WholeBody:
        return "whole-body";
    default:
        return "not-kept";
    }
}

const char *wordOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Waiting:
        return "waiting";
    case Verdict::Delivered:
        return "delivered";
    case Verdict::Failed:
        return "failed";
    case Verdict::Parked:
        return "parked";
    case Verdict::Discarded:
        return "discarded";
    default:
        return "unknown";
    }
}

} // namespace hookbench::journal
