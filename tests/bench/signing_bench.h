#pragma once
namespace hookbench::bench {

/// Bytes per second of X-Signature over bodies of `bytes` bytes.
double signBytes(int bytes, double seconds);

} // namespace hookbench::bench
