#include "core/event/sample.h"

#include "core/json/parse.h"

#include <algorithm>
#include <array>

namespace hookbench::event {

namespace {

// Also in resources/sample/sample.hookbench, as tests/event checks.
// clang-format off
constexpr std::array<Sample, 6> kSamples { {
    { "track", "Order Completed",
        R"({"type":"track","event":"Order Completed","messageId":"ajs-next-5b1e7c0a2f",)"
        R"("timestamp":"2026-05-20T14:03:22.418Z","userId":"user_7731","anonymousId":"23adfd82-aa0f-45a7-a756",)"
        R"("properties":{"checkout_id":"fksdjfsdjfisjf9sdfjsd9f","order_id":"50314b8e9bcf000000000000",)"
        R"("affiliation":"Google Store","total":27.5,"subtotal":22.5,"revenue":25,"shipping":3,"tax":2,)"
        R"("discount":2.5,"coupon":"hasbros","currency":"USD","products":[{"product_id":"507f1f77bcf86cd799439011",)"
        R"("sku":"45790-32","name":"Monopoly: 3rd Edition","price":19,"quantity":1,"category":"Games"},)"
        R"({"product_id":"505bd76785ebb509fc183733","sku":"46493-32","name":"Uno Card Game","price":3,"quantity":2,)"
        R"("category":"Games"}]},"context":{"locale":"en-US","timezone":"America/Los_Angeles",)"
        R"("page":{"path":"/checkout/complete","title":"Thank you"},"traits":{"email":"Jane.Kerr@Example.com"}}})" },
    { "identify", "Identify",
        R"({"type":"identify","messageId":"ajs-next-91c04d7be6","timestamp":"2026-05-20T13:58:03.117Z",)"
        R"("userId":"user_7731","anonymousId":"23adfd82-aa0f-45a7-a756","traits":{"email":"Jane.Kerr@Example.com",)"
        R"("name":"Jane Kerr","firstName":"Jane","lastName":"Kerr","phone":"+1-202-555-0143",)"
        R"("createdAt":"2024-11-02T09:21:40.000Z","plan":"premium","logins":17,"newsletter":true,)"
        R"("birthday":"1988-04-17","address":{"street":"1 Main Street","city":"Portland","state":"OR",)"
        R"("postalCode":"97201","country":"US"},"company":{"id":"acct_2201","name":"Acme Toys","employees":42}},)"
        R"("context":{"library":{"name":"analytics.js","version":"next-1.70.0"},"locale":"en-US",)"
        R"("timezone":"America/Los_Angeles","ip":"203.0.113.7",)"
        R"("userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",)"
        R"("page":{"path":"/account","referrer":"https://shop.example.com/","search":"","title":"Your account",)"
        R"("url":"https://shop.example.com/account"}},"integrations":{"All":true}})" },
    { "page", "Page",
        R"({"type":"page","name":"Checkout","category":"Shop","messageId":"ajs-next-2f6a8e13d0",)"
        R"("timestamp":"2026-05-20T14:01:12.044Z","userId":"user_7731","anonymousId":"23adfd82-aa0f-45a7-a756",)"
        R"("properties":{"name":"Checkout","category":"Shop","path":"/checkout",)"
        R"("referrer":"https://shop.example.com/cart","search":"?step=1","title":"Checkout, step 1",)"
        R"("url":"https://shop.example.com/checkout?step=1"},"context":{"library":{"name":"analytics.js",)"
        R"("version":"next-1.70.0"},"locale":"en-US","timezone":"America/Los_Angeles","ip":"203.0.113.7",)"
        R"("userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",)"
        R"("campaign":{"name":"Spring games","source":"newsletter","medium":"email","content":"hero"},)"
        R"("page":{"path":"/checkout","referrer":"https://shop.example.com/cart","search":"?step=1",)"
        R"("title":"Checkout, step 1","url":"https://shop.example.com/checkout?step=1"}},)"
        R"("integrations":{"All":true}})" },
    { "screen", "Screen",
        R"({"type":"screen","name":"Product","category":"Shop","messageId":"3E6C1B52-8F0D-4B77-9C55-1D2A7F60E4B9",)"
        R"("timestamp":"2026-05-20T14:00:27.095Z","userId":"user_2048",)"
        R"("anonymousId":"B7D6F0A1-5C3E-4A92-8E21-6F9D0C4B7A35",)"
        R"("properties":{"product_id":"507f1f77bcf86cd799439011","sku":"45790-32","name":"Monopoly: 3rd Edition",)"
        R"("price":19,"from_search":false,"position":3},"context":{"app":{"name":"Acme Shop","version":"5.4.1",)"
        R"("build":"1187","namespace":"com.example.shop"},"device":{"id":"B7D6F0A1-5C3E-4A92-8E21-6F9D0C4B7A35",)"
        R"("manufacturer":"Apple","model":"iPhone15,2","name":"iPhone","type":"ios"},"ip":"203.0.113.52",)"
        R"("library":{"name":"analytics-swift","version":"1.6.2"},"locale":"de-DE","network":{"cellular":true,)"
        R"("wifi":false,"carrier":"Example Mobile"},"os":{"name":"iOS","version":"17.5"},"screen":{"density":3,)"
        R"("height":852,"width":393},"timezone":"Europe/Berlin"},"integrations":{"All":true}})" },
    { "group", "Group",
        R"({"type":"group","groupId":"acct_2201","messageId":"ajs-next-c7705be419",)"
        R"("timestamp":"2026-05-20T13:58:03.590Z","userId":"user_7731","anonymousId":"23adfd82-aa0f-45a7-a756",)"
        R"("traits":{"name":"Acme Toys","industry":"Retail","employees":42,"plan":"business",)"
        R"("website":"https://acme.example.com","createdAt":"2023-02-14T08:00:00.000Z","total billed":1830.25,)"
        R"("address":{"city":"Portland","state":"OR","country":"US"}},"context":{"library":{"name":"analytics.js",)"
        R"("version":"next-1.70.0"},"locale":"en-US","timezone":"America/Los_Angeles","ip":"203.0.113.7",)"
        R"("userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",)"
        R"("page":{"path":"/account/team","referrer":"https://shop.example.com/account","search":"","title":"Team",)"
        R"("url":"https://shop.example.com/account/team"}},"integrations":{"All":true}})" },
    { "alias", "Alias",
        R"({"type":"alias","previousId":"jane.kerr@example.com","messageId":"ajs-next-0d83e1f2a4",)"
        R"("timestamp":"2026-05-20T13:57:59.467Z","userId":"user_7731","anonymousId":"23adfd82-aa0f-45a7-a756",)"
        R"("context":{"library":{"name":"analytics.js","version":"next-1.70.0"},"locale":"en-US",)"
        R"("timezone":"America/Los_Angeles","ip":"203.0.113.7",)"
        R"("userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",)"
        R"("page":{"path":"/signup/done","referrer":"https://shop.example.com/signup","search":"",)"
        R"("title":"Welcome","url":"https://shop.example.com/signup/done"}},"integrations":{"All":true}})" },
} };
// clang-format on

} // namespace

std::span<const Sample> samples()
{
    return kSamples;
}

const Sample *sampleOf(std::string_view type)
{
    const auto found
        = std::find_if(kSamples.begin(), kSamples.end(), [&](const Sample &sample) { return sample.type == type; });
    return found == kSamples.end() ? nullptr : &*found;
}

json::Document parseSample(const Sample &sample)
{
    return json::parse(sample.text).value();
}

} // namespace hookbench::event
