// Verifies the X-Signature of Segment's Webhooks (Actions) destination.
//
//   SHARED_SECRET=... java Verify.java "$X_SIGNATURE" < body    prints valid or invalid
//
// In a servlet, hand verify the raw body: request.getInputStream().readAllBytes(); in Spring, a @RequestBody byte[].
// Parse the JSON only after it was accepted.
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class Verify {
    // first-event: begin
    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static int skipSpace(byte[] raw, int at) {
        while (at < raw.length && isSpace(raw[at])) at++;
        return at;
    }

    /** The bytes of a JSON array's first element, as they stand there; start is behind the opening bracket. */
    private static byte[] firstEvent(byte[] raw, int start) {
        int depth = 1;
        boolean inString = false;
        for (int i = start; i < raw.length; i++) {
            byte b = raw[i];
            if (inString) {
                if (b == '\\') i++; // and what it escapes
                else if (b == '"') inString = false;
            } else if (b == '"') {
                inString = true;
            } else if (depth == 1 && (b == ',' || b == ']')) {
                int end = i;
                while (end > start && isSpace(raw[end - 1])) end--;
                return Arrays.copyOfRange(raw, start, end);
            } else if (b == '[' || b == '{') {
                depth++;
            } else if (b == ']' || b == '}') {
                depth--;
            }
        }
        return new byte[0];
    }

    // first-event: end
    public static boolean verify(byte[] raw, String signature, String secret) throws GeneralSecurityException {
        byte[] signed = raw;
        // first-event: begin
        int start = skipSpace(raw, 0);
        if (start < raw.length && raw[start] == '[') // a batch: only its first event is signed
            signed = firstEvent(raw, skipSpace(raw, start + 1));
        if (signed.length == 0) return false;
        // first-event: end
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        StringBuilder expected = new StringBuilder();
        for (byte b : mac.doFinal(signed)) expected.append(String.format("%02x", b));
        return MessageDigest.isEqual(expected.toString().getBytes(StandardCharsets.UTF_8),
                signature.trim().getBytes(StandardCharsets.UTF_8));
    }

    public static void main(String[] args) throws Exception {
        boolean accepted = verify(System.in.readAllBytes(), args[0], System.getenv("SHARED_SECRET"));
        System.out.println(accepted ? "valid" : "invalid");
        System.exit(accepted ? 0 : 1);
    }
}
