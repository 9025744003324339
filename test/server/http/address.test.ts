import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { readConfig } from '../../../server/config.ts'
import { addressReader } from '../../../server/http/address.ts'

/** A request as it comes over a connection from `remoteAddress`. */
const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage

const trust = (text: string) => readConfig({ TRUST_PROXY: text }).trustProxy

test.each([
  ['nobody', '0', '192.0.2.1', '198.51.100.7', '192.0.2.1'],
  ['one proxy', '1', '192.0.2.1', '198.51.100.7', '198.51.100.7'],
  ['one proxy, of two the nearer', '1', '192.0.2.1', '203.0.113.9, 198.51.100.7', '198.51.100.7'],
  ['two proxies', '2', '192.0.2.1', '203.0.113.9, 198.51.100.7', '203.0.113.9'],
  ['a network', '10.0.0.0/8', '10.1.2.3', '198.51.100.7', '198.51.100.7'],
  ['a network that the proxy is not in', '10.0.0.0/8', '192.0.2.1', '198.51.100.7', '192.0.2.1'],
  ['an address among networks', '10.0.0.0/8, ::1', '::1', '203.0.113.9,10.1.1.1', '203.0.113.9'],
  ['a proxy that says rubbish', '1', '192.0.2.1', 'unknown', '192.0.2.1'],
  ['a proxy that says nothing', '1', '192.0.2.1', undefined, '192.0.2.1'],
  ['a proxy that tells the port', '1', '192.0.2.1', '198.51.100.7:4321', '198.51.100.7'],
  ['a proxy that writes brackets', '1', '192.0.2.1', '[2001:db8::1]:80', '2001:db8:0:0::/64'],
])('trusting %s', (_, trusted, remote, forwarded, wanted) => {
  expect(addressReader(trust(trusted))(from(remote, forwarded))).toBe(wanted)
})

test.each([
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:0DB8::6', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, wanted) => {
  expect(addressReader(0)(from(address))).toBe(wanted)
})

test.each(['yes', '10.0.0.0/33', '10.0.0', '300.1.1.1', 'localhost'])(
  'TRUST_PROXY=%s is refused at the start',
  (text) => {
    expect(() => trust(text)).toThrow(/TRUST_PROXY: is how many proxies/)
  },
)
