#include "core/destination/address.h"
#include "core/destination/settings_check.h"

#include <fmt/format.h>

namespace hookbench::destination {

void checkUrl(std::string_view url, std::string_view pointer, Issues &issues)
{
    const auto add = [&](Severity severity, std::string code, std::string message) {
        issues.push_back({ severity, std::move(code), std::string(pointer), std::move(message) });
    };
    const Result<Address> address = addressOf(url);
    if (!address) {
        add(Severity::Error, address.error().code, address.error().message);
        return;
    }
    const Reach reach = reachOf(address->hostname);
    if (reach == Reach::CloudMetadata)
        add(Severity::Error, "url-metadata",
            fmt::format("{} is a cloud metadata service, which hands out credentials. Hookbench does not send there.",
                address->hostname));
    if (reach == Reach::Private)
        add(Severity::Info, "url-private",
            fmt::format(
                "{} is a private address: it can be reached from here, but not by Segment.", address->hostname));
    if (address->userinfo)
        add(Severity::Warning, "url-userinfo",
            "The user name and password in the URL become an Authorization header, as in Segment, and stand in the "
            "project file. Put them into the headers, where they are not taken for part of an address.");
    if (url.find('#') != std::string_view::npos)
        add(Severity::Info, "url-fragment", "What follows # in a URL is not sent.");
    const std::string qtTarget = qtTargetOf(url);
    if (qtTarget.empty())
        add(Severity::Warning, "url-host",
            fmt::format(
                "Qt takes {} for no host name, so Hookbench cannot send there; Segment would try.", address->hostname));
    else if (qtTarget != address->target)
        add(Severity::Warning, "url-normalised",
            fmt::format(
                "Segment would ask for {}; Hookbench asks for {}, since Qt normalises the address. Write it that way "
                "in the first place.",
                address->target, qtTarget));
}

} // namespace hookbench::destination
