'use strict'
// node judge.js CLI VECTORS WORK: exports every mapping of the vectors, and some made to be awkward, as Terraform, and asks
// HashiCorp's HCL code whether `terraform fmt` would leave the text alone and whether it says the same.
const assert = require('assert')
const { execFileSync } = require('child_process')
const fs = require('fs')
const path = require('path')
const { parse } = require('@cdktf/hcl2json')
const { format } = require('@cdktf/hcl-tools')
const [cli, vectors, work] = process.argv.slice(2)

const awkward = [
  { note: '100 ${literal} %{kept} "quoted" \\ \u00fc $${x} %%{y} $$$ %% ${', next: '$', tab: '\t\n\r\u0000\u001f\u007f\u2028' },
  { for: 1, in: 2, if: 3, true: 4, false: 5, null: 6, 'a b': 7, '': 8, 'X-Tenant': 9, _x: 10, '-x': 11, '1x': 12, 7: 13, '@path': '$.' },
  { 'ключ': 1, 'é': { 'é': 1, ab: 'ü' }, '日本': 2, '"': 3, '${k}': 4, '%{k}': 5, 'a\\b': 6, '👍🏽': 7, x: 8 },
  { list: [], object: {}, nested: [[], [[]], {}, [{}], [1, [2, [3]]]], long: Array.from({ length: 60 }, (_, i) => i), texts: ['a'.repeat(50), 'b'.repeat(50)] },
  { n: [0, -1, 1.5, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, -123456789.123, 9007199254740993], b: [true, false, null] },
  { decomposed: 'e\u0301 and \u212b', lone: '\ud800', low: 'x\udc00', astral: '😀', 'k\u0301': 1 }
]

function mappings() {
  const found = awkward.map((data) => ({ url: 'https://example.com/', method: 'POST', data }))
  for (const file of fs.readdirSync(vectors).filter((name) => name.endsWith('.ndjson')))
    for (const line of fs.readFileSync(path.join(vectors, file), 'utf8').split('\n').filter(Boolean)) {
      const c = JSON.parse(line)
      if (c.op === 'deliver' && c.subscription.mapping) found.push(c.subscription.mapping)
      else if (c.op === 'transform' && found.length < 1500) found.push({ data: c.mapping_text ? JSON.parse(c.mapping_text) : c.mapping })
    }
  return found
}

// Templates come as they are written, with $${ for a plain ${.
const plain = (value) =>
  typeof value === 'string' ? value.replace(/\$\$\{/g, '${').replace(/%%\{/g, '%{')
    : Array.isArray(value) ? value.map(plain)
      : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([k, v]) => [plain(k), plain(v)]))
        : value

async function settingsOf(expression) {
  const call = /^\$\{jsonencode\(([^]*)\)\}$/.exec(expression)
  return call ? plain((await parse('settings.tf', `x = ${call[1]}\n`)).x) : JSON.parse(plain(expression))
}

async function main() {
  const settings = mappings()
  const project = path.join(work, 'all.hookbench')
  fs.mkdirSync(work, { recursive: true })
  fs.writeFileSync(project, JSON.stringify({
    hookbench: 1, name: 'Judged "${here}"', enabled: true, settings: {}, mappings: settings.map((s, i) => ({
      name: `m${i}`, enabled: i % 2 === 0, action: 'send', trigger: 'type = "track" and event = "${a} \\"%{b}"', settings: s }))
  }))
  const text = execFileSync(cli, ['export', project, '--format', 'terraform', '--include-secret'],
    { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, HOOKBENCH_SHARED_SECRET: 'top "secret" ${x}' } })
  assert.strictEqual(text.split('\n', 1)[0], '# This file holds secrets in plain text. Keep it private.')
  const formatted = await format(text)
  if (formatted !== text) {
    const [a, b] = [text.split('\n'), formatted.split('\n')]
    const line = a.findIndex((l, i) => l !== b[i])
    throw new Error(`fmt changes line ${line + 1}: ${JSON.stringify(a[line])} to ${JSON.stringify(b[line])}`)
  }
  const { resource } = await parse('all.tf', text)
  const [destination] = Object.values(resource.segment_destination)[0]
  assert.strictEqual(plain(destination.name), 'Judged "${here}"')
  assert.deepStrictEqual(destination.metadata, { id: '614a3c7d791c91c41bae7599' })
  assert.deepStrictEqual(await settingsOf(destination.settings), { sharedSecret: 'top "secret" ${x}' })
  const subscriptions = Object.values(resource.segment_destination_subscription).map(([s]) => s)
  assert.strictEqual(subscriptions.length, settings.length)
  for (const s of subscriptions) {
    const i = Number(s.name.slice(1))
    assert.strictEqual(s.enabled, i % 2 === 0)
    assert.strictEqual(plain(s.trigger), 'type = "track" and event = "${a} \\"%{b}"')
    assert.match(s.destination_id, /^\$\{segment_destination\.\w+\.id\}$/)
    assert.deepStrictEqual(await settingsOf(s.settings), JSON.parse(JSON.stringify(settings[i])), `mapping ${i}`)
  }
  console.log(`${subscriptions.length} mappings are said the same, and fmt leaves ${text.length} characters alone`)
}

main().then(() => process.exit(0), (error) => { console.error(error.message); process.exit(1) })
