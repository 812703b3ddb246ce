'use strict'
// node seeds.js VECTORS OUT: one seed file a case, in a folder for each fuzzer.
const fs = require('fs')
const path = require('path')
const [vectors, out] = process.argv.slice(2)
const counts = {}
const cuts = '\x1f\x05\x00\x11' // fuzz_http_request: how long the pieces are that the rest comes in
const seed = (fuzzer, text) => {
  const folder = path.join(out, fuzzer)
  fs.mkdirSync(folder, { recursive: true })
  counts[fuzzer] = (counts[fuzzer] ?? 0) + 1
  fs.writeFileSync(path.join(folder, String(counts[fuzzer]).padStart(5, '0')), text)
}
for (const file of fs.readdirSync(vectors).filter((name) => name.endsWith('.ndjson')))
  for (const line of fs.readFileSync(path.join(vectors, file), 'utf8').split('\n').filter(Boolean)) {
    const c = JSON.parse(line)
    const event = c.event_text ?? JSON.stringify(c.event ?? {})
    if (c.op === 'stringify') seed('json', c.text)
    else if (c.op === 'transform' || c.op === 'validate') seed('mapping', (c.mapping_text ?? JSON.stringify(c.mapping)) + '\n' + event)
    else if (c.op === 'fql_match' || c.op === 'fql_parse') seed('fql', c.fql.replace(/\n/g, '\t') + '\n' + event)
    else if (c.op === 'deliver') {
      const mapping = { name: 'm', enabled: true, action: 'send', trigger: String(c.subscription.subscribe ?? ''), settings: c.subscription.mapping ?? {} }
      seed('project', JSON.stringify({ hookbench: 1, id: 'a', name: 'n', enabled: true, settings: {}, mappings: [mapping], events: [{ name: 'e', event: c.events[0] ?? {} }] }, null, 2) + '\n')
      for (const r of c.expect.requests ?? []) {
        const head = (r.raw_headers ?? Object.entries(r.headers)).map(([k, v]) => `${k}: ${v}\r\n`).join('')
        seed('http_request', `${cuts}${r.method} ${r.target} HTTP/1.1\r\n${head}\r\n${r.body}`)
      }
    }
  }
const terraform = path.join(vectors, '..', 'terraform')
for (const file of fs.readdirSync(terraform).filter((name) => name.endsWith('.tf')))
  for (const text of [fs.readFileSync(path.join(terraform, file), 'utf8')]) {
    seed('hcl', text)
    for (const block of text.split(/\n(?=resource )/)) seed('hcl', block)
  }
seed('hcl', '{"data":{"destinations":[{"id":"d","metadata":{"id":"614a3c7d791c91c41bae7599"},"settings":{}}],"subscriptions":[{"destinationId":"d","trigger":"a","settings":{}}]}}')
seed('hcl', '{"resource":{"segment_destination":{"d":{"name":"${var.n}","metadata":{"id":"614a3c7d791c91c41bae7599"},"settings":"${jsonencode({\\"a\\": [1]})}"}},"segment_destination_subscription":[{"m":[{"destination_id":"${segment_destination.d.id}","settings":"{\\"url\\":\\"$${x}\\"}"}]}]},"import":[{"to":"segment_destination.d","id":"x"}]}')
seed('hcl', "#!/bin/sh\ncurl $a/destinations -d '{\"metadataId\":\"614a3c7d791c91c41bae7599\",\"settings\":{\"sharedSecret\":'\"$(json_text \"$S\")\"'}}'\nx=$(call \"y\" '{\"actionId\":\"nFPnRozhz1mh4Gbx4MLvT5\",\"settings\":{\"url\":\"it'\\''s\"}}')\n")
seed('hcl', 'a = [for k, v in x : "%{if a}b%{else}${c ? -1 : <<-A\n d\nA\n}%{endif}" if v]\nb = { (a.b[*].c["d"]) : f(1, 2...) }\n')
seed('http_request', cuts + 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: 1\r\n\r\nGET / HTTP/1.0\r\n\r\n')
for (const [fuzzer, n] of Object.entries(counts)) console.log(`${fuzzer}: ${n} seeds`)
