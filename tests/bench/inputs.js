'use strict'
// The inputs of both sides: 1,000 distinct Order Completed events as NDJSON, and the mappings.
// node inputs.js FOLDER writes events.ndjson, whole-event.json and twelve-fields.json there.
const fs = require('fs')
const path = require('path')

const event = (i) => ({
  type: 'track', event: 'Order Completed', userId: `user-${String(i).padStart(4, '0')}`, anonymousId: `507f191e810c19729de${String(100000 + i)}`,
  messageId: `ajs-f8ca1e4de5024d9430b3928bd8a${String(10000 + i)}`, timestamp: `2024-02-29T23:${String(i % 60).padStart(2, '0')}:58.123Z`,
  receivedAt: '2024-02-29T23:59:59.000Z', sentAt: '2024-02-29T23:59:58.500Z',
  context: { ip: `8.8.${i % 256}.8`, locale: 'en-US', userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 9_1 like Mac OS X) AppleWebKit/601.1.46', library: { name: 'analytics.js', version: '2.11.1' }, page: { path: '/checkout', referrer: 'https://shop.example/cart', title: 'Checkout', url: `https://shop.example/checkout?step=${i}` } },
  properties: { checkout_id: 'fksdjfsdjfisjf9sdfjsd9f', order_id: `50314b8e9bcf0000000${String(10000 + i)}`, affiliation: 'Google Store', total: 27.5 + i / 4, subtotal: 22.5 + i / 4, revenue: 25 + i, shipping: 3, tax: 2, discount: 2.5, coupon: i % 3 ? 'hasbros' : '', currency: i % 2 ? 'USD' : 'EUR', products: [{ product_id: '507f1f77bcf86cd799439011', sku: `45790-${i}`, name: 'Monopoly: 3rd Edition', price: 19, quantity: 1 + (i % 5) }, { product_id: '505bd76785ebb509fc183733', sku: '46493-32', name: 'Uno Card Game', price: 3, quantity: 2 }] }
})
const wholeEvent = { '@path': '$.' }
const twelveFields = {
  id: { '@path': '$.messageId' }, name: { '@path': '$.event' }, when: { '@path': '$.timestamp' },
  user: { '@if': { exists: { '@path': '$.userId' }, then: { '@path': '$.userId' }, else: { '@path': '$.anonymousId' } } },
  label: { '@template': '{{event}} by {{userId}}' }, link: { '@template': 'https://crm.example/orders/{{properties.order_id}}?c={{properties.currency}}' },
  amount: { '@path': '$.properties.total' }, coupon: { '@if': { blank: { '@path': '$.properties.coupon' }, then: { '@path': '$.properties.coupon' }, else: 'none' } },
  currency: { '@case': { operator: 'lower', value: { '@path': '$.properties.currency' } } },
  items: { '@arrayPath': ['$.properties.products', { sku: { '@path': '$.sku' }, qty: { '@path': '$.quantity' }, title: { '@template': '{{name}} x{{quantity}}' } }] },
  context: { '@flatten': { separator: '_', value: { '@path': '$.context' } } }, source: 'segment'
}
const events = Array.from({ length: 1000 }, (_, i) => event(i))
const trigger = 'type = "track" and event = "Order Completed" and properties.total > 10'
module.exports = { events, wholeEvent, twelveFields, trigger }

if (require.main === module) {
  const folder = process.argv[2]
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'events.ndjson'), events.map((e) => JSON.stringify(e) + '\n').join(''))
  fs.writeFileSync(path.join(folder, 'whole-event.json'), JSON.stringify(wholeEvent))
  fs.writeFileSync(path.join(folder, 'twelve-fields.json'), JSON.stringify(twelveFields))
}
