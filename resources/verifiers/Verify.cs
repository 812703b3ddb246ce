// Verifies the X-Signature of Segment's Webhooks (Actions) destination.
//
//   SHARED_SECRET=... Verify.exe "$X_SIGNATURE" < body    prints valid or invalid
//
// In ASP.NET, hand Verify the raw body: await Request.Body.CopyToAsync(memoryStream), and Request.Headers["X-Signature"].
// Parse the JSON only after it was accepted.
using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

public static class Receiver
{
    // first-event: begin
    static bool IsSpace(byte b)
    {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    static int SkipSpace(byte[] raw, int at)
    {
        while (at < raw.Length && IsSpace(raw[at])) at++;
        return at;
    }

    /// The bytes of a JSON array's first element, as they stand there; start is behind the opening bracket.
    static byte[] FirstEvent(byte[] raw, int start)
    {
        int depth = 1;
        bool inString = false;
        for (int i = start; i < raw.Length; i++)
        {
            byte b = raw[i];
            if (inString)
            {
                if (b == '\\') i++; // and what it escapes
                else if (b == '"') inString = false;
            }
            else if (b == '"') inString = true;
            else if (depth == 1 && (b == ',' || b == ']'))
            {
                int end = i;
                while (end > start && IsSpace(raw[end - 1])) end--;
                byte[] first = new byte[end - start];
                Array.Copy(raw, start, first, 0, first.Length);
                return first;
            }
            else if (b == '[' || b == '{') depth++;
            else if (b == ']' || b == '}') depth--;
        }
        return new byte[0];
    }

    // first-event: end
    public static bool Verify(byte[] raw, string signature, string secret)
    {
        byte[] signed = raw;
        // first-event: begin
        int start = SkipSpace(raw, 0);
        if (start < raw.Length && raw[start] == '[') // a batch: only its first event is signed
            signed = FirstEvent(raw, SkipSpace(raw, start + 1));
        if (signed.Length == 0) return false;
        // first-event: end
        using (var mac = new HMACSHA1(Encoding.UTF8.GetBytes(secret)))
        {
            string expected = BitConverter.ToString(mac.ComputeHash(signed)).Replace("-", "").ToLowerInvariant();
            return SameText(expected, signature.Trim());
        }
    }

    // As long wherever the texts differ. From .NET Core 2.1 on CryptographicOperations.FixedTimeEquals does it.
    static bool SameText(string a, string b)
    {
        if (a.Length != b.Length) return false;
        int difference = 0;
        for (int i = 0; i < a.Length; i++) difference |= a[i] ^ b[i];
        return difference == 0;
    }

    public static int Main(string[] args)
    {
        var body = new MemoryStream();
        Console.OpenStandardInput().CopyTo(body);
        bool accepted = Verify(body.ToArray(), args[0], Environment.GetEnvironmentVariable("SHARED_SECRET"));
        Console.WriteLine(accepted ? "valid" : "invalid");
        return accepted ? 0 : 1;
    }
}
