<?php
// Verifies the X-Signature of Segment's Webhooks (Actions) destination.
//
//   SHARED_SECRET=... php verify.php "$X_SIGNATURE" < body    prints valid or invalid
//
// In a web server, hand verify() the raw body: file_get_contents('php://input'), and $_SERVER['HTTP_X_SIGNATURE'].
// Parse the JSON only after it was accepted.
declare(strict_types=1);

// first-event: begin
/** The bytes of a JSON array's first element, as they stand there. */
function firstEvent(string $raw): string
{
    $start = strpos($raw, '[') + 1;
    $depth = 1;
    $length = strlen($raw);
    for ($i = $start; ($i += strcspn($raw, '"[]{},', $i)) < $length; $i++) {
        switch ($raw[$i]) {
            case '"':
                for ($i++; ($i += strcspn($raw, '"\\', $i)) < $length && $raw[$i] === '\\'; $i += 2);
                break;
            case '[':
            case '{':
                $depth++;
                break;
            default:
                if ($depth === 1 && ($raw[$i] === ',' || $raw[$i] === ']')) {
                    return trim(substr($raw, $start, $i - $start), " \t\r\n");
                }
                if ($raw[$i] !== ',') {
                    $depth--;
                }
        }
    }
    return '';
}

// first-event: end
function verify(string $raw, string $signature, string $secret): bool
{
    $signed = $raw;
    // first-event: begin
    if (strncmp(ltrim($raw, " \t\r\n"), '[', 1) === 0) { // a batch: only its first event is signed
        $signed = firstEvent($raw);
    }
    if ($signed === '') {
        return false;
    }
    // first-event: end
    return hash_equals(hash_hmac('sha1', $signed, $secret), trim($signature));
}

if (PHP_SAPI === 'cli') {
    $accepted = verify(stream_get_contents(STDIN), $argv[1], (string) getenv('SHARED_SECRET'));
    echo $accepted ? "valid\n" : "invalid\n";
    exit($accepted ? 0 : 1);
}
