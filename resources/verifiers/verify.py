"""Verifies the X-Signature of Segment's Webhooks (Actions) destination.

    SHARED_SECRET=... python3 verify.py "$X_SIGNATURE" < body    prints valid or invalid

In a web framework, hand verify() the raw body: Flask request.get_data(), Django request.body,
FastAPI await request.body(). Parse the JSON only after it was accepted.
"""
import hashlib
import hmac
import os
import re
import sys

# first-event: begin
TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},]', re.DOTALL)


def first_event(raw: bytes) -> bytes:
    """The bytes of a JSON array's first element, as they stand there."""
    depth = 0
    for token in TOKEN.finditer(raw):
        if token[0] in (b"[", b"{"):
            depth += 1
        elif depth == 1 and token[0] in (b",", b"]"):
            return raw[raw.index(b"[") + 1 : token.start()].strip(b" \t\r\n")
        elif token[0] in (b"]", b"}"):
            depth -= 1
    return b""


# first-event: end
def verify(raw: bytes, signature: str, secret: str) -> bool:
    signed = raw
    # first-event: begin
    if raw.lstrip(b" \t\r\n")[:1] == b"[":  # a batch: only its first event is signed
        signed = first_event(raw)
    if not signed:
        return False
    # first-event: end
    expected = hmac.new(secret.encode(), signed, hashlib.sha1).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.strip().encode())


if __name__ == "__main__":
    accepted = verify(sys.stdin.buffer.read(), sys.argv[1], os.environ["SHARED_SECRET"])
    print("valid" if accepted else "invalid")
    sys.exit(0 if accepted else 1)
