// Verifies the X-Signature of Segment's Webhooks (Actions) destination.
//
//	SHARED_SECRET=... go run verify.go "$X_SIGNATURE" < body    prints valid or invalid
//
// In an http.Handler, hand verify the raw body: io.ReadAll(r.Body), and r.Header.Get("X-Signature").
// Parse the JSON only after it was accepted.
package main

import (
	// first-event: begin
	"bytes"
	// first-event: end
	"crypto/hmac"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"
)

// first-event: begin

// firstEvent returns the bytes of a JSON array's first element, as they stand there.
func firstEvent(raw []byte) []byte {
	start := bytes.IndexByte(raw, '[') + 1
	depth := 1
	inString := false
	for i := start; i < len(raw); i++ {
		switch c := raw[i]; {
		case inString:
			if c == '\\' {
				i++ // and what it escapes
			} else if c == '"' {
				inString = false
			}
		case c == '"':
			inString = true
		case depth == 1 && (c == ',' || c == ']'):
			return bytes.Trim(raw[start:i], " \t\r\n")
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		}
	}
	return nil
}

// first-event: end

func verify(raw []byte, signature, secret string) bool {
	signed := raw
	// first-event: begin
	if trimmed := bytes.TrimLeft(raw, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '[' {
		signed = firstEvent(raw) // a batch: only its first event is signed
	}
	if len(signed) == 0 {
		return false
	}
	// first-event: end
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write(signed)
	expected := hex.EncodeToString(mac.Sum(nil))
	return hmac.Equal([]byte(expected), []byte(strings.TrimSpace(signature)))
}

func main() {
	raw, err := io.ReadAll(os.Stdin)
	if err != nil || len(os.Args) != 2 || !verify(raw, os.Args[1], os.Getenv("SHARED_SECRET")) {
		fmt.Println("invalid")
		os.Exit(1)
	}
	fmt.Println("valid")
}
