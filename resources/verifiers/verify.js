// Verifies the X-Signature of Segment's Webhooks (Actions) destination.
//
//   SHARED_SECRET=... node verify.js "$X_SIGNATURE" < body    prints valid or invalid
//
// In Express, hand verify() the raw body: app.post('/', express.raw({ type: '*/*' }), (req, res) => … req.body …).
// Parse the JSON only after it was accepted.
const crypto = require('crypto');
const fs = require('fs');

// first-event: begin
const isSpace = (byte) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** The bytes of a JSON array's first element, as they stand there. */
function firstEvent(raw) {
  let start = raw.indexOf('[') + 1;
  while (start < raw.length && isSpace(raw[start])) start++;
  let depth = 1;
  let inString = false;
  for (let i = start; i < raw.length; i++) {
    const byte = raw[i];
    if (inString) {
      if (byte === 0x5c) i++; // a backslash and what it escapes
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) {
      inString = true;
    } else if (depth === 1 && (byte === 0x2c || byte === 0x5d)) {
      let end = i;
      while (end > start && isSpace(raw[end - 1])) end--;
      return raw.subarray(start, end);
    } else if (byte === 0x5b || byte === 0x7b) {
      depth++;
    } else if (byte === 0x5d || byte === 0x7d) {
      depth--;
    }
  }
  return raw.subarray(0, 0);
}

// first-event: end
function verify(raw, signature, secret) {
  let signed = raw;
  // first-event: begin
  const isBatch = raw.find((byte) => !isSpace(byte)) === 0x5b;
  if (isBatch) signed = firstEvent(raw); // only its first event is signed
  if (signed.length === 0) return false;
  // first-event: end
  const expected = Buffer.from(crypto.createHmac('sha1', secret).update(signed).digest('hex'));
  const given = Buffer.from(signature.trim());
  return given.length === expected.length && crypto.timingSafeEqual(expected, given);
}

if (require.main === module) {
  const accepted = verify(fs.readFileSync(0), process.argv[2], process.env.SHARED_SECRET);
  console.log(accepted ? 'valid' : 'invalid');
  process.exitCode = accepted ? 0 : 1;
}

module.exports = { verify };
