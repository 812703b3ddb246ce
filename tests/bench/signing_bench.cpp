#include "tests/bench/signing_bench.h"

#include "core/signing/signer.h"
#include "tests/bench/rate.h"

#include <stdexcept>
#include <string>

namespace hookbench::bench {

double signBytes(int bytes, double seconds)
{
    const signing::Signer signer("abc123");
    std::string body(static_cast<std::size_t>(bytes), 'x');
    std::size_t digits = 0;
    const double result = rate(seconds, 100.0 * bytes, [&] {
        for (int i = 0; i < 100; ++i) {
            body[0] = static_cast<char>('a' + i % 26);
            digits += signer.sign(body).size();
        }
    });
    if (digits == 0)
        throw std::runtime_error("nothing was signed");
    return result;
}

} // namespace hookbench::bench
