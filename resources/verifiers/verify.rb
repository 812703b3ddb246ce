# Verifies the X-Signature of Segment's Webhooks (Actions) destination.
#
#   SHARED_SECRET=... ruby verify.rb "$X_SIGNATURE" < body    prints valid or invalid
#
# In Rails or Rack, hand verify the raw body: request.raw_post or request.body.read.
# Parse the JSON only after it was accepted.
require 'openssl'

# first-event: begin
# The bytes of a JSON array's first element, as they stand there. raw is binary.
def first_event(raw)
  start = raw.index('[') + 1
  depth = 1
  at = start
  while (at = raw.index(/["\[\]{},]/n, at))
    case raw[at]
    when '"'
      at += 1
      at += 2 while (at = raw.index(/["\\]/n, at)) && raw[at] == '\\'
      return '' unless at
    when '[', '{'
      depth += 1
    when ',', ']', '}'
      return raw[start...at].strip if depth == 1 && raw[at] != '}'

      depth -= 1 unless raw[at] == ','
    end
    at += 1
  end
  ''
end

# first-event: end
def verify(raw, signature, secret)
  signed = raw.b
  # first-event: begin
  signed = first_event(signed) if signed.match?(/\A[ \t\r\n]*\[/n) # a batch: only its first event is signed
  return false if signed.empty?

  # first-event: end
  expected = OpenSSL::HMAC.hexdigest('SHA1', secret, signed)
  given = signature.strip
  given.bytesize == expected.bytesize && OpenSSL.fixed_length_secure_compare(expected, given)
end

if $PROGRAM_NAME == __FILE__
  accepted = verify($stdin.binmode.read, ARGV[0], ENV.fetch('SHARED_SECRET'))
  puts accepted ? 'valid' : 'invalid'
  exit accepted
end
