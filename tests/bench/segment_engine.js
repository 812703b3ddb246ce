'use strict'
// Segment's engine on Node over the same inputs. Usage: node segment_engine.js SECONDS WHAT; prints events per second, one round.
// WHAT: whole-event | twelve-fields | singles | batches
process.env.TZ = 'UTC'
const http = require('http')
const { fork } = require('child_process')

if (process.argv[2] === 'server') {
  http
    .createServer((req, res) => {
      req.resume()
      req.on('end', () => {
        res.writeHead(200, { 'content-type': 'application/json' })
        res.end('{}')
      })
    })
    .listen(0, '127.0.0.1', 1024, function () {
      process.send(this.address().port)
    })
} else main()

async function main() {
  const seconds = Number(process.argv[2])
  const what = process.argv[3]
  const { Destination } = require('@segment/actions-core')
  const { transform } = require('@segment/actions-core/mapping-kit')
  const { events, wholeEvent, twelveFields, trigger } = require('./inputs.js')

  const rate = async (each, call) => {
    for (let i = 0; i < Math.max(1, 3000 / each); i++) await call(i) // warm
    const start = process.hrtime.bigint()
    const end = start + BigInt(Math.round(seconds * 1e9))
    let calls = 0
    while (process.hrtime.bigint() < end) {
      const pending = call(calls++)
      if (pending) await pending
    }
    return (calls * each) / (Number(process.hrtime.bigint() - start) / 1e9)
  }

  let result
  if (what === 'whole-event' || what === 'twelve-fields') {
    const mapping = { data: what === 'whole-event' ? wholeEvent : twelveFields }
    const texts = events.map((e) => JSON.stringify(e))
    let bytes = 0
    result = await rate(50, (i) => {
      for (let k = 0; k < 50; k++) bytes += JSON.stringify(transform(mapping, JSON.parse(texts[(i * 50 + k) % 1000])).data).length
    })
    if (!bytes) throw new Error('nothing was printed')
  } else {
    const webhook = require('segment-webhook').default
    const server = fork(__filename, ['server'])
    const port = await new Promise((resolve) => server.once('message', resolve))
    const destination = new Destination(webhook)
    const settings = {
      sharedSecret: 'abc123',
      subscription: { partnerAction: 'send', subscribe: trigger, mapping: { url: `http://127.0.0.1:${port}/hook`, method: 'POST', headers: { 'X-Source': 'segment' }, data: twelveFields } }
    }
    const forget = () => { if (destination.responses.length > 100) destination.responses.length = 0 } // it keeps every response
    result =
      what === 'singles'
        ? await rate(1, (i) => (forget(), destination.onEvent(events[i % 1000], settings)))
        : await rate(1000, () => (forget(), destination.onBatch(events, settings)))
    server.kill()
  }
  console.log(Math.round(result))
}
